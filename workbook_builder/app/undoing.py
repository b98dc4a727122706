"""Undoing the last refresh of an open workbook."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.app import refusals
from workbook_builder.app.open_scorecard import (
    BESIDE,
    FIGURES,
    WRITTEN,
    OpenScorecard,
    Refreshed,
    digest_of,
    open_scorecard,
)
from workbook_builder.errors import InternalError, UserError
from workbook_builder.progress import Progress

if TYPE_CHECKING:
    from workbook_builder.history.model import Event, Stamp
    from workbook_builder.plan.blocks import Block
    from workbook_builder.plan.model import Workbook


def undo(
    folder: Path | None = None,
    arguments: Sequence[str] = (),
    progress: Progress | None = None,
    stamp: Stamp | None = None,
) -> Refreshed:
    """Put back the figures from before the last refresh and keep what was typed since.

    Raises UserError where there is nothing to undo.
    """
    from workbook_builder.app.doors import live_door

    with open_scorecard(live_door(arguments), folder, progress, stamp) as work:
        return _undo(work)


def _undo(work: OpenScorecard) -> Refreshed:
    from workbook_builder.history.model import Work

    opened, history = work.opened, work.history
    last = history.to_undo(opened.month)
    stored = dict(history.previous(last)) if last is not None else {}
    if last is None or not stored or _built_since(work, last):
        raise UserError([refusals.nothing_to_undo(opened)])
    if work.frozen is not None and last.number < work.frozen.publication.event:
        raise UserError([refusals.published_since(opened)])
    figures = stored.pop(WRITTEN, "")
    if digest_of(work.book.owned.get(FIGURES, ())) != figures:
        raise UserError([refusals.another_copy(opened)])
    names = [name for name in BESIDE if name in stored]
    beside = {name: _text_of(stored.pop(name)) for name in names}
    blocks = {key: _block(text) for key, text in stored.items()}
    cells = work.changed(blocks)
    before = history.before(last) or last
    event = history.begin(
        Work(
            kind="undo",
            month=opened.month,
            workbook=opened.name,
            catalogue=history.catalogue(before),
            structure=work.book.identity.inventory,
            files=(),
            figures=history.figures_before(last),
            typed=work.typing.records,
            previous=work.previous(blocks),
            undoes=last.number,
            typed_before=work.saved,
            extracts=history.extracts_of(before),
        )
    )
    written = work.write(event, blocks, cells, _no_plan)
    return work.told(event, cells, written, work.bring_beside(beside))


def _built_since(work: OpenScorecard, last: Event) -> bool:
    """A workbook that was built again has other figures than the refresh before it left."""
    from workbook_builder.history.model import MAKING

    return any(
        e.kind in MAKING and e.number > last.number
        for e in work.history.events(month=work.opened.month)
    )


def _no_plan(*_: object) -> Workbook:
    """An undo puts back what stood there; only an open workbook can work out what follows."""
    raise InternalError("an undo was asked for a plan")


def _text_of(said: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(said, encoding="utf-8", newline="")

    return write


def _block(text: str) -> Block:
    return tuple(tuple(row) for row in json.loads(text))
