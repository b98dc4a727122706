"""What an authority would export for Ofsted at a month's end: eleven lists as they stood then.

Lists 1 to 5 hold what happened in the window, and what is still open; lists 6, 7 and 8 the latest
episode, plan or period of care of each child, open or ended in the window; list 9 who is owed a
service; lists 10 and 11 twelve months. So rows come, change and vanish from month to month.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook_builder.periods import Month
from workbook_builder.sample import codes
from workbook_builder.sample.authority import Authority
from workbook_builder.sample.days import FAR, Ints, add_months, as_dates
from workbook_builder.sample.extract_care import care_lists
from workbook_builder.sample.view import View, days, ids, latest, made, short_breaks, since, texts


def extract(authority: Authority, month: Month, window: int = 6) -> dict[int, pd.DataFrame]:
    """The eleven lists, by number, as an extract of the month's last day covers them."""
    view = View(authority, month, window)
    return {
        1: _contacts(view),
        2: _early_help(view),
        3: _referrals(view),
        4: _assessments(view),
        5: _enquiries(view),
        6: _in_need(view),
        7: _plans(view),
        **care_lists(view),
    }


def in_year_before_last(child: Ints, date: Ints, last: Mapping[int, int]) -> dict[int, int]:
    """How many of a child's days lie in the twelve months before the child's last one."""
    counts: dict[int, int] = dict.fromkeys(last, 0)
    mine = np.array([last.get(one, FAR) for one in child.tolist()], dtype=np.int64)
    near = (date < mine) & (date > add_months(mine, -12)) & (mine < FAR)
    for one in child[near].tolist():
        counts[one] += 1
    return counts


def _contacts(view: View) -> pd.DataFrame:
    table = view.known.contacts
    table = table[view.in_window(days(table, "date"))]
    child = ids(table)
    return made(
        1,
        view.columns(child, disability=False)
        | {"Date of Contact": table["date"].to_numpy(), "Contact Source": texts(table, "source")},
    )


def _early_help(view: View) -> pd.DataFrame:
    table = view.known.early_help
    table = table[days(table, "end") >= view.opens]
    return made(
        2,
        view.columns(ids(table), disability=False)
        | {
            "Assessment start date": table["start"].to_numpy(),
            "Assessment completion date": table["end"].to_numpy(),
            "Organisation completing assessment": texts(table, "organisation"),
        },
    )


def _referrals(view: View) -> pd.DataFrame:
    whole = view.known.referrals
    every, when = ids(whole), days(whole, "date")
    last = dict(zip(every.tolist(), when.tolist(), strict=True))
    counts = in_year_before_last(every, when, last)
    table = whole[view.in_window(when)]
    child = ids(table)
    return made(
        3,
        view.columns(child, disability=False)
        | {
            "Date of referral": table["date"].to_numpy(),
            "Referral Source": texts(table, "source"),
            "Referral NFA?": texts(table, "nfa"),
            "Number of Referrals in Last 12 Months": _counted(child, counts),
        }
        | view.allocated(child, days(table, "date")),
    )


def _counted(child: Ints, counts: Mapping[int, int]) -> Ints:
    return np.array([counts.get(one, 0) for one in child.tolist()], dtype=np.int64)


def _assessments(view: View) -> pd.DataFrame:
    table = view.known.assessments
    table = table[days(table, "end") >= view.opens]
    child = ids(table)
    return made(
        4,
        view.columns(child)
        | {
            "Continuous Assessment Start Date": table["start"].to_numpy(),
            "Child Seen During Continuous Assessment": texts(table, "seen"),
            "Continuous Assessment Date of Authorisation": table["end"].to_numpy(),
            "Was the child assessed as requiring LA children’s social care support": texts(
                table, "supported"
            ),
        }
        | view.allocated(child, days(table, "start")),
    )


