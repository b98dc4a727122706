"""Periods of care: when they start, how long they last, how they end, and the way to adoption."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample.chance import Chance, choose, within
from workbook_builder.sample.days import FAR, Flags, Ints, Texts, calendar
from workbook_builder.sample.people import People

YEAR = 365
WEEKS = ((2, 30, 0.5), (31, 100, 0.5))
MONTHS = ((90, 365, 0.5), (366, 900, 0.5))
YEARS = ((500, 2200, 1.0),)
DATES = ("decision", "order", "matched", "placed", "adopted", "reversed", "ffa")
ENTRY = ((0, 8, 1.0),)
TO_DECISION = ((110, 320, 1.0),)
TO_ORDER = ((7, 80, 1.0),)
TO_MATCH = ((-20, 0, 0.08), (1, 121, 0.42), (122, 400, 0.5))
TO_PLACED = ((5, 45, 1.0),)
TO_ADOPTED = ((110, 330, 1.0),)
TO_REVERSED = ((150, 420, 1.0),)
TO_FFA = ((0, 90, 1.0),)


@dataclass(frozen=True)
class Stays:
    """One entry for each period of care; `way` holds the days on the way to adoption.

    last_end and last_reason have an entry for each child asked about: the end of the last period.
    """

    who: Ints
    episode: Ints
    start: Ints
    end: Ints
    reason: Texts
    way: dict[str, Ints]
    last_end: Ints
    last_reason: Texts


def stays(
    chance: Chance,
    people: People,
    who: Ints,
    date: Ints,
    assessed: Ints,
    close: Ints,
    enters: Ints,
    episode: Ints,
) -> Stays:
    """The periods of care of those who enter, at most two in one episode of need."""
    last_end = np.full(len(who), FAR)
    last_reason = np.full(len(who), "", dtype=object)
    place = np.flatnonzero(enters)
    inside, family = who[place], people.family[who[place]]
    uasc = people.uasc[inside]
    quick = uasc | (chance.shared(family, 0.99) < 0.4)
    soon = date[place] + np.where(uasc, 0, within(chance.shared(family, 0.99), ENTRY))
    share = chance.shared(family, 0.99)
    span = np.maximum(close[place] - assessed[place], 1)
    late = assessed[place] + np.floor(share * span).astype(np.int64)
    start = np.maximum(np.where(quick, soon, late), people.birth[inside]).astype(np.int64)
    fits = start < people.adult[inside] - 14
    place, inside, start = place[fits], inside[fits], start[fits]
    end, reason, way = _ends(chance, people, inside, start)
    last_end[place], last_reason[place] = end, reason

    again = np.isin(reason, codes.HOME) & chance.happens(len(inside), 0.16)
    second = calendar().snap(end + 12 + chance.gamma(len(inside), 2.0, 60.0))
    again &= second < people.adult[inside] - 30
    twice = place[again]
    second_end, second_reason, second_way = _ends(chance, people, inside[again], second[again])
    last_end[twice], last_reason[twice] = second_end, second_reason
    return Stays(
        who=np.concatenate([inside, inside[again]]),
        episode=np.concatenate([episode[place], episode[twice]]),
        start=np.concatenate([start, second[again]]),
        end=np.concatenate([end, second_end]),
        reason=np.concatenate([reason, second_reason]),
        way={name: np.concatenate([way[name], second_way[name]]) for name in DATES},
        last_end=last_end,
        last_reason=last_reason,
    )


def _ends(
    chance: Chance, people: People, who: Ints, start: Ints
) -> tuple[Ints, Texts, dict[str, Ints]]:
    """When and why each period ends."""
    count, family, adult = len(who), people.family[who], people.adult[who]
    age = start - people.birth[who]
    uasc = people.uasc[who]
    length = chance.shared(family, 0.98)
    stays_on = np.where(age > 15 * YEAR, 0.45, 0.68)
    stays_on = np.where(uasc, 0.03, stays_on)
    short, medium = length < 0.4 * stays_on, length < 0.75 * stays_on
    long = ~medium & (length < stays_on)
    days = np.where(short, within(chance.shared(family, 0.98), WEEKS), 0)
    days = np.where(medium & ~short, within(chance.shared(family, 0.98), MONTHS), days)
    days = np.where(long, within(chance.shared(family, 0.98), YEARS), days)
    end = np.where(length < stays_on, start + days, adult)
    reason = choose(chance.shared(family, 0.98), codes.AFTER_MONTHS)
    reason[short] = choose(chance.shared(family, 0.98), codes.AFTER_WEEKS)[short]
    reason[uasc] = codes.E8
    reason[uasc & chance.happens(count, 0.4)] = codes.E15
    grown = end >= adult
    end = np.where(grown, adult, end)
    reason[grown] = chance.chosen(int(grown.sum()), codes.AT_18)
    reason[(reason == codes.E9) & (age < 12 * YEAR)] = codes.E8

    draw = chance.shared(family, 0.99)
    share = np.where(age < 2 * YEAR, 0.6, np.where(age < 5 * YEAR, 0.3, 0.0))
    adoption = ~uasc & ~short & (draw < share)
    way = _way(chance, family, start, adoption)
    done = way["adopted"] < FAR
    end = np.where(done, way["adopted"], end)
    reason[done] = chance.chosen(int(done.sum()), {codes.E11: 0.4, codes.E12: 0.6})
    undone = adoption & ~done
    end = np.where(undone, np.minimum(way["reversed"] + 1500, adult), end)
    reason[undone] = np.where(end[undone] >= adult[undone], codes.E5, codes.E47)
    return end.astype(np.int64), reason, way


def _way(chance: Chance, family: Ints, start: Ints, adoption: Flags) -> dict[str, Ints]:
    """The days of each step to adoption; FAR where it is not taken."""
    snap = calendar().snap
    decision = snap(start + within(chance.shared(family, 0.99), TO_DECISION))
    order = snap(decision + within(chance.shared(family, 0.99), TO_ORDER))
    matched = snap(order + within(chance.shared(family, 0.99), TO_MATCH))
    matched = np.maximum(matched, decision + 1)
    placed = snap(np.maximum(matched, order) + within(chance.shared(family, 0.99), TO_PLACED))
    adopted = snap(placed + within(chance.shared(family, 0.99), TO_ADOPTED))
    turned = chance.shared(family, 0.98) < 0.12
    ended = snap(decision + within(chance.shared(family, 0.98), TO_REVERSED))
    no_order = turned & (chance.shared(family) < 0.4)
    early = chance.shared(family, 0.99) < 0.12
    ffa = start + within(chance.shared(family, 0.99), TO_FFA)
    never = np.full(len(start), FAR)
    steps = {
        "decision": decision,
        "order": np.where(no_order, never, order),
        "matched": np.where(turned, never, matched),
        "placed": np.where(turned, never, placed),
        "adopted": np.where(turned, never, adopted),
        "reversed": np.where(turned, ended, never),
        "ffa": np.where(early & ~turned, ffa, never),
    }
    return {name: np.where(adoption, when, FAR).astype(np.int64) for name, when in steps.items()}
