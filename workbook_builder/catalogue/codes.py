"""The codes of the faults that reading and checking a catalogue can find.

Files and what stands in them
  WB101  the folder is not a scorecard
  WB102  a file cannot be read
  WB103  a TOML file is not written as TOML
  WB104  a field or column that does not exist
  WB105  a field or column that is missing
  WB106  a word that is not one of the allowed ones
  WB107  something of the wrong kind, such as a text where a number belongs
  WB108  not a month, a date or a year
  WB109  too small, too large, too long, blank, or with characters that are not allowed
  WB110  a CSV file whose rows and columns do not fit
  WB111  a text with a control character, which no workbook can hold

Indicators
  WB120  two indicators with the same code
  WB121  an indicator is named that does not exist
  WB122  indicators that are computed from one another in a circle
  WB123  a rate without what it needs
  WB124  a year to date that does not suit the indicator
  WB125  months that do not suit the indicator's first and last month
  WB126  the same thing is given twice
  WB127  an earlier code that another indicator has or had

Targets and overrides
  WB130  a target where neither high nor low is good
  WB131  two agreed targets for the same months
  WB132  a target whose fields do not suit its kind
  WB133  a percentage target below 0 or above 100
  WB134  an override that is neither a status word, a number nor a symbol

Counted from lists
  WB160  an indicator names a measure that does not exist
  WB161  an indicator that does not fit its measure

Tabs
  WB140  an indicator that is on no tab
  WB141  an indicator that is in two grids
  WB142  a sheet name that is taken
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A fault's code, named."""

    NOT_A_SCORECARD = "WB101"
    UNREADABLE = "WB102"
    NOT_TOML = "WB103"
    UNKNOWN_FIELD = "WB104"
    MISSING = "WB105"
    WRONG_WORD = "WB106"
    WRONG_KIND = "WB107"
    NOT_A_DATE = "WB108"
    OUT_OF_BOUNDS = "WB109"
    RAGGED = "WB110"
    CHARACTER = "WB111"
    DUPLICATE_CODE = "WB120"
    UNKNOWN_INDICATOR = "WB121"
    CYCLE = "WB122"
    RATE = "WB123"
    YEAR_TO_DATE = "WB124"
    OUTSIDE_DATES = "WB125"
    GIVEN_TWICE = "WB126"
    EARLIER_CODE = "WB127"
    NEITHER_IS_GOOD = "WB130"
    OVERLAP = "WB131"
    TARGET_FIELDS = "WB132"
    PERCENTAGE = "WB133"
    OVERRIDE_VALUE = "WB134"
    ON_NO_TAB = "WB140"
    IN_TWO_GRIDS = "WB141"
    SHEET_NAME = "WB142"
    UNKNOWN_MEASURE = "WB160"
    NOT_ITS_MEASURE = "WB161"
