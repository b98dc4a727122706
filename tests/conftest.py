"""What every test shares: the outside oracles and the --long switch."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.measuring import unmeasured

# How long something takes says how busy a machine is, and decides nothing.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

pytest_plugins = [
    "tests.oracles.accounts",
    "tests.oracles.fixtures",
    "tests.oracles.postgres",
    "tests.live.fixtures",
]


# The longest first, so that no worker is left with one of them while the other has nothing to do.
LONG_ONES = (
    "year",
    "live",
    "closed",
    "kills",
    "proof",
    "disclosure",
    "listed",
    "oracle",
    "calc",
    "benchmarks",
    "counting",
    "drill",
)
# Where coverage rests: in tests that do not run every day, and in these. The program runs there
# once more over much data, which measuring would make take twice as long or longer. Nearly all of
# it is run by the others too; the report leaves out the little that only these reach. Every day it
# rests in slow rooms as well.
UNMEASURED = (
    "board/test_copy.py::test_every_cell_shows_what_the_workbook_shows",
    "calc",
    "disclosure/test_attacker.py",
    "drill/test_drill.py::test_figures_that_rest_on_earlier_extracts",
    "forward/test_next_month.py",
    "listed/test_database.py",
    "proof",
)
MEASURED_IN_CI = ("board/", "closed/", "forward/", "importing/", "listed/", "live/", "publishing/")
TESTS = Path(__file__).parent


@pytest.fixture(autouse=True, scope="session")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests' register apart from the user's, and the clock in the authorities' zone."""
    before = dict(os.environ)
    os.environ["WORKBOOK_BUILDER_REGISTER"] = str(
        tmp_path_factory.mktemp("register") / "register.json"
    )
    os.environ["TZ"] = "Europe/London"
    time.tzset()
    yield
    os.environ.clear()
    os.environ.update(before)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch for the long runs."""
    parser.addoption("--long", action="store_true", help="also run the tests marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest, and leave out the slow tests unless asked for them."""
    items.sort(key=_rank)
    if config.getoption("--long"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="long run: use --long"))
        elif "in_ci" in item.keywords and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="runs in CI and with --long"))


def _rank(item: pytest.Item) -> int:
    room = item.path.relative_to(TESTS).parts[0]
    return LONG_ONES.index(room) if room in LONG_ONES else len(LONG_ONES)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let coverage rest in the tests that it would slow down most."""
    own = item.nodeid.removeprefix("tests/")
    resting = UNMEASURED if os.environ.get("CI") else (*UNMEASURED, *MEASURED_IN_CI)
    rests = "in_ci" in item.keywords or own.startswith(resting)
    with unmeasured() if rests else nullcontext():
        return (yield)
