"""What every definition of a catalogue has in common, and how a month is written in it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from workbook_builder.periods import Month


def _to_month(value: object) -> object:
    """Accept 2014-02 and, from TOML, a date; nothing else. Raises ValueError."""
    if value is None or isinstance(value, Month):
        return value
    if isinstance(value, dt.date):
        return Month(value.year, value.month)
    return Month.parse(str(value))


MonthField = Annotated[
    Month, BeforeValidator(_to_month), PlainSerializer(str), Field(description="a month: 2014-02")
]


class Definition(BaseModel):
    """Frozen, strict about field names, tolerant of nothing."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )
