"""Declarations with one thing wrong in them: an operator, a number, a column, a code, a condition.

A mutant is a measure of the library as it stands in TOML but for that one thing. Whatever holds the
figures to the definitions has to notice it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook_builder.counting import Library, load_library
from workbook_builder.counting.columns import ColumnKind, vocabulary
from workbook_builder.counting.load import LIBRARY
from workbook_builder.errors import UserError

Table = dict[str, Any]
OPERATORS = (
    ("is within", "is less than"),
    ("is less than", "is within"),
    ("is at least", "is more than"),
    ("is more than", "is at least"),
    ("is one of", "is none of"),
    ("is none of", "is one of"),
    ("is given", "is blank"),
    ("is blank", "is given"),
    (" under ", " at least "),
    ("begins with one of", "is one of"),
    ("latest", "first"),
    (", never below 0", ""),
    ("working days", "days"),
)
CONDITIONS = "cohort", "numerator"


@dataclass(frozen=True)
class Mutant:
    """A declaration with one change, and the measure that it was."""

    code: str
    change: str
    table: Table


def declarations() -> dict[str, Table]:
    """Every declaration of the library, settings put in."""
    settings = tomllib.loads((LIBRARY / "settings.toml").read_text("utf-8"))["setting"]
    found: dict[str, Table] = {}
    for path in sorted((LIBRARY / "measures").glob("*.toml")):
        text = path.read_text("utf-8")
        for name, setting in settings.items():
            text = text.replace(f"{{{name}}}", setting["value"])
        found |= {table["code"]: table for table in tomllib.loads(text)["measure"]}
    return found


def mutants_of(table: Table) -> Iterator[Mutant]:
    """Every mutant of a declaration; some cannot be read and some mean the same."""
    for field, changed, said in (*_of_conditions(table), *_of_fields(table)):
        other = deepcopy(table)
        if changed is None:
            del other[field]
        else:
            other[field] = changed
        yield Mutant(table["code"], said, other)


def _of_conditions(table: Table) -> Iterator[tuple[str, Any, str]]:
    for field in CONDITIONS:
        for path, text in _texts(table.get(field, [])):
            for new in _changed(text, table["list"]):
                yield field, _put(table[field], path, new), f"{field}: {text} -> {new}"
            if field == "cohort" or len(table[field]) > 1:
                left = _put(table[field], path, None)
                yield field, left or None, f"{field} without: {text}"


def _of_fields(table: Table) -> Iterator[tuple[str, Any, str]]:
    for field in ("date", "start", "end"):
        for other in _dates(table["list"]) if field in table else ():
            if other != table[field]:
                yield field, other, f"{field}: {table[field]} -> {other}"
    if "sum" in table:
        for new in _changed(table["sum"], table["list"]):
            yield "sum", new, f"sum: {table['sum']} -> {new}"
    if "end" in table:
        yield "end", None, "no end"
    if table.get("each") == "child":
        yield "each", None, "each row"
    if (
        table.get("unit") == "percent"
        and "each" not in table
        and table["counted"] == "in the month"
    ):
        yield "each", "child", "each child"


def _texts(found: Any, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], str]]:
    for at, one in enumerate(found):
        if isinstance(one, str):
            yield (*path, at), one
        else:
            yield from _texts(one, (*path, at))


def _put(found: Any, path: tuple[int, ...], new: str | None) -> Any:
    """The conditions with one of them another, or left out."""
    copy = deepcopy(found)
    inner = copy
    for at in path[:-1]:
        inner = inner[at]
    if new is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return copy


def _changed(text: str, name: str) -> Iterator[str]:
    for old, new in OPERATORS:
        if old in text:
            yield text.replace(old, new, 1)
    codes = re.search(r"(?:one|none) of (.+)$", text)
    if codes:
        listed = codes[1].split(", ")
        column = vocabulary().lists[name].columns[text.split()[0]]
        for at in range(len(listed)):
            fewer = listed[:at] + listed[at + 1 :]
            if fewer:
                yield f"{text[: codes.start(1)]}{', '.join(fewer)}"
        more = next((one for one in column.codes if one not in listed), None)
        if more and "begins" not in text:
            yield f"{text}, {more}"
    else:
        for number in re.finditer(r"(?<![\w])\d+(?![\w])", text):
            for step in (-1, 1):
                new = str(int(number[0]) + step)
                yield f"{text[: number.start()]}{new}{text[number.end() :]}"
    for date in _dates(name):
        if re.search(rf"(?<![\w.]){date}(?!\w)", text):
            for other in _dates(name):
                if other != date:
                    yield re.sub(rf"(?<![\w.]){date}(?!\w)", other, text, count=1)


def _dates(name: str) -> list[str]:
    columns = vocabulary().lists[name].columns.values()
    return [one.name for one in columns if one.kind is ColumnKind.DATE and one.name != "born"]


def as_library(mutants: list[Mutant], folder: Path) -> tuple[Library, dict[str, Mutant]]:
    """The mutants that can be read, each under a code of its own."""
    named = {f"mutant {number}": mutant for number, mutant in enumerate(mutants)}
    for _ in range(2):
        text = "\n".join(_toml({**one.table, "code": code}) for code, one in named.items())
        path = folder / "mutants.toml"
        path.write_text(text, encoding="utf-8")
        try:
            library = load_library(path)
        except UserError as error:
            unreadable = {fault.place.indicator for fault in error.faults}
            named = {code: one for code, one in named.items() if code not in unreadable}
            continue
        measures = tuple(one for one in library.measures if one.code in named)
        return Library(measures, library.settings, ()), named
    raise AssertionError("some mutants are faults every time")


def _toml(table: Table) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    return "[[measure]]\n" + "\n".join(lines) + "\n"
