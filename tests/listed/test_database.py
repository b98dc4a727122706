"""A scorecard whose lists come from a database: the same figures as from files, and no secrets."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Column, DateTime, MetaData, Table, Text, create_engine, insert

from tests.building import STAMP, TEMPLATES
from tests.listed.small import PLANS, REFERRALS, read, values, write_folder
from tests.lists.making import good_row, headings
from workbook_builder import app, sample
from workbook_builder.cli import main
from workbook_builder.history import read_history
from workbook_builder.lists.definitions import by_number, lists
from workbook_builder.lists.read import read_lists
from workbook_builder.lists.sql import DAYS, sheets_of_queries

LISTS = Path("extracts/lists")
VARIABLE = "TESTS_LISTS_DATABASE"
HEAD = f'address_from = "{VARIABLE}"\n\n[queries]\n'


def fill(address: str, tables: dict[str, list[list[Any]]]) -> None:
    """Tables of a heading row and rows each, dates as dates and everything else as text."""
    engine, known = create_engine(address), MetaData()
    for name, (heads, *rows) in tables.items():
        kinds = [DateTime if _dates(row[at] for row in rows) else Text for at in range(len(heads))]
        columns = [Column(h, kind()) for h, kind in zip(heads, kinds, strict=True)]
        table = Table(name, known, *columns)
        known.create_all(engine)
        texts = [
            {h: _cell(value, kind) for h, value, kind in zip(heads, row, kinds, strict=True)}
            for row in rows
        ]
        with engine.begin() as connection:
            connection.execute(table.delete())
            if texts:
                connection.execute(insert(table), texts)
    engine.dispose()


def _dates(column: Iterable[Any]) -> bool:
    given = [value for value in column if value is not None]
    return bool(given) and all(isinstance(value, dt.datetime) for value in given)


def _cell(value: Any, kind: type) -> Any:
    return value if value is None or kind is DateTime else str(value)


def small_tables() -> dict[str, list[list[Any]]]:
    """The two lists of the small scorecard, with the referral's date as a date."""
    heads = headings("referrals")
    at = heads.index("Date of referral")
    rows = [[*row] for row in REFERRALS]
    for row in rows:
        row[at] = dt.datetime.strptime(row[at], "%d/%m/%Y")
    return {"refs": [heads, *rows], "plans": [headings("child_protection"), *PLANS]}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A SQLite database with the small lists, its address in the environment."""
    address = f"sqlite:///{tmp_path / 'lists.db'}"
    fill(address, small_tables())
    monkeypatch.setenv(VARIABLE, address)
    return address


def from_database(folder: Path, referrals: str = "select * from refs") -> Path:
    """The small scorecard with queries in the place of its workbook."""
    queries = f"{HEAD}referrals = '''{referrals}'''\nchild_protection = 'plans.sql'\n"
    write_folder(
        folder,
        {f"{LISTS}/queries.toml": queries, f"{LISTS}/plans.sql": "select * from plans"},
    )
    (folder / LISTS / "annex_a_2024-06.xlsx").unlink()
    return folder


@pytest.mark.usefixtures("database")
def test_a_database_is_the_extract_of_the_report_month(tmp_path: Path) -> None:
    folder = from_database(tmp_path / "sql")
    files = write_folder(tmp_path / "files")
    for indicator in ("referrals", "cp_visited"):
        assert values(folder, indicator) == values(files, indicator)
    assert [(one.name, one.rows_read) for one in read(folder)[1].files] == [
        ("lists/queries.toml", 9)
    ]


ASKED: list[tuple[str, int]] = [
    # what a query asks, and how many referrals there are then from April to June
    ("select * from refs", 4),
    ('select * from refs where "Date of referral" >= :first_day', 4),
    ('select * from refs where "Date of referral" < :first_day', 0),
    ('select * from refs where "Date of referral" > :last_day', 0),
    ('select * from refs where "Date of referral" between :first_day and :as_at', 4),
    ("select * from refs where \"Date of referral\" <= :last_day and '09:15' <> 'a%:b'", 4),
]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("query", "wanted"), ASKED)
def test_a_query_is_handed_its_days(tmp_path: Path, query: str, wanted: int) -> None:
    found = values(from_database(tmp_path / "sql", query), "referrals")
    assert sum(found.values()) == wanted


def test_the_first_day_is_that_of_the_list(tmp_path: Path, database: str) -> None:
    """Annex A asks for twelve months of adoption; the small scorecard covers three of referrals."""
    days = [dt.datetime(2023, month, 15) for month in (6, 7, 8)]
    rows = [good_row("adoption", at, decision_date=day) for at, day in enumerate(days, 1)]
    named = [column.key for column in lists()["adoption"].columns]
    fill(database, {"adopted": [named, *rows]})
    folder = from_database(tmp_path / "sql")
    queries = (folder / LISTS / "queries.toml").read_text(encoding="utf-8")
    queries += "adoption = 'select * from adopted where decision_date >= :first_day'\n"
    queries = queries.replace("from refs", 'from refs where "Date of referral" >= :first_day')
    (folder / LISTS / "queries.toml").write_text(queries, encoding="utf-8")
    adopted, plans, referrals = 2, 4, 4
    assert read(folder)[1].files[0].rows_read == adopted + plans + referrals


@pytest.mark.usefixtures("database")
def test_a_file_of_the_report_month_goes_before_the_database(tmp_path: Path) -> None:
    folder = from_database(tmp_path / "sql", "select * from nothing_like_it")
    write_folder(folder)
    assert values(folder, "cp_visited") == {"2024-06": 25.0}
    assert [one.name for one in read(folder)[1].files] == ["lists/annex_a_2024-06.xlsx"]


def digest(folder: Path) -> str:
    return read(folder)[1].files[0].sha256


def test_the_hash_is_of_queries_and_rows_in_any_order(tmp_path: Path, database: str) -> None:
    folder = from_database(tmp_path / "sql")
    before = digest(folder)
    assert digest(folder) == before
    assert digest(from_database(folder, "select * from refs order by 1 desc")) != before
    backwards = small_tables()
    backwards["refs"][1:] = reversed(backwards["refs"][1:])
    fill(database, backwards)
    assert digest(from_database(folder)) == before
    backwards["refs"].append(backwards["refs"][-1])
    fill(database, backwards)
    assert digest(folder) != before
    del backwards["refs"][-2:]
    fill(database, backwards)
    assert digest(folder) not in ("", before)


def test_days_have_names_that_the_page_explains() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "lists.md").read_text(encoding="utf-8")
    assert [day for day in DAYS if f"`:{day}`" not in page] == []


SECRET = "s3cret"
FAULTY: list[tuple[str, str, str, str]] = [
    # name, address, queries, code
    ("no variable", "", "referrals = 'select 1'", "WB237"),
    ("unknown list", "sqlite://", "referals = 'select 1'", "WB237"),
    ("no driver", f"nosuch://me:{SECRET}@server/x", "referrals = 'select 1'", "WB238"),
    ("no file", f"sqlite:////nowhere/{SECRET}/x.db", "referrals = 'select 1'", "WB238"),
    ("no table", "sqlite://", f"referrals = 'select {SECRET} from :first_day'", "WB238"),
    ("no server", f"postgresql+pg8000://me:{SECRET}@localhost:1/x", "referrals = 'x'", "WB238"),
]


@pytest.mark.parametrize(
    ("_name", "address", "queries", "code"), FAULTY, ids=[case[0] for case in FAULTY]
)
def test_check_tells_faults_of_a_database_and_no_secret(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    _name: str,
    address: str,
    queries: str,
    code: str,
) -> None:
    monkeypatch.setenv(VARIABLE, address)
    folder = from_database(tmp_path / "sql")
    (folder / LISTS / "queries.toml").write_text(HEAD + queries, encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert code in said.err
    assert "lists/queries.toml" in said.err
    assert "Traceback" not in said.err
    assert SECRET not in said.out + said.err


# --- a whole build


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annex_a template with one small extract of its own."""
    folder = tmp_path_factory.mktemp("database") / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    shutil.rmtree(folder / LISTS)
    sample.generate(folder / LISTS, 150, 1, 5)
    return folder


