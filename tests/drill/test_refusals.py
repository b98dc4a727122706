"""Where drill writes nothing, what it says then, and that no word of it is about a child."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building import ROOT, STAMP, copy_template
from tests.drill.conftest import Authority
from tests.drill.own_list import HEADS, REFERRALS, one_list
from tests.drill.written import read
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.writers import private, records

pytestmark = pytest.mark.in_ci

# The ids and workers of invented lists.
PRIVATE = re.compile(r"\b(100\d{4}|SW\d{4})\b")


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> tuple[str, str]:
    """What the command prints to both streams; never anything about a child."""
    assert main(["drill", *map(str, arguments)]) == code
    captured = capsys.readouterr()
    assert not PRIVATE.search(captured.out + captured.err)
    return captured.out, captured.err


def everything(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_the_command_says_what_it_wrote_and_touches_nothing_else(
    authority: Authority, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(authority.folder.parent)
    out, _ = said(capsys, authority.folder, "lac_open", "2024-10")
    (file,) = home.rglob("*.xlsx")
    assert f"Written to {file}" in out
    assert file == home / "Workbook Builder records" / "Records lac_open-2024-10.xlsx"
    written = read(file)
    count = len(written.records)
    assert count > 3
    assert all(PRIVATE.search(row["Child Unique ID"]) for row in written.records)
    assert f"October 2024: {count}\n" in out
    # A position is as the extract nearest to its day has it.
    assert f"Records: {count}, from lists/annex_a_2025-02.xlsx" in out
    assert "This is the figure in the scorecard as last built" in out
    assert "personal data about children" in out
    assert everything(authority.folder.parent) == before
    assert list(Path.cwd().iterdir()) == []
    assert [path for path in home.rglob("*") if path.is_file()] == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_owner_alone_may_read_it(authority: Authority, home: Path) -> None:
    before = os.umask(0)
    try:
        done = app.drill(authority.folder, "lac_open", "2024-10")
        assert isinstance(done, app.Drilled)
        assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(done.file.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)
    assert done.file.is_relative_to(home)


REFUSED: dict[str, tuple[Callable[[Authority, Path], Path], str]] = {
    "the scorecard's folder": (lambda a, _: a.folder / "records.csv", "folder of a scorecard"),
    "below the scorecard's folder": (
        lambda a, _: a.lists / "records.xlsx",
        "folder of a scorecard",
    ),
    "another scorecard's folder": (lambda _, tmp: other(tmp) / "a.csv", "folder of a scorecard"),
    "beside the workbook": (lambda a, _: a.out / "records.xlsx", "beside the workbooks"),
    "over the workbook": (lambda a, _: a.out / "Scorecard 2025-03.xlsx", "beside the workbooks"),
    "among the workbook's backups": (lambda a, _: backups(a) / "a.csv", "beside the workbooks"),
    "where workbooks go by default": (
        lambda _a, _t: Path("output/annex-a/records.csv"),
        "beside the workbooks",
    ),
    "beside the workbook, by a link": (lambda a, tmp: link(a, tmp) / "a.csv", "beside the"),
    "over a file": (lambda _, tmp: there(tmp / "a.csv"), "never written over a file"),
    "over a link that leads nowhere": (lambda _, tmp: dangling(tmp), "never written over a file"),
    "a folder that is not there": (lambda _, tmp: tmp / "none" / "a.csv", "no such folder"),
}


def other(tmp: Path) -> Path:
    folder = tmp / "another" / "indicators"
    folder.mkdir(parents=True)
    (folder.parent / "scorecard.toml").write_text("", encoding="utf-8")
    return folder


def backups(authority: Authority) -> Path:
    (authority.out / "backups").mkdir(exist_ok=True)
    return authority.out / "backups"


def link(authority: Authority, tmp: Path) -> Path:
    (tmp / "link").symlink_to(authority.out, target_is_directory=True)
    return tmp / "link"


def there(path: Path) -> Path:
    path.write_text("mine", encoding="utf-8")
    return path


def dangling(tmp: Path) -> Path:
    (tmp / "a.csv").symlink_to(tmp / "nowhere.csv")
    return tmp / "a.csv"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_records_are_not_put_where_they_could_be_passed_on(
    case: tuple[Callable[[Authority, Path], Path], str],
    authority: Authority,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make, words = case
    out = make(authority, tmp_path)
    before = everything(tmp_path) | everything(authority.folder.parent)
    _, err = said(capsys, authority.folder, "lac_open", "2024-10", "--out", out, code=1)
    assert words in err
    assert "--out" in err
    assert "Nothing was written" in err
    assert everything(tmp_path) | everything(authority.folder.parent) == before


WRONG: dict[str, tuple[list[str], int, list[str]]] = {
    "no such indicator": (
        ["lac_opn", "2024-10"],
        1,
        ['no indicator "lac_opn"', 'Did you mean "lac_open"?'],
    ),
    "no such name": (
        ["Contact", "2024-10"],
        1,
        ['no indicator "Contact"', 'Did you mean "contacts"?'],
    ),
    "no such month": (["lac_open", "2024-13"], 2, ["MONTH: 2024-13"]),
    "no month at all": (["lac_open", "October"], 2, ["MONTH:", "2014-02"]),
    "a month before the extracts": (
        ["lac_open", "2023-01"],
        1,
        ["January 2023", "none of the extracts", "January 2024 to March 2025", "No figure is kept"],
    ),
    "a month between extracts, of the latest only": (
        ["lac_reviewed", "2024-10"],
        1,
        ["The list holds the latest only", "February 2025 to March 2025"],
    ),
    "a year that is not whole in the lists": (
        ["conferences_in_15_days rolling 12 months", "2024-06"],
        1,
        ["12 months to Jun-24", "takes all records of May 2023 to June 2024"],
    ),
    "no such breakdown": (
        ["lac_open", "2024-10", "--breakdown", "tem=North"],
        1,
        ['not counted by "tem"', 'Did you mean "team"?'],
    ),
    "no such group": (
        ["assessments", "2024-10", "--breakdown", "team=Assessment Eats"],
        1,
        ['no group "Assessment Eats"', 'Did you mean "team=Assessment East"?'],
    ),
    "no group": (["assessments", "2024-10", "--breakdown", "team"], 1, ["--breakdown team=North"]),
    "another kind of file": (["lac_open", "2024-10", "--out", "a.pdf"], 2, [".xlsx or .csv"]),
}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_what_cannot_be_answered_is_said_plainly(
    case: tuple[list[str], int, list[str]],
    authority: Authority,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments, code, words = case
    _, err = said(capsys, authority.folder, *arguments, code=code)
    assert [word for word in words if word not in err] == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_month_that_only_the_history_holds(
    authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows of an extract that was taken away are no more; its figure is."""
    folder = tmp_path / "folder"
    shutil.copytree(authority.folder, folder)
    shutil.copy(folder / "extracts/lists/annex_a_2025-03.xlsx", tmp_path / "kept.xlsx")
    out = tmp_path / "a.csv"
    (folder / "extracts/lists/annex_a_2025-02.xlsx").unlink()
    with read_history(folder, "annex-a") as history:
        ((_, was),) = history.figure_versions("lac_reviewed", "", "month 2025-02")
    assert was is not None
    _, err = said(capsys, folder, "lac_reviewed", "2025-02", "--out", out, code=1)
    assert "The history holds only the figure" in err
    assert f"({was.numerator:g} of {was.denominator:g})" in err
    assert "lists/annex_a_2025-02.xlsx" in err
    assert not out.exists()


