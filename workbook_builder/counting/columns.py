"""The names that declarations use: lists, their columns, the known codes, the breakdowns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

COLUMNS = Path(__file__).parent / "library" / "columns.toml"
CHILD, BORN, AREA = "child", "born", "area"


class ColumnKind(StrEnum):
    """What a column holds."""

    DATE = "date"
    CODE = "code"
    NUMBER = "number"
    TEXT = "text"


_SECTIONS = {
    "dates": ColumnKind.DATE,
    "codes": ColumnKind.CODE,
    "numbers": ColumnKind.NUMBER,
    "texts": ColumnKind.TEXT,
}


@dataclass(frozen=True)
class Column:
    """A column of a list: our name, the loader's name, what it holds and its known codes."""

    name: str
    key: str
    kind: ColumnKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListColumns:
    """A list of Annex A and its columns by our names.

    A list of the latest holds a child's latest plan, period of care or need and no earlier one.
    `months`: how many months an extract of it covers, where Annex A says more than six.
    `listed_by`: the date by which a row is in an extract, where another date is counted too.
    """

    name: str
    number: int
    title: str
    columns: Mapping[str, Column]
    of_the_latest: bool = False
    months: int = 0
    listed_by: str = ""

    def of_kind(self, *kinds: ColumnKind) -> list[str]:
        """The names of the columns that hold such things."""
        return [column.name for column in self.columns.values() if column.kind in kinds]


@dataclass(frozen=True)
class Breakdown:
    """A way to break figures down: by a column, its codes perhaps grouped, or by bands of age."""

    name: str
    by: str
    groups: Mapping[str, str]
    bands: tuple[int, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Every name that a declaration may use."""

    lists: Mapping[str, ListColumns]
    breakdowns: Mapping[str, Breakdown]

    def breakdowns_of(self, name: str) -> list[str]:
        """The breakdowns that a list can be given by."""
        held = self.lists[name].columns
        return [breakdown.name for breakdown in self.breakdowns.values() if breakdown.by in held]


@cache
def vocabulary() -> Vocabulary:
    """The packaged names."""
    data = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))
    known = data["known"]
    lists = {}
    for name, table in data["lists"].items():
        columns = {
            own: Column(own, key, kind, tuple(known.get(own, ())))
            for section, kind in _SECTIONS.items()
            for own, key in table.get(section, {}).items()
        }
        lists[name] = ListColumns(
            name,
            table["number"],
            table["title"],
            columns,
            table.get("of_the_latest", False),
            table.get("months", 0),
            table.get("listed_by", ""),
        )
    breakdowns = {
        name: Breakdown(
            name,
            table["by"],
            {code: group for group, codes in table.get("groups", {}).items() for code in codes},
            tuple(table.get("bands", ())),
        )
        for name, table in data["breakdowns"].items()
    }
    return Vocabulary(lists, breakdowns)
