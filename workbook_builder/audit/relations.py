"""relations.csv: how indicators hang together, for the checks that go across them.

    cp-plans,rises by,cp-starts,      what a count at a point in time rises and falls by
    cp-rate,rate of,cp-plans,children the count that a fed rate comes from, and its population
    cp-repeat,share of,cp-starts,     what a percentage is a share of

It is optional: without it these checks say what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workbook_builder.audit.table import Row, Shape, read_rows
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.errors import Fault, did_you_mean

RELATIONS = "relations.csv"
SHAPE = Shape(
    names={"indicator": "indicator", "relation": "relation", "other": "other"},
    optional={"population": "population"},
)


class Link(StrEnum):
    """How one indicator hangs together with another."""

    RISES = "rises by"
    FALLS = "falls by"
    RATE = "rate of"
    SHARE = "share of"


@dataclass(frozen=True)
class Relation:
    """One row of relations.csv."""

    indicator: str
    link: Link
    other: str
    population: str = ""


def read_relations(folder: Path, catalogue: Catalogue, faults: list[Fault]) -> tuple[Relation, ...]:
    """The relations of a scorecard folder; faults are added. Without the file there are none."""
    path = folder / RELATIONS
    if not path.exists():
        return ()
    codes = [one.code for one in catalogue.indicators]
    populations = {one.population for one in catalogue.populations}
    relations = []
    for row in read_rows(path, RELATIONS, SHAPE, faults):
        found = list(_faults(row, codes, populations))
        faults.extend(found)
        if not found:
            link = Link(row["relation"])
            relations.append(Relation(row["indicator"], link, row["other"], row["population"]))
    return tuple(relations)


def _faults(row: Row, codes: list[str], populations: set[str]) -> Iterator[Fault]:
    for field in ("indicator", "other"):
        if row[field] not in codes:
            what = f'There is no indicator "{row[field]}".'
            yield Fault("WB313", what, row.at(field), fix=did_you_mean(row[field], codes))
    links = [link.value for link in Link]
    if row["relation"] not in links:
        what = f'"{row["relation"]}" is not a relation.'
        fix = did_you_mean(row["relation"], links)
        yield Fault("WB320", what, row.at("relation"), ", ".join(links), fix)
    elif row["relation"] == Link.RATE and row["population"] not in populations:
        what = f'The population "{row["population"]}" is not in populations.csv.'
        fix = did_you_mean(row["population"], populations)
        yield Fault("WB321", what, row.at("population"), fix=fix)
