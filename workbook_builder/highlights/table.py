"""highlights.csv: what the report says as rows, one for each claim.

For other programs and for checking, so the columns are fixed:

indicator, breakdown             the series; breakdown is blank for the headline
section                          current issue, improvement or neither
claim                            what is claimed: change_since_month, gap_to_target, peak, ...
period                           what the claim is about: 2017-06, 2017/18-Q1
value, numerator, denominator    the indicator's figure for it, unrounded
reference_period                 what it is held against: an earlier period, the due month
reference_value                  the figure or the target there
difference                       value less reference value, in the indicator's unit; in numbers of
                                 children for count_change_..., number_needed and targets on a count
text                             the sentence
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_builder.highlights.report import COLUMNS, claims
from workbook_builder.scorecard import Scorecard

if TYPE_CHECKING:
    import pandas as pd


def highlights_table(scorecard: Scorecard) -> pd.DataFrame:
    """All claims as text, with COLUMNS as columns; an empty text where there is nothing."""
    import pandas as pd

    rows = [[_text(getattr(claim, name)) for name in COLUMNS] for claim in claims(scorecard)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object").fillna("")


def _text(value: str | float | None) -> str:
    """A number with up to 15 significant digits; a text that no program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "@", "-", "\t", "\r") else value
    return f"{value:.15g}"
