"""Adopters: the families that children were matched with, and those who wait, leave or start."""

from __future__ import annotations

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample import codes_care as care_codes
from workbook_builder.sample.care import Care, Table
from workbook_builder.sample.chance import Chance
from workbook_builder.sample.days import FAR, Ints, Texts, calendar
from workbook_builder.sample.people import People, Span

INTERAGENCY, COUPLES = 0.3, 0.72
STAGE_1, STAGE_2, PAUSE = ((30, 62, 0.6), (63, 130, 0.4)), ((70, 122, 0.6), (123, 260, 0.4)), 60


def adoption(chance: Chance, people: People, care: Care) -> tuple[Table, Ints]:
    """The children with a decision for adoption, and the adoptive family of each (-1: none)."""
    place = np.flatnonzero(care.way["decision"] < FAR)
    who = care.who[place]
    matched = care.way["matched"][place]
    home = people.family[who]
    away = chance.alone(people.families)[home] < INTERAGENCY
    # Siblings who are matched on one day go to one family.
    pair = home * FAR + np.minimum(matched, FAR - 1)
    _, household = np.unique(pair, return_inverse=True)
    household = np.where(away | (matched >= FAR), -1, household).astype(np.int64)
    reversed_ = care.way["reversed"][place]
    reason = chance.chosen(len(place), care_codes.REVERSED)
    reason[reversed_ >= FAR] = ""
    table: Table = {
        "who": who,
        "care": place,
        "family": household_names(household),
        "entered": care.start[place],
        **{name: care.way[name][place] for name in ("decision", "order", "matched", "placed")},
        "adopted": care.way["adopted"][place],
        "reversed": reversed_,
        "reason": reason,
        "ffa": care.way["ffa"][place],
    }
    return table, household


def household_names(household: Ints) -> Texts:
    """FM0001 and so on; blank where there is none or another agency holds it."""
    names = [f"FM{number + 1:04d}" if number >= 0 else "" for number in household.tolist()]
    return np.array(names, dtype=object)


def adopters(chance: Chance, children: Table, household: Ints, span: Span) -> Table:
    """A row for each adopter, two for a couple."""
    ours = np.flatnonzero(household >= 0)
    families, first, count = np.unique(household[ours], return_index=True, return_counts=True)
    one = ours[first]
    matched = np.asarray(children["matched"])[one]
    placed = np.asarray(children["placed"])[one]
    adopted = np.asarray(children["adopted"])[one]
    fosters = np.asarray(children["ffa"])[one] < FAR
    # Families without a child: waiting, left, or at an early stage.
    extra = max(3, int(len(families) * 0.7))
    top = int(household.max(initial=-1)) + 1
    none = np.full(extra, FAR)
    starting = np.sort(span.first + np.floor(chance.alone(extra) * (span.last - span.first)))
    family = np.concatenate([families, np.arange(top, top + extra)])
    matched, placed, adopted = (np.concatenate([d, none]) for d in (matched, placed, adopted))
    fosters = np.concatenate([fosters, chance.happens(extra, 0.05)])
    children_placed = np.concatenate([count, np.zeros(extra, np.int64)])
    total = len(family)
    length_1, length_2 = chance.days(total, STAGE_1), chance.days(total, STAGE_2)
    pause = chance.days(total, ((0, PAUSE, 1.0),))
    waited = chance.days(total, ((20, 400, 1.0),))
    ready = np.concatenate([matched[: len(families)] - waited[: len(families)], none])
    begun = np.where(ready < FAR, ready - length_1 - pause - length_2, 0)
    begun[len(families) :] = starting.astype(np.int64)
    snap = calendar().snap
    begun = snap(begun.astype(np.int64))
    ended_1 = snap(begun + length_1)
    begun_2 = snap(ended_1 + pause)
    ended_2 = snap(begun_2 + length_2)
    leaves = (np.arange(total) >= len(families)) & chance.happens(total, 0.7)
    left = snap(begun + chance.days(total, ((20, 700, 1.0),)))
    left = np.where(leaves, left, FAR)
    ended_1, begun_2, ended_2 = (np.where(d > left, FAR, d) for d in (ended_1, begun_2, ended_2))
    why = chance.chosen(total, care_codes.LEFT_PROCESS)
    why[~leaves] = ""
    people = np.repeat(np.arange(total), 1 + chance.happens(total, COUPLES))
    number = np.arange(1, len(people) + 1)
    gender = chance.chosen(len(people), codes.ADOPTER_GENDER)
    disabled = chance.chosen(len(people), {codes.YES: 0.05, codes.NO: 0.95})
    return {
        "adopter": np.array([f"AD{n:04d}" for n in number.tolist()], dtype=object),
        "family": household_names(family)[people],
        "gender": gender,
        "ethnicity": chance.chosen(len(people), codes.ETHNICITY),
        "disability": disabled,
        "ffa": np.where(fosters, "Yes", "No").astype(object)[people],
        "enquiry": (begun - chance.days(total, ((10, 90, 1.0),)))[people],
        "stage_1": begun[people],
        "stage_1_end": ended_1[people],
        "stage_2": begun_2[people],
        "stage_2_end": ended_2[people],
        "matched": matched[people],
        "placed": placed[people],
        "children": children_placed[people],
        "adopted": adopted[people],
        "left": left[people],
        "reason": why[people],
    }
