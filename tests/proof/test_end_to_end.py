"""From raw files to the last figure: everything that comes out equals a plain recount.

The authorities are invented and their lists have the faults of real ones. The program reads, cleans
and counts them by its own road; the recount opens the same files with openpyxl or csv, cleans them
by the guidance and looks at every row for every period. Only the figures meet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.amount import amount
from tests.building import STAMP, TEMPLATES
from tests.counting.recount import DEFINITIONS, Figures
from tests.proof.authorities import (
    PEOPLE,
    Authority,
    code_of,
    extracts_of,
    last_day,
    make,
)
from tests.proof.expected import Extract, expected, read_plainly
from workbook_builder import app, sample
from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.listed import read_listed
from workbook_builder.values import Symbol

# With many times the faults that `sample --mess` puts in; then with extracts that cover two years,
# so that years to date, rolling years and what looks back come out; then as CSV, and as it is.
AUTHORITIES = (
    Authority(12, 400, 3, more=12),
    Authority(13, 300, 2, window=24, more=6),
    Authority(14, 400, 3, more=8, csv=True),
    Authority(11, 500, 9),
    *(Authority(seed, 900, 7, more=1 + seed % 10) for seed in range(15, 21)),
    *(Authority(seed, 2500, 14, window=6 + seed % 9, more=seed % 12) for seed in range(21, 41)),
)
NOTHING = (0, None), (0, 0)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many authorities as this run has time for."""
    if "authority" in metafunc.fixturenames:
        count = amount(metafunc.config, 2, 8, len(AUTHORITIES))
        metafunc.parametrize("authority", AUTHORITIES[:count], ids=str, scope="module")


@pytest.fixture(scope="module")
def folder(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(authority, tmp_path_factory.mktemp("authority") / "all")


@pytest.fixture(scope="module")
def plainly(folder: Path) -> list[Extract]:
    return plain_extracts(folder)


@pytest.fixture(scope="module")
def listed(folder: Path) -> Extracts:
    return read_listed(folder / "extracts" / "lists", load_catalogue(folder, None))


def plain_extracts(folder: Path) -> list[Extract]:
    found = extracts_of(folder)
    return read_plainly(found, {month: last_day(month) for month, _ in found})


def as_recounted(figures: Iterator[Figure], measures: Mapping[str, str]) -> dict[str, Figures]:
    """The program's figures as the recount writes them, by measure: numerator and denominator."""
    found: dict[str, Figures] = {}
    for one in figures:
        measure = measures[one.indicator]
        kind = one.indicator.rpartition(" ")[2]
        key = measure, one.breakdown, kind, str(one.period.end)
        assert key not in found.setdefault(measure, {}), key
        if one.numerator is None:
            assert isinstance(one.value, float), key
            found[measure][key] = one.value, None
        else:
            found[measure][key] = one.numerator, one.denominator
    return found


def test_every_figure_is_the_one_recounted(
    folder: Path, listed: Extracts, plainly: list[Extract], authority: Authority
) -> None:
    catalogue = load_catalogue(folder, None)
    measures = {one.code: one.measure for one in catalogue.indicators}
    found = as_recounted(iter(listed.figures), measures)
    told = 0
    for code in sorted(DEFINITIONS):
        wanted = expected(code, plainly, authority.window, PEOPLE)
        ours = found.get(code, {})
        wrong = {
            key: (figure, ours.get(key)) for key, figure in wanted.items() if ours.get(key) != figure
        }
        assert wrong == {}, code
        beyond = {key: figure for key, figure in ours.items() if key not in wanted}
        assert {key: one for key, one in beyond.items() if one not in NOTHING} == {}, code
        told += len(wanted)
    assert told > 5000
