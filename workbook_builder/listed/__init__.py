"""From child-level lists to figures: consecutive extracts, each for the months it covers.

`places` finds the extracts, `reading` counts one after another, `figures` puts what was counted
under the scorecard's indicators, `account` says what was read, used and missing. No row of a list
goes further than this room. Faults are WB340 to WB349.
"""

from workbook_builder.listed.places import FOLDER
from workbook_builder.listed.reading import check_measures, read_listed

__all__ = ["FOLDER", "check_measures", "read_listed"]
