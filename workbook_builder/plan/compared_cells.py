"""Cells that show what an indicator is compared with: its three-year average and England.

The Figures sheet holds each comparator in a row of its own and says which of its columns is the
latest, so a newer figure moves into the tab by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook_builder.judgement.year import reach_label
from workbook_builder.plan.addresses import cell, text
from workbook_builder.plan.comparisons import comparator_key
from workbook_builder.plan.layout import Layout
from workbook_builder.plan.model import Formula
from workbook_builder.values import Symbol

NONE = Symbol.DASH.shown


def latest_comparison(
    layout: Layout, code: str, comparator: str, row: int, code_col: int
) -> Formula:
    """The latest figure of a comparator for the indicator whose code stands in the row."""
    ending = text(comparator_key("", comparator))
    at = f"MATCH({cell(row, code_col, fixed_col=True)}&{ending},fig_key,0)"
    found = f"INDEX(fig_value,{at},INDEX(fig_latest,{at}))"
    return Formula(f'IFERROR({found},"{NONE}")', _latest_value(layout, code, comparator))


def comparison_head(
    layout: Layout, codes: Sequence[str], comparator: str, said: str
) -> Formula | str:
    """The head of a column of comparators, with their period where they all share one."""
    held = [code for code in codes if layout.has_row(comparator_key(code, comparator))]
    if not held:
        return said
    latest = [
        f"INDEX(fig_latest,MATCH({text(comparator_key(code, comparator))},fig_key,0))"
        for code in held
    ]
    among = ",".join(latest)
    periods = {_latest_label(layout, code, comparator) for code in held}
    label = f"INDEX(fig_label,MAX({among}))"
    formula = f'{text(said + " ")}&IF(MIN({among})=MAX({among}),"("&{label}&")","(latest)")'
    shown = f"({periods.pop()})" if len(periods) == 1 else "(latest)"
    return Formula(formula, f"{said} {shown}")


def _latest_value(layout: Layout, code: str, comparator: str) -> float | str:
    key = comparator_key(code, comparator)
    if not layout.has_row(key):
        return NONE
    row = layout.rows[layout.row_number(key) - 1]
    period = layout.latest(row)
    assert period is not None
    return layout.content(row, period)


def _latest_label(layout: Layout, code: str, comparator: str) -> str:
    row = layout.rows[layout.row_number(comparator_key(code, comparator)) - 1]
    period = layout.latest(row)
    assert period is not None
    return reach_label(period)
