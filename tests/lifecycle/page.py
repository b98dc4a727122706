"""docs/lifecycle.md read: the files that its examples write, and the tables that they promise.

A code block follows the name of its file. A table of one indicator's TOML takes the place of that
indicator, or is added; tabs take the place of all tabs; a CSV block is the whole file, or rows that
are added or stand instead of one. A table follows the sheet or file that it is an excerpt of.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.building import ROOT

PAGE = ROOT / "docs" / "lifecycle.md"
BASE = "The scorecard of the examples"

_BLOCK = re.compile(
    r"^`([^`]+)`(, more rows|, instead of `([^`]+)`)?:\n\n```\w+\n(.*?)```", re.M | re.S
)
_TABLE = re.compile(r"^(Sheet \*.+?\*(?:, .+?)?|`results\.csv`):\n\n((?:\|.*\n)+)", re.M)
_TABS = "[[tab]]"


@dataclass(frozen=True)
class Written:
    """A block of a file: the whole of it, or what is put into it."""

    file: str
    text: str
    more: bool
    instead_of: str


@dataclass(frozen=True)
class Promise:
    """A table that the page prints: where it is from, its heads and rows."""

    where: str
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Example:
    """A section of the page."""

    name: str
    files: tuple[Written, ...]
    promises: tuple[Promise, ...]


def examples() -> dict[str, Example]:
    """The sections of the page that write files, by name, the base scorecard included."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.M)[1:]
    found = (_example(*section.split("\n", 1)) for section in sections)
    return {one.name: one for one in found if one.files}


def answers() -> dict[str, bool]:
    """What the table at the top says of each example: whether a refresh does it."""
    rows = re.findall(r"^\| \[(.+?)\]\(#.+?\) \|.+?\| (.+?) \|$", PAGE.read_text("utf-8"), re.M)
    return {name: said == "a refresh does it" for name, said in rows}


def _example(name: str, text: str) -> Example:
    files = tuple(
        Written(file, body, how.endswith("more rows"), instead)
        for file, how, instead, body in _BLOCK.findall(text)
    )
    return Example(name, files, tuple(_promise(*one) for one in _TABLE.findall(text)))


def _promise(where: str, table: str) -> Promise:
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()
    ]
    return Promise(where, tuple(dict(zip(lines[0], line, strict=True)) for line in lines[2:]))


def write_base(folder: Path) -> None:
    """The scorecard that all examples begin with."""
    for one in examples()[BASE].files:
        path = folder / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")


def write(folder: Path, one: Written) -> None:
    """Put a block of an example into the folder's file."""
    path = folder / one.file
    before = path.read_text(encoding="utf-8")
    if one.instead_of:
        assert f"{one.instead_of}\n" in before
        text = before.replace(f"{one.instead_of}\n", one.text)
    elif one.more:
        text = before + one.text
    elif one.file == "scorecard.toml":
        text = before[: before.index(_TABS)] + one.text
    elif one.file.startswith("indicators/"):
        text = _with_indicator(before, one.text)
    else:
        text = one.text
    path.write_text(text, encoding="utf-8")


def _with_indicator(before: str, block: str) -> str:
    told = tomllib.loads(block)["indicator"][0]
    wanted = {told["code"], told.get("replaces")}
    head, *tables = before.split("[[indicator]]")
    kept = [one for one in tables if tomllib.loads(one)["code"] not in wanted]
    return "[[indicator]]".join([head, *kept, block.removeprefix("[[indicator]]")])
