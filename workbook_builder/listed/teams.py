"""Teams that have another name now, and teams that nobody has given an area.

A team that is renamed in the case system would be two teams, each with half of the months. The
table [teams] of the mapping file says which is which, for lists and for what history holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.counting.spelling import folded, holdable
from workbook_builder.extracts.model import Figure
from workbook_builder.extracts.quality import ListProblem
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.mapping import TEAM, folded_name, read_mapping
from workbook_builder.lists.model import FILE, SHEET, Done
from workbook_builder.lists.read import MAPPING

if TYPE_CHECKING:
    from workbook_builder.lists.model import Lists


def new_names(folder: Path, extracts: Iterable[ExtractPlace]) -> dict[str, str]:
    """The new name of each team by its old one in small letters, for all extracts alike.

    A team is renamed for good, so each mapping file is asked: the one that holds for all extracts
    below `folder`, then those of single extracts, the latest counting. A new name that a later
    file calls an old one leads on. Raises UserError with the faults of a mapping file.
    """
    paths = [folder / MAPPING, *(one.mapping for one in extracts if one.mapping is not None)]
    found: dict[str, str] = {}
    for path in dict.fromkeys(path for path in paths if path.is_file()):
        later = read_mapping(path).teams
        passed = {old: later.get(folded_name(name), name) for old, name in found.items()}
        found = {**passed, **later}
    return found


def renamed_text(breakdown: str, teams: Mapping[str, str]) -> str:
    """A breakdown with its team as it is called now."""
    held = {folded(holdable(old)): holdable(new) for old, new in teams.items()}
    parts = [part.partition("=") for part in breakdown.split(";")]
    return ";".join(
        f"{key}={held.get(folded(name), name)}" if mark and key == TEAM else f"{key}{mark}{name}"
        for key, mark, name in parts
    )


def renamed(figures: Iterable[Figure], teams: Mapping[str, str]) -> list[Figure]:
    """Figures by the names that teams have now.

    Where two teams of one period would become one, each keeps its name: what was counted of each
    cannot be added up, as a child may have been with both.
    """
    held = list(figures)
    if not teams:
        return held
    by_name = {name: renamed_text(name, teams) for name in {one.breakdown for one in held}}
    names = [by_name[one.breakdown] for one in held]
    taken = Counter(
        (one.indicator, one.period, folded(name)) for one, name in zip(held, names, strict=True)
    )
    return [
        replace(one, breakdown=name)
        if name != one.breakdown and taken[one.indicator, one.period, folded(name)] == 1
        else one
        for one, name in zip(held, names, strict=True)
    ]


def without_area(found: Lists, areas: Sequence[str]) -> Iterator[ListProblem]:
    """Teams of the lists that have no row in areas.csv, each once for each list.

    areas are the teams of areas.csv. Where there are none, nobody asks for areas.
    """
    known = {team.casefold() for team in areas}
    for key, frame in found.frames.items() if known else ():
        column = lists()[key].column(TEAM)
        if column is None or TEAM in found.missing_columns.get(key, ()) or frame.empty:
            continue
        teams = frame[TEAM].astype(str)
        for team, count in sorted(Counter(teams[teams != ""]).items()):
            if team.casefold() not in known:
                yield ListProblem(
                    "team without area",
                    lists()[key].title,
                    str(frame[FILE].iloc[0]),
                    str(frame[SHEET].iloc[0]),
                    None,
                    "",
                    column.heading,
                    f'the team "{team}" has no row in areas.csv',
                    Done.KEPT.value,
                    count,
                )
