"""What a build leaves behind: the figures of results.csv, and nothing of any child or worker.

A folder of messy extracts is built twice, so that there is a backup and a history of two
events, with everything said on the terminal and logged kept. The figures are recounted from the raw
files; every id, worker and date of birth that stands in them is looked for in everything written.
"""

from __future__ import annotations

import calendar
import contextlib
import csv
import datetime as dt
import io
import logging
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import TEMPLATES
from tests.counting.recount import DEFINITIONS
from tests.oracles.planting import rewrite_part
from tests.proof.authorities import KINDS, Authority, areas_of, extracts_of, generate, last_day
from tests.proof.expected import expected, read_plainly
from tests.proof.raw import Secrets, secrets_of, texts_in
from workbook_builder import app
from workbook_builder.app.folders import read_scorecard
from workbook_builder.cli import main

pytestmark = pytest.mark.in_ci

AUTHORITY = Authority(16, 600, 3, more=10)
MONTHS = range(2023, 2027)


@dataclass(frozen=True)
class Left:
    """Everything that the builds left: the scorecard's folder, what was written, what was said."""

    folder: Path
    out: Path
    said: str
    secrets: Secrets
    excused: frozenset[dt.date]

    def written(self) -> list[Path]:
        """Every file but the extracts themselves."""
        lists = self.folder / "extracts" / "lists"
        paths = [*self.folder.rglob("*"), *self.out.rglob("*")]
        return [path for path in paths if path.is_file() and lists not in path.parents]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    folder = tmp_path_factory.mktemp("outputs") / "annex_a"
    out = folder.parent / "out"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    lists = folder / "extracts" / "lists"
    shutil.rmtree(lists)
    generate(AUTHORITY, lists)
    extracts = extracts_of(folder)
    aside = folder.parent / extracts[-1][1].name
    said = io.StringIO()
    logged = logging.StreamHandler(said)
    logging.getLogger().addHandler(logged)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            extracts[-1][1].rename(aside)
            assert main(["build", str(folder), "--out", str(out)]) == 0
            aside.rename(extracts[-1][1])
            assert main(["build", str(folder), "--out", str(out)]) == 0
            _spoil(lists / "spoilt_2025-01.xlsx", extracts[0][1])
            assert main(["check", str(folder)]) == 1
            (lists / "spoilt_2025-01.xlsx").unlink()
    finally:
        logging.getLogger().removeHandler(logged)
        logging.getLogger().setLevel(level)
    secrets = secrets_of(path for _, path in extracts)
    excused = secrets.births & printed_days()
    return Left(folder, out, said.getvalue(), secrets.without(excused), frozenset(excused))


def _spoil(path: Path, like: Path) -> None:
    """An extract that is refused, full of children: a list has the column of the id twice."""
    shutil.copy(like, path)
    rewrite_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("Gender", "Child ID"))


def printed_days() -> set[dt.date]:
    """Days that a scorecard has for reasons of its own: of months, of years, and today."""
    found = {dt.date.today(), dt.datetime.now(dt.UTC).date()}
    for year in MONTHS:
        for month in range(1, 13):
            last = calendar.monthrange(year, month)[1]
            found |= {dt.date(year, month, 1), dt.date(year, month, last)}
    return found


def test_there_is_everything_to_look_through(left: Left) -> None:
    names = {path.name for path in left.written()}
    assert {"results.csv", "problems.csv", "history.sqlite"} <= names
    assert sum(name.endswith(".xlsx") for name in names) >= 2, "no backup was made"
    assert "WB" in left.said
    assert "Reading the catalogue and the extracts" in left.said
    secrets = left.secrets
    assert len(secrets.ids) > 150
    assert len(secrets.words) > 50
    assert len(secrets.births) > 150


def test_few_dates_of_birth_are_excused(left: Left) -> None:
    """Only those that are the first or last day of a month that a scorecard prints."""
    assert len(left.excused) <= 0.03 * len(left.secrets.births)
    assert all(day.day == 1 or (day + dt.timedelta(days=1)).day == 1 for day in left.excused)


def test_nothing_of_a_child_or_a_worker_is_in_anything_written(left: Left) -> None:
    looked_at = 0
    for where, text in texts_in(left.written()):
        assert left.secrets.found_in(text) == set(), where
        looked_at += len(text)
    assert looked_at > 1_000_000


def test_nothing_of_a_child_or_a_worker_is_said(left: Left) -> None:
    assert left.secrets.found_in(left.said) == set()


# --- The search can find --------------------------------------------------------------------------


SMALL = Path(__file__).resolve().parents[1] / "data" / "annex_a"


def _to_cell(path: Path, what: str) -> None:
    row = f'<row r="9999"><c r="A9999"><v>{what}</v></c></row></sheetData>'
    rewrite_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", row))


def _to_text(path: Path, what: str) -> None:
    item = f"<si><t>Seen by {what}, again</t></si></sst>"
    rewrite_part(path, "xl/sharedStrings.xml", lambda text: text.replace("</sst>", item))


