"""Rows of earlier extracts, for the months that later ones do not cover.

An extract covers few months; a year to date, twelve months and an earlier referral of the same
child lie further back. So an extract is counted together with rows of those before it, each of
which speaks for the months that no later one covers. A row that was deleted, moved or added later
changes none of those months. The rows are held while the folder is read and are kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from workbook_builder.counting.columns import ListColumns
from workbook_builder.counting.tables import NO_END, SPEAKS_FROM, SPEAKS_UNTIL
from workbook_builder.periods import Month

if TYPE_CHECKING:
    import pandas as pd

EPOCH = Month(1970, 1)
# Twelve months that each look back for twenty-four, and the extract's own.
MONTHS_KEPT = 48


@dataclass
class _Kept:
    """The rows of a list so far, and the months, counted from the epoch, that were covered."""

    rows: pd.DataFrame
    covered: set[int]


@dataclass
class Memory:
    """What the extracts so far leave to those after them. Extracts come in order of month.

    window: how many months an extract covers.
    """

    names: Mapping[str, ListColumns]
    window: int
    lists: dict[str, _Kept] = field(default_factory=dict)

    def first(self, name: str, month: Month) -> Month:
        """The first month that an extract of a month covers in a list."""
        return month.plus(1 - max(self.window, self.names[name].months))

    def joined(self, frames: Mapping[str, pd.DataFrame], month: Month) -> dict[str, pd.DataFrame]:
        """The rows of an extract with those remembered, each with the months it speaks for."""
        import pandas as pd

        found = {}
        for name, frame in frames.items():
            first = self.first(name, month).minus(EPOCH)
            now = frame.assign(**{SPEAKS_FROM: first, SPEAKS_UNTIL: NO_END})
            kept = self.lists.get(name)
            rows = self._before(name, kept.rows, first) if kept is not None else None
            found[name] = now if rows is None or rows.empty else pd.concat([now, rows])
        return found

    def whole_from(self, frames: Mapping[str, pd.DataFrame], month: Month) -> dict[str, Month]:
        """The first month of each list from which on every month was covered by an extract."""
        found = {}
        for name in frames:
            kept = self.lists.get(name)
            first = self.first(name, month)
            while kept is not None and first.plus(-1).minus(EPOCH) in kept.covered:
                first = first.plus(-1)
            found[name] = first
        return found

    def keep(self, frames: Mapping[str, pd.DataFrame], month: Month) -> None:
        """Remember the rows of an extract, in the place of others for the months it covers."""
        import pandas as pd

        last = month.minus(EPOCH)
        for name, frame in frames.items():
            first = self.first(name, month).minus(EPOCH)
            rows = frame.assign(**{SPEAKS_FROM: first, SPEAKS_UNTIL: last})
            covered = set(range(first, last + 1))
            if (kept := self.lists.get(name)) is not None:
                before = self._before(name, kept.rows, first)
                rows = rows if before.empty else pd.concat([rows, before])
                covered |= kept.covered
            self.lists[name] = _Kept(
                rows[rows[SPEAKS_UNTIL] > last - MONTHS_KEPT],
                {one for one in covered if one > last - MONTHS_KEPT},
            )

    def _before(self, name: str, rows: pd.DataFrame, first: int) -> pd.DataFrame:
        """Remembered rows, speaking for no month from `first` on.

        Rows that speak for no month are of use only where a list holds no more than the latest.
        """
        cut = rows.assign(**{SPEAKS_UNTIL: np.minimum(rows[SPEAKS_UNTIL], first - 1)})
        spoken = cut[SPEAKS_UNTIL] >= cut[SPEAKS_FROM]
        return cut if self.names[name].of_the_latest else cut[spoken]
