"""The truth: everything that happened in the synthetic authority, as tidy tables.

Dates are datetime64 columns, a blank date is NaT, a blank text is "". `at(day)` gives the tables as
the authority knew them at the end of a day: what had not begun or had not been recorded is not
there, later dates are blank, and so is what depends on them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from workbook_builder.sample.days import as_dates


@dataclass(frozen=True)
class Kind:
    """How a table looks at an earlier day: what a row begins with, and what a date brings along."""

    begins: str
    dates: Mapping[str, tuple[str, ...]]
    recorded: str = ""


KINDS: Mapping[str, Kind] = {
    "children": Kind("known", {}),
    "contacts": Kind("date", {}, "recorded"),
    "early_help": Kind("start", {"end": ()}),
    "referrals": Kind("date", {}),
    "assessments": Kind("start", {"end": ("seen", "supported")}),
    "enquiries": Kind("strategy", {"decided": ("unnecessary",), "conference": ("result",)}),
    "episodes": Kind("start", {"assessed": (), "end": ("reason",)}),
    "plans": Kind("start", {"end": (), "changed": ("new_category",)}),
    "protections": Kind("date", {}),
    "visits": Kind("date", {}, "recorded"),
    "reviews": Kind("date", {}),
    "health": Kind("date", {}, "recorded"),
    "care": Kind("start", {"end": ("reason",)}),
    "legal_statuses": Kind("start", {}),
    "placements": Kind("start", {"end": ()}),
    "missing": Kind("start", {"end": ("offered", "accepted")}),
    "permanence_plans": Kind("date", {}),
    "leavers": Kind("start", {"end": ()}),
    "circumstances": Kind("date", {}),
    "pathway_reviews": Kind("date", {}),
    "leaver_contacts": Kind("date", {}),
    "adoptions": Kind(
        "decision",
        {
            "order": (),
            "matched": ("family",),
            "placed": (),
            "adopted": (),
            "reversed": ("reason",),
            "ffa": (),
        },
    ),
    "adopters": Kind(
        "stage_1",
        {
            "stage_1_end": (),
            "stage_2": (),
            "stage_2_end": (),
            "matched": (),
            "placed": ("children",),
            "adopted": (),
            "left": ("reason",),
        },
    ),
    "allocations": Kind("start", {"end": ()}),
    "workers": Kind("start", {"end": ()}),
}


@dataclass(frozen=True)
class Authority:
    """A synthetic authority; each table is one kind of event.

    first_day is the first that is told in full (visits from then on only), last_day the last.
    """

    first_day: dt.date
    last_day: dt.date
    children: pd.DataFrame
    contacts: pd.DataFrame
    early_help: pd.DataFrame
    referrals: pd.DataFrame
    assessments: pd.DataFrame
    enquiries: pd.DataFrame
    episodes: pd.DataFrame
    plans: pd.DataFrame
    protections: pd.DataFrame
    visits: pd.DataFrame
    reviews: pd.DataFrame
    health: pd.DataFrame
    care: pd.DataFrame
    legal_statuses: pd.DataFrame
    placements: pd.DataFrame
    missing: pd.DataFrame
    permanence_plans: pd.DataFrame
    leavers: pd.DataFrame
    circumstances: pd.DataFrame
    pathway_reviews: pd.DataFrame
    leaver_contacts: pd.DataFrame
    adoptions: pd.DataFrame
    adopters: pd.DataFrame
    allocations: pd.DataFrame
    workers: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        return {name.name: getattr(self, name.name) for name in fields(self)[2:]}

    def at(self, day: dt.date) -> Authority:
        """The same as it was known at the end of a day."""
        known = {name: _at(table, KINDS[name], day) for name, table in self.tables().items()}
        return Authority(self.first_day, min(day, self.last_day), **known)


def _at(table: pd.DataFrame, kind: Kind, day: dt.date) -> pd.DataFrame:
    limit = pd.Timestamp(day)
    there = (table[kind.begins] <= limit).to_numpy()
    if kind.recorded:
        there = there & (table[kind.recorded] <= limit).to_numpy()
    known = table[there].reset_index(drop=True)
    for date, brought in kind.dates.items():
        later = ~(known[date] <= limit).to_numpy()
        known[date] = known[date].mask(later)
        for column in brought:
            nothing = "" if known[column].dtype.kind not in "iu" else 0
            known[column] = known[column].mask(later, nothing)
    return known


def frame(columns: Mapping[str, np.ndarray], dates: tuple[str, ...]) -> pd.DataFrame:
    """A table from arrays of day numbers, codes and counts."""
    made = {name: as_dates(values) if name in dates else values for name, values in columns.items()}
    return pd.DataFrame(made)
