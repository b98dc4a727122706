"""Lists 8 to 11 of an extract: children in care, care leavers, adoption, adopters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbook_builder.sample import codes
from workbook_builder.sample import codes_care as care_codes
from workbook_builder.sample.days import FAR, Ints, Texts, add_months, as_dates, as_days
from workbook_builder.sample.view import (
    View,
    days,
    ids,
    latest,
    made,
    short_breaks,
    since,
    texts,
)


def care_lists(view: View) -> dict[int, pd.DataFrame]:
    """Lists 8 to 11 by number."""
    return {8: _in_care(view), 9: _leavers(view), 10: _adoption(view), 11: _adopters(view)}


def _of_care(table: pd.DataFrame, care: Ints, column: str) -> Texts:
    """The latest entry of each period of care; None where there is none."""
    last = latest(table, "care").set_index("care")[column]
    return last.reindex(care).to_numpy()


def _words(table: pd.DataFrame, care: Ints, column: str) -> Texts:
    found = _of_care(table, care, column).astype(object)
    found[pd.isna(found)] = ""
    return found


def _count(table: pd.DataFrame, care: Ints) -> Ints:
    counts = table["care"].value_counts()
    return counts.reindex(care).fillna(0).to_numpy().astype(np.int64)


def _yes(flags: np.ndarray) -> Texts:
    return np.where(flags, codes.YES, codes.NO).astype(object)


def _in_care(view: View) -> pd.DataFrame:
    known = view.known
    table = latest(known.care)
    table = table[days(table, "end") >= view.opens]
    child, care = ids(table), table["care"].to_numpy()
    start, end = days(table, "start"), days(table, "end")
    breaks = known.care["care"].isin(short_breaks(view))
    others = known.care[~breaks]
    # An earlier period that reached into the last twelve months.
    recent = others[(days(others, "end") > view.year_ago) & others["end"].notna()]
    ended = recent.groupby("child")["start"].min().reindex(child).to_numpy()
    again = as_days(ended) < start
    placed = known.placements
    lived = placed[(days(placed, "end") > view.year_ago)]
    gone = known.missing
    gone = gone[days(gone, "start") > view.year_ago]
    missing, absent = gone[gone["kind"] == "missing"], gone[gone["kind"] == "absent"]
    visits, reviews, health = known.visits, known.reviews, known.health
    at = view.place(child)
    grown = add_months(view.birth[at], 216)
    columns = view.columns(child) | {
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": _yes(
            view.uasc[at] & (grown > view.year_ago)
        ),
        "Date Started to be Looked After": table["start"].to_numpy(),
        "Child's Category of Need": texts(table, "need"),
        "Is this a second or subsequent period of being a Looked After Child"
        " within the last 12 months (Y/N)": _yes(again),
        "Start date of current legal status": _of_care(known.legal_statuses, care, "start"),
        "Child's Legal Status": _words(known.legal_statuses, care, "status"),
        "What is the permanence plan for this child?": _words(known.permanence_plans, care, "plan"),
        "Number of Placements in the Last 12 months": np.maximum(_count(lived, care), 1),
        "Date Ceased to be Looked After ": table["end"].to_numpy(),
        "Reason Ceased to be Looked After": texts(table, "reason"),
        "Start Date of Most Recent Placement": _of_care(placed, care, "start"),
        "Placement Type": _words(placed, care, "type"),
        "Placement Provider": _words(placed, care, "provider"),
        "Placement postcode": _words(placed, care, "postcode"),
        "URN of Placement": _words(placed, care, "urn"),
        "Placement Location": _words(placed, care, "location"),
        "LA of Placement": _words(placed, care, "authority"),
        "Number of Episodes the Child has been ‘Missing’ from their Placement"
        " in the last 12 months": _count(missing, care),
        "Number of Episodes the Child has been ‘Absent’ from their Placement"
        " in the last 12 months": _count(absent, care),
        "Was the child offered a Return Interview after their last missing episode (Y/N)?": _words(
            missing, care, "offered"
        ),
        "Did the child accept a Return Interview after their last missing episode (Y/N)?": _words(
            missing, care, "accepted"
        ),
    }
    for heading, events in {
        "Date of Latest Statutory Review": reviews[reviews["kind"] == "care"],
        "Date of Last Social Work Visit": visits[visits["kind"] == "care"],
        "Date of Last IRO Visit / Contact to the Child": reviews[reviews["kind"] == "officer"],
        "Date of Last Health Assessment": health[health["kind"] == "health"],
        "Date of Last Dental Check": health[health["kind"] == "dental"],
    }.items():
        columns[heading] = as_dates(since(events, child, start, end, view.day)[1])
    return made(8, columns | view.allocated_now(child, end))


def _leavers(view: View) -> pd.DataFrame:
    known = view.known
    table = latest(known.leavers)
    table = table[table["end"].isna()]
    child = ids(table)
    never = np.full(len(child), -FAR), np.full(len(child), FAR)
    lives = known.circumstances
    row, _ = since(lives, child, *never, view.day)

    def said(column: str, otherwise: str = "") -> Texts:
        words = texts(lives, column)
        if len(words) == 0:
            return np.full(len(child), otherwise, dtype=object)
        return np.where(row >= 0, words[row], otherwise).astype(object)

    adviser = np.array([f"PA{1 + one % 23:03d}" for one in child.tolist()], dtype=object)
    return made(
        9,
        view.columns(child)
        | view.allocated_now(child, days(table, "end"))
        | {
            "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)": _yes(
                view.uasc[view.place(child)]
            ),
            "Allocated Personal Advisor": adviser,
            "Eligibility Category": texts(table, "category"),
            "Latest Pathway Plan Review Date": as_dates(
                since(known.pathway_reviews, child, *never, view.day)[1]
            ),
            "LA In Touch ": said("in_touch", care_codes.IN_TOUCH),
            "Latest Date of Contact": as_dates(
                since(known.leaver_contacts, child, *never, view.day)[1]
            ),
            "Type of Accommodation": said("accommodation"),
            "Suitability of Accommodation": said("suitability"),
            "Activity Status": said("activity"),
        },
    )


def _adoption(view: View) -> pd.DataFrame:
    table = latest(view.known.adoptions)
    adopted, reversed_ = days(table, "adopted"), days(table, "reversed")
    table = table[(adopted >= view.opens_year) & (reversed_ >= view.opens_year)]
    return made(
        10,
        view.columns(ids(table))
        | {
            "Family identifier": texts(table, "family"),
            "Date the Child Entered Care": table["entered"].to_numpy(),
            "Date of Decision that Child Should be Placed for Adoption": table[
                "decision"
            ].to_numpy(),
            "Date of Placement Order": table["order"].to_numpy(),
            "Date of Matching Child and Prospective Adopters": table["matched"].to_numpy(),
            "Date Placed for Adoption": table["placed"].to_numpy(),
            "Date of Adoption Order ": table["adopted"].to_numpy(),
            "Date of Decision that Child Should No Longer be Placed for Adoption": table[
                "reversed"
            ].to_numpy(),
            "Reason Why Child No Longer Placed for Adoption": texts(table, "reason"),
            "Date the child was placed for fostering in FFA or concurrent planning placement": (
                table["ffa"].to_numpy()
            ),
        },
    )


def _adopters(view: View) -> pd.DataFrame:
    table = view.known.adopters
    finished = np.minimum(days(table, "adopted"), days(table, "left"))
    table = table[finished >= view.opens_year]
    blank = np.full(len(table), np.datetime64("NaT"), dtype="datetime64[s]")
    return made(
        11,
        {
            "Individual adopter identifier": texts(table, "adopter"),
            "Family identifier": texts(table, "family"),
            "Gender": texts(table, "gender"),
            "Ethnicity": texts(table, "ethnicity"),
            "Disability": texts(table, "disability"),
            "Is the (prospective) adopter fostering for adoption?": texts(table, "ffa"),
            "Date enquiry received": table["enquiry"].to_numpy(),
            "Date Stage 1 started": table["stage_1"].to_numpy(),
            "Date Stage 1 ended": table["stage_1_end"].to_numpy(),
            "Date Stage 2 started": table["stage_2"].to_numpy(),
            "Date Stage 2 ended": table["stage_2_end"].to_numpy(),
            "Date application submitted": blank,
            "Date application approved": blank,
            "Date adopter matched with child(ren)": table["matched"].to_numpy(),
            "Date child/children placed with adopter(s)": table["placed"].to_numpy(),
            "No. of children placed": table["children"].to_numpy(),
            "Date of Adoption Order": table["adopted"].to_numpy(),
            "Date of leaving adoption process": table["left"].to_numpy(),
            "Reason for leaving adoption process": texts(table, "reason"),
        },
    )
