"""What scorecard.toml says of public copies."""

from __future__ import annotations

from pydantic import Field

from workbook_builder.catalogue.definition import Definition


class Disclosure(Definition):
    """Which counts a public copy withholds: those from smallest to largest. Noughts stay.

    show_unjudged: whether it shows percentages, rates and averages that came without their counts.
    """

    smallest: int = Field(default=1, ge=1, le=5)
    largest: int = Field(default=5, ge=1, le=50)
    show_unjudged: bool = False
