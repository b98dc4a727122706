"""Bad input gets a clear list and exit code 1; nothing is written and nothing is touched.

Each case plants one fault in a copy of the Haringey folder and reads the message.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.faults.conftest import WORKBOOK, Desk

CP = "indicators/2-child-protection.toml"
FIGURES = "extracts/figures.csv"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def add(name: str, content: bytes) -> Callable[[Desk], None]:
    """A further file in the extracts folder."""

    def spoil(desk: Desk) -> None:
        (desk.folder / "extracts" / name).write_bytes(content)

    return spoil


def change(name: str, old: str, new: str) -> Callable[[Desk], None]:
    return lambda desk: desk.replace(name, old, new)


def append(desk: Desk, name: str, line: str) -> None:
    path = desk.folder / name
    path.write_text(path.read_text(encoding="utf-8-sig").rstrip() + f"\n{line}\n", encoding="utf-8")


def truncated(desk: Desk) -> None:
    path = desk.folder / "extracts" / "cut.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Figures")
    sheet.write_row(0, 0, ["indicator", "2014-02"])
    sheet.write_row(1, 0, ["contacts-p4", 479])
    book.close()
    path.write_bytes(path.read_bytes()[:1500])


def locked_by_excel(desk: Desk) -> None:
    owner = "Performance Officer"
    lock = bytes([len(owner)]) + owner.encode("cp1252") + b" " * (54 - len(owner))
    (desk.out / f"~${WORKBOOK}").write_bytes(lock)


CASES: dict[str, tuple[Callable[[Desk], None], list[str]]] = {
    "malformed TOML": (
        change(CP, 'polarity = "low"', 'polarity = "low'),
        ["2-child-protection.toml", "row "],
    ),
    "unknown field": (
        change(CP, "polarity = ", "polarty = "),
        ["cp-plans-p6", "polarty", 'Did you mean "polarity"?'],
    ),
    "wrong word": (
        change(CP, 'polarity = "low"', 'polarity = "lwo"'),
        ["cp-plans-p6", '"lwo"', "high, low, in range, neither", 'Did you mean "low"?'],
    ),
    "unknown indicator in an extract": (
        change(FIGURES, "contacts-p4,,2013-09", "contact-p4,,2013-09"),
        ["extracts/figures.csv", "row 3", '"contact-p4"', 'Did you mean "contacts-p4"?'],
    ),
    "two different figures": (
        change(FIGURES, "contacts-p4,,2013-10", "contacts-p4,,2013-09"),
        ["contacts-p4", "Sep-13", "415", "561", "row 3", "row 4"],
    ),
    "a month that is not a month, in an extract": (
        change(FIGURES, "contacts-p4,,2013-09", "contacts-p4,,2013-13"),
        ["extracts/figures.csv", "row 3", "2013-13"],
    ),
    "a month that is not a month, in a table": (
        change("targets.csv", "2013-04", "2013-13"),
        ["targets.csv", "row 2", "2013-13"],
    ),
    "a month that is not a month, in the settings": (
        change("scorecard.toml", 'report_month = "2014-02"', 'report_month = "2014-14"'),
        ["scorecard.toml", "report_month", "2014-14"],
    ),
    "a password": (
        add("locked.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
        ["extracts/locked.xlsx", "password"],
    ),
    "a truncated workbook": (truncated, ["extracts/cut.xlsx", "damaged"]),
    "no spreadsheet": (
        add("report.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ["extracts/report.xlsx", "PDF"],
    ),
    "an ending that is none of ours": (add("report.pdf", b"%PDF-1.7\n"), ["extracts/report.pdf"]),
    "no header row": (
        add("notes.csv", b"Monthly figures\nsee the other file\n"),
        ["extracts/notes.csv", "indicator"],
    ),
    "an empty file": (add("empty.csv", b""), ["extracts/empty.csv", "empty"]),
    "a workbook that is open": (locked_by_excel, ["open", "Performance Officer", "Close it"]),
    "an unknown type of block": (
        change("scorecard.toml", 'type = "charts"', 'type = "chart"'),
        ["Contacts and assessments", '"chart" is not a type of block', 'Did you mean "charts"?'],
    ),
    "an unknown option of a block": (
        change("scorecard.toml", "breakdown = ", "breakdwn = "),
        ["breakdwn", 'Did you mean "breakdown"?'],
    ),
    "a control character in a name": (
        change(CP, 'name = "Child Protection Visits"', 'name = "Child \\u0007Visits"'),
        ["2-child-protection.toml", "name", "U+0007", "Child Visits"],
    ),
    "a control character in a table": (
        change("overrides.csv", "As published", "As \x07 published"),
        ["overrides.csv", "row 2", "U+0007"],
    ),
    "a key used twice": (
        change("scorecard.toml", 'key = "adoption"', 'key = "contacts"'),
        ["contacts", "Adoption and SGOs", "own key"],
    ),
    "a figure by hand for a total": (
        lambda desk: append(
            desk, "overrides.csv", "cic-net-p9,2014-02,figure,50,Counted again,Officer"
        ),
        ["cic-net-p9", "follows from other indicators", "cic-starts-p9"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_named_and_nothing_is_written(desk: Desk, case: str) -> None:
    spoil, fragments = CASES[case]
    spoil(desk)
    before = desk.files()
    said = desk.build()
    assert said.code == 1, said
    missing = [fragment for fragment in fragments if fragment not in said.err]
    assert not missing, f"{missing} not in:\n{said.err}"
    assert "Traceback" not in said.err + said.out
    assert "Nothing was written" in said.err
    assert desk.files() == before


@pytest.mark.in_ci
def test_a_header_row_further_down_is_found(desk: Desk) -> None:
    """Titles above the table do no harm, and rows are counted as a person sees them."""
    content = "Workforce return\n\nindicator,Q4 2013/14\nsw-vacancy-p14,15%\nsw-vacncy-p14,15%\n"
    add("later.csv", content.encode())(desk)
    said = desk.build()
    assert said.code == 1
    assert "extracts/later.csv, row 5" in said.err
    desk.replace("extracts/later.csv", "sw-vacncy-p14,15%\n", "")
    assert desk.build().code == 0


def test_all_faults_of_all_files_are_reported_at_once(desk: Desk) -> None:
    desk.replace(CP, 'polarity = "low"', 'polarity = "lwo"')
    desk.replace("targets.csv", "2013-04", "2013-13")
    desk.replace("scorecard.toml", "tolerance = 5", 'tolerance = "five"')
    said = desk.build()
    assert said.code == 1
    for place in (CP, "targets.csv", "scorecard.toml"):
        assert place in said.err


def test_blocks_and_extracts_are_checked_together(desk: Desk) -> None:
    desk.replace("scorecard.toml", 'type = "charts"', 'type = "chart"')
    desk.replace(FIGURES, "contacts-p4,,2013-09", "contact-p4,,2013-09")
    said = desk.build()
    assert "not a type of block" in said.err
    assert '"contact-p4"' in said.err


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["build"], "FOLDER"),
        (["biuld", "x"], "invalid choice"),
        (["build", "FOLDER", "--month", "2014-13"], "--month"),
        (["new", "mine", "--from", "harringey"], 'Did you mean "haringey"?'),
        ([], "COMMAND"),
    ],
)
def test_a_wrong_command_has_an_exit_code_of_its_own(
    desk: Desk, arguments: list[str], fragment: str
) -> None:
    said = desk.run(*[str(desk.folder) if each == "FOLDER" else each for each in arguments])
    assert said.code == 2
    assert fragment in said.err + said.out


def test_new_never_writes_over_a_folder(desk: Desk) -> None:
    said = desk.run("new", str(desk.folder), "--from", "haringey")
    assert said.code == 2
    assert "exists already" in said.err


def test_new_gives_a_folder_that_builds(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert desk.run("new", str(folder), "--from", "haringey").code == 0
    assert desk.run("check", str(folder)).code == 0


@pytest.mark.in_ci
def test_a_fault_of_ours_shows_no_traceback_and_no_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = " ".join(["child", "123"])

    def fail(*_: object) -> None:
        raise ValueError(told)

    monkeypatch.setattr("workbook_builder.writers.xlsx.write_xlsx", fail)
    said = desk.build()
    assert said.code == 3
    assert "Traceback" not in said.err
    report = Path(said.err.strip().splitlines()[-1].rpartition(" in ")[2])
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert "ValueError" in text
    assert told not in text + said.err
    assert desk.files() == desk.before
