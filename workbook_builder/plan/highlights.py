"""The highlights block: by theme, the current issues and the improvements with their sentences.

Where the block names indicators, only they are shown.

Options: key, which tells the narrative boxes from all others; themes, those shown, all in catalogue
order unless given; others, the heading over indicators that are neither, which are left out where
it is blank; narrative, the question above the box of each theme, none where it is blank.
"""

from __future__ import annotations

from pydantic import Field

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.highlights.filing import Section
from workbook_builder.plan.addresses import cell, name_for
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.last_month_row import last_month_row
from workbook_builder.plan.model import Cell, DefinedName, Formula, InputBox, Merge, Part, join
from workbook_builder.plan.said import SaidPlace, themes_of
from workbook_builder.plan.sentences import HEADINGS, KEYS, TEXTS
from workbook_builder.plan.text_size import height_for, lines_needed
from workbook_builder.scorecard import Scorecard

HEADS = {Section.ISSUE: "Current issues", Section.IMPROVEMENT: "Improvement"}
# Columns for the sentences after the label and the one beside it.
NEEDED = 9
SIZE = 10.0
# Rows are made for two lines at least: a refresh changes sentences and no heights.
LEAST_LINES = 2
BOX_HEIGHT = 66.0


class HighlightsOptions(Definition):
    """What a highlights block may set beyond its heading."""

    key: str = Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=40)
    themes: tuple[str, ...] = ()
    others: str = ""
    narrative: str = "What do we say to this?"


def plan_highlights(place: BlockPlace, block: Block) -> Part:
    """Plan the themes one under another; a page may end between two of them."""
    options = HighlightsOptions(**block.options)
    parts = []
    top = place.top
    if block.heading:
        heading = Cell(top, place.columns.LABEL, block.heading, "heading")
        parts.append(Part(top + 1, (heading,), ((top, 24.0),)))
        top += 1
    for theme in options.themes or themes_of(place.scorecard):
        part = join(_theme(place, options, theme, top))
        parts.append(Part(**{**part.__dict__, "may_break": (top, *part.may_break)}))
        top = part.next_row
    return join(parts)


def _theme(place: BlockPlace, options: HighlightsOptions, theme: str, top: int) -> list[Part]:
    columns = place.columns
    said = place.layout.said
    assert said is not None
    across = range(columns.YEAR, columns.last_printed + 1)
    head = [Cell(top, columns.LABEL, theme, "group")]
    head += [Cell(top, col, None, "group") for col in across]
    head.append(Cell(top, columns.code, "Place", "helper head"))
    head.append(Cell(top, columns.figure_row, "Row on Sentences", "helper head"))
    parts = [Part(top + 1, tuple(head), ((top, 30.0),))]
    heads = HEADS | ({Section.NEITHER: options.others} if options.others else {})
    for section, words in heads.items():
        top = parts[-1].next_row
        cells = (
            Cell(top, columns.LABEL, words, "subgroup"),
            *(Cell(top, col, None, "subgroup") for col in across),
        )
        parts.append(Part(top + 1, cells, ((top, 24.0),)))
        for one in said.of(theme, section):
            parts.append(_slot(place, one, said.row_number(one.key), parts[-1].next_row))
    if options.narrative:
        parts.append(_box(place, options, theme, parts[-1].next_row))
    return parts


def _slot(place: BlockPlace, one: SaidPlace, number: int, row: int) -> Part:
    """One place: the indicator on the left, its sentences over all columns beside it."""
    columns = place.columns
    key = cell(row, columns.code, fixed_col=True)
    at = cell(row, columns.figure_row, fixed_col=True)
    heading = Formula(_shown(HEADINGS, at), one.heading)
    text = Formula(_shown(TEXTS, at), one.text)
    sentence = Cell(row, columns.YEAR, text, "said")
    width = sum(columns.widths[columns.YEAR : columns.last_printed + 1])
    lines = max(
        lines_needed(one.heading, columns.widths[columns.LABEL], SIZE),
        lines_needed(one.text, width, SIZE),
        LEAST_LINES,
    )
    cells = (
        Cell(row, columns.LABEL, heading, "label"),
        sentence,
        Cell(row, columns.code, one.key, "helper"),
        Cell(row, columns.figure_row, Formula(f"MATCH({key},{KEYS},0)", number), "helper"),
    )
    return Part(
        row + 1,
        cells,
        ((row, height_for(lines, SIZE, 15.0)),),
        merges=(Merge(sentence, row, columns.last_printed),),
        row_keys=((row, one.key),),
    )


def _shown(name: str, row: str) -> str:
    """What stands in the place, or nothing."""
    found = f"INDEX({name},{row})"
    return f'IF({found}="","",{found})'


def _box(place: BlockPlace, options: HighlightsOptions, theme: str, row: int) -> Part:
    """The narrative of a theme, by the role that answers for it."""
    columns = place.columns
    name = name_for("comment", f"{options.key}/{theme}")
    box = Cell(row + 1, columns.LABEL, None, "box")
    question = (
        Cell(row, columns.LABEL, options.narrative, "heading"),
        Cell(row, columns.last_printed, role_of(place.scorecard, theme), "role"),
    )
    boxes = Part(
        row + 3,
        question,
        ((row, 24.0), (row + 1, BOX_HEIGHT)),
        merges=(Merge(box, row + 1, columns.last_printed),),
        names=(DefinedName(name, row + 1, columns.LABEL, row + 1, columns.last_printed),),
        inputs=(InputBox(options.key, theme, name),),
        row_keys=(
            (row, f"{options.key} narrative {theme}"),
            (row + 1, f"{options.key} {theme}"),
        ),
    )
    key = f"{options.key} {theme}"
    return join([boxes, last_month_row(place, options.key, theme, row + 2, key, gap=12.0)])


def role_of(scorecard: Scorecard, theme: str) -> str:
    """The role that answers for the first indicator of a theme that has one."""
    owners = [one.owner for one in scorecard.catalogue.indicators if one.theme == theme]
    return next((owner for owner in owners if owner), "")
