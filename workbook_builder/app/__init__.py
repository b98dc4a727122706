"""The verbs of Workbook Builder. The only room that knows all the others.

Each verb takes paths and a progress listener, and returns what it did; it prints nothing.
"""

from workbook_builder.app.addin import build_addin
from workbook_builder.app.auditing import Audited, audit
from workbook_builder.app.boarding import Boarded, Wanted, board
from workbook_builder.app.building import Built, build
from workbook_builder.app.copying import Copied, copy_publication
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
from workbook_builder.app.from_excel import next_month_open, publish_open
from workbook_builder.app.importing import Imported, import_copy
from workbook_builder.app.listing import Listed, list_annotations
from workbook_builder.app.next_month import NextMonth, next_month
from workbook_builder.app.open_scorecard import Refreshed
from workbook_builder.app.publishing import Published, publish
from workbook_builder.app.refreshing import open_log, refresh
from workbook_builder.app.screening import Screened, screen
from workbook_builder.app.tracing import Traced
from workbook_builder.app.undoing import undo

__all__ = [
    "EXTRACTS",
    "HISTORY",
    "SCORECARD_FILE",
    "Audited",
    "Boarded",
    "Built",
    "Checked",
    "Copied",
    "Drilled",
    "Imported",
    "Listed",
    "NextMonth",
    "Published",
    "Refreshed",
    "Screened",
    "Traced",
    "Wanted",
    "audit",
    "board",
    "build",
    "build_addin",
    "check",
    "check_open",
    "copy_publication",
    "drill",
    "import_copy",
    "list_annotations",
    "new",
    "next_month",
    "next_month_open",
    "open_log",
    "publish",
    "publish_open",
    "refresh",
    "register_folder",
    "screen",
    "templates",
    "undo",
]
