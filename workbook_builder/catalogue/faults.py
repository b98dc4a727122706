"""Turns what pydantic says about a definition into faults in plain English.

pydantic finds what is wrong; none of its wording, nor its links, reaches the user.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.disclosure import Disclosure
from workbook_builder.catalogue.listed import Area, ListSettings
from workbook_builder.catalogue.model import (
    Block,
    Comparator,
    Defaults,
    Front,
    FrontGroup,
    Indicator,
    IndicatorPart,
    Override,
    Population,
    SeriesBreak,
    Settings,
    StatusWords,
    Tab,
    Target,
)
from workbook_builder.errors import Fault, Place, did_you_mean
from workbook_builder.periods import Month

Loc = tuple[int | str, ...]

THING: dict[type[BaseModel], str] = {
    Area: "a row of areas.csv",
    Block: "a block",
    Comparator: "a comparator",
    Defaults: "the defaults",
    Disclosure: "the table of disclosure",
    Front: "the front sheet",
    FrontGroup: "a group of the front sheet",
    Indicator: "an indicator",
    IndicatorPart: "a part of an indicator",
    ListSettings: "the table of lists",
    Override: "an override",
    Population: "a population",
    SeriesBreak: "a break",
    Settings: "scorecard.toml",
    StatusWords: "the status words",
    Tab: "a tab",
    Target: "a target",
}

_SHAPES: dict[tuple[type[BaseModel], str], str] = {
    (Indicator, "code"): "it starts with a letter or digit and may hold letters, digits, "
    ". _ / - and spaces",
    (Tab, "name"): "a sheet name may not hold any of [ ] : * ? / \\ '",
    (Front, "name"): "a sheet name may not hold any of [ ] : * ? / \\ '",
    (Settings, "id"): "it may hold small letters, digits and -, and starts with a letter or digit",
    (Settings, "brand"): "six hexadecimal digits such as 12436D",
    (Comparator, "comparator"): "england, region, neighbours",
    (Area, "area"): "a name of an area may not hold ; or =",
}

_KINDS = {
    "string": 'a text, in TOML with "quotes" around it',
    "int": "a whole number such as 1",
    "float": "a number such as 85 or 6.5",
    "finite": "a number such as 85 or 6.5",
    "bool": "true or false",
    "tuple": 'a list in square brackets, such as ["A1", "A2"]',
    "model": "a table of fields",
    "date": "a date such as 2014-02-28",
}


def field_names(model: type[BaseModel]) -> list[str]:
    """The names that people write for the fields of a model."""
    return [field.alias or name for name, field in model.model_fields.items()]


def words_of(field: FieldInfo) -> list[str]:
    """The words allowed in a field that takes a word of a list, else nothing."""
    return [
        str(word)
        for part in _parts(field.annotation)
        if isinstance(part, type) and issubclass(part, StrEnum)
        for word in part
    ]


def translate(
    model: type[BaseModel], error: ValidationError, where: Callable[[Loc], Place]
) -> list[Fault]:
    """A fault for each thing that is wrong; `where` gives the place of a field."""
    return [
        _fault(model, dict(detail), where(detail["loc"]))
        for detail in error.errors(include_url=False)
        # A list whose items are all wrong is also called too short: that would be misleading.
        if not (detail["type"] == "too_short" and detail["input"])
    ]


def field_text(parts: Sequence[int | str]) -> str:
    """A location in words: block 2: type, or defaults: decimals. Lists count from 1."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ": ".join(words)


def shown(value: object) -> str:
    """What was found, short enough to read."""
    if isinstance(value, str):
        return f'"{value[:57]}..."' if len(value) > 60 else f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, (int, float)):
        text = f"{value:.15g}" if isinstance(value, float) else hex(value)
        return str(value) if len(text) < 40 else "a very large number"
    return "nothing"


def _opening(value: object) -> str:
    """What was found, at the start of a sentence."""
    text = shown(value)
    return text.capitalize() if text in ("a table", "a list", "nothing") else text


def _fault(model: type[BaseModel], detail: dict[str, Any], place: Place) -> Fault:
    """The fault for one of pydantic's error details."""
    owner, field = _owner_and_field(model, detail["loc"])
    names = [part for part in detail["loc"] if isinstance(part, str)]
    name = names[-1] if names else ""
    kind = str(detail["type"])
    found = detail["input"]
    thing = THING[owner]
    if kind == "extra_forbidden":
        return unknown(name, field_names(owner), f"a field of {thing}", place)
    if kind == "missing":
        return missing(owner, name, place)
    if field is None:
        return Fault(Code.WRONG_KIND, f"{_opening(found)} is not {thing}.", place, _KINDS["model"])
    if words := words_of(field):
        return _wrong_word(name, found, words, place)
    if kind == "value_error" or Month in _parts(field.annotation):
        what = f"{_opening(found)} is not a month."
        return Fault(Code.NOT_A_DATE, what, place, "a month such as 2014-02")
    return _value_fault(owner, name, field, kind, found, place)


