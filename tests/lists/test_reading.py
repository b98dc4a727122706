"""Files and databases: cells as they are, and everything that a file can have wrong with it."""

from __future__ import annotations

import datetime as dt
import logging
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import create_engine

from tests.lists.making import (
    AS_AT,
    a_list,
    csv_file,
    good_row,
    headings,
    read,
    told,
    workbook,
)
from workbook_builder.errors import UserError
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.read import read_lists

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "annex_a"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_samples_load(path: Path) -> None:
    found = read(path)
    assert set(found.frames) == set(lists())
    assert found.missing_lists == ()


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_old_and_open_formats_give_the_same_tables(ending: str) -> None:
    newer = read(SAMPLES / "liia_tools_Annex_A_older.xlsx")
    other = read(SAMPLES / f"older.{ending}")
    for key, frame in newer.frames.items():
        columns = list(lists()[key].keys)
        pd.testing.assert_frame_equal(frame[columns], other.frames[key][columns])


def test_what_the_sample_has_wrong_is_told() -> None:
    found = read(SAMPLES / "liia_tools_Annex_A_older.xlsx")
    kinds = {(each.list, each.kind, each.column) for each in found.problems}
    assert kinds == {
        ("assessments", "unknown code", "J"),
        ("children_in_need", "unknown code", "H"),
        ("children_in_need", "error value", "M"),
        ("children_in_need", "error value", "N"),
        ("children_looked_after", "required and blank", "C"),
    }
    frame = found.frames["children_looked_after"]
    assert frame["placement_type"].tolist()[:3] == ["U6", "U1", "U4"]
    assert set(frame["placement_provider"]) <= {"PR1", "PR4", "PR5"}
    assert "\u00a0" not in "".join(found.frames["referrals"]["worker"])


def test_the_types_of_every_column(tmp_path: Path) -> None:
    for key, definition in lists().items():
        for rows in ([good_row(key)], []):
            frame = read(a_list(tmp_path, key, rows)).frames[key]
            for column in definition.columns:
                kind = frame[column.key].dtype
                if column.kind == "date":
                    assert kind == np.dtype("datetime64[ns]")
                elif column.kind == "number":
                    assert kind == np.dtype(float)
                else:
                    assert pd.api.types.is_string_dtype(kind)
            assert frame["_row"].dtype == np.dtype("int64")


def test_where_a_row_comes_from(tmp_path: Path) -> None:
    rows = [good_row("contacts", 1), [], [None, ""], good_row("contacts", 2)]
    frame = read(a_list(tmp_path, "contacts", rows)).frames["contacts"]
    assert frame[["_file", "_sheet", "_row"]].to_numpy().tolist() == [
        ["lists.xlsx", "List_1", 2],
        ["lists.xlsx", "List_1", 5],
    ]


def test_a_table_that_starts_further_right_and_down(tmp_path: Path) -> None:
    rows = [[], [], [None, None, *headings("contacts")]]
    rows.append([None, None, *good_row("contacts", contact_date="never")])
    found = read(workbook(tmp_path / "a.xlsx", {"List_1": rows}))
    (problem,) = found.problems
    assert (problem.row, problem.column) == (4, "H")


def test_formulas_with_and_without_their_value(tmp_path: Path) -> None:
    rows = [
        good_row("contacts", 1, contact_date="=TODAY()|45385"),
        good_row("contacts", 2, contact_date="=TODAY()|"),
        good_row("contacts", 3, contact_source="=NA()|#N/A"),
        good_row("contacts", "=A1|", contact_source="6"),
        good_row("contacts", "=NA()|#N/A", contact_source="6"),
    ]
    found = read(a_list(tmp_path, "contacts", rows))
    frame = found.frames["contacts"]
    assert frame["contact_date"].tolist()[0] == pd.Timestamp("2024-04-03")
    assert frame["contact_date"].isna().tolist() == [False, True, False]
    assert [(each.kind, each.row, each.column, each.done) for each in found.problems] == [
        ("formula without value", 3, "F", "blanked"),
        ("error value", 4, "G", "blanked"),
        ("no id", 5, "A", "row left out"),
        ("no id", 6, "A", "row left out"),
    ]


def test_one_column_with_dates_of_every_sort(tmp_path: Path) -> None:
    same = [dt.date(2024, 4, 3), 45385, "03/04/2024", "2024-04-03", "=A1|45385"]
    rows = [good_row("contacts", n, contact_date=day) for n, day in enumerate(same, start=1)]
    found = read(a_list(tmp_path, "contacts", rows))
    assert set(found.frames["contacts"]["contact_date"]) == {pd.Timestamp("2024-04-03")}
    assert not found.problems


def test_one_child_over_all_lists(tmp_path: Path) -> None:
    forms = [123, 123.0, "123", "123.0", "123 ", "123\u00a0"]
    rows = [good_row("contacts", form, contact_source=str(n)) for n, form in enumerate(forms, 4)]
    frame = read(a_list(tmp_path, "contacts", rows)).frames["contacts"]
    assert set(frame["child_id"]) == {"123"}


