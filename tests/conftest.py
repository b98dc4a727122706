"""What every test shares: the outside oracles and the --long switch."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.oracles.fixtures"]


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
