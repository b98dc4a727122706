"""`audit` on bad input: every fault at once, in plain English, with its place; and what it says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.faults.conftest import Desk

HEAD = "code,breakdown,period_kind,period,result_kind,value\n"
GOOD = "contacts-p4,,month,2014-02,front_page_this_period,479\n"


def against(desk: Desk, text: str | bytes, *more: str) -> tuple[int, str, str]:
    path = desk.out / "published.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    said = desk.run("audit", str(desk.folder), "--against", str(path), *more)
    return said.code, said.out, said.err


def test_all_three_answers_and_their_counts(desk: Desk) -> None:
    rows = (
        "contacts-p4,,month,2014-02,front_page_this_period,479\n"
        "cp-plans-p6,,month,2014-01,roll_forward,184\n"
        "contacts-p4,,ytd,2013/14,ytd,5181\n"
    )
    code, out, err = against(desk, HEAD + rows)
    assert code == 0
    assert "agrees" in out
    assert "the figures give 187: Dec-13 168 plus cp-starts-p6 45 less cp-ends-p6 26" in out
    assert "Apr-13 to Aug-13 are held as one figure" in out
    assert "Conclusions: 3   agrees: 1   contradicts: 1   cannot be tested: 1" in out
    assert "[2/2]" in err


def test_nothing_in_the_folder_changes(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    assert against(desk, HEAD + GOOD)[0] == 0
    assert before == {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}


def test_the_answers_as_a_csv_file(desk: Desk, tmp_path: Path) -> None:
    written = tmp_path / "answers.csv"
    row = "cic-net-p9,,month,2014-02,net,-7\ncontacts-p4,=1+1,month,2014-02,total,-\n"
    code, out, _ = against(desk, HEAD + row, "--csv", str(written))
    assert code == 0
    assert str(written) in out
    with written.open(encoding="utf-8-sig", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["published"], first["verdict"], first["figures give"]) == ("-7", "agrees", "-7")
    assert second["breakdown"] == "'=1+1"
    assert second["published"] == "-"


def test_other_names_of_columns_and_any_order(desk: Desk) -> None:
    head = "value_text,Result kind,PERIOD,indicator,note,reason\n"
    code, out, _ = against(desk, f"{head}479,front_page_this_period,2014-02,CONTACTS-P4,x,y\n")
    assert code == 0
    assert "agrees: 1" in out


def test_every_fault_of_the_rows_at_once(desk: Desk) -> None:
    rows = (
        "contact-p4,,month,2014-02,front_page_this_period,479\n"
        "contacts-p4,,month,2014-02,front_page_this_periods,479\n"
        "contacts-p4,,month,2014-13,front_page_this_period,479\n"
        "contacts-p4,,months,2014-02,front_page_this_period,479\n"
        "contacts-p4,,quarter,2014-02,front_page_this_period,479\n"
        "contacts-p4,,month,2014-02,front_page_this_period,\n"
        "contacts-p4,,month\n"
    )
    code, out, err = against(desk, HEAD + rows)
    assert code == 1
    assert out == ""
    assert "7 faults were found" in err
    for fragment in (
        "published.csv, row 2, column A",
        'WB313  There is no indicator "contact-p4"',
        'Did you mean "contacts-p4"?',
        'WB314  "front_page_this_periods" is not a kind of conclusion',
        'Did you mean "front_page_this_period"?',
        "row 4, column D",
        'WB315  "months" is not a kind of period',
        'Did you mean "month"?',
        "WB317  There is no published value",
        "WB316  The row has 3 cells, the header has 6 columns",
    ):
        assert fragment in err, fragment
    assert err.count("WB315") == 3


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ("", ["WB310", "empty"]),
        (HEAD.replace(",value", ",valu") + GOOD, ['"valu" is not a column', '"value"?', "WB311"]),
        (HEAD.replace("period_kind", "code") + GOOD, ["WB312", 'two columns for "code"']),
        (HEAD.replace(",", ";") + GOOD, ["WB316", "not separated by commas"]),
        (HEAD + 'contacts-p4,"a,month,2014-02\n', ["WB316", "double quote"]),
        (b"\xff\xfe\x00\x00", ["WB102"]),
        (b"PK\x03\x04\x00\x00", ["WB102"]),
    ],
)
def test_a_table_that_cannot_be_read(desk: Desk, text: str | bytes, fragments: list[str]) -> None:
    code, _, err = against(desk, text)
    assert code == 1
    for fragment in fragments:
        assert fragment in err, err


def test_a_table_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    said = desk.run("audit", str(desk.folder), "--against", str(tmp_path / "none.csv"))
    assert said.code == 1
    assert "WB102" in said.err


def test_the_table_and_relations_are_checked_together(desk: Desk) -> None:
    desk.replace("relations.csv", "cp-plans-p6,rises by", "cp-plan-p6,rises by")
    desk.replace("relations.csv", "falls by", "fals by")
    desk.replace("relations.csv", "children under 18", "children under 19")
    code, _, err = against(desk, HEAD + GOOD.replace("contacts", "contact"))
    assert code == 1
    for fragment in (
        "relations.csv, row 2, column A",
        'Did you mean "cp-plans-p6"?',
        'WB320  "fals by" is not a relation',
        'WB321  The population "children under 19" is not in populations.csv',
        "published.csv, row 2",
    ):
        assert fragment in err, fragment


def test_a_fault_in_the_folder_stops_it(desk: Desk) -> None:
    desk.replace("scorecard.toml", "tolerance = 5", 'tolerance = "five"')
    code, _, err = against(desk, HEAD + GOOD)
    assert code == 1
    assert "scorecard.toml" in err


def test_the_command_needs_its_table(desk: Desk) -> None:
    said = desk.run("audit", str(desk.folder))
    assert said.code == 2
    assert "--against" in said.err
