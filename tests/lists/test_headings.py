"""Which sheet is which list, and which heading is which column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lists.making import (
    a_list,
    csv_file,
    definition,
    good_row,
    headings,
    read,
    told,
    workbook,
)
from workbook_builder.errors import UserError
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.mapping import Own
from workbook_builder.lists.match import list_named


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("List_1", "contacts"),
        ("List 1", "contacts"),
        ("list1", "contacts"),
        ("LIST-01", "contacts"),
        ("List_10", "adoption"),
        ("List 10", "adoption"),
        ("List_11", "adopters"),
        ("AnnexA_List_10_2024-06", "adoption"),
        ("List 3 - Referrals", "referrals"),
        ("List 12", None),
        ("List 110", None),
        ("Contacts", "contacts"),
        ("early help", "early_help"),
        ("Children in Need", "children_in_need"),
        ("CIN", "children_in_need"),
        ("children_looked_after", "children_looked_after"),
        ("2024-06 Child protection", "child_protection"),
        ("Section 47 enquiries", "section47"),
        ("Adopters June", "adopters"),
        ("Contacts and referrals", None),
        ("Sheet1", None),
    ],
)
def test_names(name: str, key: str | None) -> None:
    found, _ = list_named(name, Own())
    assert (found.key if found else None) == key


def test_list_10_and_11_never_stand_in_for_list_1(tmp_path: Path) -> None:
    sheets = {
        f"List_{number}": [headings(key), good_row(key, f"P{number}")]
        for number, key in ((10, "adoption"), (11, "adopters"), (1, "contacts"))
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    assert found.frames["contacts"]["child_id"].tolist() == ["P1"]
    assert found.frames["adoption"]["child_id"].tolist() == ["P10"]
    assert found.frames["adopters"]["adopter_id"].tolist() == ["P11"]


@pytest.mark.parametrize("above", [0, 1, 2, 5])
def test_the_headings_may_stand_further_down(tmp_path: Path, above: int) -> None:
    rows = [["List 3: Referral"], [], ["Printed on a Monday"], [], []][:above]
    rows += [headings("referrals"), good_row("referrals")]
    found = read(workbook(tmp_path / "a.xlsx", {"List_3": rows}))
    assert found.frames["referrals"]["_row"].tolist() == [above + 2]
    assert not found.problems


# The data set holds almost nothing of the list of adopters.
@pytest.mark.parametrize("key", [key for key in lists() if key != "adopters"])
def test_every_list_by_the_names_of_the_data_set(tmp_path: Path, key: str) -> None:
    names = [column.ssd or column.heading for column in definition(key).columns]
    found = read(csv_file(tmp_path / f"{key}.csv", [names, good_row(key)]))
    assert found.missing_columns[key] == ()
    assert found.counts[key].used == 1


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.lower,
        lambda text: text + " ",
        lambda text: text.rstrip("?"),
        lambda text: text + "?",
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("'", "’"),
        lambda text: text.replace("(Y/N)", "(Y/N))"),
        lambda text: text.replace("(Y/N)", ""),
        lambda text: text.replace(" ", "\n"),
        lambda text: f'"{text}"',
    ],
)
def test_headings_as_people_change_them(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    for key in lists():
        path = a_list(tmp_path, key, [good_row(key)], [change(each) for each in headings(key)])
        assert read(path).missing_columns[key] == ()


def test_age_has_two_names(tmp_path: Path) -> None:
    names = ["Age" if each.startswith("Age") else each for each in headings("contacts")]
    found = read(a_list(tmp_path, "contacts", [good_row("contacts", age=13.79)], names))
    assert found.frames["contacts"]["age"].tolist() == [13.79]


def test_a_sheet_without_a_telling_name_is_known_by_its_headings(tmp_path: Path) -> None:
    rows = [headings("child_protection"), good_row("child_protection")]
    assert set(read(workbook(tmp_path / "a.xlsx", {"Export": rows, "Other": [["x"]]})).frames) == {
        "child_protection"
    }


def test_a_file_with_one_sheet_is_known_by_its_own_name(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "List 4.xlsx", {"Sheet1": [headings("assessments"), good_row("assessments")]}
    )
    assert set(read(path).frames) == {"assessments"}


def test_a_sheet_about_a_list_is_no_list(tmp_path: Path) -> None:
    sheets = {
        "List_1": [headings("contacts"), good_row("contacts")],
        "Contacts by month": [["Month", "Contacts"], ["Apr", 4]],
        "Empty": [],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    (problem,) = found.problems
    assert (problem.kind, problem.sheet) == ("sheet not used", "Contacts by month")


def test_columns_in_any_order_and_columns_of_ones_own(tmp_path: Path) -> None:
    names = [*reversed(headings("contacts")), "Locality", "", "Locality"]
    row = [*reversed(good_row("contacts")), "North", "", ""]
    found = read(a_list(tmp_path, "contacts", [row], names))
    assert found.frames["contacts"]["child_id"].tolist() == ["1001"]
    assert [(each.column, each.found) for each in told(found, "column not used")] == [
        ("H", '"Locality" is no column of the list'),
        ("J", '"Locality" is no column of the list'),
    ]


def test_a_missing_column_is_named_and_stands_blank(tmp_path: Path) -> None:
    path = a_list(tmp_path, "contacts", [good_row("contacts")[:6]], headings("contacts")[:6])
    found = read(path)
    assert found.missing_columns["contacts"] == ("contact_source",)
    assert [each.found for each in told(found, "column missing")] == ['no column "Contact Source"']
    assert found.frames["contacts"]["contact_source"].tolist() == [""]


def test_list_9_of_2019_misses_nothing(tmp_path: Path) -> None:
    columns = [each for each in definition("care_leavers").columns if each.since == 2019]
    row = [
        value
        for value, each in zip(
            good_row("care_leavers"), definition("care_leavers").columns, strict=True
        )
        if each.since == 2019
    ]
    found = read(a_list(tmp_path, "care_leavers", [row], [each.heading for each in columns]))
    assert not found.problems
    assert len(found.missing_columns["care_leavers"]) == 4


def test_two_columns_for_one_are_both_named(tmp_path: Path) -> None:
    names = [*headings("contacts"), "ChildUniqueID"]
    with pytest.raises(UserError) as caught:
        read(a_list(tmp_path, "contacts", [[*good_row("contacts"), 2002]], names))
    (fault,) = caught.value.faults
    assert fault.code == "WB234"
    assert "column A" in fault.what
    assert "column H" in fault.what


@pytest.mark.parametrize("second", [1001, None])
def test_a_second_column_that_is_blank_or_the_same_is_left_out(
    tmp_path: Path, second: int | None
) -> None:
    names = [*headings("contacts"), "ChildUniqueID"]
    found = read(a_list(tmp_path, "contacts", [[*good_row("contacts"), second]], names))
    assert [each.column for each in told(found, "column twice")] == ["H"]
    assert found.frames["contacts"]["child_id"].tolist() == ["1001"]


def test_a_list_without_its_headings_is_a_fault_that_says_what_they_are(tmp_path: Path) -> None:
    sheets = {
        "List_3": [headings("assessments"), good_row("assessments")],
        "List_7": [["Name", "Team"], ["x", "y"]],
    }
    with pytest.raises(UserError) as caught:
        read(workbook(tmp_path / "a.xlsx", sheets))
    assert [each.code for each in caught.value.faults] == ["WB233", "WB233"]
    assert "It has those of list 4, Assessments." in caught.value.faults[0].what


def test_headings_without_rows_are_an_empty_list(tmp_path: Path) -> None:
    found = read(a_list(tmp_path, "contacts", []))
    assert [each.kind for each in found.problems] == ["no rows"]
    assert len(found.frames["contacts"]) == 0
    assert "contacts" not in found.missing_lists
    assert len(found.missing_lists) == 10


def test_one_list_on_two_sheets_is_a_fault_unless_one_is_empty(tmp_path: Path) -> None:
    full = [headings("contacts"), good_row("contacts")]
    found = read(workbook(tmp_path / "a.xlsx", {"List_1": full[:1], "List 1": full}))
    assert found.counts["contacts"].used == 1
    assert [each.sheet for each in told(found, "list twice")] == ["List_1"]
    with pytest.raises(UserError, match=r"(?s)List 1.*is here and also in a\.xlsx, sheet"):
        read(workbook(tmp_path / "a.xlsx", {"List_1": full, "List 1": full}))


MAPPING = """
[sheets]
"Kontakte" = "contacts"

