"""The columns of the Judgement sheet and the steps of one indicator's row, common part."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.catalogue.words import PeriodType
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.layout import Layout
from workbook_builder.scorecard import Line

COLUMNS = (
    ("key", "Indicator", 26),
    ("name", "Name", 60),
    ("theme", "Theme", 42),
    ("no_figure", "Where there is no figure", 12),
    ("row", "Row of the blocks", 8),
    ("value", "Latest figure", 11),
    ("value_1", "One before", 9),
    ("value_2", "Two before", 9),
    ("value_3", "Three before", 9),
    ("now_at", "Arrow ends at", 8),
    ("before_at", "Arrow starts at", 8),
    ("now", "Figure now, as compared", 10),
    ("before", "Figure before, as compared", 10),
    ("since", "Since, if not the one before", 10),
    ("to", "To, if not the report month", 10),
    ("direction", "Value moved", 9),
    ("travel", "Performance", 10),
    ("glyph", "Arrow", 7),
    ("words", "Arrow in words", 24),
    ("last", "Column of the last figure this year", 10),
    ("first", "First column added up", 9),
    ("ytd", "Year to date", 10),
    ("ytd_note", "Year to date goes", 12),
    ("lower", "Lower limit", 8),
    ("upper", "Upper limit", 8),
    ("target", "Target", 12),
    ("tolerance", "Tolerance", 9),
    ("judged", "Figure judged, as compared", 10),
    ("miss", "Missed by", 9),
    ("allowance", "Amber up to", 9),
    ("met", "Target met", 8),
    ("rule", "Status by rule", 13),
    ("hand", "Status by hand", 13),
    ("status", "Status shown", 13),
    ("contradiction", "Hand and rule", 18),
    ("mark", "Mark of the latest figure", 10),
    ("ytd_mark", "Mark of the year to date", 10),
)
COLUMN = {key: at for at, (key, _, _) in enumerate(COLUMNS)}


@dataclass(frozen=True)
class HandCells:
    """Where a tab keeps the statuses set by hand: ranges of codes, words and reasons, by name."""

    codes: str
    words: str
    reasons: str


@dataclass(frozen=True)
class Steps:
    """One indicator's row: where it is and what it is about."""

    layout: Layout
    line: Line
    row: int
    hand: HandCells | None

    def ref(self, key: str) -> str:
        """This row's cell of another step."""
        return cell(self.row, COLUMN[key], fixed_col=True)

    @property
    def role(self) -> str:
        quarterly = self.line.indicator.period_type is PeriodType.QUARTERLY
        return "quarter" if quarterly else "month"
