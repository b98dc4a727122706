"""The eleven lists as columns.toml describes them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_QUESTION = re.compile(r"\(\s*y\s*/\s*n\s*\)+", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"
    DATE = "date"
    CODE = "code"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class ColumnDef:
    """One column of a list.

    codes are the stable parts with other words for each; empty where the column has no codes.
    """

    key: str
    kind: Kind
    heading: str
    also: tuple[str, ...] = ()
    ssd: str = ""
    required: bool = False
    since: int = 2019
    code_set: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every heading that means this column, folded."""
        given = (self.heading, *self.also, self.ssd)
        return frozenset(folded(name) for name in given if name)

    @property
    def names_in_a_query(self) -> frozenset[str]:
        """The same, and our key: a column of a database may be called so."""
        return self.names | {folded(self.key)}


@dataclass(frozen=True)
class ListDef:
    """One of the eleven lists."""

    number: int
    key: str
    name: str
    names: frozenset[str]
    one_row_is: str
    months: int
    one_row_each: bool
    columns: tuple[ColumnDef, ...]

    @property
    def title(self) -> str:
        """The list as Ofsted numbers and names it."""
        return f"List {self.number}: {self.name}"

    @property
    def id(self) -> ColumnDef:
        """The column that says which child, or adopter, a row is about."""
        return self.columns[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns, in Ofsted's order."""
        return tuple(column.key for column in self.columns)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The key of the column that a heading means, by folded heading."""
        return _by_name((column.key, column.names) for column in self.columns)

    @cached_property
    def headings_in_a_query(self) -> Mapping[str, str]:
        """The same for the columns of a query."""
        return _by_name((column.key, column.names_in_a_query) for column in self.columns)

    def column(self, key: str) -> ColumnDef | None:
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)


def _by_name(columns: Iterable[tuple[str, frozenset[str]]]) -> Mapping[str, str]:
    return MappingProxyType({name: key for key, names in columns for name in names})


# The same few headings and words of codes come again with every extract.
@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A heading as it is compared: no case, accents, spaces, punctuation or (Y/N)."""
    plain = unicodedata.normalize("NFKC", _QUESTION.sub(" ", text)).casefold()
    return _NOT_WORDS.sub("", plain)


@lru_cache(maxsize=1)
def lists() -> Mapping[str, ListDef]:
    """The lists by key, in Ofsted's order."""
    path = Path(__file__).with_name("columns.toml")
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        name: MappingProxyType({code: tuple(words) for code, words in found.items()})
        for name, found in content["codes"].items()
    }
    return MappingProxyType({found["key"]: _list(found, codes) for found in content["lists"]})


def by_number(number: int) -> ListDef | None:
    """The list with Ofsted's number."""
    return next((found for found in lists().values() if found.number == number), None)


def _list(found: dict[str, Any], codes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> ListDef:
    names = {found["key"], found["name"], *found["names"]}
    return ListDef(
        found["number"],
        found["key"],
        found["name"],
        frozenset(folded(name) for name in names),
        found["one_row_is"],
        found["months"],
        found["one_row_each"],
        tuple(_column(column, codes) for column in found["columns"]),
    )


def _column(found: dict[str, Any], codes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> ColumnDef:
    code_set = found.get("codes", "")
    return ColumnDef(
        found["key"],
        Kind(found["kind"]),
        found["heading"],
        tuple(found.get("also", ())),
        found.get("ssd", ""),
        found.get("required", False),
        found.get("since", 2019),
        code_set,
        codes[code_set] if code_set else {},
    )
