"""Invented authorities with faults in their lists, and a scorecard that asks for everything."""

from __future__ import annotations

import calendar
import csv
import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest

from tests.proof import plain
from workbook_builder import sample
from workbook_builder.catalogue.words import PeriodType, Unit
from workbook_builder.counting import load_library
from workbook_builder.counting.columns import vocabulary
from workbook_builder.counting.model import Counted, Measure
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
    write_areas(folder)
    return folder


def write_areas(folder: Path) -> None:
    """Areas for two of three teams, in capitals; the third has none."""
    month, path = extracts_of(folder)[-1]
    rows = [row for found in plain.read(path, last_day(month)).values() for row in found]
    teams = sorted({row.get("team") or "" for row in rows} - {""})
    areas = {team: "North" if at % 3 else "South" for at, team in enumerate(teams) if at % 3 < 2}
    lines = "".join(f"{team.upper()},{area}\n" for team, area in areas.items())
    (folder / "areas.csv").write_text(f"team,area\n{lines}", encoding="utf-8")


def areas_of(folder: Path) -> dict[str, str]:
    """The area of each team, in small letters."""
    path = folder / "areas.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["team"].casefold(): row["area"] for row in csv.DictReader(stream)}


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
    """The kinds of period that a figure can be of; a position is that of its last month."""
    if counted is Counted.IN_MONTH:
        return (
            PeriodType.IN_MONTH,
            PeriodType.QUARTERLY,
            PeriodType.CUMULATIVE,
            PeriodType.ROLLING,
        )
    return PeriodType.SNAPSHOT, PeriodType.QUARTERLY


def broken_down(measure: Measure, wanted: tuple[str, ...]) -> list[str]:
    """The breakdowns that a measure can have: those whose column the list has."""
    columns = vocabulary().lists[measure.list].columns
    if measure.unit is Unit.RATE:
        return []
    return [
        name
        for name in wanted
        if vocabulary().breakdowns[name].by in columns
        and (name != "area" or "team" in columns)
        and name in (measure.breakdowns or wanted)
    ]


def code_of(measure: str, kind: str) -> str:
    """The indicator for a measure and a kind of period."""
    return f"{measure} {kind}"


def write_scorecard(folder: Path, window: int, wanted: tuple[str, ...]) -> None:
    """An indicator for every measure and kind of period, with some breakdowns."""
    folder.mkdir(parents=True)
    indicators = ['theme = "Everything"']
    codes = []
    for measure in load_library().measures:
        breakdowns = json.dumps(broken_down(measure, wanted))
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
    quarters = [code for code in codes if code.endswith(" quarter")]
    (folder / "scorecard.toml").write_text(
        'id = "all"\ntitle = "Everything"\nauthority = "Exampleshire"\nreport_month = "2025-03"\n'
        f"data_as_at = 2025-03-31\n[lists]\nwindow = {window}\n"
        'may_be_empty = ["adoption", "adopters"]\n'
        + '[[tab]]\nname = "All"\ntitle = "All"\n'
        + "".join(
            f'[[tab.block]]\ntype = "grid"\nindicators = {json.dumps(block)}\n'
            for block in (quarters, [code for code in codes if code not in quarters])
        ),
        encoding="utf-8",
    )
