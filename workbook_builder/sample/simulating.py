"""Simulates a whole authority once, and lays its events down as tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbook_builder.periods import Month
from workbook_builder.sample import care as caring
from workbook_builder.sample import codes, contact
from workbook_builder.sample.adopting import adopters, adoption
from workbook_builder.sample.authority import KINDS, Authority, frame
from workbook_builder.sample.care import Care, Table
from workbook_builder.sample.chance import Chance, choose
from workbook_builder.sample.codes_care import FORMER_RELEVANT, QUALIFYING
from workbook_builder.sample.days import FAR, Ints, Texts, calendar, date_of, day
from workbook_builder.sample.episodes import Told, tell
from workbook_builder.sample.leaving import leavers, lives
from workbook_builder.sample.people import People, Span, people, when_busy
from workbook_builder.sample.staff import Phases, staff
from workbook_builder.sample.stays import DATES

LAST_MONTH = Month(2025, 3)
# Months before the first extract's window, in which cases build up to what is usual.
WARM_UP = 84
VISITS_BEFORE = 120


def simulate(
    children: int, months: int, seed: int, *, last: Month = LAST_MONTH, window: int = 6
) -> Authority:
    """The truth of an authority in which so many children become known, for `months` extracts.

    The last extract is of month `last`. The same arguments give the same tables.
    """
    first = last.plus(1 - months - window)
    span = Span(day(first.plus(-WARM_UP).first_day), day(last.last_day))
    chance = Chance(seed)
    them = people(chance, children, span)
    told = tell(chance, them, span)
    return _Laid(chance, them, told, span, day(first.first_day)).authority()


def _joined(parts: list[Table]) -> Table:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _where(table: Table, kept: np.ndarray) -> Table:
    return {name: values[kept] for name, values in table.items()}


class _Laid:
    """The events of a simulation put in order and made into tables."""

    def __init__(self, chance: Chance, them: People, told: Told, span: Span, since: int) -> None:
        self.chance, self.people, self.span = chance, them, span
        self.since = since - VISITS_BEFORE
        self.first = since
        self.episodes = _joined(told.episodes)
        order = np.argsort(self.episodes["episode"], kind="stable")
        self.episodes = _where(self.episodes, order)
        self.contacts = self._contacts(_joined(told.contacts))
        self.early_help = _joined(told.early_help)
        self.referrals = _joined(told.referrals)
        self.assessments = _joined(told.assessments)
        self.enquiries = self._inside(_joined(told.enquiries), "strategy")
        self.care = self._care(told)
        self.plans = self._plans(self._inside(_joined(told.plans), "start"))

    def _of_episode(self, episode: Ints, column: str) -> np.ndarray:
        place = np.searchsorted(self.episodes["episode"], episode)
        return np.asarray(self.episodes[column][place])

    def _inside(self, table: Table, date: str) -> Table:
        """Only what began before its episode was closed."""
        return _where(table, table[date] < self._of_episode(table["episode"], "end"))

    def _contacts(self, first: Table) -> Table:
        """Contacts that open something, and those about children who are open already."""
        chance, of = self.chance, self.episodes
        length = of["end"] - of["start"]
        count = chance.rng.poisson(np.maximum(length, 0) / 260.0)
        row = np.repeat(np.arange(len(length)), count)
        when = of["start"][row] + 1 + np.floor(chance.alone(len(row)) * length[row]).astype(int)
        when = when_busy(chance, when)
        source = choose(chance.alone(len(row)), codes.SOURCE)
        closed = calendar().school_holiday(when)
        source[closed] = chance.chosen(int(closed.sum()), codes.HOLIDAY_SOURCE)
        kept = when < of["end"][row]
        again: Table = {"who": of["who"][row], "date": when, "source": source}
        return _joined([first, _where(again, kept)])

    def _care(self, told: Told) -> Care:
        parts = told.stays
        who = np.concatenate([part.who for part in parts])
        start = np.concatenate([part.start for part in parts])
        episode = np.concatenate([part.episode for part in parts])
        end = np.concatenate([part.end for part in parts])
        reason = np.concatenate([part.reason for part in parts])
        way = {name: np.concatenate([part.way[name] for part in parts]) for name in DATES}
        breaks = self._breaks(np.unique(who))
        nothing = np.full(len(breaks["who"]), FAR)
        need = self._of_episode(np.concatenate([episode, breaks["episode"]]), "need").copy()
        for other, ours in codes.NEED_IN_CARE.items():
            need[need == other] = ours
        whole = Care(
            who=np.concatenate([who, breaks["who"]]),
            start=np.concatenate([start, breaks["start"]]),
            end=np.concatenate([end, breaks["end"]]),
            reason=np.concatenate([reason, np.full(len(nothing), codes.E8, dtype=object)]),
            need=need,
            breaks=np.concatenate([np.zeros(len(who), bool), np.ones(len(nothing), bool)]),
            way={name: np.concatenate([way[name], nothing]) for name in DATES},
        )
        order = np.lexsort((whole.start, whole.who))
        return Care(
            whole.who[order],
            whole.start[order],
            whole.end[order],
            whole.reason[order],
            whole.need[order],
            whole.breaks[order],
            {name: days[order] for name, days in whole.way.items()},
        )

    def _breaks(self, cared: Ints) -> Table:
        """Short breaks of disabled children who are never looked after otherwise."""
        of = self.episodes
        disabled = self.people.disability[of["who"]] == codes.YES
        long = of["end"] - of["assessed"] > 120
        able = disabled & long & ~np.isin(of["who"], cared)
        able &= self.people.birth[of["who"]] < of["assessed"]
        place = np.flatnonzero(able)
        place = place[self.chance.happens(len(place), 0.12)]
        start = of["assessed"][place] + self.chance.days(len(place), ((20, 60, 1.0),))
        return {
            "who": of["who"][place],
            "episode": of["episode"][place],
            "start": calendar().snap(start),
            "end": of["end"][place],
        }

    def _plans(self, plans: Table) -> Table:
        """Plans in order, ended when care or closure takes over, with those before counted."""
        order = np.lexsort((plans["start"], plans["who"]))
        plans = _where(plans, order)
        end = np.minimum(plans["end"], self._of_episode(plans["episode"], "end"))
        # A plan gives way to care that starts after it, within some weeks.
        true = np.flatnonzero(~self.care.breaks)
        key = self.care.who[true] * FAR * 2 + self.care.start[true]
        place = np.searchsorted(key, plans["who"] * FAR * 2 + plans["start"])
        near = np.minimum(place, len(true) - 1)
        if len(true):
            follows = (place < len(true)) & (self.care.who[true[near]] == plans["who"])
            cared = self.care.start[true[near]] + 10 + (plans["episode"] % 40)
            end = np.where(follows, np.minimum(end, calendar().snap(cared)), end)
        plans["end"] = np.minimum(end, self.people.adult[plans["who"]])
        new = np.ones(len(end), bool)
        new[1:] = plans["who"][1:] != plans["who"][:-1]
        opening = np.maximum.accumulate(np.where(new, np.arange(len(new)), 0))
        plans["before"] = plans["before"][opening] + np.arange(len(new)) - opening
        later = plans["changed"] >= plans["end"]
        plans["changed"] = np.where(later, FAR, plans["changed"])
        plans["new_category"][later] = ""
        plans["new_category"][plans["changed"] >= FAR] = ""
        return plans

    def _phases(self, young: Table) -> Phases:
        """Which team held each child when; one after another, never two at once."""
        of, care, front = self.episodes, self.care, self.referrals
        family, area = self.people.family, self.people.area
        who = of["who"]
        disabled = self.people.disability[who] == codes.YES
        disabled &= of["need"] == codes.NEED_OF_DISABLED
        place = np.where(disabled, "Disabled Children", "Safeguarding " + area[who])
        dropped = front["episode"] < 0
        adult = np.isin(young["category"], [FORMER_RELEVANT, QUALIFYING])
        half = np.where(family % 2 == 0, "Looked After 1", "Looked After 2").astype(object)
        # The care team takes over some weeks in; the other team has the child again afterwards.
        row = np.flatnonzero(~care.breaks)
        key = who * FAR * 2 + of["start"]
        mine = np.searchsorted(key, care.who[row] * FAR * 2 + care.start[row], "right") - 1
        over = np.maximum(care.start[row] + 15, of["assessed"][mine])
        long = over < care.end[row]
        row, mine, over = row[long], mine[long], over[long]
        cared, end = care.who[row], care.end[row]
        until = of["end"].copy()
        np.minimum.at(until, mine, over)
        then = of["end"][mine].copy()
        if len(row) > 1:
            same = mine[1:] == mine[:-1]
            then[:-1][same] = over[1:][same]
        back = then > end
        parts: tuple[tuple[Ints, Ints, Ints, Texts], ...] = (
            (
                front["who"][dropped],
                front["date"][dropped],
                front["date"][dropped],
                np.full(int(dropped.sum()), "Front Door", dtype=object),
            ),
            (who, of["start"], of["assessed"], "Assessment " + area[who]),
            (who, of["assessed"], until, place),
            (cared, over, end, half[cared]),
            (cared[back], end[back], then[back], place[mine][back]),
            (
                young["who"][adult],
                young["start"][adult],
                young["end"][adult],
                np.full(int(adult.sum()), "Leaving Care", dtype=object),
            ),
        )
        whose, begins, ends, teams = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Phases(whose, begins, ends, teams, family[whose])

    def authority(self) -> Authority:
        """All tables, each ordered by day."""
        chance, them, care, span = self.chance, self.people, self.care, self.span
        legal = caring.legal(chance, them, care)
        young = leavers(chance, them, care)
        of, plans = self.episodes, self.plans
        reviews = contact.care_reviews(chance, _without_breaks(care))
        visits = _joined(
            [
                contact.in_need(chance, them, of["who"], of["start"], of["end"], self.since),
                contact.on_plan(
                    chance, them, plans["who"], plans["start"], plans["end"], self.since
                ),
                contact.in_care(chance, them, care, self.since),
            ]
        )
        children, household = adoption(chance, them, care)
        workers, allocations = staff(chance, self._phases(young), span)
        tables: dict[str, Table] = {
            "children": self._children(),
            "contacts": self._late(self.contacts, 0.03),
            "early_help": self.early_help,
            "referrals": self.referrals,
            "assessments": self.assessments,
            "enquiries": self.enquiries,
            "episodes": of,
            "plans": plans,
            "protections": self._protections(legal),
            "visits": self._late(visits, 0.05),
            "reviews": _joined(
                [
                    contact.plan_reviews(chance, plans["who"], plans["start"], plans["end"]),
                    reviews,
                    contact.officer(chance, reviews),
                ]
            ),
            "health": self._late(contact.health(chance, them, care, -FAR), 0.05),
            "care": {
                "who": care.who,
                "care": np.arange(len(care)),
                "start": care.start,
                "end": care.end,
                "reason": care.reason,
                "need": care.need,
            },
            "legal_statuses": legal,
            "placements": caring.placements(chance, them, care),
            "missing": caring.missing(chance, them, care),
            "permanence_plans": caring.permanence(chance, them, care),
            "leavers": young,
            **lives(chance, young, self.since - 400),
            "adoptions": children,
            "adopters": adopters(chance, children, household, span),
            "allocations": allocations,
            "workers": workers,
        }
        for name in ("legal_statuses", "placements", "missing", "permanence_plans"):
            tables[name]["who"] = care.who[tables[name]["care"]]
        made = {name: self._frame(name, table) for name, table in tables.items()}
        return Authority(date_of(self.first), date_of(span.last), **made).at(date_of(span.last))

    def _children(self) -> Table:
        them = self.people
        known = np.full(len(them), FAR)
        np.minimum.at(known, self.contacts["who"], self.contacts["date"])
        return {
            "who": np.arange(len(them)),
            "family": them.family,
            "gender": them.gender,
            "ethnicity": them.ethnicity,
            "birth": them.birth,
            "birth_expected": them.birth_expected,
            "disability": them.disability,
            "uasc": them.uasc,
            "known": known,
        }

    def _late(self, table: Table, share: float) -> Table:
        """When each row was put into the system: nearly always the same day."""
        date = np.asarray(table["date"])
        late = self.chance.happens(len(date), share)
        wait = self.chance.days(len(date), ((1, 10, 0.6), (11, 60, 0.4)))
        return table | {"recorded": np.where(late, date + wait, date)}

    def _protections(self, legal: Table) -> Table:
        """Emergency orders and police protection, with or without care."""
        urgent = np.isin(legal["status"], [codes.EPO, codes.POLICE])
        plans = self.plans
        some = self.chance.happens(len(plans["who"]), 0.02)
        who: Ints = np.concatenate([self.care.who[legal["care"][urgent]], plans["who"][some]])
        word: Texts = np.concatenate(
            [legal["status"][urgent], np.full(int(some.sum()), codes.POLICE, dtype=object)]
        )
        date: Ints = np.concatenate([legal["start"][urgent], plans["start"][some]])
        return {"who": who, "date": date, "kind": word}

    def _frame(self, name: str, table: Table) -> pd.DataFrame:
        """One table: children by their ids, in the order of days."""
        columns = dict(table)
        kind = KINDS[name]
        if "who" in columns:
            who = columns.pop("who")
            columns = {"child": self.people.child[who], **columns}
            order = np.lexsort((columns["child"], columns[kind.begins]))
            columns = {key: values[order] for key, values in columns.items()}
        named = {kind.begins, kind.recorded, *kind.dates, "birth", "entered", "enquiry"}
        return frame(columns, tuple(date for date in named if date not in ("", "enquiry_")))


def _without_breaks(care: Care) -> Care:
    kept = ~care.breaks
    return Care(
        care.who[kept],
        care.start[kept],
        care.end[kept],
        care.reason[kept],
        care.need[kept],
        care.breaks[kept],
        {name: days[kept] for name, days in care.way.items()},
    )
