"""What one month's sheet and the next month's must have alike for the next to be made of the first.

A copy of the file gets other texts, formulas, heights and names of series. Rows, columns, boxes,
merged cells, conditions, choices and charts stay as they stand in it, with what people did to them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import Any

from workbook_builder.plan.keyed import col_keys, row_keys
from workbook_builder.plan.model import Chart, Sheet

DIGITS = 16
# A month, quarter or year in the key of a row, such as "month 2014-02" or "year Apr-13".
PERIODS = re.compile(r"\b(?:\d{4}-\d{2}|\d{4}/\d{2}(?:-Q\d)?|[A-Z][a-z]{2}-\d{2})\b")


def geometry_digest(sheet: Sheet) -> str:
    """A digest of all that stays. Keys and boxes may be about another period."""
    part = sheet.part
    geometry: dict[str, Any] = {
        "key": sheet.key,
        "rows": [(row, PERIODS.sub("@", key)) for row, key in row_keys(sheet).items()],
        "columns": list(col_keys(sheet).items()),
        "keys": (sheet.key_row, sheet.key_col),
        "names": sorted((n.name, n.row, n.col, n.last_row, n.last_col) for n in part.names),
        "merges": sorted((m.cell.row, m.cell.col, m.last_row, m.last_col) for m in part.merges),
        "conditions": [repr(one) for one in part.conditions],
        "choices": [repr(one) for one in part.choices],
        "inputs": [(one.key, one.name, one.codes) for one in part.inputs],
        "charts": [repr(_nameless(one)) for one in part.charts],
    }
    return hashlib.sha256(json.dumps(geometry).encode()).hexdigest()[:DIGITS]


def _nameless(chart: Chart) -> Chart:
    """A chart without the words that name its months."""
    series = tuple(replace(one, name="") for one in chart.series)
    return replace(chart, description="", series=series)
