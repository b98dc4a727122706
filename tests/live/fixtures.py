"""The live LibreOffice as a fixture."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator

import pytest

from tests.live.office import OwnOffice
from tests.oracles.calc import CalcMissing


@pytest.fixture(scope="session")
def office() -> Iterator[OwnOffice]:
    """One LibreOffice for the session. Missing: a failure in CI, a loud skip elsewhere."""
    try:
        running = OwnOffice()
    except CalcMissing as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        warnings.warn(f"the live tests were skipped: {error}", stacklevel=1)
        pytest.skip(str(error))
    yield running
    running.stop()
