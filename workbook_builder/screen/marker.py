"""Which scorecard a workbook says that it belongs to."""

from __future__ import annotations

from pathlib import Path

from workbook_builder.errors import UserError
from workbook_builder.extracts.package import check_workbook
from workbook_builder.plan.workbook import MARKER
from workbook_builder.writers.closed.markup import CannotPatch
from workbook_builder.writers.closed.package import Package


def scorecard_of(file: Path) -> str:
    """The id of its scorecard; blank where it says none, or where it is no sound workbook."""
    try:
        data = file.read_bytes()
        check_workbook(data, file.name)
        said = Package(data).names.get(MARKER, "")
    except (OSError, UserError, CannotPatch):
        return ""
    return said.removeprefix("=").strip('"').replace('""', '"')
