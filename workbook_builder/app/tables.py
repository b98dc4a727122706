"""The tables that stand beside a workbook: results.csv, highlights.csv where a tab reports,
problems.csv where figures are counted from lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_builder.app.open_scorecard import HIGHLIGHTS, PROBLEMS, RESULTS

if TYPE_CHECKING:
    import pandas as pd

    from workbook_builder.scorecard import Scorecard


def tables_of(scorecard: Scorecard) -> dict[str, pd.DataFrame]:
    """Each table by the name of its file."""
    from workbook_builder.extracts.quality import problems_table
    from workbook_builder.highlights.report import has_highlights
    from workbook_builder.highlights.table import highlights_table
    from workbook_builder.results import results_table

    tables = {RESULTS: results_table(scorecard)}
    if has_highlights(scorecard):
        tables[HIGHLIGHTS] = highlights_table(scorecard)
    if scorecard.extracts.quality is not None:
        tables[PROBLEMS] = problems_table(scorecard.extracts.quality)
    return tables
