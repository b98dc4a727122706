"""The files: the same bytes for the same seed, the layout of the samples, and the faults put in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from workbook_builder.cli import main
from workbook_builder.errors import CommandError
from workbook_builder.periods import Month
from workbook_builder.sample import Generated, generate
from workbook_builder.sample.faults import CELL_FAULTS, OTHER_FAULTS, RATE
from workbook_builder.sample.layout import BY_NUMBER, LISTS

LAST = Month(2025, 3)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("sample") / "messy", 2500, 2, 5, mess=True)


@pytest.fixture(scope="module")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("sample") / "tidy", 2500, 2, 5)


@pytest.mark.in_ci
@pytest.mark.parametrize("mess", [False, True])
@pytest.mark.parametrize("as_csv", [False, True])
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, mess: bool, as_csv: bool) -> None:
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    generate(first, 300, 2, 3, mess=mess, csv=as_csv)
    if mess and not as_csv:
        time.sleep(2.1)  # zip archives hold times to two seconds
    generate(again, 300, 2, 3, mess=mess, csv=as_csv)
    generate(other, 300, 2, 4, mess=mess, csv=as_csv)
    assert digests(first) == digests(again)
    assert digests(first) != digests(other)


@pytest.mark.parametrize("children", [1, 2, 7, 40])
def test_few_children_do_no_harm(tmp_path: Path, children: int) -> None:
    for seed in range(6):
        done = generate(tmp_path / f"{seed}", children, 2, seed, mess=True, csv=True)
        assert len(done.extracts) == 2


def test_sheets_headings_and_dates_are_ofsteds(tidy: Generated) -> None:
    assert [path.name for path in tidy.extracts] == [
        "annex_a_2025-02.xlsx",
        "annex_a_2025-03.xlsx",
    ]
    book = openpyxl.load_workbook(tidy.extracts[-1])
    assert book.sheetnames == [f"List_{number}" for number in range(1, 12)]
    for layout in LISTS:
        sheet = book[layout.sheet]
        assert tuple(cell.value for cell in sheet[1]) == layout.headings
    birth = book["List_6"].cell(2, 4)
    assert birth.number_format == "dd/mm/yyyy"
    assert isinstance(birth.value, dt.datetime)
    assert isinstance(book["List_6"].cell(2, 1).value, int)


def test_rows_told_are_rows_written(tidy: Generated) -> None:
    counts: Counter[int] = Counter()
    for path in tidy.extracts:
        book = openpyxl.load_workbook(path, read_only=True)
        for layout in LISTS:
            counts[layout.number] += sum(1 for _ in book[layout.sheet].iter_rows(min_row=2))
    assert {number: count for number, count in tidy.rows.items() if count} == {
        number: count for number, count in counts.items() if count
    }


def test_csv_and_workbook_say_the_same(tidy: Generated, tmp_path: Path) -> None:
    done = generate(tmp_path / "csv", 2500, 2, 5, csv=True)
    assert [path.name for path in done.extracts] == ["2025-02", "2025-03"]
    book = openpyxl.load_workbook(tidy.extracts[-1])
    for layout in LISTS:
        with (done.extracts[-1] / f"{layout.sheet}.csv").open(encoding="utf-8-sig") as stream:
            rows = list(csv.reader(stream))
        sheet = [
            [_shown(cell) for cell in row] for row in book[layout.sheet].iter_rows(values_only=True)
        ]
        assert rows == sheet


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.datetime) else str(value)


def test_the_folder_says_that_it_is_invented(tidy: Generated, messy: Generated) -> None:
    for done, fault in ((tidy, "No faults"), (messy, "put in on purpose")):
        text = (done.folder / "ORIGIN.md").read_text(encoding="utf-8")
        assert "Everything in this folder is invented" in text
        assert fault in text
        assert "--children 2500 --months 2 --seed 5" in text
    assert not (tidy.folder / "mess.csv").exists()


def told(done: Generated) -> list[dict[str, str]]:
    with (done.folder / "mess.csv").open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def sheet_of(book: Any, number: str) -> Any:
    names = [name for name in book.sheetnames if re.fullmatch(rf"List[_ ]{number}", name)]
    assert len(names) == 1
    return book[names[0]]


FORMS = {
    "date_text": r"\d\d/\d\d/\d{4}",
    "date_iso": r"\d{4}-\d\d-\d\d",
    "date_long": r"\d\d-[A-Z][a-z]{2}-\d{4}",
    "date_time": r"\d\d/\d\d/\d{4} 00:00:00",
    "date_serial": r"\d{5}",
    "date_impossible": r"31/(02|04|06|09|11)/\d{4}",
    "formula_cached": r"=DATE\(\d+,\d+,\d+\)",
    "formula_uncached": r"=DATE\(\d+,\d+,\d+\)",
    "id_float": r"\w+\.0",
    "id_space": r"\w+ ",
    "id_blank": r"None",
    "id_text": r"\d+",
    "age_blank": r"None",
    "age_fraction": r"\d+\.79",
    "code_unmapped": r"Code 'Q' is not mapped",
    "code_unknown": r"zy\) Q99: Unheard",
    "code_space": r".* ",
    "text_space": r".* ",
    "error_text": r"#N/A",
    "error_multivalue": r"#MULTIVALUE",
    "worker_nbsp": "SW\u00a0\\d+",
    "date_filler": r"1900-01-01 .*|.*1900.*",
    "heading_age": r"Age",
    "heading_bracket": r".*\(Y/N\)\)\??",
}


def test_each_fault_is_where_it_is_told_to_be(messy: Generated) -> None:
    books = {path.name: openpyxl.load_workbook(path) for path in messy.extracts}
    checked: Counter[str] = Counter()
    rows = told(messy)
    assert len(rows) == messy.faults
    for row in rows:
        sheet = sheet_of(books[row["file"]], row["list"])
        layout = BY_NUMBER[int(row["list"])]
        kind = row["kind"]
        if row["column"]:
            column = layout.headings.index(row["column"]) + 1
            value = str(sheet.cell(int(row["row"]), column).value)
            if kind in FORMS:
                assert re.fullmatch(FORMS[kind], value), (row, value)
        elif kind == "title_row":
            assert str(sheet.cell(1, 1).value).startswith(f"List {row['list']}: ")
        elif kind == "blank_row":
            assert {cell.value for cell in sheet[int(row["row"])]} == {None}
        elif kind == "sheet_name":
            assert sheet.title == f"List {row['list']}"
        checked[kind] += 1
    assert set(FORMS) - set(checked) <= {"heading_bracket", "heading_age", "error_multivalue"}


def test_a_title_moves_the_headings_down(messy: Generated) -> None:
    titles = {(row["file"], row["list"]) for row in told(messy) if row["kind"] == "title_row"}
    assert titles
    for path in messy.extracts:
        book = openpyxl.load_workbook(path)
        for layout in LISTS:
            sheet = sheet_of(book, str(layout.number))
            row = 2 if (path.name, str(layout.number)) in titles else 1
            assert str(sheet.cell(row, 2).value).strip() in (
                layout.headings[1],
                "Family Identifier",
            )


def test_formulas_have_a_value_or_none(messy: Generated) -> None:
    values = {path.name: openpyxl.load_workbook(path, data_only=True) for path in messy.extracts}
    found: dict[str, set[str]] = {"formula_cached": set(), "formula_uncached": set()}
    for row in told(messy):
        if row["kind"] in found:
            sheet = sheet_of(values[row["file"]], row["list"])
            column = BY_NUMBER[int(row["list"])].headings.index(row["column"]) + 1
            value = sheet.cell(int(row["row"]), column).value
            found[row["kind"]].add(type(value).__name__)
    assert found == {"formula_cached": {"datetime"}, "formula_uncached": {"NoneType"}}


def test_faults_come_at_their_rates(tmp_path: Path) -> None:
    """Whatever can befall any cell of its sort comes about as often as the table says."""
    done = generate(tmp_path / "many", 12000, 1, 2, mess=True, csv=True)
    counts = Counter(row["kind"] for row in told(done))
    total = sum(done.rows.values())
    for kind in ("duplicate_row", "blank_row"):
        assert total * RATE[kind] * 0.6 < counts[kind] < total * RATE[kind] * 1.5, kind
    ids = {"id_float", "id_space", "id_blank"}
    for kind in ids:
        assert total * RATE[kind] * 0.5 < counts[kind] < total * RATE[kind] * 1.7, kind
    only_workbooks = {fault.kind for fault in CELL_FAULTS if not fault.csv}
    assert not only_workbooks & set(counts)
    every = {fault.kind for fault in (*CELL_FAULTS, *OTHER_FAULTS)} - only_workbooks
    assert every - set(counts) <= {"sheet_name", "title_row", "extra_column"}


def test_the_same_rows_are_there_with_and_without_faults(tidy: Generated, messy: Generated) -> None:
    assert tidy.rows == messy.rows


def test_mess_tells_no_ids_and_no_values(tidy: Generated, messy: Generated) -> None:
    book = openpyxl.load_workbook(tidy.extracts[-1], read_only=True)
    ids = {str(row[0]) for row in book["List_1"].iter_rows(min_row=2, values_only=True)}
    text = (messy.folder / "mess.csv").read_text(encoding="utf-8-sig")
    assert set(re.findall(r"\w+", text)) & ids == set()
    assert next(iter(csv.reader(text.splitlines()))) == ["kind", "file", "list", "row", "column"]


def test_no_workbook_has_a_date_of_today(tidy: Generated) -> None:
    with zipfile.ZipFile(tidy.extracts[0]) as package:
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"(\d{4}-\d\d)-\d\dT", core)) == {"2025-02"}


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not an empty folder"):
        generate(tmp_path, 10, 1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--children", "0"),
        ("--months", "0"),
        ("--window", "0"),
        ("--seed", "-1"),
        ("--last", "March"),
    ],
)
def test_wrong_numbers_are_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    assert main(["sample", str(tmp_path / "new"), option, value]) == 2
    assert option in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_the_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "new")
    options = ["--children", "200", "--months", "2", "--seed", "4", "--last", "2024-06", "--mess"]
    assert main(["sample", folder, *options]) == 0
    said = capsys.readouterr().out
    assert "Rows:" in said
    assert "Faults put in:" in said
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "ORIGIN.md",
        "annex_a_2024-05.xlsx",
        "annex_a_2024-06.xlsx",
        "mess.csv",
    ]


@pytest.mark.in_ci
@pytest.mark.parametrize("as_csv", [True, False], ids=["csv", "xlsx"])
def test_fifty_thousand_rows(tmp_path: Path, as_csv: bool) -> None:
    began = time.perf_counter()
    done = generate(tmp_path / "big", 8500, 12, 1, csv=as_csv)
    seconds = time.perf_counter() - began
    rows = sum(done.rows.values())
    print(f"{rows} rows in {seconds:.1f} s, {rows / seconds:.0f} a second")
    assert rows > 45_000