[headings.all]
"Person Ref" = "child_id"

[headings.contacts]
"When" = "contact_date"

[codes.source]
"Bobby" = "6"

[codes.contacts.ethnicity]
"Eng/Scot/Wel" = "WBRI"
"?" = ""
"""


def test_the_mapping_file_mends_headings_codes_and_names(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    names = ["Person Ref", *headings("contacts")[1:5], "When", "Contact Source"]
    rows = [
        good_row("contacts", contact_source="bobby", ethnicity="ENG/SCOT/WEL"),
        good_row("contacts", 1002, ethnicity="?"),
    ]
    path = workbook(tmp_path / "a.xlsx", {"Kontakte": [names, *rows], "Notes": [["x"]]})
    frame = read(path).frames["contacts"]
    assert frame["contact_source"].tolist() == ["6", "1A"]
    assert frame["ethnicity"].tolist() == ["WBRI", ""]
    assert frame["contact_date"].notna().all()


def test_teams_by_the_names_that_they_have_now(tmp_path: Path) -> None:
    """Renamed twice, in another case, and a team that is called as a worker is."""
    text = '[teams]\nBlue = "Sky"\nsky = "Azure"\n"Avery Quill" = "Avery Quill"\n'
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    teams = ["BLUE", "Sky ", "Azure", "Red", "avery  quill", ""]
    rows = [good_row("referrals", n, team=team) for n, team in enumerate(teams, start=1)]
    rows.append(good_row("referrals", 9, worker="Avery Quill", team="Rowan Oakley"))
    rows.append(good_row("referrals", 10, worker="Rowan Oakley", team="Blue"))
    frame = read(a_list(tmp_path, "referrals", rows)).frames["referrals"]
    now = ["Azure", "Azure", "Azure", "Red", "Avery Quill", "", "", "Azure"]
    assert frame["team"].tolist() == now
    assert frame["worker"].tolist()[-2:] == ["Avery Quill", "Rowan Oakley"]


def test_names_of_a_team_that_go_round_are_a_fault(tmp_path: Path) -> None:
    said = mapping_faults(tmp_path, '[teams]\nBlue = "Sky"\nSky = "Azure"\nAzure = "blue"')
    assert all("circle" in one for one in said)


def test_all_faults_of_the_mapping_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[sheet]\na = "b"\n[sheets]\nx = "kontakte"\n[headings.contacts]\nRef = "child"\n'
        '[headings.contact]\nRef = "child_id"\n[codes.ethnicity]\nBritish = "WBRX"\n'
        '[codes.ethnic]\na = "b"\n[codes.contacts.age]\na = "b"\n',
        encoding="utf-8",
    )
    with pytest.raises(UserError) as caught:
        read(a_list(tmp_path, "contacts", [good_row("contacts")]), mapping=path)
    assert [each.code for each in caught.value.faults] == ["WB236"] * 7
    assert 'Did you mean "WBRI"?' in str(caught.value)


def mapping_faults(folder: Path, text: str, encoding: str = "utf-8") -> list[str]:
    """What is said of a mapping file."""
    (folder / "mapping.toml").write_text(text, encoding=encoding)
    with pytest.raises(UserError) as caught:
        read(a_list(folder, "contacts", [good_row("contacts")]))
    assert {each.code for each in caught.value.faults} == {"WB236"}
    return [str(each) for each in caught.value.faults]


@pytest.mark.parametrize("text", ["[", 'a = "b', '\n[sheets]\nFront door = "contacts"'])
def test_a_mapping_file_that_is_no_toml(tmp_path: Path, text: str) -> None:
    (said,) = mapping_faults(tmp_path, text)
    assert "mapping.toml" in said
    assert "quotation marks" in said
    assert "(at line" not in said
    assert ("row 3" in said) is ("Front" in text)


def test_a_mapping_file_in_another_encoding(tmp_path: Path) -> None:
    (said,) = mapping_faults(tmp_path, '[sheets]\n"Café" = "contacts"', "cp1252")
    assert "Save as" in said


def test_a_mapping_file_saved_by_notepad_has_a_mark_in_front(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('[codes.source]\n"Bobby" = "6"', encoding="utf-8-sig")
    path = a_list(tmp_path, "contacts", [good_row("contacts", contact_source="Bobby")])
    assert read(path).frames["contacts"]["contact_source"].tolist() == ["6"]


@pytest.mark.parametrize(
    ("text", "where", "fix"),
    [
        ('sheets = "x"', 'field "sheets"', "[sheets]"),
        ("sheets = 3", 'field "sheets"', "[sheets]"),
        ('headings = "x"', 'field "headings"', "[headings]"),
        ('codes = ["x"]', 'field "codes"', "[codes]"),
        ('[headings]\ncontacts = "x"', 'field "headings.contacts"', "[headings.contacts]"),
        ('[codes]\nethnicity = "x"', 'field "codes.ethnicity"', "[codes.ethnicity]"),
        (
            '[codes.contacts]\nethnicity = "x"',
            'field "codes.contacts.ethnicity"',
            "[codes.contacts.ethnicity]",
        ),
        ('[sheet]\na = "contacts"', 'field "sheet"', 'Did you mean "sheets"?'),
        ('heading.all.Ref = "child_id"', 'field "heading"', 'Did you mean "headings"?'),
        ('[headings.contact]\nRef = "child_id"', "headings.contact", 'Did you mean "contacts"?'),
        ('[headings.all]\nRef = "child"', "headings.all.Ref", 'Did you mean "child_id"?'),
        ('[codes.ethnicty]\na = "WBRI"', "codes.ethnicty", 'Did you mean "ethnicity"?'),
        ('[codes.contacts.gendr]\na = "Male"', "contacts.gendr", 'Did you mean "gender"?'),
        ('teams = "Blue"', 'field "teams"', "[teams]"),
        ("[teams]\nBlue = 4", 'field "teams.Blue"', '"old name" = "new name"'),
        ('[teams]\nBlue = " "', 'field "teams.Blue"', '"old name" = "new name"'),
        ('[teams]\nBlue = "Red"\n"BLUE " = "Green"', 'field "teams.BLUE "', "Keep one"),
        ('[team]\na = "b"', 'field "team"', 'Did you mean "teams"?'),
        ('[sheets]\na = "contact"', "sheets.a", 'Did you mean "contacts"?'),
    ],
)
def test_a_slip_in_the_mapping_file_is_told_where_it_is(
    tmp_path: Path, text: str, where: str, fix: str
) -> None:
    (said,) = mapping_faults(tmp_path, text)
    assert where in said
    assert fix in said
