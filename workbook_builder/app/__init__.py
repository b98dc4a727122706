"""The verbs of Workbook Builder. The only room that knows all the others.

Each verb takes paths and a progress listener, and returns what it did; it prints nothing.
"""

from workbook_builder.app.auditing import Audited, audit
from workbook_builder.app.building import Built, build
from workbook_builder.app.drilling import Drilled, drill
from workbook_builder.app.folders import (
    EXTRACTS,
    HISTORY,
    SCORECARD_FILE,
    Checked,
    check,
    check_open,
    new,
    register_folder,
    templates,
)
from workbook_builder.app.listing import Listed, list_annotations
from workbook_builder.app.open_scorecard import Refreshed
from workbook_builder.app.refreshing import open_log, refresh, undo
from workbook_builder.app.tracing import Traced

__all__ = [
    "EXTRACTS",
    "HISTORY",
    "SCORECARD_FILE",
    "Audited",
    "Built",
    "Checked",
    "Drilled",
    "Listed",
    "Refreshed",
    "Traced",
    "audit",
    "build",
    "check",
    "check_open",
    "drill",
    "list_annotations",
    "new",
    "open_log",
    "refresh",
    "register_folder",
    "templates",
    "undo",
]
