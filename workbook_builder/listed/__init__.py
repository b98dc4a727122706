"""From child-level lists to figures: consecutive extracts, each for the months it covers.

`declared` gives the measures and what they say of indicators, `places` finds the extracts,
`reading` counts one after another, `figures` puts what was counted under the scorecard's
indicators, `account` says what was read, used and missing. No row of a list goes further than this
room. Faults are WB341 to WB349.
"""

from workbook_builder.listed.declared import load_measures, load_scorecard
from workbook_builder.listed.places import FOLDER
from workbook_builder.listed.reading import check_extracts, read_listed

__all__ = ["FOLDER", "check_extracts", "load_measures", "load_scorecard", "read_listed"]
