"""A whole board copy: cover, contents and notes, then the chosen tabs, then what explains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbook_builder.board.chart_tables import with_chart_data
from workbook_builder.board.pages import Pages, Status, checklist, contents, cover, notes
from workbook_builder.board.static import LEFT_OUT_SAID, NOTHING_SAID, static_sheet
from workbook_builder.board.tables import with_tables
from workbook_builder.board.values import Values
from workbook_builder.plan.model import Cell, Sheet, Workbook
from workbook_builder.scorecard import Scorecard

FRONT, DEFINITIONS = "front", "definitions"
PROVISIONAL = "[p] provisional"
WITHHELD = "[c] withheld, with its status, arrow and place in charts"


@dataclass(frozen=True)
class BoardMaking:
    """What a copy is made of.

    planned is the workbook with everything typed in its place; tabs are the names of the sheets
    that are wanted, in their order there; all report sheets where there are none.
    """

    scorecard: Scorecard
    planned: Workbook
    status: Status
    tabs: Sequence[str] = ()


def report_sheets(planned: Workbook) -> list[Sheet]:
    """The sheets that a board may have: the front sheet, the tabs and the definitions."""
    wanted = (FRONT, DEFINITIONS)
    return [one for one in planned.sheets if one.key in wanted or one.key.startswith("tab ")]


def board_workbook(making: BoardMaking) -> Workbook:
    """Plan the copy. Tabs that the workbook does not have are left out: they are checked before."""
    values = Values(making.planned)
    chosen = [
        one for one in report_sheets(making.planned) if not making.tabs or one.name in making.tabs
    ]
    nothing = NOTHING_SAID if making.status.account is None else LEFT_OUT_SAID
    tabs = [
        with_tables(_marked(static_sheet(one, values, nothing), making.status), f"Tab_{number}")
        for number, one in enumerate(chosen, start=1)
    ]
    pages = Pages.beside([one.name for one in tabs])
    scorecard = making.scorecard
    subtitle = f"{making.planned.company}   |   {scorecard.month.long_label}"
    drawn, data = with_chart_data(tabs, values, pages.charts, subtitle)
    told = notes(scorecard, making.status, pages)
    after = [*drawn, *([data] if data else []), checklist(scorecard, pages)]
    names = _Names()
    sheets = (
        cover(scorecard, making.status, pages),
        contents(scorecard, [told, *after], pages),
        told,
        *after,
    )
    return replace(
        making.planned,
        sheets=tuple(names.own(one) for one in sheets),
        constants=(),
        marking=making.status.short_marking,
    )


@dataclass
class _Names:
    """Names of tables, each once in the workbook."""

    used: int = 0

    def own(self, sheet: Sheet) -> Sheet:
        tables = []
        for one in sheet.tables:
            self.used += 1
            tables.append(replace(one, name=f"Table_{self.used}"))
        return replace(sheet, tables=tuple(tables), protected=False)


def _marked(sheet: Sheet, status: Status) -> Sheet:
    """The line under the title says so where the month is not published, or figures withheld."""
    said = [] if status.published else [PROVISIONAL]
    said += [] if status.account is None else [WITHHELD]
    return replace(sheet, part=replace(sheet.part, cells=tuple(_with_marks(sheet, said))))


def _with_marks(sheet: Sheet, said: Sequence[str]) -> Iterator[Cell]:
    for cell in sheet.part.cells:
        if cell.style == "subtitle" and isinstance(cell.content, str):
            yield replace(cell, content="   |   ".join((cell.content, *said)))
        else:
            yield cell
