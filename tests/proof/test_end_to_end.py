"""From raw files to the last figure: everything that comes out equals a plain recount.

The authorities are invented and their lists have the faults of real ones. The program reads, cleans
and counts them by its own road; the recount opens the same files with openpyxl or csv, cleans them
by the guidance and looks at every row for every period. Only the figures meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.amount import amount
from tests.counting.recount import DEFINITIONS, Figures
from tests.proof.authorities import (
    KINDS,
    PEOPLE,
    Authority,
    areas_of,
    extracts_of,
    last_day,
    make,
)
from tests.proof.expected import Extract, covers, expected, nearest_counts, read_plainly
from tests.proof.layout import LISTS
from tests.proof.plain import cells, kept_rows
from workbook_builder.app.folders import read_scorecard
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.catalogue.words import Unit
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.lists.read import read_lists
from workbook_builder.values import Symbol

pytestmark = pytest.mark.in_ci

# With many times the faults that `sample --mess` puts in; then with extracts that cover two years,
# so that years to date, rolling years and what looks back come out; as CSV; as it is; and with so
# many children that there are adoptions. Each list of a larger run has those of the smaller.
AUTHORITIES = (
    Authority(12, 400, 3, more=12),
    Authority(13, 300, 2, window=24, more=6, breakdowns=("team", "age_band")),
    Authority(14, 400, 3, more=8, csv=True),
    Authority(11, 500, 9),
    Authority(10, 8000, 2, window=24, more=2, breakdowns=("gender",)),
    *(Authority(seed, 900, 7, more=1 + seed % 10) for seed in range(15, 21)),
    *(Authority(seed, 2500, 14, window=6 + seed % 9, more=seed % 12) for seed in range(21, 41)),
)
NOTHING = (0, None), (0, 0)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many authorities as this run has time for."""
    if "authority" in metafunc.fixturenames:
        count = amount(metafunc.config, 1, 3, len(AUTHORITIES))
        metafunc.parametrize("authority", AUTHORITIES[:count], ids=str, scope="module")


@pytest.fixture(scope="module")
def folder(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(authority, tmp_path_factory.mktemp("authority") / "all")


@pytest.fixture(scope="module")
def plainly(folder: Path) -> list[Extract]:
    return plain_extracts(folder)


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Catalogue, Extracts]:
    return read_scorecard(folder, "")


@pytest.fixture(scope="module")
def listed(both: tuple[Catalogue, Extracts]) -> Extracts:
    return both[1]


def plain_extracts(folder: Path) -> list[Extract]:
    found = extracts_of(folder)
    return read_plainly(found, {month: last_day(month) for month, _ in found}, areas_of(folder))


def as_recounted(figures: Iterator[Figure], catalogue: Catalogue) -> dict[str, Figures]:
    """The program's figures as the recount writes them, by measure: numerator and denominator.

    That the value follows from the two, and nothing of nothing is a symbol, is asserted here.
    """
    indicators = {one.code: one for one in catalogue.indicators}
    found: dict[str, Figures] = {}
    for one in figures:
        measure, unit = indicators[one.indicator].measure, indicators[one.indicator].unit
        kind = one.indicator.rpartition(" ")[2]
        key = measure, one.breakdown, kind, str(one.period.end)
        assert key not in found.setdefault(measure, {}), key
        top, below = one.numerator, one.denominator
        if unit is Unit.COUNT:
            assert isinstance(one.value, float), key
            assert (top, below) == (None, None), key
            found[measure][key] = one.value, None
            continue
        assert top is not None, key
        assert below is not None, key
        if below == 0:
            assert (one.value, top) == (Symbol.NOT_APPLICABLE, 0), key
        else:
            scale = {Unit.PERCENT: 100, Unit.RATE: 10_000}.get(unit, 1)
            assert one.value == pytest.approx(scale * top / below, rel=1e-12), key
        found[measure][key] = top, below
    return found


def test_every_figure_is_the_one_recounted(
    both: tuple[Catalogue, Extracts], plainly: list[Extract], authority: Authority
) -> None:
    catalogue, listed = both
    found = as_recounted(iter(listed.figures), catalogue)
    asked: dict[str, set[str]] = {}
    for one in catalogue.indicators:
        asked.setdefault(one.measure, set()).add(KINDS[one.period_type])
    told = 0
    for code in sorted(DEFINITIONS):
        wanted = {
            key: figure
            for key, figure in expected(code, plainly, authority.window, PEOPLE).items()
            if key[1].partition("=")[0] in ("", *authority.breakdowns) and key[2] in asked[code]
        }
        ours = found.get(code, {})
        wrong = {
            key: (figure, ours.get(key))
            for key, figure in wanted.items()
            if ours.get(key) != figure
        }
        assert wrong == {}, code
        beyond = {key: figure for key, figure in ours.items() if key not in wanted}
        assert {key: one for key, one in beyond.items() if one not in NOTHING} == {}, code
        told += len(wanted)
    assert told > 5000


def test_a_figure_names_the_extract_that_counts_for_its_month(
    folder: Path, listed: Extracts, authority: Authority
) -> None:
    extracts = extracts_of(folder)
    for one in listed.figures:
        end = one.period.end.year, one.period.end.month
        covering = [path for month, path in extracts if covers(month, end, authority.window)]
        code = one.indicator.partition(" ")[0]
        if DEFINITIONS[code].kind == "extract":
            covering = [path for month, path in extracts if month == end]
        if nearest_counts(code):
            covering = covering[:1]
        assert one.place.file == f"lists/{covering[-1].name}", one


def test_rows_read_are_rows_used_and_left_out(folder: Path, listed: Extracts) -> None:
    """By extract and by list, and as many as stand in the file."""
    for (month, path), file in zip(extracts_of(folder), listed.files, strict=True):
        stand, kept = {}, {}
        for number, rows in cells(path):
            used, read = kept_rows(rows)
            stand[LISTS[number][0]], kept[LISTS[number][0]] = read, len(used)
        counts = read_lists(path, as_at=last_day(month)).counts
        assert {key: count.read for key, count in counts.items()} == stand
        assert {key: count.used for key, count in counts.items()} == kept
        assert file.rows_read == sum(stand.values())
        assert file.rows_used == sum(kept.values())
        assert file.rows_left_out == file.rows_read - file.rows_used
