"""What an authority sets for scorecards that are counted from child-level lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from workbook_builder.catalogue.definition import Definition


class ListSettings(Definition):
    """The table [lists] of scorecard.toml.

    `window` is how many months an extract covers, `settings` the authority's own lengths of time
    by the name that measures give them, `holidays` days on which it is closed besides England's
    bank holidays.
    """

    window: int = Field(default=6, ge=1, le=60)
    settings: dict[str, str] = Field(default_factory=dict)
    holidays: tuple[dt.date, ...] = ()


# It becomes the text of a group of a breakdown, whose parts these characters divide.
AreaName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^;=]+$")]


class Area(Definition):
    """The area that a team works in: a row of areas.csv."""

    team: str = Field(min_length=1)
    area: AreaName


class DeclaredMeasure(Definition):
    """A measure that an indicator is counted by, as it was declared, so that a change is traceable.

    `declared` is its table, `settings` the value of each setting that it names.
    """

    code: str
    declared: Mapping[str, Any]
    settings: Mapping[str, str]
