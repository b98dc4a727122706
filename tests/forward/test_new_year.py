"""From March to April: the workbook that next-month makes of two councils' reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import STAMP, copy_template
from tests.calc.test_new_year import LATER
from tests.oracles.reading import reading
from workbook_builder import app

pytestmark = pytest.mark.in_ci

FRONT, TAB = "Summary", "Contacts and assessments"
TARGETS = "re-referrals-p4,2014-04,2015-03,point,15,,,,agreed,2014-04-01\n"


def table(path: Path, sheet: str) -> dict[str, dict[str, object]]:
    """The rows of the first table of a sheet by their codes, each cell by its heading."""
    found: dict[str, dict[str, object]] = {}
    heads: dict[str, int] = {}
    for row in reading(path, values=True)[sheet].iter_rows(values_only=True):
        if "Indicator code" in row:
            heads = {str(one): at for at, one in enumerate(row) if one not in (None, " ")}
        elif heads and row[heads["Indicator code"]]:
            code = str(row[heads["Indicator code"]])
            found.setdefault(code, {head: row[at] for head, at in heads.items()})
    return found


@pytest.mark.parametrize("rebuild", [False, True], ids=["copied", "rebuilt"])
def test_haringey(tmp_path: Path, rebuild: bool) -> None:
    folder = copy_template("haringey", tmp_path / "folder")
    march = [line for line in LATER.splitlines() if "2014-04" not in line]
    extracts = folder / "extracts"
    (extracts / "later.csv").write_text("\n".join(march), encoding="utf-8")
    old = app.build(folder, "2014-03", tmp_path / "out", stamp=STAMP).workbook
    as_it_was = old.read_bytes()
    assert list(table(old, TAB)["contacts-p4"])[1:8] == ["2012/13", *_months("Oct-13 to Mar-14")]

    new = app.next_month(old, folder, stamp=STAMP, rebuild=rebuild).workbook
    assert new.name == "Scorecard 2014-04.xlsx"
    rows = table(new, TAB)
    assert list(rows["contacts-p4"])[1:8] == ["2013/14", *_months("Nov-13 to Apr-14")]
    contacts = rows["contacts-p4"]
    assert (contacts["2013/14"], contacts["Mar-14"]) == (5681, 500)
    assert (contacts["Apr-14"], contacts["2014/15 YTD"]) == ("not yet available", "[x]")
    assert rows["re-referrals-p4"]["Target"] == "no target yet"
    assert "No target agreed yet." in _texts(new, "Definitions")

    (extracts / "later.csv").write_text(LATER, encoding="utf-8")
    with (folder / "targets.csv").open("a", encoding="utf-8") as stream:
        stream.write(TARGETS)
    app.refresh(stamp=STAMP, book=new)
    rows = table(new, TAB)
    assert (rows["contacts-p4"]["Apr-14"], rows["contacts-p4"]["2014/15 YTD"]) == (450, 450)
    assert rows["re-referrals-p4"]["Target"] == 15
    assert old.read_bytes() == as_it_was


def test_calderdale(tmp_path: Path) -> None:
    folder = copy_template("calderdale", tmp_path / "folder")
    old = app.build(folder, "", tmp_path / "out", stamp=STAMP).workbook
    new = app.next_month(old, folder, stamp=STAMP).workbook
    years = {path: _years(path) for path in (old, new)}
    assert years[old] == (["2010/11", "2011/12", "2012/13", "2013/14 YTD"], "2013/14")
    assert years[new] == (["2011/12", "2012/13", "2013/14", "2014/15 YTD"], "2014/15")


def _years(path: Path) -> tuple[list[object], object]:
    """The heads of a panel's years up to the year to date, and its last row of months."""
    rows = list(reading(path, values=True)["1.1.1"].iter_rows(values_only=True))
    heads = next([one for one in row if one] for row in rows if any("YTD" in str(c) for c in row))
    shown = [str(one).replace("\n", " ") for one in heads]
    last = shown.index(next(one for one in shown if "YTD" in one))
    at = next(number for number, row in enumerate(rows) if "Apr" in row)
    labels = [row[1] for row in rows[at + 1 : at + 6] if row[1] and str(row[1])[:2] == "20"]
    return list(shown[last - 3 : last + 1]), labels[-1]


def _months(said: str) -> list[str]:
    order = ("Oct-13", "Nov-13", "Dec-13", "Jan-14", "Feb-14", "Mar-14", "Apr-14")
    first, _, last = said.partition(" to ")
    return list(order[order.index(first) : order.index(last) + 1])


def _texts(path: Path, sheet: str) -> set[object]:
    rows = reading(path, values=True)[sheet].iter_rows(values_only=True)
    return {one for row in rows for one in row}
