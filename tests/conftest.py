"""What every test shares: the outside oracles and the --long switch."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

pytest_plugins = [
    "tests.oracles.accounts",
    "tests.oracles.fixtures",
    "tests.oracles.postgres",
    "tests.live.fixtures",
]


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
    """Leave out the slow tests unless asked for them."""
    if config.getoption("--long"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="long run: use --long"))
