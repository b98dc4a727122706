"""What happens to each child, from contact to closure, episode after episode.

Each round takes every child whose next contact is due, all at once: contact, early help or
referral, assessment, enquiry, conference, plan, care, closure, and perhaps a day on which the child
comes back. Siblings share most draws, so that they mostly go through it together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample.chance import Chance, choose, within
from workbook_builder.sample.days import FAR, Flags, Ints, Texts, calendar
from workbook_builder.sample.people import People, Span, when_busy
from workbook_builder.sample.stays import Stays, stays

ROUNDS = 14
DECISION = ((0, 0, 0.55), (1, 1, 0.35), (2, 4, 0.1))
ASSESSMENT_STARTS = ((0, 0, 0.5), (1, 1, 0.35), (2, 5, 0.15))
# Working days: the bands that the Department for Education publishes.
ASSESSMENT = (
    (0, 0, 0.01),
    (1, 10, 0.10),
    (11, 20, 0.13),
    (21, 30, 0.14),
    (31, 40, 0.22),
    (41, 45, 0.23),
    (46, 50, 0.06),
    (51, 60, 0.05),
    (61, 110, 0.06),
)
STRATEGY = ((0, 0, 0.4), (1, 2, 0.3), (3, 15, 0.3))
ENQUIRY = ((1, 5, 0.2), (6, 10, 0.35), (11, 15, 0.4), (16, 30, 0.05))
CONFERENCE = ((0, 10, 0.15), (11, 15, 0.65), (16, 20, 0.11), (21, 40, 0.09))
PLAN = ((14, 91, 0.2), (92, 183, 0.17), (184, 365, 0.38), (366, 729, 0.21), (730, 1100, 0.04))
WITH_PLAN, NO_PLAN = 0.38, 0.86


@dataclass
class Told:
    """The events told so far; each entry is a table of one round."""

    contacts: list[dict[str, Ints | Texts]] = field(default_factory=list)
    early_help: list[dict[str, Ints | Texts]] = field(default_factory=list)
    referrals: list[dict[str, Ints | Texts]] = field(default_factory=list)
    assessments: list[dict[str, Ints | Texts]] = field(default_factory=list)
    enquiries: list[dict[str, Ints | Texts]] = field(default_factory=list)
    plans: list[dict[str, Ints | Texts]] = field(default_factory=list)
    episodes: list[dict[str, Ints | Texts]] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)


def tell(chance: Chance, people: People, span: Span) -> Told:
    """Everything that happens to everyone; who is an index into people."""
    told = Told()
    due = people.arrival.copy()
    for turn in range(ROUNDS):
        who = np.flatnonzero((due <= span.last) & (due < people.adult - 14))
        if len(who) == 0:
            break
        due_again = _round(chance, people, told, who, due[who], turn)
        due[:] = FAR
        due[who] = due_again
    return told


def _round(chance: Chance, people: People, told: Told, who: Ints, when: Ints, turn: int) -> Ints:
    """One contact of each of these children and what follows; the day of the next, or FAR."""
    count, family = len(who), people.family[who]
    uasc, adult = people.uasc[who], people.adult[who]
    holiday = calendar().school_holiday(when)
    draw = chance.shared(family, 0.995)
    source = choose(draw, codes.SOURCE)
    source[holiday] = choose(draw, codes.HOLIDAY_SOURCE)[holiday]
    told.contacts.append({"who": who, "date": when, "source": source})
    way = chance.shared(family, 0.98)
    referred = uasc | (way < (0.46 if turn == 0 else 0.64))
    helped = ~referred & (way < (0.60 if turn == 0 else 0.72))
    close = when.copy()

    start = calendar().after(when, chance.days(count, ((1, 5, 0.5), (6, 20, 0.5))))
    end = np.maximum(np.minimum(start + 20 + chance.gamma(count, 2.0, 70.0), adult), start)
    step_up = helped & chance.happens(count, 0.2)
    stepped = start + (chance.alone(count) * (end - start)).astype(np.int64)
    end = np.where(step_up, stepped, end)
    organisation = choose(chance.shared(family), codes.ORGANISATION)
    told.early_help.append(
        {
            "who": who[helped],
            "start": start[helped],
            "end": end[helped],
            "organisation": organisation[helped],
        }
    )
    close = np.where(helped, end, close)

    inside = np.flatnonzero(referred)
    close[inside] = _referral(chance, people, told, who[inside], when[inside], source[inside], turn)
    share = np.where(referred, 0.54, np.where(helped, 0.35, 0.45))
    back = (chance.shared(family) < share) & ~(uasc & referred)
    gap = 4 + np.round(-260.0 * np.log1p(-chance.shared(family, 0.99))).astype(np.int64)
    gap = np.where(step_up, 1, gap)
    again = np.where(back | step_up, close + gap, FAR)
    return when_busy(chance, np.where(close >= adult, FAR, again).astype(np.int64))


def _referral(
    chance: Chance,
    people: People,
    told: Told,
    who: Ints,
    when: Ints,
    source: Texts,
    turn: int,
) -> Ints:
    """Referrals and what follows; the day on which each is closed."""
    family = people.family[who]
    uasc, adult = people.uasc[who], people.adult[who]
    date = calendar().after(when, within(chance.shared(family, 0.995), DECISION))
    dropped = ~uasc & (chance.shared(family, 0.99) < 0.09)
    episode = np.where(dropped, -1, who * ROUNDS + turn)
    told.referrals.append(
        {
            "who": who,
            "date": date,
            "source": source,
            "nfa": np.where(dropped, codes.YES, codes.NO).astype(object),
            "episode": episode,
        }
    )
    close = date.copy()
    kept = np.flatnonzero(~dropped)
    close[kept] = _episode(chance, people, told, who[kept], date[kept], episode[kept])
    return np.minimum(close, adult)


def _episode(
    chance: Chance, people: People, told: Told, who: Ints, date: Ints, episode: Ints
) -> Ints:
    """Episodes of need from referral to closure; the day of closure."""
    count, family = len(who), people.family[who]
    uasc, adult = people.uasc[who], people.adult[who]
    start = calendar().after(date, within(chance.shared(family, 0.99), ASSESSMENT_STARTS))
    length = within(chance.shared(family, 0.98), ASSESSMENT)
    assessed = np.minimum(calendar().after(start, length), adult)
    enquiry = ~uasc & (chance.shared(family, 0.985) < 0.29)
    strategy = calendar().after(start, within(chance.shared(family, 0.99), STRATEGY))
    strategy = np.minimum(strategy, assessed)
    plan = _enquire(chance, people, told, who, strategy, enquiry, episode)
    planned = plan < FAR
    assessed = np.where(planned & (assessed > plan), plan, assessed)
    in_need = planned | uasc | (chance.shared(family, 0.98) < 0.40)
    plan_end = _plan(chance, people, told, who, plan, planned, episode)
    worse = in_need & ~planned & ~uasc & (chance.shared(family, 0.98) < 0.12)
    later = calendar().after(assessed + 20 + chance.gamma(count, 2.0, 40.0), np.zeros(count, int))
    second = _enquire(chance, people, told, who, later, worse & (later < adult - 60), episode)
    plan_end = np.where(
        second < FAR, _plan(chance, people, told, who, second, second < FAR, episode), plan_end
    )
    planned |= second < FAR
    help_end = assessed + 30 + chance.gamma(count, 2.0, 85.0)
    stepping = calendar().snap(plan_end + 14 + chance.gamma(count, 2.0, 45.0))
    close = np.where(in_need, help_end, assessed)
    down = chance.shared(family) < 0.72
    close = np.where(planned, np.where(down, stepping, plan_end), close)
    again = planned & down & chance.happens(count, 0.09)
    relapse = calendar().snap(plan_end + 10 + chance.gamma(count, 2.0, 20.0))
    third = _enquire(chance, people, told, who, relapse, again & (relapse < adult - 60), episode)
    third_end = _plan(chance, people, told, who, third, third < FAR, episode)
    plan_end = np.where(third < FAR, third_end, plan_end)
    close = np.where(third < FAR, calendar().snap(third_end + 30), np.maximum(close, assessed))
    _enquire_again(chance, people, told, who, np.minimum(plan, second), plan_end, episode)
    close = np.minimum(close, adult)

    draw = chance.shared(family, 0.97)
    share = np.where(planned, 0.13, np.where(enquiry, 0.05, np.where(in_need, 0.03, 0.005)))
    enters = uasc | (draw < share)
    found = stays(chance, people, who, date, assessed, close, np.where(enters, 1, 0), episode)
    told.stays.append(found)
    disabled = people.disability[who] == codes.YES
    close = _closed(chance, found, close, adult)
    reason = np.where(in_need | enters, codes.CEASED, codes.ASSESSED).astype(object)
    reason[(reason == codes.ASSESSED) & chance.happens(count, 0.15)] = codes.EARLY_HELP
    reason[(close >= adult) & disabled] = codes.ADULT
    reason[chance.happens(count, 0.02) & in_need] = codes.OTHER_LA
    for ended, closed in codes.CLOSED_BY.items():
        reason[found.last_reason == ended] = closed
    need = choose(chance.shared(family, 0.99), codes.NEED)
    need[disabled & chance.happens(count, 0.5)] = codes.NEED_OF_DISABLED
    need[uasc] = codes.NEED_OF_UASC
    supported = np.where(in_need | enters, codes.YES, codes.NO).astype(object)
    seen = choose(chance.alone(count), {codes.YES: 0.94, codes.NO: 0.05, codes.UNKNOWN: 0.01})
    seen[people.birth[who] > assessed] = codes.UNKNOWN
    told.assessments.append(
        {
            "who": who,
            "episode": episode,
            "start": start,
            "end": np.minimum(assessed, close),
            "seen": seen,
            "supported": supported,
        }
    )
    told.episodes.append(
        {
            "who": who,
            "episode": episode,
            "start": date,
            "assessed": np.minimum(assessed, close),
            "end": close,
            "reason": reason,
            "need": need,
        }
    )
    return close


def _closed(chance: Chance, found: Stays, close: Ints, adult: Ints) -> Ints:
    """The day of closure, where care lasted longer than the rest or ended it."""
    cared = found.last_end < FAR
    home = np.isin(found.last_reason, codes.HOME)
    after = calendar().snap(found.last_end + 20 + chance.gamma(len(close), 2.0, 40.0))
    closing = np.where(home, np.maximum(close, after), found.last_end)
    return np.minimum(np.where(cared, closing, close), adult).astype(np.int64)


def _enquire(
    chance: Chance,
    people: People,
    told: Told,
    who: Ints,
    strategy: Ints,
    happens: Flags,
    episode: Ints,
) -> Ints:
    """Section 47 enquiries where it happens; the day on which a plan starts, or FAR."""
    family = people.family[who]
    decided = calendar().after(strategy, within(chance.shared(family, 0.995), ENQUIRY))
    to_conference = chance.shared(family, 0.99) < WITH_PLAN
    conference = calendar().after(strategy, within(chance.shared(family, 0.995), CONFERENCE))
    conference = np.where(to_conference, conference, FAR)
    decided = np.where(to_conference, np.minimum(decided, conference), decided)
    planned = to_conference & (chance.shared(family, 0.99) < NO_PLAN)
    result = np.where(planned, codes.YES, np.where(to_conference, codes.NO, "")).astype(object)
    told.enquiries.append(
        {
            "who": who[happens],
            "episode": episode[happens],
            "strategy": strategy[happens],
            "decided": decided[happens],
            "unnecessary": np.where(to_conference, codes.NO, codes.YES).astype(object)[happens],
            "conference": conference[happens],
            "result": result[happens],
        }
    )
    fits = happens & planned & (conference < people.adult[who] - 14)
    return np.where(fits, conference, FAR).astype(np.int64)


def _enquire_again(
    chance: Chance,
    people: People,
    told: Told,
    who: Ints,
    start: Ints,
    end: Ints,
    episode: Ints,
) -> None:
    """Enquiries about children who are on a plan already: no conference is needed or held."""
    on_plan = (start < FAR) & (end - start > 60) & chance.happens(len(who), 0.08)
    place = np.flatnonzero(on_plan)
    apart = end[place] - start[place] - 40
    when = start[place] + 20 + (chance.alone(len(place)) * apart).astype(np.int64)
    strategy = calendar().snap(np.minimum(when, people.adult[who[place]] - 20))
    blank = np.full(len(place), "", dtype=object)
    told.enquiries.append(
        {
            "who": who[place],
            "episode": episode[place],
            "strategy": strategy,
            "decided": calendar().after(strategy, chance.days(len(place), ENQUIRY)),
            "unnecessary": np.full(len(place), codes.NO, dtype=object),
            "conference": np.full(len(place), FAR),
            "result": blank,
        }
    )


def _plan(
    chance: Chance,
    people: People,
    told: Told,
    who: Ints,
    start: Ints,
    happens: Flags,
    episode: Ints,
) -> Ints:
    """Child protection plans where they happen; the day on which each ends, or FAR."""
    family = people.family[who]
    end = calendar().snap(start + within(chance.shared(family, 0.99), PLAN))
    end = np.where(happens, np.minimum(end, people.adult[who]), FAR).astype(np.int64)
    category = choose(chance.shared(family, 0.99), codes.ABUSE)
    changes = chance.shared(family) < 0.08
    changed = np.where(changes, start + (end - start) // 2, FAR)
    new = choose(chance.shared(family), codes.ABUSE)
    earlier = within(chance.shared(family), ((0, 0, 0.84), (1, 1, 0.13), (2, 3, 0.03)))
    told.plans.append(
        {
            "who": who[happens],
            "episode": episode[happens],
            "start": start[happens],
            "end": end[happens],
            "category": category[happens],
            "changed": np.where(new != category, changed, FAR)[happens],
            "new_category": new[happens],
            "before": earlier[happens],
        }
    )
    return end
