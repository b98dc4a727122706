"""Families and children: who becomes known, when, and how old they are then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbook_builder.sample import codes
from workbook_builder.sample.chance import Chance, choose
from workbook_builder.sample.days import FAR, Flags, Ints, Texts, add_months, calendar

FAMILY_SIZES = (0.52, 0.27, 0.14, 0.07)
UASC_FAMILIES = 0.012
# Age in days when the family becomes known; a negative age is a child not yet born.
AGES = (
    (-150, -14, 0.04),
    (0, 364, 0.09),
    (365, 1825, 0.22),
    (1826, 3650, 0.26),
    (3651, 5840, 0.33),
    (5841, 6500, 0.06),
)
UASC_AGES = ((5110, 5478, 0.08), (5479, 5843, 0.27), (5844, 6208, 0.45), (6209, 6540, 0.2))


@dataclass(frozen=True)
class Span:
    """From the first day simulated to the last."""

    first: int
    last: int


@dataclass(frozen=True)
class People:
    """One entry for each child; `arrival` is the day of the first contact."""

    child: Ints
    family: Ints
    families: int
    gender: Texts
    ethnicity: Texts
    birth: Ints
    birth_expected: Flags
    adult: Ints
    disability: Texts
    uasc: Flags
    arrival: Ints
    area: Texts

    def __len__(self) -> int:
        return len(self.child)


AREAS = {"North": 0.3, "East": 0.27, "South": 0.25, "West": 0.18}


def people(chance: Chance, count: int, span: Span) -> People:
    """So many children in families, who become known over the span."""
    rng = chance.rng
    sizes = rng.choice(len(FAMILY_SIZES), count, p=FAMILY_SIZES) + 1
    alone = rng.random(count) < UASC_FAMILIES
    sizes = np.where(alone, 1, sizes)
    families = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    family = np.repeat(np.arange(families), sizes[:families])[:count].astype(np.int64)
    chance.families = families
    uasc = alone[family]
    arrival = _arrivals(chance, families, span)[family]
    later = chance.happens(count, 0.12) & ~uasc
    moved = arrival + rng.integers(30, 700, count)
    arrival = np.where(later & (moved <= span.last), moved, arrival).astype(np.int64)
    age = np.where(uasc, chance.days(count, UASC_AGES), chance.days(count, AGES))
    ethnicity = choose(rng.random(families), codes.ETHNICITY)[family]
    ethnicity[uasc] = chance.chosen(int(uasc.sum()), codes.UASC_ETHNICITY)
    gender = chance.chosen(count, codes.GENDER)
    gender[uasc & chance.happens(count, 0.9)] = codes.MALE
    disability = chance.chosen(count, codes.DISABILITY)
    disability[uasc] = codes.NO
    birth = arrival - age
    return People(
        child=(1_000_000 + rng.permutation(count * 3)[:count]).astype(np.int64),
        family=family,
        families=families,
        gender=gender,
        ethnicity=ethnicity,
        birth=birth,
        birth_expected=chance.happens(count, 0.8),
        adult=add_months(birth, 216),
        disability=disability,
        uasc=uasc,
        arrival=arrival,
        area=choose(rng.random(families), AREAS)[family],
    )


def _arrivals(chance: Chance, families: int, span: Span) -> Ints:
    """A day of first contact for each family, by season and weekday."""
    days = np.arange(span.first, span.last + 1)
    busy = np.cumsum(calendar().busy(days))
    return days[np.searchsorted(busy / busy[-1], chance.alone(families))].astype(np.int64)


def when_busy(chance: Chance, days: Ints) -> Ints:
    """Days put off until a busy enough one, so that later contacts follow the seasons as well."""
    moved = days.copy()
    for longest in (7, 7, 40, 7):
        quiet = (moved < FAR) & (chance.alone(len(moved)) * 1.25 > calendar().busy(moved))
        later = moved + chance.rng.integers(1, longest + 1, len(moved))
        moved = np.where(quiet, later, moved).astype(np.int64)
    return moved
