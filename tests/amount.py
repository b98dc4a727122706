"""How much of a long run is done: a little every day, a short form in CI, all of it with --long."""

from __future__ import annotations

import os

import pytest


def amount(config: pytest.Config, everyday: int, in_ci: int, long: int) -> int:
    """The number of rounds for this run of the tests."""
    if config.getoption("--long"):
        return long
    return in_ci if os.environ.get("CI") else everyday


def amount_in_ci(config: pytest.Config, in_ci: int, long: int) -> int:
    """The same for tests that do not run every day (the mark in_ci)."""
    return amount(config, in_ci, in_ci, long)
