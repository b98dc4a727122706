"""What a published month is made of, as texts for the history and back.

JSON of the dataclasses themselves, so that a field more needs nothing here. Texts of an older
version are read with what they have; where that cannot be, whoever reads says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter

from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.history.model import TypedRecord
from workbook_builder.history.restated import FigureKey
from workbook_builder.values import Symbol

SYMBOLS = frozenset(symbol.value for symbol in Symbol)


@dataclass(frozen=True)
class TypedThen:
    """What was typed when a month was published.

    remembered are manual figures of earlier months that its workbook shows as well.
    """

    records: tuple[TypedRecord, ...] = ()
    remembered: tuple[TypedRecord, ...] = ()


def extracts_text(extracts: Extracts) -> str:
    """Everything that was read, as text: the same text for the same content."""
    found = _extracts().dump_python(extracts, mode="json")
    # A set has another order each time the program starts.
    found["adds_up"] = sorted(found["adds_up"])
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def read_extracts(text: str) -> Extracts:
    """The same again. Raises ValueError for a text of another form."""
    found = _extracts().validate_json(text)
    return replace(found, figures=tuple(map(_with_symbol, found.figures)))


def typed_text(typed: TypedThen) -> str:
    """What was typed, as text."""
    return _typed().dump_json(typed).decode()


def read_typed(text: str) -> TypedThen:
    """The same again. Raises ValueError for a text of another form."""
    return _typed().validate_json(text)


def reported_text(figures: Mapping[FigureKey, float | str]) -> str:
    """Figures and their values, as text; numbers as Python writes them, which loses nothing."""
    return json.dumps([[*key, value] for key, value in figures.items()], ensure_ascii=False)


def read_reported(text: str) -> list[tuple[FigureKey, float | str]]:
    """The same again."""
    return [((one[0], one[1], one[2]), one[3]) for one in json.loads(text)]


def _with_symbol(figure: Figure) -> Figure:
    """JSON has no symbols, and no text that a reader of extracts leaves is one."""
    if isinstance(figure.value, str) and figure.value in SYMBOLS:
        return replace(figure, value=Symbol(figure.value))
    return figure


@cache
def _extracts() -> TypeAdapter[Extracts]:
    return TypeAdapter(Extracts)


@cache
def _typed() -> TypeAdapter[TypedThen]:
    return TypeAdapter(TypedThen)
