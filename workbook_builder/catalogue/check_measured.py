"""What has to fit between the indicators counted from lists and their measures, and the areas."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft, Located
from workbook_builder.catalogue.measured import MeasureSaid
from workbook_builder.catalogue.model import Indicator
from workbook_builder.catalogue.words import FedFrom
from workbook_builder.errors import Fault, did_you_mean

AREA = "area"


def check_measured(draft: Draft) -> Iterator[Fault]:
    """Indicators that say something else than their measure counts."""
    for entry in draft.indicators:
        said = draft.measures.get(entry.item.measure)
        if said is not None:
            yield from _unit(entry, said)
            yield from _period(entry, said)
            yield from _source(entry)
            yield from _breakdowns(entry, said, bool(draft.areas))


def check_areas(draft: Draft) -> Iterator[Fault]:
    """A team that has two rows: capitals do not tell teams apart."""
    first: dict[str, int | None] = {}
    for row in draft.areas:
        team = row.item.team.casefold()
        if team in first:
            what = f'The team "{row.item.team}" stands in row {first[team]} too.'
            fix = "A team works in one area: take one of the rows out."
            yield Fault(Code.GIVEN_TWICE, what, row.at("team"), fix=fix)
        first.setdefault(team, row.place.row)


def _unit(entry: Located[Indicator], said: MeasureSaid) -> Iterator[Fault]:
    indicator = entry.item
    if indicator.unit is not said.unit:
        what = f'The unit is "{indicator.unit}", but the measure "{indicator.measure}" gives '
        what += f'"{said.unit}".'
        fix = "Take the unit out, or name another measure."
        yield Fault(Code.NOT_ITS_MEASURE, what, entry.at("unit"), said.unit.value, fix)


def _period(entry: Located[Indicator], said: MeasureSaid) -> Iterator[Fault]:
    indicator = entry.item
    if indicator.period_type not in said.years_to_date:
        what = f'The measure "{indicator.measure}" gives no figure for a '
        what += f'"{indicator.period_type}".'
        allowed = ", ".join(kind.value for kind in said.years_to_date)
        yield Fault(Code.NOT_ITS_MEASURE, what, entry.at("period_type"), allowed)


def _source(entry: Located[Indicator]) -> Iterator[Fault]:
    """An indicator has its figures from one place."""
    indicator = entry.item
    fields = [name for name in ("plus", "minus", "rate_of") if getattr(indicator, name)]
    if indicator.fed_from is FedFrom.MANUAL:
        fields.append("fed_from")
    for field in fields:
        what = f'The indicator is counted by the measure "{indicator.measure}", and "{field}" '
        what += "gives its figures another way."
        yield Fault(Code.NOT_ITS_MEASURE, what, entry.at(field), fix="Take one of them out.")


def _breakdowns(entry: Located[Indicator], said: MeasureSaid, areas: bool) -> Iterator[Fault]:
    for name in entry.item.breakdowns:
        place = entry.at("breakdowns")
        if name not in said.breakdowns:
            what = f'The measure "{entry.item.measure}" cannot be broken down by "{name}".'
            allowed = ", ".join(said.breakdowns) or "none"
            fix = did_you_mean(name, said.breakdowns)
            yield Fault(Code.NOT_ITS_MEASURE, what, place, allowed, fix)
        elif name == AREA and not areas:
            what = "No team has an area: areas.csv is not there, or has no rows."
            fix = "Write it with the columns team and area."
            yield Fault(Code.NOT_ITS_MEASURE, what, place, fix=fix)