def test_the_unborn(tmp_path: Path) -> None:
    rows = [
        good_row("contacts", 1, date_of_birth=dt.date(2024, 11, 1), age=-1),
        good_row("contacts", 2, date_of_birth="Unborn", age=None),
        good_row("contacts", 3, date_of_birth=None, age=-1, gender="c) Not stated/recorded"),
    ]
    found = read(a_list(tmp_path, "contacts", rows))
    assert not found.problems
    assert found.frames["contacts"]["age"].tolist() == [-1, -1, -1]
    assert found.frames["contacts"]["date_of_birth"].notna().tolist() == [True, False, False]


def test_rows_that_are_left_out_are_told(tmp_path: Path) -> None:
    rows = [
        good_row("contacts", 1),
        headings("contacts"),
        good_row("contacts", "1.0"),
        good_row("contacts", None),
        good_row("contacts", 2),
        [None] * 6 + ["Total: 2"],
    ]
    found = read(a_list(tmp_path, "contacts", rows))
    count = found.counts["contacts"]
    assert (count.read, count.used, count.left_out) == (6, 2, 4)
    assert [(each.kind, each.row) for each in found.problems] == [
        ("headings again", 3),
        ("repeated row", 4),
        ("no id", 5),
        ("no id", 7),
    ]


def test_a_column_of_ones_own_may_tell_two_events_apart(tmp_path: Path) -> None:
    names = [*headings("contacts"), "Contact number"]
    rows = [[*good_row("contacts"), 1], [*good_row("contacts"), 2], [*good_row("contacts"), 2]]
    assert read(a_list(tmp_path, "contacts", rows, names)).counts["contacts"].used == 2


def test_a_child_twice_in_a_list_of_children_is_kept_and_told(tmp_path: Path) -> None:
    rows = [good_row("child_protection", 1), good_row("child_protection", 1, team="Team 2")]
    found = read(a_list(tmp_path, "child_protection", rows))
    assert found.counts["child_protection"].used == 2
    assert [(each.kind, each.row) for each in found.problems] == [("child twice", 3)]
    rows = [good_row("referrals", 1), good_row("referrals", 1, team="Team 2")]
    assert not read(a_list(tmp_path, "referrals", rows)).problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_files(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        headings("referrals"),
        good_row("referrals", "000123", team="Équipe ‘A’"),
        [],
        good_row("referrals", "P7", team="None", worker="two\nlines"),
    ]
    csv_file(tmp_path / "List 3.csv", rows, encoding, delimiter)
    frame = read(tmp_path).frames["referrals"]
    assert frame["child_id"].tolist() == ["000123", "P7"]
    assert frame["team"].tolist() == ["Équipe ‘A’", "None"]
    assert frame["worker"].tolist() == ["SW1", "two lines"]
    assert frame["_row"].tolist() == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("shift", [0, 1])
def test_letters_with_accents_beyond_the_first_megabyte(
    tmp_path: Path, encoding: str, shift: int
) -> None:
    team = "x" * shift + "é" * 5_000
    rows = [good_row("contacts", child, contact_source=team) for child in range(1, 250)]
    rows.append(good_row("contacts", 999, contact_source="Nuñez, \n ward"))
    path = csv_file(tmp_path / "contacts.csv", [headings("contacts"), *rows], encoding)
    assert path.stat().st_size > 1_200_000
    sources = read(path).frames["contacts"]["contact_source"].tolist()
    assert sources == [team] * 249 + ["Nuñez, ward"]


def test_a_folder_of_files_of_both_sorts(tmp_path: Path) -> None:
    csv_file(tmp_path / "contacts.csv", [headings("contacts"), good_row("contacts")])
    csv_file(tmp_path / "annexa_list_10.csv", [headings("adoption"), good_row("adoption")])
    a_list(tmp_path, "early_help", [good_row("early_help")])
    (tmp_path / "~$lists.xlsx").write_bytes(b"x")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    assert list(read(tmp_path).frames) == ["contacts", "early_help", "adoption"]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _torn(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:400]
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * 200_000_000)


@pytest.mark.parametrize(
    "spoil",
    [
        _cut,
        _torn,
        _bomb,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"%PDF-1.4"),
        lambda path: path.write_bytes(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        ),
        lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ],
)
def test_a_workbook_that_cannot_be_used(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    path = a_list(tmp_path, "contacts", [good_row("contacts", "Q7788")])
    spoil(path)
    with pytest.raises(UserError) as caught:
        read(path)
    assert {each.code for each in caught.value.faults} == {"WB231"}
    assert "Q7788" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "WB231"),
        (b"PK\x03\x04xx", "WB231"),
        (b"a,b\n1,2,3,4\n", "WB239"),
        (b'Child Unique ID,x\n"1,2\n', "WB239"),
        (b"a\0b", "WB239"),
        (b"\x81\x8d\x8f", "WB239"),
    ],
)
def test_a_csv_file_that_cannot_be_used(tmp_path: Path, content: bytes, code: str) -> None:
    rows = "\n".join(["a,b"] * 120).encode() + b"\n" if content.startswith(b"a,b") else b""
    (tmp_path / "List 1.csv").write_bytes(rows + content)
    with pytest.raises(UserError) as caught:
        read(tmp_path)
    assert [each.code for each in caught.value.faults] == [code]


