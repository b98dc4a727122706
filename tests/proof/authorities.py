"""Invented authorities with faults in their lists, and a scorecard that asks for everything."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest

from workbook_builder import sample
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.counting import load_library
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Counted
from workbook_builder.sample import mess

PEOPLE = 51_234.0
KINDS = {
    PeriodType.IN_MONTH: "month",
    PeriodType.SNAPSHOT: "month",
    PeriodType.QUARTERLY: "quarter",
    PeriodType.CUMULATIVE: "ytd",
    PeriodType.ROLLING: "rolling_12m",
}


@dataclasses.dataclass(frozen=True)
class Authority:
    """What is generated and asked for. more: how many times as often the faults of cells come."""

    seed: int
    children: int
    months: int
    window: int = 6
    more: float = 1.0
    csv: bool = False
    breakdowns: tuple[str, ...] = tuple(sorted(vocabulary().breakdowns))

    def __str__(self) -> str:
        return f"seed {self.seed}"


def make(authority: Authority, folder: Path) -> Path:
    """A scorecard folder that asks for every measure, and the authority's extracts in it."""
    write_scorecard(folder, authority.window, authority.breakdowns)
    generate(authority, folder / "extracts" / "lists")
    return folder


def generate(authority: Authority, lists: Path) -> None:
    """The authority's extracts, with its faults."""
    more = tuple(
        dataclasses.replace(fault, rate=min(fault.rate * authority.more, 0.2))
        for fault in mess.CELL_FAULTS
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mess, "CELL_FAULTS", more)
        sample.generate(
            lists,
            authority.children,
            authority.months,
            authority.seed,
            window=authority.window,
            mess=True,
            csv=authority.csv,
        )


def extracts_of(folder: Path) -> list[tuple[tuple[int, int], Path]]:
    """Year and month of each extract, and where it is, in the order of the months."""
    found = []
    for path in (folder / "extracts" / "lists").iterdir():
        if path.is_dir() or path.suffix == ".xlsx":
            found.append(((int(path.stem[-7:-3]), int(path.stem[-2:])), path))
    return sorted(found)


def last_day(month: tuple[int, int]) -> dt.date:
    return dt.date(*month, calendar.monthrange(*month)[1])


def period_types(counted: Counted) -> tuple[PeriodType, ...]:
    if counted is Counted.IN_MONTH:
        return (
            PeriodType.IN_MONTH,
            PeriodType.QUARTERLY,
            PeriodType.CUMULATIVE,
            PeriodType.ROLLING,
        )
    return PeriodType.SNAPSHOT, PeriodType.QUARTERLY, PeriodType.CUMULATIVE


def code_of(measure: str, kind: str) -> str:
    """The indicator for a measure and a kind of period."""
    return f"{measure} {kind}"


def write_scorecard(folder: Path, window: int, broken_down: tuple[str, ...]) -> None:
    """An indicator for every measure and kind of period, with some breakdowns."""
    folder.mkdir(parents=True)
    breakdowns = json.dumps(broken_down)
    indicators = ['theme = "Everything"']
    codes = []
    for measure in load_library().measures:
        for kind in period_types(measure.counted):
            code = code_of(measure.code, KINDS[kind])
            codes.append(code)
            parts = "" if measure.unit is Unit.COUNT else 'numerator = "a"\ndenominator = "b"\n'
            parts += 'population = "children"\n' if measure.unit is Unit.RATE else ""
            indicators.append(
                f'[[indicator]]\ncode = "{code}"\nmeasure = "{measure.code}"\n'
                f'name = "{measure.name}, {KINDS[kind]}"\nunit = "{measure.unit.value}"\n'
                f'polarity = "{measure.polarity.value}"\nperiod_type = "{kind.value}"\n'
                f'year_to_date = "latest"\n{parts}breakdowns = {breakdowns}\n'
            )
    (folder / "populations.csv").write_text(
        "population,year,value\n"
        + "".join(f"children,{year},{PEOPLE:.0f}\n" for year in range(2018, 2026)),
        encoding="utf-8",
    )
    (folder / "indicators").mkdir()
    (folder / "indicators" / "all.toml").write_text("\n".join(indicators), encoding="utf-8")
    (folder / "scorecard.toml").write_text(
        'id = "all"\ntitle = "Everything"\nauthority = "Exampleshire"\nreport_month = "2025-03"\n'
        f"data_as_at = 2025-03-31\nlists.window = {window}\n"
        '[[tab]]\nname = "All"\ntitle = "All"\n'
        f'[[tab.block]]\ntype = "months"\nindicators = {json.dumps(codes)}\n',
        encoding="utf-8",
    )
