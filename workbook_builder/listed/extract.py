"""One extract read as its scorecard says: by its mapping file, and by queries with their days."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from workbook_builder.listed.memory import Memory
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import Month

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists


def read_extract(extract: ExtractPlace, memory: Memory) -> Lists:
    """The clean lists of an extract. Raises UserError with every fault of its files."""
    return read_lists(
        extract.path,
        mapping=extract.mapping,
        as_at=extract.month.last_day,
        days=partial(_days, memory, extract.month),
    )


def _days(memory: Memory, month: Month, name: str) -> dict[str, dt.date]:
    """What the query of a list may ask for."""
    first, last = memory.first(name, month).first_day, month.last_day
    return {"first_day": first, "last_day": last, "as_at": last}
