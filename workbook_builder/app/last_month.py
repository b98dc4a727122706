"""What the history knows of the month before, for the workbook of a month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook_builder.app.recoding import recoding
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.history.frozen import read_typed
from workbook_builder.history.model import Publication, TypedRecord
from workbook_builder.plan.forward import boxes_of, last_said, left_behind
from workbook_builder.plan.last_month import LastMonth
from workbook_builder.plan.notes_left import left_rows

if TYPE_CHECKING:
    from workbook_builder.history.reading import Reading


def last_month(
    history: Reading,
    catalogue: Catalogue,
    here: Iterable[TypedRecord],
    publication: Publication | None = None,
) -> LastMonth:
    """What was typed in the month before and is shown in the workbook of the catalogue's month.

    Comments are those that were published, where the month before was. here is what stands in the
    workbook; publication is that of its month, after which nothing counts.
    """
    month = catalogue.settings.report_month
    before, boxes = month.plus(-1), boxes_of(catalogue)
    until = publication.typed_until if publication else None
    codes = recoding(history, catalogue)
    typed = codes.typed(history.typed(str(before), until=until))
    known = (*codes.typed(history.ever_typed(str(month), until)), *here)
    names = {one.code: one.name for one in catalogue.indicators}
    return LastMonth(
        before.long_label,
        last_said(codes.typed(_published(history, str(before), publication)) or typed, boxes),
        left_rows(left_behind(typed, known, boxes), names),
    )


def _published(
    history: Reading, month: str, publication: Publication | None
) -> tuple[TypedRecord, ...]:
    """What was typed in a month when it was published last, before another publication."""
    found = [
        one
        for one in history.publications(month)
        if publication is None or one.number < publication.number
    ]
    return read_typed(history.text(found[-1].typed)).records if found else ()
