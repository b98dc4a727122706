"""What the history says of indicators that had another code before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_builder.errors import Place
from workbook_builder.extracts.model import Remark
from workbook_builder.history.recoded import Recoded, recoded
from workbook_builder.plan.slots import MANUAL

if TYPE_CHECKING:
    from workbook_builder.catalogue.model import Catalogue
    from workbook_builder.history.model import TypedRecord
    from workbook_builder.history.reading import Reading


def recoding(history: Reading, catalogue: Catalogue, until: int | None = None) -> Recoded:
    """The present code of every earlier one; `until` is the last event that counts."""
    return recoded(catalogue, history.recodings(until))


def unknown_codes(history: Reading, catalogue: Catalogue) -> tuple[Remark, ...]:
    """A remark on each earlier code that the history has nothing of: it may be misspelt."""
    return tuple(
        Remark(
            Place("indicators/", indicator=one.code, field="replaces"),
            f'the history has no figures under the earlier code "{old}": is it spelt so?',
        )
        for one in catalogue.indicators
        for old in one.replaces
        if not history.knows(old)
    )


def manual_figures(history: Reading, catalogue: Catalogue) -> tuple[TypedRecord, ...]:
    """The manual figures of all months, under the codes that the indicators have now."""
    return recoding(history, catalogue).typed(history.latest(MANUAL))


def typed_in(
    history: Reading, catalogue: Catalogue, until: int | None = None
) -> tuple[TypedRecord, ...]:
    """Everything ever typed in a month's workbook, what is not there any more included."""
    month = str(catalogue.settings.report_month)
    return recoding(history, catalogue).typed(history.typed(month, gone=True, until=until))
