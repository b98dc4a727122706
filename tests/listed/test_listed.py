"""From consecutive extracts of lists to figures: what counts, what is kept, what is told.

The counts themselves are held to a slow recount in tests/counting; here it is which extract counts
for which month, and that nothing of a child goes further.
"""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.building import STAMP, TEMPLATES, figures_of_lists
from tests.oracles.calc import Calc, compare
from tests.oracles.package import audit
from workbook_builder import app, sample
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.periods import Kind, Month

CHILDREN, MONTHS, SEED = 300, 4, 11


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the annex_a template with small lists of its own, and faults in them."""
    folder = tmp_path_factory.mktemp("listed") / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    lists = folder / "extracts" / "lists"
    shutil.rmtree(lists)
    sample.generate(lists, CHILDREN, MONTHS, SEED, mess=True)
    return folder


@pytest.fixture(scope="module")
def built(authority: Path, tmp_path_factory: pytest.TempPathFactory) -> app.Built:
    return app.build(authority, out=tmp_path_factory.mktemp("listed out"), stamp=STAMP)


def contacts_of(path: Path) -> list[str]:
    """The months of list 1 of an extract, read plainly."""
    sheet = openpyxl.load_workbook(path, data_only=True)["List_1"]
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, name in enumerate(rows[0]) if str(name).strip() == "Date of Contact")
    return [f"{row[at]:%Y-%m}" if hasattr(row[at], "year") else str(row[at]) for row in rows[1:]]


def test_a_month_counts_as_the_last_extract_that_covers_it_has_it(tmp_path: Path) -> None:
    folder = tmp_path / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    lists = folder / "extracts" / "lists"
    shutil.rmtree(lists)
    sample.generate(lists, CHILDREN, MONTHS, SEED)
    found = figures_of_lists(folder)
    ours = {
        figure.period.text: (figure.value, figure.place.file)
        for figure in found.figures
        if figure.indicator == "contacts"
        and figure.period.kind is Kind.MONTH
        and not figure.breakdown
    }
    extracts = sorted(lists.glob("*.xlsx"))
    plain = {path.name: Counter(contacts_of(path)) for path in extracts}
    last = Month(2025, 3)
    for month, (value, file) in ours.items():
        gone = last.minus(Month.parse(month))
        covering = extracts[max(-len(extracts), -1)] if gone < 6 else extracts[-1 - (gone - 5)]
        assert file == f"lists/{covering.name}", month
        held = plain[covering.name]
        written = {f"{month[5:]}/{month[:4]}", month}
        assert value == sum(n for said, n in held.items() if any(w in said for w in written)), month
    assert len(ours) == MONTHS + 5


def test_every_row_is_accounted_for(authority: Path) -> None:
    found = figures_of_lists(authority)
    assert len(found.files) == MONTHS
    for file in found.files:
        assert file.rows_read == file.rows_used + file.rows_left_out
        assert file.rows_read > 100
    assert found.remarks == ()
    assert found.quality is not None
    for file, said in zip(found.files, found.quality.extracts, strict=True):
        assert (file.rows_read, file.rows_used) == (said.whole.read, said.whole.used)


def test_no_child_and_no_worker_goes_further(authority: Path, built: app.Built) -> None:
    """Every id, worker and birth date of the lists is looked for in all that the build wrote."""
    secrets: set[str] = set()
    for path in sorted((authority / "extracts" / "lists").glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path, data_only=True):
            rows = list(sheet.iter_rows(values_only=True))
            heads = max(rows[:3], key=lambda row: sum(isinstance(one, str) for one in row))
            named = [str(name).casefold() for name in heads]
            at = [i for i, name in enumerate(named) if "id" in name.split() or "worker" in name]
            secrets |= {str(row[i]).strip() for row in rows for i in at if row[i] is not None}
    secrets = {one for one in secrets if len(one) >= 5 and any(c.isdigit() for c in one)}
    assert len(secrets) > 80
    with zipfile.ZipFile(built.workbook) as package:
        written = b"".join(package.read(name) for name in package.namelist())
    written += built.results.read_bytes()
    words = set(written.decode("utf-8", "ignore").replace("<", " ").replace(">", " ").split())
    assert {one for one in secrets if one in words} == set()
    with read_history(authority, "annex-a") as history:
        told = " ".join(str(figure) for figure in history.figures())
    assert {one for one in secrets if f" {one} " in told or f"'{one}'" in told} == set()


@pytest.mark.in_ci
def test_the_workbook_of_lists_is_sound(built: app.Built, calc: Calc) -> None:
    result = compare(built.workbook, calc)
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 5000
    assert audit(built.workbook) == []
    with built.results.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with_figures = {row["indicator"] for row in rows if row["value"]}
    assert len(with_figures) >= 50


def test_names_without_a_month_and_unknown_measures_are_told_together(
    authority: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "annex_a"
    shutil.copytree(authority, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    lists = folder / "extracts" / "lists"
    first = sorted(lists.glob("*.xlsx"))[0]
    first.rename(lists / "latest.xlsx")
    file = next((folder / "indicators").glob("1-*.toml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('measure = "contacts"', 'measure = "contact"', 1), "utf-8")
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "WB341" in said
    assert "latest.xlsx" in said
    assert "WB160" in said
    assert 'Did you mean "contacts"?' in said
    file.write_text(text, encoding="utf-8")
    shutil.rmtree(lists)
    with pytest.raises(UserError, match="WB342"):
        figures_of_lists(folder)
