"""Young people who are leaving care: who is owed a service, and how they live."""

from __future__ import annotations

import numpy as np

from workbook_builder.sample import codes_care as codes
from workbook_builder.sample.care import Care, Table
from workbook_builder.sample.chance import Chance, choose
from workbook_builder.sample.contact import PATHWAY, TOUCH, runs
from workbook_builder.sample.days import Ints, add_months
from workbook_builder.sample.people import People

WEEKS_13 = 91
AGE_14, AGE_16, AGE_21, AGE_25 = 168, 192, 252, 300
CHANGES = ((90, 270, 0.6), (271, 500, 0.4))


def leavers(chance: Chance, people: People, care: Care) -> Table:
    """One row for each young person and category, from the first day of it to the last.

    Eligible while in care at 16 or 17, relevant when they leave before 18, former relevant from 18,
    all after 13 weeks in care since 14; qualifying after less. Service until 21, for some until 25.
    """
    who = np.unique(care.who[~care.breaks])
    place = np.searchsorted(who, care.who)
    birth, adult = people.birth[who], people.adult[who]
    fourteen, sixteen = add_months(birth, AGE_14), add_months(birth, AGE_16)
    days = np.zeros(len(who), np.int64)
    reaches = np.full(len(who), -1, np.int64)
    since = np.full(len(who), 10**7, np.int64)
    for one in np.flatnonzero(
        ~care.breaks & (care.end > fourteen[np.minimum(place, len(who) - 1)])
    ):
        at = place[one]
        days[at] += care.end[one] - max(care.start[one], fourteen[at])
        if care.end[one] > sixteen[at]:
            reaches[at] = max(reaches[at], care.end[one])
            earned = max(care.start[one] + WEEKS_13, sixteen[at])
            since[at] = min(since[at], earned)
    owed = (reaches > 0) & (days >= WEEKS_13)
    brief = (reaches > 0) & ~owed
    until = np.where(
        chance.happens(len(who), 0.45), add_months(birth, AGE_25), add_months(birth, AGE_21)
    )
    left = np.minimum(reaches, adult)
    parts = (
        (owed & (since < left), since, left, codes.ELIGIBLE),
        (owed & (left < adult), left, adult, codes.RELEVANT),
        (owed, adult, until, codes.FORMER_RELEVANT),
        (brief, left, add_months(birth, AGE_21), codes.QUALIFYING),
    )
    return {
        "who": np.concatenate([who[kept] for kept, _, _, _ in parts]),
        "start": np.concatenate([start[kept] for kept, start, _, _ in parts]),
        "end": np.concatenate([end[kept] for kept, _, end, _ in parts]),
        "category": np.concatenate(
            [np.full(int(kept.sum()), word, dtype=object) for kept, _, _, word in parts]
        ),
    }


def lives(chance: Chance, young: Table, since: int) -> dict[str, Table]:
    """How they live as it was recorded now and then, contacts, and reviews of pathway plans."""
    who = np.unique(np.asarray(young["who"]))
    start = np.full(len(who), 10**7, np.int64)
    end = np.zeros(len(who), np.int64)
    place = np.searchsorted(who, young["who"])
    np.minimum.at(start, place, young["start"])
    np.maximum.at(end, place, young["end"])
    at_once = ((0, 5, 1.0),)
    told, day = runs(chance, start, end, at_once, CHANGES, since)
    pathway, reviewed = runs(chance, start, end, TOUCH, PATHWAY, since)
    status = _status(chance, who, told, day)
    spoken, on = runs(chance, start, end, TOUCH, TOUCH, since)
    return {
        "circumstances": status,
        "pathway_reviews": {"who": who[pathway], "date": reviewed},
        "leaver_contacts": {"who": who[spoken], "date": on},
    }


def _status(chance: Chance, who: Ints, place: Ints, day: Ints) -> Table:
    count = len(place)
    own = chance.alone(len(who))
    steady = chance.happens(count, 0.55)
    touch = chance.chosen(count, codes.TOUCH)
    kept = touch == codes.IN_TOUCH
    draw = np.where(steady, own[place], chance.alone(count))
    home = choose(draw, codes.ACCOMMODATION)
    activity = choose((draw * 7.3) % 1.0, codes.ACTIVITY)
    letter = np.array([word[0] for word in home.tolist()], dtype=object)
    bad = np.isin(letter, codes.NEVER_SUITABLE) | chance.happens(count, 0.03)
    suitable = np.where(bad, codes.UNSUITABLE, codes.SUITABLE).astype(object)
    blank = ~kept
    home[blank], activity[blank], suitable[blank] = "", "", ""
    return {
        "who": who[place],
        "date": day,
        "in_touch": touch,
        "accommodation": home,
        "suitability": suitable,
        "activity": activity,
    }
