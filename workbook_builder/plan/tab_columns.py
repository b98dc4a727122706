"""The columns that all blocks of a theme tab share, so that they stand under one another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workbook_builder.plan.line_cells import JudgedColumns
from workbook_builder.plan.text_size import column_pixels

GUTTER_WIDTH = 1.5
LABEL_WIDTH, PERIOD_WIDTH = 56.0, 9.0

# In the head of a gutter: Excel takes a table for ended at an empty column, and sorting would part
# the names from the codes by which their figures are found.
BRIDGE = " "

# What may stand between the periods and the officer's columns where a tab shows judgements in rows.
JUDGED = (
    ("arrow", 3.0),
    ("travel", 20.0),
    ("three-year average", 9.0),
    ("england", 9.0),
    ("ytd", 9.0),
    ("ytd note", 8.0),
    ("baseline", 22.0),
    ("target in words", 34.0),
    ("target", 11.0),
    ("gutter", GUTTER_WIDTH),
    ("status", 13.0),
)
# What every table with judgements in its rows has, and what each kind of it has besides.
ALWAYS_COLUMNS = ("arrow", "travel", "target", "gutter", "status")
GRID_COLUMNS = (*ALWAYS_COLUMNS, "ytd", "ytd note")
MONTHS_COLUMNS = (*ALWAYS_COLUMNS, "three-year average", "england")
MEASURES_COLUMNS = (*ALWAYS_COLUMNS, "baseline", "target in words")
OFFICER = (
    ("status by hand", 14.0),
    ("reason", 40.0),
    ("Indicator code", 26.0),
    ("row on judgement", 10.0),
    ("row on figures", 10.0),
)


@dataclass(frozen=True)
class TabColumns:
    """Where each column of a theme tab is, for a number of periods shown.

    What prints ends with the status, or with the last period on a tab whose blocks show no
    judgements in rows; the officer's columns (status by hand, reason, codes) stand to the right of
    it and move with the row when it is sorted.
    """

    periods: int
    judged_keys: frozenset[str] = frozenset(GRID_COLUMNS)
    label_width: float = LABEL_WIDTH
    target_width: float = 11.0
    period_width: float = PERIOD_WIDTH

    LABEL = 1
    YEAR = 2
    FIRST_PERIOD = 3

    def period(self, steps_back: int) -> int:
        """The column of a period so many steps before the report period."""
        return self.FIRST_PERIOD + self.periods - 1 - steps_back

    @cached_property
    def _named(self) -> tuple[tuple[str, float], ...]:
        """Every column after the periods: its key and width."""
        judged = [
            (key, self.target_width if key == "target" else width)
            for key, width in JUDGED
            if key in self.judged_keys
        ]
        return (*judged, *OFFICER)

    @property
    def judges_rows(self) -> bool:
        """Whether some block of the tab shows judgements in its rows."""
        return bool(self.judged_keys)

    def _at(self, key: str) -> int:
        keys = [one for one, _ in self._named]
        return self.FIRST_PERIOD + self.periods + keys.index(key)

    @property
    def glyph(self) -> int:
        return self._at("arrow")

    @property
    def words(self) -> int:
        return self._at("travel")

    @property
    def ytd(self) -> int:
        return self._at("ytd")

    @property
    def ytd_note(self) -> int:
        return self._at("ytd note")

    @property
    def three_year_average(self) -> int:
        return self._at("three-year average")

    @property
    def england(self) -> int:
        return self._at("england")

    @property
    def baseline(self) -> int:
        return self._at("baseline")

    @property
    def target_words(self) -> int:
        return self._at("target in words")

    @property
    def target(self) -> int:
        return self._at("target")

    @property
    def gutter(self) -> int:
        """The narrow column between the table and its status."""
        return self._at("gutter")

    @property
    def status(self) -> int:
        return self._at("status")

    @property
    def last_printed(self) -> int:
        """The last column that prints."""
        return self.status if self.judges_rows else self.period(0)

    @property
    def hand(self) -> int:
        return self._at("status by hand")

    @property
    def reason(self) -> int:
        return self._at("reason")

    @property
    def code(self) -> int:
        return self._at("Indicator code")

    @property
    def judge_row(self) -> int:
        return self._at("row on judgement")

    @property
    def figure_row(self) -> int:
        return self._at("row on figures")

    @property
    def judged(self) -> JudgedColumns:
        """The columns that look up the Judgement sheet."""
        return JudgedColumns(
            label=self.LABEL,
            glyph=self.glyph,
            words=self.words,
            target=self.target,
            status=self.status,
            code=self.code,
            judge_row=self.judge_row,
        )

    @property
    def keys(self) -> tuple[tuple[int, str], ...]:
        """What each column is about: the same words on every tab and on the front sheet."""
        shown = [(self.period(back), f"period_{back}") for back in range(self.periods)]
        spoken = [key for key, _ in self._named if key not in ("gutter", *UNSPOKEN)]
        return (
            (self.LABEL, "name"),
            (self.YEAR, "last year"),
            *shown,
            *((self._at(key), key) for key in spoken),
        )

    @property
    def widths(self) -> tuple[float, ...]:
        """Column widths in characters."""
        before = (GUTTER_WIDTH, self.label_width, self.period_width)
        periods = (self.period_width,) * self.periods
        return (*before, *periods, *(width for _, width in self._named))

    def left(self, col: int) -> int:
        """How many pixels a column starts from the sheet's left edge."""
        return sum(column_pixels(width) for width in self.widths[:col])

    @property
    def table_pixels(self) -> int:
        """The width of what prints, without the left gutter."""
        return self.left(self.last_printed + 1) - self.left(self.LABEL)


# Columns whose cells are looked up by nobody and so need no key of their own.
UNSPOKEN = ("row on judgement", "row on figures")
