"""The column names of an extract and the spellings that are understood."""

from __future__ import annotations

import re
from enum import StrEnum

from workbook_builder.extracts.cells import tidy

# A header row may have titles above it, but not a whole page.
HEADER_WITHIN = 30


class What(StrEnum):
    """Which part of a figure a cell gives."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


# A column called code is the code, whatever else is called indicator beside it.
CODE = frozenset({"code", "indicatorcode"})
INDICATOR = CODE | {"indicator"}
BREAKDOWN = frozenset({"breakdown"})
PERIOD = frozenset({"period"})
PERIOD_KIND = frozenset({"periodkind"})
MEASURE = frozenset({"measure", "what"})
PARTS = {what.value: what for what in What}

# Columns that people keep for themselves; they are passed over without a remark.
NOT_READ = frozenset(
    {
        "name",
        "indicatorname",
        "title",
        "description",
        "theme",
        "unit",
        "note",
        "notes",
        "comment",
        "comments",
        "commentary",
        "source",
        "owner",
    }
)


def heading_name(text: str) -> str:
    """A heading without the differences that do not matter: Period Kind, period_kind."""
    return re.sub(r"[\s_:]+", "", tidy(text)).casefold()