def _enquiries(view: View) -> pd.DataFrame:
    whole = view.known.enquiries
    every, when = ids(whole), days(whole, "strategy")
    last = dict(zip(every.tolist(), when.tolist(), strict=True))
    counts = in_year_before_last(every, when, last)
    held = days(whole, "conference")
    there = held < FAR
    # The conference that the latest enquiry led to does not count, whatever its day.
    latest_one = np.array([last[one] for one in every.tolist()], dtype=np.int64) == when
    earlier = there & ~latest_one
    conferences = in_year_before_last(every[earlier], held[earlier], last)
    open_ = days(whole, "decided") >= FAR
    awaited = (texts(whole, "unnecessary") == codes.NO) & (texts(whole, "result") == "") & ~there
    table = whole[view.in_window(when) | open_ | (awaited & (when > view.opens - 60))]
    child = ids(table)
    return made(
        5,
        view.columns(child)
        | {
            "Strategy discussion initiating Section 47 Enquiry Start Date": table[
                "strategy"
            ].to_numpy(),
            "Was an Initial Child Protection Conference deemed unnecessary?": texts(
                table, "unnecessary"
            ),
            "Date of Initial Child Protection Conference": table["conference"].to_numpy(),
            "Did the Initial Child Protection Conference Result in a Child Protection Plan": texts(
                table, "result"
            ),
            "Number of Section 47 Enquiries in the last 12 months": _counted(child, counts),
            "Number of ICPCs in the last 12 months": _counted(child, conferences),
        }
        | view.allocated(child, days(table, "strategy")),
    )


def _in_need(view: View) -> pd.DataFrame:
    table = latest(view.known.episodes)
    table = table[days(table, "end") >= view.opens]
    child, start, end = ids(table), days(table, "start"), days(table, "end")
    care, plans = view.known.care, view.known.plans
    breaks = care["care"].isin(short_breaks(view))
    cared = ids(care[care["end"].isna() & ~breaks])
    planned = ids(plans[plans["end"].isna()])
    status = np.where(
        end < FAR,
        codes.CASE_STATUS[4],
        np.where(
            np.isin(child, cared),
            codes.CASE_STATUS[0],
            np.where(
                np.isin(child, planned),
                codes.CASE_STATUS[1],
                np.where(days(table, "assessed") < FAR, codes.CASE_STATUS[2], codes.CASE_STATUS[3]),
            ),
        ),
    ).astype(object)
    _, seen = since(view.known.visits, child, start, end, view.day)
    return made(
        6,
        view.columns(child)
        | {
            "CIN Start Date": table["start"].to_numpy(),
            "Primary Need Code": texts(table, "need"),
            "Date Child Was Last Seen": as_dates(seen),
            "CIN Closure Date": table["end"].to_numpy(),
            "Reason for Closure": texts(table, "reason"),
            "Case status": status,
        }
        | view.allocated_now(child, end),
    )


def _plans(view: View) -> pd.DataFrame:
    table = latest(view.known.plans)
    table = table[days(table, "end") >= view.opens]
    child, start, end = ids(table), days(table, "start"), days(table, "end")
    visits, reviews = view.known.visits, view.known.reviews
    visits = visits[visits["kind"] == "plan"]
    row, visited = since(visits, child, start, end, view.day)
    alone = np.where(row >= 0, texts(visits, "alone")[row] if len(visits) else "", "")
    _, reviewed = since(reviews[reviews["kind"] == "plan"], child, start, end, view.day)
    protected = view.known.protections
    recent = ids(protected[days(protected, "date") > view.half_ago])
    category, new = texts(table, "category"), texts(table, "new_category")
    return made(
        7,
        view.columns(child)
        | {
            "Child Protection Plan Start Date": table["start"].to_numpy(),
            "Initial Category of Abuse": category,
            "Latest Category of Abuse": np.where(new != "", new, category),
            "Date of the Last Statutory Visit": as_dates(visited),
            "Was the Child Seen Alone?": alone.astype(object),
            "Date of latest review conference": as_dates(reviewed),
            "Child Protection Plan End Date": table["end"].to_numpy(),
            "Subject to Emergency Protection Order or Protected Under Police Powers"
            " in Last Six Months (Y/N)": np.where(
                np.isin(child, recent), codes.YES, codes.NO
            ).astype(object),
            "Number of Previous Child Protection Plans": table["before"].to_numpy(),
        }
        | view.allocated_now(child, end),
    )
