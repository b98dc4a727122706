"""The row of a panel or card that says the status, with the officer's cells beside it.

Grids have a status in every row; a panel or card is about one indicator and has one such row.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook_builder.judgement.status import LIGHTS, status_text
from workbook_builder.plan.addresses import cell
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.judged_rows import hand_cells
from workbook_builder.plan.model import (
    Cell,
    Choice,
    Condition,
    DefinedName,
    Formula,
    InputBox,
    Part,
)
from workbook_builder.scorecard import Line


@dataclass(frozen=True)
class StatusRow:
    """Where the status of one indicator stands and what may be typed beside it."""

    place: BlockPlace
    line: Line
    row: int
    head_row: int

    def judged(self, what: str, value: float | str) -> Formula:
        """What the Judgement sheet says of the indicator whose code stands in this row."""
        at = cell(self.row, self.place.columns.judge_row, fixed_row=True, fixed_col=True)
        return Formula(f"INDEX(judge_{what},{at})", value)

    def status(self, col: int) -> Cell:
        """The status as shown."""
        words = self.place.scorecard.catalogue.settings.status_words
        shown = status_text(self.line.verdict.shown, words)
        return Cell(self.row, col, self.judged("status", shown), "status")

    def conditions(self, col: int) -> list[Condition]:
        """The fills of the status."""
        words = self.place.scorecard.catalogue.settings.status_words
        at = cell(self.row, col)
        return [
            Condition(
                self.row, col, self.row, col, f'{at}="{status_text(light, words)}"', light.value
            )
            for light in LIGHTS
        ]

    def officer(self) -> Part:
        """Code, status by hand and reason at the right of what prints."""
        columns, verdict = self.place.columns, self.line.verdict
        words = self.place.scorecard.catalogue.settings.status_words
        hand = hand_cells(self.place.tab_number, self.place.number)
        code = cell(self.row, columns.code, fixed_col=True)
        position = 1 + self.place.scorecard.lines.index(self.line)
        said = status_text(verdict.hand, words) if verdict.hand else None
        reason = verdict.by_hand.reason if verdict.by_hand and verdict.hand else None
        heads = (
            (columns.hand, "Status by hand"),
            (columns.reason, "Reason for a status by hand"),
            (columns.code, "Indicator code"),
            (columns.judge_row, "Row on Judgement"),
        )
        cells = [Cell(self.head_row, col, text, "helper head") for col, text in heads]
        cells += [
            Cell(self.row, columns.hand, said, "hand"),
            Cell(self.row, columns.reason, reason, "reason"),
            Cell(self.row, columns.code, self.line.code, "helper"),
            Cell(
                self.row,
                columns.judge_row,
                Formula(f"MATCH({code},judge_key,0)", position),
                "helper",
            ),
        ]
        return Part(
            next_row=self.row + 1,
            cells=tuple(cells),
            names=(
                DefinedName.of_cell(hand.codes, self.row, columns.code),
                DefinedName.of_cell(hand.words, self.row, columns.hand),
                DefinedName.of_cell(hand.reasons, self.row, columns.reason),
            ),
            choices=(
                Choice(
                    self.row,
                    columns.hand,
                    (words.red, words.amber, words.green, words.unknown),
                    "Status by hand",
                    "Replaces the status by rule for this month only. Say why in the next column.",
                ),
            ),
            inputs=(
                InputBox(self.line.code, "status", hand.words, hand.codes),
                InputBox(self.line.code, "reason", hand.reasons, hand.codes),
            ),
        )
