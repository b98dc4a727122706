"""What happens within periods of care: legal status, placements, missing episodes, plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample import codes_care as care_codes
from workbook_builder.sample.chance import Chance, choose, within
from workbook_builder.sample.days import FAR, Flags, Ints, Texts
from workbook_builder.sample.people import People

YEAR = 365
MOST_PLACEMENTS = 12
Table = dict[str, Ints | Texts]
FIRST_PLACEMENT = ((1, 7, 0.08), (8, 60, 0.45), (61, 300, 0.47))
NEXT_PLACEMENT = ((3, 60, 0.3), (61, 300, 0.4), (301, 900, 0.3))
TO_CARE_ORDER = ((120, 182, 0.55), (183, 330, 0.45))
TO_INTERIM = ((30, 240, 1.0),)


@dataclass(frozen=True)
class Care:
    """Periods of care, `care` being the number of each; breaks are short breaks (V3, V4)."""

    who: Ints
    start: Ints
    end: Ints
    reason: Texts
    need: Texts
    breaks: Flags
    way: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.who)


def legal(chance: Chance, people: People, care: Care) -> Table:
    """The legal statuses of each period, one row each, with its first day."""
    count, family = len(care), people.family[care.who]
    first = choose(chance.shared(family, 0.99), codes.FIRST_STATUS)
    age = care.start - people.birth[care.who]
    first[(first == codes.REMAND) & (age < 12 * YEAR)] = codes.S20
    first[people.uasc[care.who]] = codes.S20
    adoption = care.way["order"] < FAR
    first[adoption & (first == codes.S20)] = codes.ICO
    urgent = (first == codes.EPO) | (first == codes.POLICE)
    first[care.breaks] = choose(chance.alone(int(care.breaks.sum())), codes.BREAKS)
    wait = np.where(first == codes.EPO, 8, 2)
    later = care.start + within(chance.shared(family, 0.99), TO_INTERIM)
    to_interim = (first == codes.S20) & (chance.shared(family, 0.99) < 0.3)
    to_interim &= ~people.uasc[care.who]
    interim = np.where(urgent, care.start + wait, np.where(to_interim, later, FAR))
    interim = np.where(first == codes.ICO, care.start, interim)
    full = interim + within(chance.shared(family, 0.99), TO_CARE_ORDER)
    full = np.where((interim < FAR) & (chance.shared(family, 0.98) < 0.75), full, FAR)
    full = np.where(care.way["order"] <= full, FAR, full)
    number = np.arange(count)
    steps = (
        (care.start, first),
        (np.where(interim > care.start, interim, FAR), np.full(count, codes.ICO, dtype=object)),
        (full, np.full(count, codes.FCO, dtype=object)),
        (care.way["order"], np.full(count, codes.PLACEMENT_ORDER, dtype=object)),
    )
    start = np.concatenate([when for when, _ in steps])
    status = np.concatenate([word for _, word in steps])
    period = np.concatenate([number] * len(steps))
    kept = (start < care.end[period]) & (start < FAR)
    return _sorted(
        {"care": period[kept], "start": start[kept], "status": status[kept]}, "care", "start"
    )


def placements(chance: Chance, people: People, care: Care) -> Table:
    """Where the child lived, from the first placement of each period to its end."""
    count = len(care)
    changes_at = np.minimum(care.way["placed"], care.way["ffa"])
    limit = np.minimum(care.end, changes_at)
    settled = chance.alone(count) ** 0.6
    here, when = np.arange(count), care.start.copy()
    periods, starts, ends = [], [], []
    for turn in range(MOST_PLACEMENTS):
        length = chance.days(len(here), FIRST_PLACEMENT if turn == 0 else NEXT_PLACEMENT)
        stays = chance.alone(len(here)) < 0.25 + 0.6 * settled[here] + 0.05 * turn
        stays |= care.breaks[here] | (turn == MOST_PLACEMENTS - 1)
        end = np.where(stays, limit[here], np.minimum(when[here] + length, limit[here]))
        lived = end > when[here]
        periods.append(here[lived])
        starts.append(when[here][lived])
        ends.append(end[lived])
        when[here] = end
        here = here[end < limit[here]]
        if len(here) == 0:
            break
    period, start, end = map(np.concatenate, (periods, starts, ends))
    types = _types(chance, people, care, period, start, end)
    for kind, (began, until) in {
        "ffa": (care.way["ffa"], np.minimum(care.way["placed"], care.end)),
        "placed": (care.way["placed"], care.end),
    }.items():
        adoptive = np.flatnonzero((began < FAR) & (began < until))
        fostered = care.way["ffa"][adoptive] < FAR
        word = np.where(fostered, care_codes.A5, care_codes.A6).astype(object)
        if kind == "ffa":
            word = np.full(len(adoptive), care_codes.U5, dtype=object)
        period = np.concatenate([period, adoptive])
        start = np.concatenate([start, began[adoptive]])
        end = np.concatenate([end, until[adoptive]])
        types = np.concatenate([types, word])
    table: Table = {"care": period, "start": start, "end": end, "type": types}
    return _sorted(table | _places(chance, types), "care", "start")


def _types(
    chance: Chance, people: People, care: Care, period: Ints, start: Ints, end: Ints
) -> Texts:
    age = start - people.birth[care.who[period]]
    count = len(period)
    types = choose(chance.alone(count), care_codes.PLACEMENT_UNDER_10)
    older, grown = age >= 10 * YEAR, age >= 16 * YEAR
    types[older] = chance.chosen(int(older.sum()), care_codes.PLACEMENT_10_TO_15)
    types[grown] = chance.chosen(int(grown.sum()), care_codes.PLACEMENT_16_TO_17)
    alone = people.uasc[care.who[period]] | care.breaks[period]
    types[(types == care_codes.P1) & (alone | (start == care.start[period]))] = care_codes.U6
    brief = (end - start <= 7) & (end < care.end[period]) & (start > care.start[period])
    types[brief] = care_codes.T4
    return types


def _places(chance: Chance, types: Texts) -> Table:
    """Provider, inside or outside the authority, whose area, and invented postcodes and URNs."""
    count, rng = len(types), chance.rng
    letter = np.array([word.split(") ")[1][0] for word in types.tolist()], dtype=object)
    foster = (letter == "U") | (letter == "A") | (letter == "T")
    provider = np.where(
        foster,
        chance.chosen(count, care_codes.FOSTER_PROVIDER),
        chance.chosen(count, care_codes.OTHER_PROVIDER),
    ).astype(object)
    provider[types == care_codes.P1] = care_codes.PARENTS
    inside = chance.alone(count) < np.where(letter == "P", 0.85, np.where(foster, 0.66, 0.45))
    where = np.where(inside, care_codes.HERE, chance.chosen(count, care_codes.ELSEWHERE))
    # No postcode area is called ZZ.
    area, street = rng.integers(1, 90, count), rng.integers(0, 260, count)
    postcodes = [
        f"ZZ{a} {s % 10}{chr(65 + s // 10)}Z"
        for a, s in zip(area.tolist(), street.tolist(), strict=True)
    ]
    homes = [f"SYN{number:04d}" for number in rng.integers(1, 900, count).tolist()]
    registered = np.isin(letter, ["H", "K", "R", "S"])
    return {
        "provider": provider,
        "location": np.where(inside, care_codes.INSIDE, care_codes.OUTSIDE).astype(object),
        "authority": where.astype(object),
        "postcode": np.array(postcodes, dtype=object),
        "urn": np.where(registered, np.array(homes, dtype=object), "").astype(object),
    }


def missing(chance: Chance, people: People, care: Care) -> Table:
    """Episodes of going missing or being absent: few children, many times."""
    rng = chance.rng
    teens = np.maximum(care.start, people.birth[care.who] + 11 * YEAR)
    years = np.maximum(care.end - teens, 0) / YEAR
    often = chance.alone(len(care)) ** 6 * 14 + 0.05
    count = np.minimum(rng.poisson(years * often * ~care.breaks), 120)
    period = np.repeat(np.arange(len(care)), count)
    room = care.end[period] - teens[period] - 1
    start = teens[period] + np.floor(chance.alone(len(period)) * room).astype(np.int64)
    length = chance.days(len(period), ((0, 0, 0.5), (1, 2, 0.35), (3, 20, 0.15)))
    missing_ = chance.alone(len(period)) < 0.86
    offered = chance.chosen(len(period), {codes.YES: 0.86, codes.NO: 0.11, codes.UNKNOWN: 0.03})
    accepted = chance.chosen(len(period), {codes.YES: 0.66, codes.NO: 0.31, codes.UNKNOWN: 0.03})
    offered[~missing_] = ""
    accepted[offered != codes.YES] = ""
    return _sorted(
        {
            "care": period,
            "start": start,
            "end": np.minimum(start + length, care.end[period]),
            "kind": np.where(missing_, "missing", "absent").astype(object),
            "offered": offered,
            "accepted": accepted,
        },
        "care",
        "start",
    )


def permanence(chance: Chance, people: People, care: Care) -> Table:
    """Permanence plans: one agreed by about the second review, perhaps another later."""
    count, family = len(care), people.family[care.who]
    first = care.start + within(chance.shared(family, 0.98), ((40, 125, 0.9), (126, 260, 0.1)))
    plan = choose(chance.shared(family, 0.98), care_codes.PERMANENCE)
    age = care.start - people.birth[care.who]
    plan[(age > 15 * YEAR) & chance.happens(count, 0.5)] = care_codes.LIVING_PLAN
    plan[(age < 12 * YEAR) & (plan == care_codes.LIVING_PLAN)] = care_codes.FOSTER_PLAN
    again = first + within(chance.alone(count), ((150, 900, 1.0),))
    again = np.where(chance.happens(count, 0.3), again, FAR)
    second = choose(chance.alone(count), care_codes.PERMANENCE)
    decided = care.way["decision"]
    number = np.arange(count)
    start = np.concatenate([first, again, decided, care.way["reversed"]])
    word = np.concatenate(
        [
            plan,
            second,
            np.full(count, care_codes.ADOPTION_PLAN, dtype=object),
            np.full(count, care_codes.FOSTER_PLAN, dtype=object),
        ]
    )
    period = np.concatenate([number] * 4)
    ours = (
        (decided == FAR)[period] | (np.arange(4 * count) >= 2 * count) | (start < decided[period])
    )
    kept = ours & (start < care.end[period]) & ~care.breaks[period]
    return _sorted({"care": period[kept], "date": start[kept], "plan": word[kept]}, "care", "date")


def _sorted(table: Table, *keys: str) -> Table:
    order = np.lexsort([table[key] for key in reversed(keys)])
    return {name: values[order] for name, values in table.items()}
