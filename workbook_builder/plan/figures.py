"""The Figures sheet: every figure once, in blocks with the same rows.

Top: the roles of periods (report month, month before, last year), each with its key, label and
column. Below: values, numerators, denominators, marks; a row for each series and a column for each
period. Everything else in the workbook is a formula over these blocks.
"""

from __future__ import annotations

from workbook_builder.catalogue.populations import population_for
from workbook_builder.judgement.year import reach_label
from workbook_builder.measures.series import Point, Points
from workbook_builder.periods import Period, day_label
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.comparisons import COMPARATORS
from workbook_builder.plan.layout import FigureRow, Layout, series_key_text
from workbook_builder.plan.line_cells import no_figure
from workbook_builder.plan.model import (
    Cell,
    Content,
    DefinedName,
    Formula,
    Part,
    Print,
    Sheet,
)
from workbook_builder.plan.said_targets import baseline, baseline_words, target_words
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Line
from workbook_builder.values import Symbol

NAME = "Figures"
KEY, INDICATOR, WHAT, BREAKDOWN, UNIT, TOLERANCE, NO_TARGET, NO_FIGURE, LATEST = range(9)
TARGET_WORDS, BASELINE, BASELINE_WORDS = range(9, 12)
FIRST_COLUMN = 12
ROLE_ROW, ROLE_PERIOD_ROW, ROLE_LABEL_ROW, ROLE_POSITION_ROW, ROLE_HEAD_ROW = range(3, 8)
# What the names of a role begin with, and where they lead.
OF_ROLES = {"at": ROLE_POSITION_ROW, "label": ROLE_LABEL_ROW, "head": ROLE_HEAD_ROW}
POSITION_ROW, PERIOD_ROW, LABEL_ROW = 9, 10, 11
FIRST_ROW = 12
BLOCKS = (
    ("value", "Values"),
    ("numerator", "Numerators"),
    ("denominator", "Denominators"),
    ("mark", "Marks"),
)
MARKS = 3
BLOCK_GAP = 3
WIDTHS = (34.0, 60.0, 9.0, 18.0, 14.0, 9.0, 11.0, 14.0, 9.0, 30.0, 9.0, 30.0)


def figures_sheet(layout: Layout) -> Sheet:
    """Plan the Figures sheet."""
    last_col = FIRST_COLUMN + layout.width - 1
    cells = [
        Cell(0, 0, "Figures", "lead"),
        Cell(
            1, 0, "Written by a build or a refresh. Every other sheet is formulas over it.", "note"
        ),
        Cell(2, 0, as_at_text(layout), "note"),
        *_role_cells(layout),
        *_head_cells(layout),
        *_value_cells(layout),
        *_part_cells(layout),
        *_mark_cells(layout),
    ]
    last_row = _block_row(layout, len(BLOCKS) - 1) + layout.height - 1
    printed = FIRST_COLUMN + layout.periods.index(layout.roles["month_0"])
    values_end = FIRST_ROW + len(layout.rows) - 1
    return Sheet(
        key="figures",
        name=NAME,
        title="Figures",
        part=Part(
            last_row + 1,
            tuple(cells),
            heights=tuple(_heights(layout)),
            names=tuple(_names(layout, last_col)),
        ),
        widths=WIDTHS + (9.0,) * layout.width,
        print=Print(values_end, printed, 70, repeat=(PERIOD_ROW, LABEL_ROW), repeat_key=True),
        freeze_row=FIRST_ROW,
        freeze_col=1,
        gridlines=True,
        protected=True,
        owned=True,
    )


def _heights(layout: Layout) -> list[tuple[int, float]]:
    """Rows of the value block whose indicator has a long name, target or baseline."""
    heights = []
    for at, row in enumerate(layout.rows):
        texts = [(row.indicator.name, INDICATOR)]
        if row.key == row.indicator.code:
            texts.append((target_words(layout.scorecard, row.key), TARGET_WORDS))
            texts.append((baseline_words(layout.scorecard, row.key), BASELINE_WORDS))
        lines = max(lines_needed(said, WIDTHS[col], 9) for said, col in texts)
        heights.append((FIRST_ROW + at, height_for(lines, 9, 15.0)))
    return heights


