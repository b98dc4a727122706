"""Faults that another tool was found to have: each one would show in our figures if we had it.

A fault is a few records, what they should come to, and the declaration with the fault put into it.
The right declaration gives the right figure; the faulty one does not, so the records tell them
apart. Where our vocabulary or loader cannot even be given the fault, that is tried instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.counting.lists import frame
from tests.lists.making import AS_AT, good_row, headings, workbook
from tests.proof.mutants import Mutant, Table, as_library, declarations
from workbook_builder.counting import Library, Window, count, groups, load_library
from workbook_builder.errors import UserError
from workbook_builder.lists import match
from workbook_builder.lists.read import read_lists
from workbook_builder.periods import Month

JUNE, END = Month(2024, 6), dt.date(2024, 6, 30)
Figure = tuple[float, float]


def changing(field_name: str, value: Any) -> Callable[[Table], None]:
    """The fault of a declaration with another value in a field; None takes it out."""

    def change(table: Table) -> None:
        if value is None:
            del table[field_name]
        else:
            table[field_name] = value

    return change


def wording(old: str, new: str) -> Callable[[Table], None]:
    """The fault of other words in the conditions of the numerator."""

    def change(table: Table) -> None:
        before = deepcopy(table["numerator"])
        table["numerator"] = [
            one.replace(old, new)
            if isinstance(one, str)
            else [inner.replace(old, new) for inner in one]
            for one in before
        ]
        assert table["numerator"] != before

    return change


def without(condition: str) -> Callable[[Table], None]:
    """The fault of a cohort that is not asked one of its conditions."""

    def change(table: Table) -> None:
        table["cohort"].remove(condition)

    return change


@dataclass(frozen=True)
class Fault:
    """A measure, records, what they come to, and the fault."""

    measure: str
    rows: list[dict[str, Any]]
    right: Figure
    fault: Callable[[Table], None]
    month: Month = JUNE
    more: dict[str, Any] = field(default_factory=dict)


def leaver(born: str, **more: str) -> dict[str, str]:
    return {"born": born, "in_touch": "Yes", **more}


def in_care(**more: Any) -> dict[str, Any]:
    return {"born": "2012-01-01", "care_start": "2020-01-01", **more}


STAYED = "the day is at least 2 years after placement_start"
NINETEEN = "2004-01-01"
FAULTS = {
    "working days take no account of bank holidays": Fault(
        "conferences_in_15_days",
        [{"strategy_discussion": "2024-03-22", "conference": "2024-04-16"}],
        (1, 1),
        wording("working days", "weekdays"),
        month=Month(2024, 4),
    ),
    "working days take no account of bank holidays in 45 days": Fault(
        "assessments_in_45_days",
        [{"assessment_start": "2024-03-22", "authorised": "2024-05-30"}],
        (1, 1),
        wording("working days", "weekdays"),
        month=Month(2024, 5),
    ),
    "open assessments are closed at the reference date and counted in time": Fault(
        "assessments_in_45_days",
        [
            {"assessment_start": "2024-06-20"},
            {"assessment_start": "2024-06-03", "authorised": "2024-06-10"},
            {"assessment_start": "2024-01-02", "authorised": "2024-06-10"},
        ],
        (1, 2),
        lambda table: table.update(
            date="assessment_start",
            numerator=[
                ["authorised is within 45 working days after assessment_start"],
                [
                    "authorised is blank",
                    "the extract date is within 45 working days after assessment_start",
                ],
            ],
        ),
    ),
    "long-term stability compares the placement's date with itself": Fault(
        "lac_long_term_stability",
        [in_care(placement_start="2023-01-01"), in_care(placement_start="2021-01-01")],
        (1, 2),
        wording(STAYED, "placement_start is on or before placement_start"),
    ),
    "long-term stability keeps children under two and a half years in care": Fault(
        "lac_long_term_stability",
        [{"born": "2012-01-01", "care_start": "2022-01-01", "placement_start": "2022-01-02"}],
        (0, 0),
        without("the day is at least 30 months after care_start"),
    ),
    "long-term stability keeps young people of 16 and over": Fault(
        "lac_long_term_stability",
        [in_care(born="2008-06-30", placement_start="2021-01-01")],
        (0, 0),
        without("age at the day is under 16"),
    ),
    "stability keeps children who ceased to be looked after": Fault(
        "lac_long_term_stability",
        [
            in_care(placement_start="2021-01-01", care_end="2024-06-01"),
            in_care(placement_start="2021-01-01"),
        ],
        (1, 1),
        changing("end", None),
    ),
    "three placements of children who ceased to be looked after": Fault(
        "lac_3_placements",
        [in_care(care_end="2024-06-01", placements_in_12_months=3), in_care()],
        (0, 1),
        changing("end", None),
    ),
    "19 to 21 is 19 or over, or 21 or under": Fault(
        "leavers_in_touch_19_21",
        [leaver("2007-06-30"), leaver(NINETEEN), leaver("2001-01-01")],
        (1, 1),
        changing(
            "cohort",
            [
                ["age at the day is at least 19", "in_touch is none of Died, Rhom"],
                ["age at the day is under 22", "in_touch is none of Died, Rhom"],
            ],
        ),
    ),
    "a health assessment is due in six months at every age": Fault(
        "lac_health",
        [in_care(health_assessment="2023-08-01")],
        (1, 1),
        changing("numerator", ["health_assessment is within 6 months before the day"]),
    ),
    "a join drops children without a health assessment": Fault(
        "lac_health",
        [in_care(health_assessment="2024-06-01"), in_care()],
        (1, 2),
        lambda table: table["cohort"].append("health_assessment is given"),
    ),
    "suitable accommodation is any but a blank": Fault(
        "leavers_suitable_19_21",
        [leaver(NINETEEN, suitability=word) for word in ("Suitable", "Unsuitable", "")],
        (1, 3),
        changing("numerator", ["suitability is given"]),
    ),
    "G4, G5 and G6 are not known as not in education or work": Fault(
        "leavers_neet_19_21",
        [leaver(NINETEEN, activity=code) for code in ("G4", "G5", "G6", "F2", "P5", "")],
        (3, 6),
        changing("numerator", ["activity is one of G4"]),
    ),
    "G4, G5 and G6 are education or work": Fault(
        "leavers_eet_19_21",
        [leaver(NINETEEN, activity=code) for code in ("G4", "G5", "G6", "F2", "P5", "")],
        (2, 6),
        changing("numerator", ["activity is given"]),
    ),
    "a flag of absence is the wrong way round": Fault(
        "lac_missing",
        [in_care(missing_episodes=0), in_care(missing_episodes=0), in_care(missing_episodes=2)],
        (1, 3),
        wording("is at least 1", "is at most 0"),
    ),
    "absent episodes are taken for missing ones": Fault(
        "lac_missing",
        [in_care(missing_episodes=0, absent_episodes=3)],
        (0, 1),
        wording("missing_episodes", "absent_episodes"),
    ),
}


def figure(table: Table, fault: Fault, folder: Path) -> Figure:
    """What a declaration makes of the records of a fault."""
    library, named = as_library([Mutant(fault.measure, "", table)], folder)
    assert len(named) == 1
    frames = {table["list"]: frame(table["list"], fault.rows)}
    window = Window(Month(2024, 1), fault.month, min(END, fault.month.last_day))
    found = count(library, frames, window, breakdowns=())
    assert found.not_counted == ()
    table_of = found.frame.set_index(["kind", "end"])
    row = table_of.loc["month", str(fault.month)]
    return row["numerator"], row["denominator"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_others_is_not_ours(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    ours = declarations()[fault.measure]
    assert figure(ours, fault, tmp_path) == fault.right


@pytest.mark.parametrize("name", FAULTS)
def test_the_records_would_show_the_fault(name: str, tmp_path: Path) -> None:
    """The same records and the same expectation fail on a declaration with the fault."""
    fault = FAULTS[name]
    faulty = deepcopy(declarations()[fault.measure])
    fault.fault(faulty)
    assert figure(faulty, fault, tmp_path) != fault.right


def test_a_code_that_the_column_does_not_have_is_refused(tmp_path: Path) -> None:
    """Suitability compared with Yes: no declaration can ask for it."""
    faulty = deepcopy(declarations()["leavers_suitable_19_21"])
    faulty |= {"code": "faulty", "numerator": ["suitability is one of Yes"]}
    lines = "\n".join(f"{key} = {value!r}" for key, value in faulty.items())
    (tmp_path / "own.toml").write_text(f"[[measure]]\n{lines}\n", encoding="utf-8")
    with pytest.raises(UserError, match="WB339"):
        load_library(tmp_path)


def test_a_suitable_as_the_list_writes_it_is_suitable(tmp_path: Path) -> None:
    """From the file to the figure: a) Suitable counts, b) Unsuitable and a blank do not."""
    rows = [
        good_row("care_leavers", child, date_of_birth="01/01/2004", suitability=word)
        for child, word in ((1, "a) Suitable"), (2, "b) Unsuitable"), (3, None))
    ]
    at = headings("care_leavers").index("LA In Touch")
    for row in rows:
        row[at] = "a) Yes"
    path = workbook(tmp_path / "x.xlsx", {"List_9": [headings("care_leavers"), *rows]})
    library = load_library()
    only = Library((library.measure("leavers_suitable_19_21"),), library.settings, ())
    found = count(
        only, read_lists(path, as_at=AS_AT).frames, Window(JUNE, JUNE, END), breakdowns=()
    )
    row = found.frame.iloc[0]
    assert (row["numerator"], row["denominator"]) == (1, 3)


def label(text: str, years: int) -> bool:
    """Whether a label of a band of age holds an age, read as a person would."""
    if found := re.fullmatch(r"(\d+) to (\d+)", text):
        return int(found[1]) <= years <= int(found[2])
    if found := re.fullmatch(r"(\d+) and over", text):
        return years >= int(found[1])
    return text == str(years)


def bands(years: int) -> set[str]:
    """The bands in which a plan of a child of so many years is counted."""
    library = load_library()
    rows = [{"born": f"{2024 - years}-01-01", "plan_start": "2024-02-01"}]
    only = Library((library.measure("cp_open"),), {}, ())
    found = count(
        only, {"child_protection": frame("child_protection", rows)}, Window(JUNE, JUNE, END)
    )
    month = found.frame[found.frame["value"] == 1]
    return {
        text.removeprefix("age_band=") for text in month["breakdown"] if text.startswith("age_band")
    }


@pytest.mark.parametrize("years", [0, 1, 4, 5, 9, 10, 12, 15, 16, 17, 18, 25])
def test_a_band_says_what_it_holds(years: int) -> None:
    """The fault: nine to twelve months labelled twelve and over."""
    found = bands(years)
    assert len(found) == 1
    assert label(found.pop(), years)


def test_a_wrong_label_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_band", lambda age, following: f"{following or age} and over")
    assert not all(label(text, 12) for text in bands(12))


def three_lists(folder: Path) -> Path:
    """Lists 10, 11 and 1 in one workbook, in the order in which the last one would win."""
    sheets = {
        f"List_{number}": [headings(key), good_row(key, f"P{number}")]
        for number, key in ((1, "contacts"), (10, "adoption"), (11, "adopters"))
    }
    return workbook(folder / "lists.xlsx", sheets)


def test_list_10_and_list_11_leave_list_1_alone(tmp_path: Path) -> None:
    found = read_lists(three_lists(tmp_path), as_at=AS_AT)
    assert found.frames["contacts"]["child_id"].tolist() == ["P1"]
    assert found.frames["adoption"]["child_id"].tolist() == ["P10"]
    assert found.frames["adopters"]["adopter_id"].tolist() == ["P11"]


def test_taking_list_10_for_list_1_would_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "_NUMBERED", re.compile(r"list[\s_.\-]*0*(\d)", re.IGNORECASE))
    with pytest.raises((UserError, AssertionError, KeyError)):
        test_list_10_and_list_11_leave_list_1_alone(tmp_path)
