"""Visits, reviews and health checks: what comes again and again while something is open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample.care import Care, Table
from workbook_builder.sample.chance import Band, Chance
from workbook_builder.sample.days import FAR, Ints, Texts, calendar
from workbook_builder.sample.people import People

MOST = 400
CHILD_VISIT = ((5, 20, 0.5), (21, 30, 0.35), (31, 60, 0.15))
PLAN_VISIT = ((5, 10, 0.4), (11, 14, 0.42), (15, 21, 0.12), (22, 45, 0.06))
PLAN_REVIEW_FIRST = ((60, 91, 0.93), (92, 115, 0.07))
PLAN_REVIEW = ((120, 181, 0.93), (182, 225, 0.07))
CARE_VISIT_FIRST = ((1, 7, 0.9), (8, 14, 0.1))
CARE_VISIT = ((14, 28, 0.3), (29, 42, 0.58), (43, 70, 0.12))
CARE_REVIEW_FIRST = ((14, 27, 0.92), (28, 40, 0.08))
CARE_REVIEW_SECOND = ((60, 91, 0.92), (92, 115, 0.08))
CARE_REVIEW = ((130, 182, 0.94), (183, 215, 0.06))
HEALTH_FIRST = ((10, 28, 0.75), (29, 60, 0.25))
HEALTH_YOUNG = ((150, 183, 0.85), (184, 260, 0.15))
HEALTH_OLDER = ((320, 365, 0.85), (366, 460, 0.15))
DENTAL = ((150, 330, 0.7), (331, 365, 0.15), (366, 600, 0.15))
PATHWAY = ((120, 183, 0.85), (184, 300, 0.15))
TOUCH = ((14, 56, 0.8), (57, 120, 0.2))


def runs(
    chance: Chance,
    start: Ints,
    end: Ints,
    first: Sequence[Band],
    then: Sequence[Band],
    since: int = -FAR,
) -> tuple[Ints, Ints]:
    """Days that come again and again from start to end: (place of the start, day), in order.

    Nothing before `since` is told: a long time in care is stepped over month by month.
    """
    here = np.arange(len(start))
    when = calendar().snap(start + chance.days(len(start), first))
    places: list[Ints] = [np.zeros(0, np.int64)]
    days: list[Ints] = [np.zeros(0, np.int64)]
    for _ in range(MOST):
        going = when < end[here]
        here, when = here[going], when[going]
        if len(here) == 0:
            break
        told = when >= since
        places.append(here[told])
        days.append(when[told])
        when = calendar().snap(when + chance.days(len(here), then))
    place, day = np.concatenate(places), np.concatenate(days)
    order = np.lexsort((day, place))
    return place[order], day[order]


def _alone(chance: Chance, birth: Ints, day: Ints) -> Table:
    """Whether the child was seen alone: hardly ever under two."""
    share = np.where(day - birth < 730, 0.05, 0.82)
    draw = chance.alone(len(day))
    alone = np.where(draw < share, codes.YES, np.where(draw < 0.98, codes.NO, codes.UNKNOWN))
    return {"alone": alone.astype(object)}


def in_need(chance: Chance, people: People, who: Ints, start: Ints, end: Ints, since: int) -> Table:
    """Visits to children in need, from assessment to closure."""
    place, day = runs(chance, start, end, CHILD_VISIT, CHILD_VISIT, since)
    seen = _alone(chance, people.birth[who[place]], day)
    return {"who": who[place], "date": day, "kind": _kind("need", len(day))} | seen


def on_plan(chance: Chance, people: People, who: Ints, start: Ints, end: Ints, since: int) -> Table:
    """Statutory visits to children on a plan."""
    place, day = runs(chance, start, end, PLAN_VISIT, PLAN_VISIT, since)
    seen = _alone(chance, people.birth[who[place]], day)
    return {"who": who[place], "date": day, "kind": _kind("plan", len(day))} | seen


def in_care(chance: Chance, people: People, care: Care, since: int) -> Table:
    """Statutory visits to children in care."""
    place, day = runs(chance, care.start, care.end, CARE_VISIT_FIRST, CARE_VISIT, since)
    who = care.who[place]
    return {"who": who, "date": day, "kind": _kind("care", len(day))} | _alone(
        chance, people.birth[who], day
    )


def plan_reviews(chance: Chance, who: Ints, start: Ints, end: Ints) -> Table:
    """Review conferences: the first within three months, then at most six months apart."""
    place, day = runs(chance, start, end, PLAN_REVIEW_FIRST, PLAN_REVIEW)
    return {"who": who[place], "date": day, "kind": _kind("plan", len(day))}


def care_reviews(chance: Chance, care: Care) -> Table:
    """Reviews of care: within 20 working days, three months later, then every six months."""
    first = calendar().snap(care.start + chance.days(len(care), CARE_REVIEW_FIRST))
    held = np.flatnonzero(first < care.end)
    place, day = runs(chance, first[held], care.end[held], CARE_REVIEW_SECOND, CARE_REVIEW)
    who = np.concatenate([care.who[held], care.who[held][place]])
    date = np.concatenate([first[held], day])
    return {"who": who, "date": date, "kind": _kind("care", len(date))}


def officer(chance: Chance, reviews: Table) -> Table:
    """The reviewing officer sees the child at most reviews, and now and then between them."""
    date, who = np.asarray(reviews["date"]), np.asarray(reviews["who"])
    seen = chance.happens(len(date), 0.85)
    between = chance.happens(len(date), 0.3)
    before = calendar().snap(date[between] - chance.days(int(between.sum()), ((5, 30, 1.0),)))
    both = np.concatenate([date[seen], before])
    return {
        "who": np.concatenate([who[seen], who[between]]),
        "date": both,
        "kind": _kind("officer", len(both)),
    }


def health(chance: Chance, people: People, care: Care, since: int) -> Table:
    """Health assessments and dental checks."""
    young = care.start - people.birth[care.who] < 4 * 365
    who: list[Ints] = []
    date: list[Ints] = []
    for group, then in ((young, HEALTH_YOUNG), (~young, HEALTH_OLDER)):
        inside = np.flatnonzero(group & ~care.breaks)
        place, day = runs(chance, care.start[inside], care.end[inside], HEALTH_FIRST, then, since)
        who.append(care.who[inside][place])
        date.append(day)
    checked = sum(len(days) for days in date)
    toothed = np.maximum(care.start, people.birth[care.who] + 365)
    inside = np.flatnonzero((toothed < care.end) & ~care.breaks)
    place, day = runs(chance, toothed[inside], care.end[inside], DENTAL, DENTAL, since)
    kinds = np.concatenate([_kind("health", checked), _kind("dental", len(day))])
    return {
        "who": np.concatenate([*who, care.who[inside][place]]),
        "date": np.concatenate([*date, day]),
        "kind": kinds,
    }


def _kind(word: str, count: int) -> Texts:
    return np.full(count, word, dtype=object)
