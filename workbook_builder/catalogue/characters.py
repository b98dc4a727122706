"""Characters that no workbook can hold, found before they spoil one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbook_builder.catalogue.codes import Code
from workbook_builder.errors import Fault, Place

# Control characters but tab and newline, half characters, and the two that XML forbids.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FIX = "Take it out; it is invisible and was probably pasted along with the text."


def forbidden_in_data(data: object, name: str) -> Iterator[Fault]:
    """A fault for each text of a TOML file that holds such a character, with its field."""
    for path, text in _texts(data, ()):
        found = _FORBIDDEN.search(text)
        if found:
            yield _fault(found[0], Place(file=name, field=".".join(path)), text)


def forbidden_in_lines(text: str, name: str) -> Iterator[Fault]:
    """A fault for each line of a CSV file that holds such a character."""
    for row, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        found = _FORBIDDEN.search(line)
        if found:
            yield _fault(found[0], Place(file=name, row=row), line)


def _fault(character: str, place: Place, text: str) -> Fault:
    plain = _FORBIDDEN.sub("", text).strip()[:60]
    what = f'The text "{plain}" holds the control character U+{ord(character):04X}.'
    return Fault(Code.CHARACTER, what, place, fix=_FIX)


def _texts(data: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data, start=1):
            yield from _texts(value, (*path, str(number)) if len(data) > 1 else path)
