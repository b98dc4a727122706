"""Fixtures that the whole test suite shares: a running Calc and the golden-file switch."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NoReturn

import pytest

from tests.oracles.calc import INSTALL, Calc, CalcMissing, find_calc

NOT_RUN = "LIBREOFFICE CALC IS MISSING"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that rewrites the golden files."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the golden files with what is built now, to be read as a diff",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses Calc, so that `-m "not calc"` leaves them out."""
    for item in items:
        if "calc" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.calc)


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    """One headless LibreOffice for the whole run, which recalculates every file it opens."""
    reason = ""
    try:
        installation = find_calc()
    except CalcMissing as missing:
        reason = str(missing)
    if reason:
        without_calc(reason)
    with Calc(installation) as running:
        yield running


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether this run is to rewrite the golden files."""
    return bool(request.config.getoption("--update-golden"))


def without_calc(reason: str) -> NoReturn:
    """Fail where Calc must be (CI) and skip, loudly, where it may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{NOT_RUN}: {reason}", pytrace=False)
    pytest.skip(f"{NOT_RUN}: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which checks did not run; a skipped oracle must never look like a pass."""
    skipped = [
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if NOT_RUN in str(report.longrepr)
    ]
    if not skipped:
        return
    terminalreporter.section(f"{NOT_RUN}: {len(skipped)} CHECKS DID NOT RUN", red=True, bold=True)
    for name in skipped:
        terminalreporter.line(f"DID NOT RUN: {name}")
    terminalreporter.line(f"INSTALL IT WITH: {INSTALL}")
