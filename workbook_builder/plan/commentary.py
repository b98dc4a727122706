"""The commentary block: questions, each with a box to type in, as wide as the table.

Under each box stands what was typed in it last month. Options: key, which tells the block's boxes
from all others and must stay the same for as long as the block is the same to its authors;
questions in order; role, who is to answer; and becomes: what is typed under the second of
`{ 2 = 1 }` is in next month's box of the first, such as actions that are to be reviewed then.
"""

from __future__ import annotations

from pydantic import Field, ValidationInfo, field_validator

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block
from workbook_builder.plan.addresses import name_for
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.last_month_row import last_month_row
from workbook_builder.plan.model import Cell, DefinedName, InputBox, Merge, Part, join

QUESTIONS = (
    "Why does the data look the way it does?",
    "What are we going to do about it?",
    "When will it be done by?",
)
BOX_HEIGHT = 66.0


class CommentaryOptions(Definition):
    """What a commentary block may set beyond its heading."""

    key: str = Field(pattern="^[a-z0-9][a-z0-9-]*$", max_length=40)
    questions: tuple[str, ...] = QUESTIONS
    role: str = ""
    becomes: dict[int, int] = Field(default_factory=dict)

    @field_validator("becomes")
    @classmethod
    def _names_questions(cls, value: dict[int, int], info: ValidationInfo) -> dict[int, int]:
        known = range(1, 1 + len(info.data.get("questions", ())))
        if not {*value, *value.values()} <= set(known):
            raise ValueError("there is no such question")
        return value


def plan_commentary(place: BlockPlace, block: Block) -> Part:
    """Plan the boxes. Each is known by the block's key and its question, wherever it stands."""
    options = CommentaryOptions(**block.options)
    columns = place.columns
    row = place.top
    cells: list[Cell] = []
    heights: list[tuple[int, float]] = []
    merges, names, inputs, keys = [], [], [], []
    below = []
    if block.heading:
        cells.append(Cell(row, columns.LABEL, block.heading, "heading"))
        heights.append((row, 24.0))
        row += 1
    for number, question in enumerate(options.questions, start=1):
        name = name_for("comment", f"{options.key}/{number}")
        cells.append(Cell(row, columns.LABEL, question, "heading"))
        cells.append(Cell(row, columns.last_printed, options.role, "role"))
        box = Cell(row + 1, columns.LABEL, None, "box")
        merges.append(Merge(box, row + 1, columns.last_printed))
        names.append(DefinedName(name, row + 1, columns.LABEL, row + 1, columns.last_printed))
        inputs.append(InputBox(options.key, str(number), name))
        keys += [(row, f"{options.key} question {number}"), (row + 1, f"{options.key} {number}")]
        heights += [(row, 24.0), (row + 1, BOX_HEIGHT)]
        at = f"{options.key} {number}"
        below.append(last_month_row(place, options.key, str(number), row + 2, at))
        row += 3
    boxes = Part(
        next_row=row,
        cells=tuple(cells),
        heights=tuple(heights),
        merges=tuple(merges),
        names=tuple(names),
        inputs=tuple(inputs),
        row_keys=tuple(keys),
    )
    return join([*below, boxes])
