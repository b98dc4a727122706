"""The problems report: counts that add up, and nothing in it that tells a child."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lists.making import AS_AT, a_list, good_row, headings, read, workbook
from workbook_builder.errors import UserError
from workbook_builder.extracts.quality import ListRows, by_kind, by_list
from workbook_builder.listed.account import problems_of, rows_of
from workbook_builder.lists.advice import advice
from workbook_builder.lists.definitions import Kind, lists
from workbook_builder.lists.model import Lists

ROOT = Path(__file__).resolve().parents[2]
IDS = ["Q71944", 8830127, "90412.0", "CHILD-5Z", "0007719"]
BIRTHS: list[Any] = [dt.date(2011, 10, 27), "19/05/2013", "2009-12-08", "23 July 2015", 38718]


def _written(value: Any) -> set[str]:
    """Every way in which an id or a date may show up in a text."""
    if isinstance(value, dt.date):
        number = str((value - dt.date(1899, 12, 30)).days)
        return {f"{value:%d/%m/%Y}", f"{value:%Y-%m-%d}", f"{value:%d %B %Y}", number}
    return {str(value), str(value).removesuffix(".0")}


def _everything_said(found: Lists) -> str:
    said = [str(each) for each in (*found.problems, *problems_of(found), *rows_of(found))]
    said += [str(found.counts), str(found.missing_columns), str(found.missing_lists)]
    return "\n".join(said)


def _secrets() -> set[str]:
    days = [dt.date(2011, 10, 27), dt.date(2013, 5, 19), dt.date(2009, 12, 8), dt.date(2015, 7, 23)]
    values = [*IDS, *BIRTHS, *days]
    return {text for value in values for text in _written(value)}


def test_nothing_said_holds_an_id_or_a_date_of_birth(tmp_path: Path) -> None:
    """The ids and births stand in every column of every list, where they belong and where not."""
    sheets: dict[str, list[list[Any]]] = {}
    for key, definition in lists().items():
        content: list[list[Any]] = [headings(key)]
        for number, child in enumerate(IDS):
            content.append(good_row(key, child))
            for column in definition.columns[1:]:
                content.append(good_row(key, child, **{column.key: BIRTHS[number]}))
                content.append(good_row(key, child, **{column.key: child}))
                content.append(good_row(key, child, **{column.key: f"see {child}"}))
        content += [good_row(key, None), good_row(key, IDS[0]), headings(key)]
        sheets[f"List_{definition.number}"] = content
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    assert len(found.problems) > 1000
    said = _everything_said(found)
    assert {secret for secret in _secrets() if secret in said} == set()


@pytest.mark.parametrize("heading", ["Q71944", "19/05/2013"])
def test_a_heading_that_is_a_child_is_not_said(tmp_path: Path, heading: str) -> None:
    names = [*headings("contacts"), heading]
    found = read(a_list(tmp_path, "contacts", [[*good_row("contacts", "Q71944"), 1]], names))
    assert heading not in _everything_said(found)


def test_no_fault_holds_an_id_or_a_date_of_birth(tmp_path: Path) -> None:
    rows = [good_row("contacts", child) for child in IDS]
    for content in (
        rows,
        [["Client", *headings("contacts")[1:]], *rows],
        [[*headings("contacts"), "ChildUniqueID"], *[[*row, IDS[0]] for row in rows]],
        [[*headings("contacts")[:3], "Age", "Age"], *rows],
    ):
        with pytest.raises(UserError) as caught:
            read(workbook(tmp_path / "a.xlsx", {"List_1": content}))
        said = str(caught.value) + repr(caught.value.__context__) + repr(caught.value.__cause__)
        assert {secret for secret in _secrets() if secret in said} == set()


def test_every_problem_is_counted_by_kind_and_list(tmp_path: Path) -> None:
    sheets = {
        "List_1": [
            headings("contacts"),
            good_row("contacts", 1, contact_date="never", contact_source="zz"),
            good_row("contacts", 2, contact_date="31/02/2024"),
        ],
        "List_3": [headings("referrals"), good_row("referrals", 1, referral_source="zz")],
        "Own": [["x"]],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    problems = problems_of(found)
    assert by_list(problems) == {"List 1: Contacts": 3, "List 3: Referral": 1, "": 1}
    assert by_kind(problems) == {
        "unknown code": 2,
        "sheet not used": 1,
        "not a date": 1,
        "impossible date": 1,
    }


def test_many_alike_are_counted_and_not_listed(tmp_path: Path) -> None:
    content = [
        good_row("contacts", n, contact_source="zz" if n % 3 else "yy") for n in range(1, 61)
    ]
    found = read(a_list(tmp_path, "contacts", content), most_listed=10)
    assert len(found.problems) == 12
    assert by_kind(problems_of(found)) == {"unknown code": 60}
    assert [each.row for each in found.problems if each.count == 1] == list(range(2, 12))


def test_every_list_has_its_rows_whether_it_is_there_or_not(tmp_path: Path) -> None:
    found = read(a_list(tmp_path, "contacts", [good_row("contacts"), good_row("contacts", None)]))
    rows = rows_of(found)
    assert len(rows) == 11
    assert rows[0] == ListRows("List 1: Contacts", True, 2, 1, 1)
    assert rows[1] == ListRows("List 2: Early Help", False)


def test_the_page_for_the_analyst_explains_every_kind_of_problem() -> None:
    package = ROOT / "workbook_builder" / "lists"
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    kinds = set(re.findall(r'(?:Issue|Problem|\.sheet)\(\s*"([^"]+)"', source))
    page = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8").split("What the problems mean")
    assert len(kinds) > 20
    assert {kind for kind in kinds if kind not in page[1]} == set()
    assert all(advice(kind).endswith(".") for kind in kinds)


MESS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-10, 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(dt.date(1901, 1, 1)),
    st.sampled_from(["#N/A", "NULL", "01/01/1900", "31/02/2024", "a) Yes", "WBRI", "unborn"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(list(lists())))
def test_any_cells_at_all_give_tables_that_add_up(
    tmp_path: Path, data: st.DataObject, key: str
) -> None:
    width = len(lists()[key].columns)
    content = data.draw(st.lists(st.lists(MESS, min_size=width, max_size=width), max_size=8))
    safe = [
        ["" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row]
        for row in content
    ]
    found = read(a_list(tmp_path, key, safe))
    frame = found.frames[key]
    assert (frame[lists()[key].id.key] != "").all()
    for column in lists()[key].columns:
        if column.kind is Kind.DATE:
            years = frame[column.key].dropna().dt.year
            assert years.between(AS_AT.year - 121, AS_AT.year + 3).all()
