"""Rows of earlier extracts, for the months that later ones do not cover.

An extract covers few months; a year to date, twelve months and an earlier referral of the same
child lie further back. So an extract is counted together with rows of those before it, each of
which speaks for the months that no later one covers. A row that was deleted, moved or added later
changes none of those months. The rows are held while the folder is read and are kept nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from workbook_builder.counting.columns import ListColumns
from workbook_builder.counting.tables import NO_END, SPEAKS_FROM, SPEAKS_UNTIL
from workbook_builder.periods import Month

if TYPE_CHECKING:
    import pandas as pd

EPOCH = Month(1970, 1)
NONE: Mapping[str, Collection[str]] = MappingProxyType({})
# Twelve months that each look back for twenty-four, and the extract's own.
MONTHS_KEPT = 48


@dataclass
class _Kept:
    """The rows of a list so far, and the months, counted from the epoch, that were covered.

    lacking: of each column the months whose rows come from an extract that did not have it.
    """

    rows: pd.DataFrame
    covered: set[int]
    lacking: Mapping[str, set[int]] = field(default_factory=dict)


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

    def columns_from(
        self, frames: Mapping[str, pd.DataFrame], month: Month
    ) -> dict[tuple[str, str], Month]:
        """The month from which on a column of a list was in every extract whose rows count.

        Columns that were never missing have none. What the extract itself lacks is not told here.
        """
        found = {}
        for name in frames:
            first = self.first(name, month).minus(EPOCH)
            kept = self.lists.get(name)
            for column, months in kept.lacking.items() if kept is not None else ():
                if before := [one for one in months if one < first]:
                    found[name, column] = EPOCH.plus(max(before) + 1)
        return found

    def keep(
        self,
        frames: Mapping[str, pd.DataFrame],
        month: Month,
        missing: Mapping[str, Collection[str]] = NONE,
    ) -> None:
        """Remember the rows of an extract, in the place of others for the months it covers.

        missing: the columns of its lists, by the loader's keys, that no file had.
        """
        import pandas as pd

        last = month.minus(EPOCH)
        for name, frame in frames.items():
            first = self.first(name, month).minus(EPOCH)
            rows = frame.assign(**{SPEAKS_FROM: first, SPEAKS_UNTIL: last})
            own = set(range(first, last + 1))
            covered, lacking = own, dict.fromkeys(self._lacking(name, missing), own)
            if (kept := self.lists.get(name)) is not None:
                before = self._before(name, kept.rows, first)
                rows = rows if before.empty else pd.concat([rows, before])
                covered = own | kept.covered
                for column, months in kept.lacking.items():
                    lacking[column] = (months - own) | lacking.get(column, set())
            self.lists[name] = _Kept(
                rows[rows[SPEAKS_UNTIL] > last - MONTHS_KEPT],
                {one for one in covered if one > last - MONTHS_KEPT},
                lacking,
            )

    def _lacking(self, name: str, missing: Mapping[str, Collection[str]]) -> list[str]:
        """The columns of a list that were missing, by the names that declarations use."""
        keys = missing.get(name, ())
        return [own for own, column in self.names[name].columns.items() if column.key in keys]

    def _before(self, name: str, rows: pd.DataFrame, first: int) -> pd.DataFrame:
        """Remembered rows, speaking for no month from `first` on.

        Rows that speak for no month are of use only where a list holds no more than the latest.
        """
        cut = rows.assign(**{SPEAKS_UNTIL: np.minimum(rows[SPEAKS_UNTIL], first - 1)})
        spoken = cut[SPEAKS_UNTIL] >= cut[SPEAKS_FROM]
        return cut if self.names[name].of_the_latest else cut[spoken]
