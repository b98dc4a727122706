"""What an authority sets for scorecards that are counted from child-level lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from workbook_builder.catalogue.definition import Definition


class ListName(StrEnum):
    """The eleven lists of Annex A, as settings name them."""

    CONTACTS = "contacts"
    EARLY_HELP = "early_help"
    REFERRALS = "referrals"
    ASSESSMENTS = "assessments"
    SECTION47 = "section47"
    CHILDREN_IN_NEED = "children_in_need"
    CHILD_PROTECTION = "child_protection"
    CHILDREN_LOOKED_AFTER = "children_looked_after"
    CARE_LEAVERS = "care_leavers"
    ADOPTION = "adoption"
    ADOPTERS = "adopters"


class ListSettings(Definition):
    """The table [lists] of scorecard.toml.

    `window` is how many months an extract covers, `settings` the authority's own lengths of time
    by the name that measures give them, `holidays` days on which it is closed besides England's
    bank holidays. `may_be_empty` are the lists that may truly have no row; any other without rows
    is taken for an export that failed.
    """

    window: int = Field(default=6, ge=1, le=60)
    settings: dict[str, str] = Field(default_factory=dict)
    holidays: tuple[dt.date, ...] = ()
    may_be_empty: tuple[ListName, ...] = ()


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
