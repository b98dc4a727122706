"""Nothing that tells a person names a group or is quoted, whichever list says that it does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.lists.making import good_row, headings, read, told, workbook
from workbook_builder.lists.model import Lists
from workbook_builder.lists.private import Gathering, Private, of_people

BORN = dt.date(2015, 3, 12)
BLANKED = [
    "40417",  # an id of another list
    40417,
    "see 40417",
    "0040417",
    "q77b1",
    "Avery Quill",  # a worker of another list
    "QUILL, AVERY",
    "quill  avery",
    "Mrs Avery Quill",
    "Avery Quill (duty)",
    "Rowan Oakley",  # a worker whose column says more
    "Lark Tansy",  # a personal adviser
    "SW0017",
    "c/o SW0017",
    "Family-9",  # a family's id
    BORN,
    "12/03/2015",
    "2015-03-12",
    "12 March 2015",
    "12th Mar 15",
    "March 12, 2015",
    "born 12.03.15",
    "20150312",
    42075,  # Excel's number of a date of birth
    "A123456789012",
    "H12345678901X",
    "943 476 5919",
    "9434765919",
    "Finch Alder",  # of a column of the authority's own
]
KEPT = [
    "North",
    "Team 4",
    "Duty Team",
    "Unallocated",
    "CIN 2",
    "Quill Street",
    "Lark House",
    "First Response 24/7",
    "2015",
    "March Team",
    "Mayfield 12",
    "Pod 3-4",
    "None",
    "12/24 Hub",
]


def lists_with(tmp_path: Path, team: Any, rows: int = 1) -> Lists:
    """A referral with a text as its team; other lists say who is a person."""
    referrals = [good_row("referrals", 1, team=team, worker="W1") for _ in range(rows)]
    referrals = [[*row, n] for n, row in enumerate(referrals)]
    sheets = {
        "List_3": [[*headings("referrals"), "No"], *referrals],
        "List_1": [
            [*headings("contacts"), "Child's name"],
            [*good_row("contacts", "40417", date_of_birth=BORN), "Alder, Finch"],
        ],
        "List_6": [
            headings("children_in_need"),
            good_row("children_in_need", 2, worker="Avery Quill"),
            good_row("children_in_need", 3, worker="SW0017"),
            good_row("children_in_need", 4, worker="Unallocated"),
            good_row("children_in_need", 5, worker="Duty Team"),
            good_row("children_in_need", 8, worker="Oakley, Rowan (SW) 7"),
            good_row("children_in_need", "Q77B1", worker="W2"),
        ],
        "List_9": [
            headings("care_leavers"),
            good_row("care_leavers", 6, personal_adviser="Lark Tansy", worker="Tansy Lark"),
        ],
        "List_10": [headings("adoption"), good_row("adoption", 7, family_id="Family-9")],
    }
    return read(workbook(tmp_path / "a.xlsx", sheets))


@pytest.mark.parametrize("team", BLANKED, ids=str)
def test_what_tells_a_person_is_no_team(tmp_path: Path, team: Any) -> None:
    found = lists_with(tmp_path, team)
    assert found.frames["referrals"]["team"].tolist() == [""]
    (problem,) = [one for one in found.problems if one.list == "referrals" and one.row == 2]
    assert problem.kind in ("person in a text", "date in a text")
    assert (problem.heading, problem.done) == ("Allocated Team", "blanked")
    assert problem.found.endswith("not shown")
    assert str(team) not in str(found.problems)


@pytest.mark.parametrize("team", KEPT)
def test_teams_keep_their_names(tmp_path: Path, team: str) -> None:
    found = lists_with(tmp_path, team)
    assert found.frames["referrals"]["team"].tolist() == [team]
    assert told(found, "person in a text") == told(found, "date in a text") == []


@pytest.mark.parametrize(("rows", "kept"), [(3, False), (4, True), (40, True)])
def test_a_name_that_is_far_more_often_a_teams_is_the_teams(
    tmp_path: Path, rows: int, kept: bool
) -> None:
    """One worker's column says North; and the child of list 6 with the id 2 is no team either."""
    teams = set()
    for team in ("Avery Quill", "2"):
        found = lists_with(tmp_path, team, rows)
        teams |= set(found.frames["referrals"]["team"])
    assert teams == ({"Avery Quill", "2"} if kept else {""})


def test_a_long_id_is_never_a_team(tmp_path: Path) -> None:
    found = lists_with(tmp_path, "40417", 50)
    assert set(found.frames["referrals"]["team"]) == {""}
    assert len(told(found, "person in a text")) == 50


def test_workers_and_places_are_left_as_they_are(tmp_path: Path) -> None:
    row = good_row(
        "children_looked_after", 1, worker="Avery Quill", placement_urn="40417", team="North"
    )
    sheets = {"List_8": [headings("children_looked_after"), row]}
    frame = read(workbook(tmp_path / "a.xlsx", sheets)).frames["children_looked_after"]
    assert frame[["worker", "placement_urn"]].to_numpy().tolist() == [["Avery Quill", "40417"]]


@pytest.mark.parametrize("value", ["Avery Quill", "QUILL", "Lark", "Finch A", "SW0017", "Family-9"])
def test_a_person_of_another_list_is_not_quoted_as_a_code(tmp_path: Path, value: str) -> None:
    heading = [*headings("contacts"), "Name of child"]
    contacts = [[*good_row("contacts", n, contact_source=value), ""] for n in range(30)]
    contacts.append([*good_row("contacts", 99), "Finch Alder"])
    sheets = {
        "List_1": [heading, *contacts],
        "List_6": [
            headings("children_in_need"),
            good_row("children_in_need", 2, worker="Avery Quill"),
            good_row("children_in_need", 3, worker="SW0017"),
        ],
        "List_9": [
            headings("care_leavers"),
            good_row("care_leavers", 6, personal_adviser="Lark Tansy"),
        ],
        "List_10": [headings("adoption"), good_row("adoption", 7, family_id="Family-9")],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    problems = told(found, "unknown code")
    assert len(problems) == 29  # the child with the id 0 is left out
    assert value not in str(found.problems)


def test_a_heading_with_a_worker_of_another_list_is_not_said(tmp_path: Path) -> None:
    sheets = {
        "List_1": [[*headings("contacts"), "Quill"], [*good_row("contacts", 1), "x"]],
        "List_6": [
            headings("children_in_need"),
            good_row("children_in_need", 2, worker="Avery Quill"),
        ],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    (problem,) = told(found, "column not used")
    assert "Quill" not in str(problem)


@pytest.mark.parametrize(
    ("heading", "people"),
    [
        ("Child name", True),
        ("Surname", True),
        ("FirstName", True),
        ("Previous worker", True),
        ("Mother", True),
        ("Team name", False),
        ("School name", False),
        ("Worker team", False),
        ("Date worker allocated", False),
        ("Source", False),
    ],
)
def test_headings_below_which_people_stand(heading: str, people: bool) -> None:
    assert of_people(heading) is people


def test_no_names_hide_nothing() -> None:
    assert Gathering().result() == Private()
    assert Private().quotable("Early Help")