def as_at_text(layout: Layout) -> str:
    """How recent the figures are; the month itself where nothing else is said."""
    day = layout.scorecard.catalogue.settings.data_as_at or layout.scorecard.month.last_day
    return f"figures as at {day_label(day)}"


def sheet_rows(height: int) -> int:
    """How many rows the sheet has where a block has `height`."""
    return FIRST_ROW + (len(BLOCKS) - 1) * (height + BLOCK_GAP) + height


def _block_row(layout: Layout, block: int) -> int:
    """The first series row of a block."""
    return FIRST_ROW + block * (layout.height + BLOCK_GAP)


def _role_cells(layout: Layout) -> list[Cell]:
    heads = ("Role of a period", "Period", "Label", "Column of the blocks", "Head of a column")
    cells = [Cell(ROLE_ROW + at, 0, head, "figure head") for at, head in enumerate(heads)]
    for at, (role, period) in enumerate(layout.roles.items()):
        col = FIRST_COLUMN + at
        position = Formula(
            f"MATCH({cell(ROLE_PERIOD_ROW, col)},fig_period,0)", layout.column_number(period)
        )
        cells += [
            Cell(ROLE_ROW, col, role.replace("_", " "), "figure head right"),
            Cell(ROLE_PERIOD_ROW, col, period.key, "figure"),
            Cell(ROLE_LABEL_ROW, col, period.label, "figure"),
            Cell(ROLE_POSITION_ROW, col, position, "figure", "0"),
            Cell(ROLE_HEAD_ROW, col, layout.head(role), "figure"),
        ]
    return cells


def _head_cells(layout: Layout) -> list[Cell]:
    heads = (
        "Series",
        "Indicator",
        "What",
        "Breakdown",
        "Unit",
        "Tolerance",
        "No target",
        "No figure",
        "Column of the latest",
        "Target in words",
        "Baseline",
        "Baseline in words",
    )
    cells = [Cell(LABEL_ROW, at, head, "figure head") for at, head in enumerate(heads)]
    cells.append(Cell(POSITION_ROW, 0, "Column of the blocks", "figure head"))
    cells.append(Cell(PERIOD_ROW, 0, "Period", "figure head"))
    for at, period in enumerate(layout.periods):
        col = FIRST_COLUMN + at
        cells += [
            Cell(POSITION_ROW, col, float(at + 1), "figure", "0"),
            Cell(PERIOD_ROW, col, period.key, "figure head right"),
            Cell(LABEL_ROW, col, reach_label(period), "figure head right"),
        ]
    for block, (_, title) in enumerate(BLOCKS[1:], start=1):
        cells.append(Cell(_block_row(layout, block) - 1, 0, title, "figure head"))
    return cells


def _value_cells(layout: Layout) -> list[Cell]:
    cells = []
    lines = {line.code: line for line in layout.scorecard.lines}
    columns = [
        (FIRST_COLUMN + place, period, not layout.in_use(period))
        for place, period in enumerate(layout.periods)
    ]
    for at, row in enumerate(layout.rows):
        top = FIRST_ROW + at
        unit = row.indicator.unit_of(row.breakdown)
        described = (row.key, row.indicator.name, row.what, row.breakdown, unit.value)
        cells += [Cell(top, col, text, "figure text") for col, text in enumerate(described)]
        latest = layout.latest(row) if row.what in COMPARATORS else None
        if latest is not None:
            cells.append(Cell(top, LATEST, float(layout.column_number(latest)), "figure", "0"))
        cells += _said_of_lines(layout, lines.get(row.key), top)
        points = layout.scorecard.table.points(row.indicator.code, row.breakdown)
        for col, period, ahead in columns:
            content = _value_content(layout, row, points, period, col, ahead)
            if content is not None:
                cells.append(Cell(top, col, content, "figure"))
    return cells