def test_another_figure_than_the_reported_one_is_announced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    folder = one_list(tmp_path, REFERRALS)
    out, _ = said(capsys, folder, "referrals", "2025-03", "--out", home / "0.csv")
    assert "has not been built yet" in out
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    out, _ = said(capsys, folder, "referrals", "2025-03", "--out", home / "1.csv")
    assert "This is the figure" in out
    place = folder / "extracts/lists/2025-03/referrals.csv"
    place.write_text("\n".join((HEADS, *REFERRALS[:-1])), encoding="utf-8")
    out, _ = said(capsys, folder, "referrals", "2025-03", "--out", home / "2.csv")
    for words in (out, read(home / "2.csv").warning):
        assert "NOT the figure in the scorecard as last built" in words
        assert "which is 3. The extract has changed since" in words
    (folder / "overrides.csv").write_text(
        "indicator,period,what,value,reason,role\nreferrals,2025-03,figure,7,by letter,officer\n",
        encoding="utf-8",
    )
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    out, _ = said(capsys, folder, "referrals", "2025-03", "--out", home / "3.csv")
    assert "which is 7. That one was set by hand." in out


def test_the_rate_of_a_count_gives_the_records_of_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    folder = one_list(tmp_path, REFERRALS)
    out, _ = said(capsys, folder, "referrals_rate", "2025-03", "--out", home / "a.csv")
    assert "Referrals, March 2025: 3\n" in out
    assert "Referrals per 10,000 is a rate: these are the records of Referrals" in out


