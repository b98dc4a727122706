"""The columns that all blocks of a theme tab share, so that they stand under one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workbook_builder.plan.line_cells import JudgedColumns
from workbook_builder.plan.text_size import column_pixels

GUTTER_WIDTH = 1.5

# In the head of a gutter: Excel takes a table for ended at an empty column, and sorting would part
# the names from the codes by which their figures are found.
BRIDGE = " "


@dataclass(frozen=True)
class TabColumns:
    """Where each column of a theme tab is, for a number of periods shown.

    What prints ends with the status; the officer's columns (status by hand, reason, codes) stand
    to the right of it and move with the row when it is sorted.
    """

    periods: int

    LABEL = 1
    YEAR = 2
    FIRST_PERIOD = 3

    def period(self, steps_back: int) -> int:
        """The column of a period so many steps before the report period."""
        return self.FIRST_PERIOD + self.periods - 1 - steps_back

    @cached_property
    def glyph(self) -> int:
        return self.FIRST_PERIOD + self.periods

    @property
    def words(self) -> int:
        return self.glyph + 1

    @property
    def ytd(self) -> int:
        return self.glyph + 2

    @property
    def ytd_note(self) -> int:
        return self.glyph + 3

    @property
    def target(self) -> int:
        return self.glyph + 4

    @property
    def gutter(self) -> int:
        """The narrow column between the table and its status."""
        return self.glyph + 5

    @property
    def status(self) -> int:
        return self.glyph + 6

    @property
    def hand(self) -> int:
        return self.glyph + 7

    @property
    def reason(self) -> int:
        return self.glyph + 8

    @property
    def code(self) -> int:
        return self.glyph + 9

    @property
    def judge_row(self) -> int:
        return self.glyph + 10

    @property
    def figure_row(self) -> int:
        return self.glyph + 11

    @property
    def judged(self) -> JudgedColumns:
        """The columns that look up the Judgement sheet."""
        return JudgedColumns(
            label=self.LABEL,
            glyph=self.glyph,
            words=self.words,
            ytd=self.ytd,
            ytd_note=self.ytd_note,
            target=self.target,
            status=self.status,
            code=self.code,
            judge_row=self.judge_row,
        )

    @property
    def keys(self) -> tuple[tuple[int, str], ...]:
        """What each column is about: the same words on every tab and on the front sheet."""
        shown = [(self.period(back), f"period_{back}") for back in range(self.periods)]
        return (
            (self.LABEL, "name"),
            (self.YEAR, "last year"),
            *shown,
            (self.glyph, "arrow"),
            (self.words, "travel"),
            (self.ytd, "ytd"),
            (self.ytd_note, "ytd note"),
            (self.target, "target"),
            (self.status, "status"),
            (self.hand, "status by hand"),
            (self.reason, "reason"),
            (self.code, "Indicator code"),
        )

    @property
    def widths(self) -> tuple[float, ...]:
        """Column widths in characters."""
        before = (GUTTER_WIDTH, 56.0, 9.0)
        periods = (9.0,) * self.periods
        judged = (3.0, 20.0, 9.0, 8.0, 11.0, GUTTER_WIDTH, 13.0)
        officer = (14.0, 40.0, 26.0, 10.0, 10.0)
        return before + periods + judged + officer

    def left(self, col: int) -> int:
        """How many pixels a column starts from the sheet's left edge."""
        return sum(column_pixels(width) for width in self.widths[:col])

    @property
    def table_pixels(self) -> int:
        """The width of what prints, without the left gutter."""
        return self.left(self.status + 1) - self.left(self.LABEL)