def _said_of_lines(layout: Layout, line: Line | None, row: int) -> list[Cell]:
    """What holds for an indicator in the report month and may change with the month's files."""
    if line is None:
        return []
    said = [
        Cell(row, TARGET_WORDS, target_words(layout.scorecard, line.code) or None, "figure text"),
        Cell(row, BASELINE, baseline(layout.scorecard, line.code), "figure"),
        Cell(
            row, BASELINE_WORDS, baseline_words(layout.scorecard, line.code) or None, "figure text"
        ),
    ]
    return [
        *(one for one in said if one.content is not None),
        Cell(row, TOLERANCE, line.verdict.tolerance, "figure"),
        Cell(row, NO_TARGET, line.verdict.no_target, "figure"),
        Cell(row, NO_FIGURE, no_figure(line), "figure"),
    ]


def _value_content(
    layout: Layout, row: FigureRow, points: Points, period: Period, col: int, ahead: bool
) -> Content:
    if row.computed:
        return _computed(layout, row, period, col, ahead)
    if row.what == "figure":
        point = points.get(period)
        if point is None and ahead:
            return None
        if point is not None and point.added_up:
            return _added_up(layout, row, period, point, col)
        if point is not None and point.from_parts:
            return _from_parts(layout, row, period, col)
    content = layout.content(row, period)
    if ahead and content in (Symbol.NOT_AVAILABLE.shown, Symbol.DASH.shown):
        return None
    return content


def _added_up(layout: Layout, row: FigureRow, period: Period, point: Point, col: int) -> Formula:
    """A headline that is the total of its breakdown's rows."""
    keys = [series_key_text(row.indicator.code, text) for text in point.added_up]
    parts = [cell(FIRST_ROW + layout.row_number(key) - 1, col) for key in keys]
    hidden = ",".join(f'{part}="{Symbol.CONFIDENTIAL.shown}"' for part in parts)
    gone = ",".join(f'AND(ISTEXT({part}),{part}<>"{Symbol.DASH.shown}")' for part in parts)
    missing = f'IF(OR({gone}),"{Symbol.NOT_AVAILABLE.shown}",SUM({",".join(parts)}))'
    total = f'IF(OR({hidden}),"{Symbol.CONFIDENTIAL.shown}",{missing})'
    return Formula(total, layout.content(row, period))


def _from_parts(layout: Layout, row: FigureRow, period: Period, col: int) -> Formula:
    """A value that was not given, from its numerator and denominator in the blocks below."""
    at = layout.row_number(row.key) - 1
    over, under = cell(_block_row(layout, 1) + at, col), cell(_block_row(layout, 2) + at, col)
    none = Symbol.NOT_APPLICABLE.shown
    share = f"{row.indicator.unit_of(row.breakdown).scale:g}*{over}/{under}"
    return Formula(f'IF({under}=0,"{none}",{share})', layout.content(row, period))


def _computed(layout: Layout, row: FigureRow, period: Period, col: int, ahead: bool) -> Formula:
    """A sum, difference or rate of other rows, in every column, so that new months follow."""
    indicator = row.indicator
    known = period in layout.scorecard.table.points(indicator.code)
    value: float | str = "" if ahead and not known else layout.content(row, period)
    if indicator.rate_of:
        count = _reference(layout, indicator.rate_of, col)
        population = cell(_block_row(layout, 2) + layout.row_number(row.key) - 1, col)
        missing = Symbol.NOT_AVAILABLE.shown
        rate = f'IF(ISNUMBER({population}),10000*{count}/{population},"{missing}")'
        return Formula(f'IF(ISNUMBER({count}),{rate},IF({count}="","",{count}))', value)
    plus = [_reference(layout, code, col) for code in indicator.plus]
    minus = [_reference(layout, code, col) for code in indicator.minus]
    parts = [*plus, *minus]
    total = "+".join(plus) + "".join(f"-{part}" for part in minus)
    hidden = ",".join(f'{part}="{Symbol.CONFIDENTIAL.shown}"' for part in parts)
    blank = ",".join(f'{part}=""' for part in parts)
    return Formula(
        f"IF(COUNT({','.join(parts)})={len(parts)},{total},"
        f'IF(OR({hidden}),"{Symbol.CONFIDENTIAL.shown}",'
        f'IF(AND({blank}),"","{Symbol.NOT_AVAILABLE.shown}")))',
        value,
    )