def test_faults_of_all_files_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "List 2.csv").write_bytes(b"")
    csv_file(tmp_path / "List 3.csv", [["x"], ["y"]])
    (tmp_path / "mapping.toml").write_text("x = 1", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read(tmp_path)
    assert [each.code for each in caught.value.faults] == ["WB236", "WB231", "WB231", "WB233"]


def test_nothing_to_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UserError, match="WB230"):
            read(path)
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(UserError, match="WB231"):
        read(tmp_path / "a.docx")
    with pytest.raises(UserError, match="WB230"):
        read(workbook(tmp_path / "a.xlsx", {"Sheet1": [["x"]]}))


QUERIES = """
address_from = "LISTS_DATABASE"

[queries]
contacts = "select * from contacts where note like 'a%' or note = ':b'"
child_protection = "plans.sql"
"""


def _filled(address: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        for statement in (
            "drop table if exists contacts",
            "drop table if exists plans",
            'create table contacts ("ChildUniqueID" integer, "Gender" text, "Ethnicity" text, '
            '"DateOfBirth" date, "Age" numeric(5,2), "DateOfContact" timestamp, '
            '"ContactSource" text, note text)',
            "insert into contacts values (123, 'a) Male', 'a) WBRI', '2015-03-12', 9.25, "
            "'2024-04-03 09:15:00', 'q) 6: Police', 'abc')",
            "insert into contacts values (124, 'F', null, null, null, null, 'zz', ':b')",
            'create table plans ("Child Unique ID" text, "Child Protection Plan Start Date" date, '
            '"Latest Category of Abuse" text, "Gender" text, "Ethnicity" text, '
            '"Date of Birth" text)',
            "insert into plans values ('123.0', '2024-01-02', 'Neglect', 'M', 'WBRI', "
            "'12/03/2015')",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()


def _from_database(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(address)
    monkeypatch.setenv("LISTS_DATABASE", address)
    path = folder / "queries.toml"
    path.write_text(QUERIES, encoding="utf-8")
    (folder / "plans.sql").write_text("select * from plans", encoding="utf-8")
    found = read(path)
    contacts = found.frames["contacts"]
    assert contacts["child_id"].tolist() == ["123", "124"]
    assert contacts["contact_date"].tolist()[0] == pd.Timestamp("2024-04-03")
    assert contacts["age"].tolist()[0] == 9.25
    assert contacts["contact_source"].tolist() == ["6", "zz"]
    assert contacts[["_file", "_sheet", "_row"]].iloc[0].tolist() == ["queries.toml", "contacts", 1]
    assert found.frames["child_protection"]["child_id"].tolist() == ["123"]
    assert [(each.row, each.column) for each in told(found, "unknown code")] == [(2, "G")]


def test_from_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _from_database(tmp_path, f"sqlite:///{tmp_path / 'lists.db'}", monkeypatch)


def test_from_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: str) -> None:
    _from_database(tmp_path, postgres, monkeypatch)


@pytest.mark.parametrize(
    ("text", "address", "code"),
    [
        ("", "sqlite://", "WB237"),
        ('address_from = "LISTS_DATABASE"', "sqlite://", "WB237"),
        ('address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"', "", "WB237"),
        ('address_from = "LISTS_DATABASE"\n[queries]\nkontakte = "select 1"', "sqlite://", "WB237"),
        ('address_from = "LISTS_DATABASE"\n[queries]\ncontacts = 1', "sqlite://", "WB237"),
        ('address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "x.sql"', "sqlite://", "WB237"),
        ("[", "sqlite://", "WB237"),
        (
            'adress_from = "x"\naddress_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"',
            "sqlite://",
            "WB237",
        ),
        ('address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"', "s3cret", "WB238"),
        (
            'address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select s3cret"',
            "sqlite://",
            "WB238",
        ),
        (
            'address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"',
            "sqlite:////nowhere/s3cret/x.db",
            "WB238",
        ),
        (
            'address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"',
            "postgresql+pg8000://me:s3cret@localhost:1/x",
            "WB238",
        ),
        (
            'address_from = "LISTS_DATABASE"\n[queries]\ncontacts = "select 1"',
            "nosuch+driver://me:s3cret@localhost/x",
            "WB238",
        ),
    ],
)
def test_queries_that_fail_say_nothing_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, address: str, code: str
) -> None:
    monkeypatch.setenv("LISTS_DATABASE", address)
    path = tmp_path / "queries.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read(path)
    assert {each.code for each in caught.value.faults} >= {code}
    assert "s3cret" not in str(caught.value)


def test_today_is_the_day_of_the_extract_unless_said(tmp_path: Path) -> None:
    path = a_list(tmp_path, "contacts", [good_row("contacts", contact_date="01/07/2024")])
    assert [each.kind for each in read_lists(path, as_at=AS_AT).problems] == ["future date"]
    assert not read_lists(path).problems


def test_reading_logs_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read(a_list(tmp_path, "contacts", [good_row("contacts", "x")]))
    assert not caplog.records