def test_where_a_figure_that_was_not_counted_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    lines = (folder / "extracts/figures.csv").read_text(encoding="utf-8-sig").splitlines()
    row = next(n for n, line in enumerate(lines, 1) if line.startswith("contacts-p4,,2014-02,"))
    out, _ = said(capsys, folder, "contacts-p4", "2014-02")
    assert f"479 from extracts/figures.csv, row {row}" in out
    assert "Nothing was written" in out
    assert out in (ROOT / "docs" / "drill.md").read_text(encoding="utf-8")
    app.build(folder, out=tmp_path / "out", stamp=STAMP)
    out, _ = said(capsys, folder, "contacts-p4", "2014-02")
    assert f"479 from extracts/figures.csv, row {row}" in out
    assert "changed" not in out
    with (folder / "extracts/figures.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    out, _ = said(capsys, folder, "contacts-p4", "2014-02")
    assert "The file has changed since." in out
    _, err = said(capsys, folder, "contacts-p4", "2030-01", code=1)
    assert "no figure for January 2030" in err
    assert "month 2014-02" in err
    out, _ = said(capsys, folder, "cic-net-p9", "2014-02")
    plus, less = out.index("Plus Haringey (becoming)"), out.index("Less Haringey (ceasing)")
    assert "Feb-14: 11 from extracts/figures.csv, row" in out[plus:less]
    assert "Feb-14: 18 from extracts/figures.csv, row" in out[less:]
    assert list(home.iterdir()) == []


def test_what_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.csv"

    def half(path: Path) -> None:
        path.write_text("a child", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        private.write_privately(target, half)
    assert list(tmp_path.iterdir()) == []
    folder = one_list(tmp_path, REFERRALS)
    monkeypatch.setattr(records, "EXCEL_ROWS", 4)
    with pytest.raises(UserError, match="WB405"):
        app.drill(folder, "referrals", "2025-03", out=tmp_path / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["own"]
    app.drill(folder, "referrals", "2025-03", out=tmp_path / "a.csv")


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".records-old", tmp_path / ".records-new"
    for one in (left, fresh):
        one.mkdir()
        (one / "a.csv").write_text("a child", encoding="utf-8")
    os.utime(left, (0, 0))
    private.write_privately(tmp_path / "b.csv", lambda path: path.write_text("x") and None)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".records-new", "b.csv"]


def test_a_fault_of_a_list_names_the_extract_that_it_is_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = one_list(tmp_path, REFERRALS)
    (folder / "extracts/lists/2025-03/referrals.csv").write_text("Child Unique ID\nA1\n", "utf-8")
    out = tmp_path / "a.csv"
    _, err = said(capsys, folder, "referrals", "2025-03", "--out", out, code=1)
    assert "lists/2025-03/referrals.csv" in err
    assert not out.exists()