def _reference(layout: Layout, code: str, col: int) -> str:
    return cell(FIRST_ROW + layout.row_number(series_key_text(code)) - 1, col)


def _part_cells(layout: Layout) -> list[Cell]:
    """Numerators and denominators, where there are any; a rate's denominator is a population."""
    cells = []
    for block in (1, 2):
        for at, row in enumerate(layout.rows):
            top = _block_row(layout, block) + at
            cells.append(Cell(top, 0, row.key, "figure text"))
            if row.what != "figure":
                continue
            points = layout.scorecard.table.points(row.indicator.code, row.breakdown)
            for place, period in enumerate(layout.periods):
                found = _part(layout, row, points, period, block)
                if found is not None:
                    cells.append(Cell(top, FIRST_COLUMN + place, found, "figure"))
    return cells


def _mark_cells(layout: Layout) -> list[Cell]:
    """Which figures are restated or provisional; an empty cell for all others."""
    cells = []
    for at, row in enumerate(layout.rows):
        top = _block_row(layout, MARKS) + at
        cells.append(Cell(top, 0, row.key, "figure text"))
        for place, period in enumerate(layout.periods):
            known = row.what == "figure" and bool(layout.scorecard.marks)
            mark = layout.marks.of(row.indicator.code, row.breakdown, period) if known else ""
            if mark:
                cells.append(Cell(top, FIRST_COLUMN + place, mark, "figure"))
    return cells


def _part(
    layout: Layout, row: FigureRow, points: Points, period: Period, block: int
) -> float | None:
    if row.indicator.rate_of and row.computed:
        catalogue = layout.scorecard.catalogue
        return population_for(catalogue, row.indicator.population, period) if block == 2 else None
    point = points.get(period)
    if point is None:
        return None
    return point.numerator if block == 1 else point.denominator


def _names(layout: Layout, last_col: int) -> list[DefinedName]:
    names = []
    for block, (kind, _) in enumerate(BLOCKS):
        top = _block_row(layout, block)
        bottom = top + layout.height - 1
        names.append(DefinedName(f"fig_{kind}", top, FIRST_COLUMN, bottom, last_col))
    bottom = FIRST_ROW + layout.height - 1
    names += [
        DefinedName("fig_key", FIRST_ROW, KEY, bottom, KEY),
        DefinedName("fig_unit", FIRST_ROW, UNIT, bottom, UNIT),
        DefinedName("fig_tolerance", FIRST_ROW, TOLERANCE, bottom, TOLERANCE),
        DefinedName("fig_no_target", FIRST_ROW, NO_TARGET, bottom, NO_TARGET),
        DefinedName("fig_no_figure", FIRST_ROW, NO_FIGURE, bottom, NO_FIGURE),
        DefinedName("fig_latest", FIRST_ROW, LATEST, bottom, LATEST),
        DefinedName("fig_target_words", FIRST_ROW, TARGET_WORDS, bottom, TARGET_WORDS),
        DefinedName("fig_baseline", FIRST_ROW, BASELINE, bottom, BASELINE),
        DefinedName("fig_baseline_words", FIRST_ROW, BASELINE_WORDS, bottom, BASELINE_WORDS),
        DefinedName("fig_position", POSITION_ROW, FIRST_COLUMN, POSITION_ROW, last_col),
        DefinedName("fig_period", PERIOD_ROW, FIRST_COLUMN, PERIOD_ROW, last_col),
        DefinedName("fig_label", LABEL_ROW, FIRST_COLUMN, LABEL_ROW, last_col),
    ]
    names.append(DefinedName.of_cell("as_at", 2, 0))
    for at, role in enumerate(layout.roles):
        col = FIRST_COLUMN + at
        names += [DefinedName.of_cell(f"{what}_{role}", row, col) for what, row in OF_ROLES.items()]
    return names
