"""The kinds of what people type, and what a cell is about: the second half of its key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbook_builder.periods import FinancialYear, Month, Period, earlier

INPUT, MANUAL, OVER, BESIDE = "entry", "manual figure", "typed over", "typed beside"
NOTE, COMMENT, HEIGHT, SHEET = "note", "comment", "row height", "sheet"
# Pictures, charts and text boxes of a person's own on one of our sheets.
DRAWN = "drawings"
# The slots of a status set by hand and of its reason.
STATUS, REASON = "status", "reason"


# Begins the key of a row whose columns are something else than the latest periods.
ELSEWHERE = "~"


@dataclass(frozen=True)
class Slots:
    """What is needed to say which month a cell is about."""

    month: Month
    years: FinancialYear = field(default_factory=FinancialYear)
    quarterly: frozenset[str] = frozenset()

    def of(self, row: str, column: str) -> str:
        """The slot of a column of an indicator's row: period_2 of a month's row is a month."""
        if row.startswith(ELSEWHERE):
            return column.replace("period_", "column ")
        found = re.fullmatch(r"period_(\d+)", column)
        if not found:
            return column
        period = Period.month(self.month)
        if row.partition("|")[0] in self.quarterly:
            period = self.years.last_full_quarter(self.month)
        return earlier(period, int(found[1]), self.years).key
