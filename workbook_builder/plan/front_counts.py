"""The top of the front sheet: how many lights of each colour, in all and by theme."""

from __future__ import annotations

from workbook_builder.judgement.status import LIGHTS, Status, status_text
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Cell, DefinedName, Formula, Part

# Columns of the front sheet that the counts stand in, under one another.
THEME = 2
COLUMNS = {Status.RED: 3, Status.AMBER: 5, Status.GREEN: 6}
OTHER = 8
ALL = 10
ROW_HEIGHT, TILE_HEIGHT = 16.0, 28.0


def themes_of(layout: Layout) -> tuple[str, ...]:
    """The themes in catalogue order."""
    return tuple(dict.fromkeys(line.indicator.theme for line in layout.scorecard.lines))


def count_rows(layout: Layout, top: int) -> Part:
    """A sentence, then a row for all themes together and one for each, from `top` down."""
    row = top + 1
    cells = [*_head(layout, row + 1)]
    heights = [(top, 4.0), (row, 22.0), (row + 1, 18.0)]
    total = row + 2
    first = total + 1
    themes = themes_of(layout)
    for at, theme in enumerate(themes):
        cells += _theme(layout, first + at, theme)
        heights.append((first + at, ROW_HEIGHT))
    last = first + len(themes) - 1
    cells += _total(layout, total, first, last)
    heights += [(total, TILE_HEIGHT), (last + 1, 8.0)]
    cells.append(_sentence(layout, row))
    names = [DefinedName.of_cell(f"count_{light.value}", total, COLUMNS[light]) for light in LIGHTS]
    return Part(last + 1, tuple(cells), tuple(heights), names=tuple(names))


def _count(layout: Layout, theme: str, status: Status | None) -> int:
    """How many lines of a theme show a status; None counts those without a light."""
    lines = [line for line in layout.scorecard.lines if line.indicator.theme == theme]
    if status is None:
        return sum(1 for line in lines if line.verdict.shown not in LIGHTS)
    return sum(1 for line in lines if line.verdict.shown is status)


def _head(layout: Layout, row: int) -> list[Cell]:
    words = layout.scorecard.catalogue.settings.status_words
    said = [(THEME, "Lights by theme", "head")]
    said += [(col, status_text(light, words), "head centre") for light, col in COLUMNS.items()]
    said += [(OTHER, "No light", "head centre"), (ALL, "Indicators", "head centre")]
    filler = [(col, "", "head") for col in (4, 7)]
    return [Cell(row, col, text_, style) for col, text_, style in said + filler]


def _theme(layout: Layout, row: int, theme: str) -> list[Cell]:
    words = layout.scorecard.catalogue.settings.status_words
    name = cell(row, THEME, fixed_col=True)
    cells = [Cell(row, THEME, theme, "label")]
    for light, col in COLUMNS.items():
        word = text(status_text(light, words))
        formula = f"SUMPRODUCT((judge_theme={name})*(judge_status={word}))"
        cells.append(_number(row, col, Formula(formula, _count(layout, theme, light))))
    lights = "+".join(cell(row, col) for col in COLUMNS.values())
    count = sum(1 for line in layout.scorecard.lines if line.indicator.theme == theme)
    cells.append(_number(row, ALL, Formula(f"SUMPRODUCT(1*(judge_theme={name}))", count)))
    none = Formula(f"{cell(row, ALL)}-({lights})", _count(layout, theme, None))
    cells.append(_number(row, OTHER, none))
    return cells + [Cell(row, col, None, "number") for col in (4, 7)]


def _number(row: int, col: int, content: Formula) -> Cell:
    return Cell(row, col, content, "count", "0")


def _total(layout: Layout, row: int, first: int, last: int) -> list[Cell]:
    cells = [Cell(row, THEME, "All themes", "label bold")]
    styles = {col: f"tile {light.value}" for light, col in COLUMNS.items()}
    lines = layout.scorecard.lines
    values = {col: sum(1 for x in lines if x.verdict.shown is s) for s, col in COLUMNS.items()}
    values |= {OTHER: sum(1 for x in lines if x.verdict.shown not in LIGHTS), ALL: len(lines)}
    for col, value in values.items():
        total = Formula(f"SUM({cell(first, col)}:{cell(last, col)})", value)
        cells.append(Cell(row, col, total, styles.get(col, "tile none"), "0"))
    return cells + [Cell(row, col, None, "number") for col in (4, 7)]


def _sentence(layout: Layout, row: int) -> Cell:
    """14 of 30 assessed indicators are red, 4 amber and 12 green."""
    words = layout.scorecard.catalogue.settings.status_words
    red, amber, green = (status_text(light, words).lower() for light in LIGHTS)
    shown = [line.verdict.shown for line in layout.scorecard.lines]
    counts = [sum(1 for status in shown if status is light) for light in LIGHTS]
    formula = (
        'count_red&" of "&(count_red+count_amber+count_green)&'
        f'" assessed indicators are {red}, "&count_amber&" {amber} and "&count_green&" {green}"'
    )
    said = (
        f"{counts[0]} of {sum(counts)} assessed indicators are {red}, "
        f"{counts[1]} {amber} and {counts[2]} {green}"
    )
    return Cell(row, 1, Formula(formula, said), "lead")
