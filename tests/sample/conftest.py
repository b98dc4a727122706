"""One invented authority for all tests of the room."""

from __future__ import annotations

import pytest

from workbook_builder.periods import Month
from workbook_builder.sample import Authority, simulate

MONTHS = 8
LAST = Month(2025, 3)


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Six thousand children, enough for every list to have rows."""
    return simulate(6000, MONTHS, 7, last=LAST)


@pytest.fixture(scope="session", params=[1, 2, 3])
def any_authority(request: pytest.FixtureRequest) -> Authority:
    """Smaller ones with other seeds."""
    made: Authority = simulate(3000, 4, request.param, last=LAST)
    return made