def unknown(name: str, known: list[str], thing: str, place: Place) -> Fault:
    """A field or column that does not exist, with the nearest that does, or all of them."""
    suggestion = did_you_mean(name, known)
    what = f'"{name}" is not {thing}.'
    allowed = "" if suggestion else ", ".join(known)
    return Fault(Code.UNKNOWN_FIELD, what, place, allowed, suggestion)


def missing(model: type[BaseModel], name: str, place: Place) -> Fault:
    """A field that has to be given and is not."""
    field = _field(model, name)
    words = ", ".join(words_of(field)) if field else ""
    return Fault(Code.MISSING, f'"{name}" is missing: {THING[model]} needs it.', place, words)


def _wrong_word(name: str, found: object, words: list[str], place: Place) -> Fault:
    suggestion = did_you_mean(found, words) if isinstance(found, str) else ""
    what = f"{_opening(found)} is not allowed for {name}."
    return Fault(Code.WRONG_WORD, what, place, ", ".join(words), suggestion)


def _value_fault(
    owner: type[BaseModel], name: str, field: FieldInfo, kind: str, found: Any, place: Place
) -> Fault:
    """Patterns, lengths, bounds and kinds."""
    if kind == "string_pattern_mismatch":
        shape = _SHAPES.get((owner, name), "")
        suggestion = did_you_mean(found, shape.split(", ")) if owner is Comparator else ""
        what = f"{_opening(found)} cannot be used for {name}."
        return Fault(Code.OUT_OF_BOUNDS, what, place, shape, suggestion)
    if kind == "string_too_short":
        return Fault(Code.OUT_OF_BOUNDS, f'"{name}" is blank: {THING[owner]} needs it.', place)
    if kind == "string_too_long":
        limit = _bound(field, "max_length")
        what = f"{_opening(found)} is too long for {name}: it has {len(found.strip())} characters."
        return Fault(Code.OUT_OF_BOUNDS, what, place, f"at most {limit:g} characters")
    if kind == "too_short":
        return Fault(Code.MISSING, f"There is no {name}: {THING[owner]} needs at least one.", place)
    if kind.startswith(("greater_than", "less_than")):
        what = f"{_opening(found)} is too {'small' if kind[0] == 'g' else 'large'} for {name}."
        return Fault(Code.OUT_OF_BOUNDS, what, place, _bounds_text(field))
    return _kind_fault(name, kind, found, place)


def _kind_fault(name: str, kind: str, found: object, place: Place) -> Fault:
    """Something of the wrong kind."""
    wanted = _KINDS.get(kind.split("_")[0], "")
    what = f"{_opening(found)} cannot be used for {name}."
    if kind.startswith("date"):
        return Fault(Code.NOT_A_DATE, f"{_opening(found)} is not a date.", place, wanted)
    fix = ""
    if isinstance(found, str) and kind.startswith(("float", "int")):
        what = f"{_opening(found)} is not a number, as {name} has to be."
        if found.rstrip().endswith("%"):
            fix = "Write percentages without the percent sign: 85, not 85%."
        elif "," in found:
            fix = "Write numbers with a point and without thousands commas: 1234.5"
    return Fault(Code.WRONG_KIND, what, place, wanted, fix)


def _owner_and_field(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], FieldInfo | None]:
    """The model that a location leads to, and its field there (None: the model itself)."""
    field: FieldInfo | None = None
    for part in loc:
        if isinstance(part, int):
            continue
        if field is not None:
            inner = _inner_model(field)
            if inner is None:
                # A table whose names are free: what is wrong is one of its values.
                return model, field if get_origin(field.annotation) is dict else None
            model = inner
        field = _field(model, part)
        if field is None:
            return model, None
    inner = _inner_model(field) if field is not None else None
    if inner is not None and loc and isinstance(loc[-1], int):
        return inner, None
    return model, field


def _field(model: type[BaseModel], name: str) -> FieldInfo | None:
    for own, field in model.model_fields.items():
        if name in (own, field.alias):
            return field
    return None


def _inner_model(field: FieldInfo) -> type[BaseModel] | None:
    for part in _parts(field.annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _parts(annotation: Any) -> list[Any]:
    """An annotation and everything inside it: tuple[Tab, ...] gives Tab too."""
    return [annotation, *(inner for arg in get_args(annotation) for inner in _parts(arg))]


def _bound(field: FieldInfo, name: str) -> float | None:
    for part in field.metadata:
        value = getattr(part, name, None)
        if value is not None:
            return float(value)
    return None


def _bounds_text(field: FieldInfo) -> str:
    """0 to 6, or more than 0, or 0 or more."""
    least, most, above = _bound(field, "ge"), _bound(field, "le"), _bound(field, "gt")
    if least is not None and most is not None:
        return f"{least:g} to {most:g}"
    return f"more than {above:g}" if above is not None else f"{least or 0:g} or more"