def sheets_of(path: Path) -> Iterator[tuple[int, list[list[Any]]]]:
    """The number and the rows of each list of a workbook."""
    for sheet in openpyxl.load_workbook(path, data_only=True):
        yield (
            int(sheet.title.split("_")[1]),
            [list(row) for row in sheet.iter_rows(values_only=True)],
        )


def results(built: app.Built) -> list[dict[str, str]]:
    with built.results.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{name: text for name, text in row.items() if name != "source"} for row in rows]


@pytest.mark.in_ci
def test_a_build_from_postgresql_is_that_from_files(
    authority: Path, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_files = app.build(authority, out=tmp_path / "files", stamp=STAMP)
    folder = tmp_path / "sql"
    shutil.copytree(authority, folder, ignore=shutil.ignore_patterns(app.HISTORY))
    workbook = next((folder / LISTS).glob("*.xlsx"))
    sheets = dict(sheets_of(workbook))
    assert len(sheets) == 11
    fill(postgres, {f"list_{number}": rows for number, rows in sheets.items()})
    monkeypatch.setenv(VARIABLE, postgres)
    shutil.rmtree(folder / LISTS)
    (folder / LISTS).mkdir()
    keys = {number: by_number(number) for number in sheets}
    queries = "\n".join(f'{one.key} = "select * from list_{n}"' for n, one in keys.items() if one)
    (folder / LISTS / "queries.toml").write_text(HEAD + queries, encoding="utf-8")
    from_sql = app.build(folder, out=tmp_path / "out", stamp=STAMP)
    figures = results(from_sql)
    assert sum(bool(row["value"]) for row in figures) > 250
    other = results(from_files)
    assert [pair for pair in zip(figures, other, strict=True) if pair[0] != pair[1]] == []
    with read_history(folder, "annex-a") as history:
        told = str(history.events()[0])
    written = from_sql.workbook.read_bytes() + told.encode()
    assert postgres.encode() not in written


@pytest.mark.parametrize("cut", [False, True], ids=["keys", "cut after 63 characters"])
def test_every_column_may_be_called_as_a_database_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: bool
) -> None:
    address = f"sqlite:///{tmp_path / 'named.db'}"
    tables, queries = {}, []
    for definition in lists().values():
        named = [c.heading.encode()[:63].decode() if cut else c.key for c in definition.columns]
        tables[definition.key] = [named, good_row(definition.key)]
        queries.append(f'{definition.key} = "select * from {definition.key}"')
    fill(address, tables)
    monkeypatch.setenv(VARIABLE, address)
    path = tmp_path / "queries.toml"
    path.write_text(HEAD + "\n".join(queries), encoding="utf-8")
    found = read_lists(path, as_at=dt.date(2024, 6, 30))
    assert set(found.frames) == set(lists())
    assert {key: missing for key, missing in found.missing_columns.items() if missing} == {}


def test_a_query_cannot_change_the_database(database: str, tmp_path: Path) -> None:
    path = tmp_path / "queries.toml"
    path.write_text(HEAD + "referrals = 'delete from refs returning *'", encoding="utf-8")
    deleted = [len(raw.cells) for raw in sheets_of_queries(path, lambda _key: {})]
    again = [len(raw.cells) for raw in sheets_of_queries(path, lambda _key: {})]
    assert deleted == again == [len(REFERRALS)]
    assert database