def _to_inner(path: Path, what: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("text.txt", f"({what})")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/embeddings/one.docx", inner.getvalue())


def _to_history(path: Path, what: str) -> None:
    with sqlite3.connect(path) as base:
        packed = zlib.compress(f"said of {what}.".encode())
        base.execute("insert into texts values ('annex-a', 'planted', ?)", (packed,))


def _to_csv(path: Path, what: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(["contacts", f"team={what}", "month", "2025-03"])


def _to_name(path: Path, what: str) -> None:
    path.rename(path.with_name(f"copy of {what}.csv".replace("/", "-").replace(":", "")))


FORMS: dict[str, Callable[[Secrets], str]] = {
    "an id": lambda secrets: min(secrets.ids),
    "an id as a decimal": lambda secrets: f"{min(secrets.ids)}.0",
    "an id with commas": lambda secrets: f"{int(min(secrets.ids)):,}",
    "a worker": lambda secrets: min(secrets.words),
    "a worker with odd spaces": lambda secrets: min(secrets.words).replace("SW", "sw\u00a0"),
    "a birthday": lambda secrets: f"{min(secrets.births):%d/%m/%Y}",
    "a birthday without noughts": lambda secrets: "{0.day}/{0.month}/{0.year}".format(
        min(secrets.births)
    ),
    "a birthday, month first": lambda secrets: f"{min(secrets.births):%m/%d/%Y}",
    "a birthday as ISO": lambda secrets: f"{min(secrets.births):%Y-%m-%dT00:00:00Z}",
    "a birthday in one number": lambda secrets: f"{min(secrets.births):%Y%m%d}",
    "a birthday in words": lambda secrets: f"{min(secrets.births):%d %B %Y}",
    "a birthday with a short month": lambda secrets: f"{min(secrets.births):%d-%b-%Y}",
    "a birthday as Excel's number": lambda secrets: str(
        (min(secrets.births) - dt.date(1899, 12, 30)).days
    ),
}
CARRIERS: dict[str, tuple[str, Callable[[Path, str], None]]] = {
    "a cell": ("*.xlsx", _to_cell),
    "a shared text": ("*.xlsx", _to_text),
    "a file in the file": ("*.xlsx", _to_inner),
    "the history": ("history.sqlite", _to_history),
    "results.csv": ("results.csv", _to_csv),
    "a file's name": ("results.csv", _to_name),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_planted_secret_is_found_in_every_form(left: Left, form: str, tmp_path: Path) -> None:
    said = FORMS[form](left.secrets)
    assert left.secrets.found_in(f"Row 7 is about {said}; see there.")
    original = next(path for path in left.written() if path.match("results.csv"))
    _to_csv(Path(shutil.copy(original, tmp_path)), said)
    assert any(left.secrets.found_in(text) for _, text in texts_in(tmp_path.iterdir()))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_planted_secret_is_found_wherever_it_is(left: Left, carrier: str, tmp_path: Path) -> None:
    kind, plant = CARRIERS[carrier]
    among = SMALL.iterdir() if kind == "*.xlsx" else left.written()
    original = next(path for path in sorted(among) if path.match(kind))
    clean = {found for _, text in texts_in([original]) for found in left.secrets.found_in(text)}
    forms = ("a birthday as Excel's number", "an id as a decimal")
    said = [FORMS[form](left.secrets) for form in forms]
    if carrier != "a cell":
        forms = ("an id", "a worker", "a birthday as ISO")
        said = [", ".join(FORMS[form](left.secrets) for form in forms)]
    planted = tmp_path / original.name
    shutil.copy(original, planted)
    for one in said:
        plant(planted, one)
    found = {one for _, text in texts_in(tmp_path.iterdir()) for one in left.secrets.found_in(text)}
    assert len(found - clean) >= len(forms), found


# --- The figures ----------------------------------------------------------------------------------


def test_results_csv_has_the_figures_that_are_recounted(left: Left) -> None:
    catalogue, _ = read_scorecard(left.folder, "")
    measures = {
        one.code: one.measure
        for one in catalogue.indicators
        if one.measure and KINDS[one.period_type] == "month"
    }
    found = extracts_of(left.folder)
    extracts = read_plainly(
        found, {month: last_day(month) for month, _ in found}, areas_of(left.folder)
    )
    path = next(path for path in left.written() if path.name == "results.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["period_kind"] == "month"]
    wanted = {
        code: expected(code, extracts, catalogue.settings.lists.window, 0.0)
        for code in set(measures.values())
        if DEFINITIONS[code].unit != "rate"
    }
    told = set()
    for row in rows:
        code = measures.get(row["indicator"], "")
        if code not in wanted:
            continue
        key = code, row["breakdown"], "month", row["period"]
        top, below = wanted[code].get(key, (0.0, 0.0 if row["value"] != "0" else None))
        told.add(key)
        if below is None:
            assert float(row["value"]) == top, key
        elif not below:
            assert row["value"] in ("", "z"), key
            assert row["shown"] == "[z]", key
        else:
            assert (float(row["numerator"]), float(row["denominator"])) == (top, below), key
            scale = 100 if DEFINITIONS[code].unit == "percent" else 1
            assert float(row["value"]) == pytest.approx(scale * top / below, rel=1e-12), key
    headlines = {
        (code, "", "month", end)
        for code, figures in wanted.items()
        for _, group, kind, end in figures
        if kind == "month" and not group
    }
    assert headlines <= told
    assert len(told) > 450
