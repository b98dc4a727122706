"""Disclosure control: from all figures to those that a public copy may show.

`cells` are the numbers, `relations` and its neighbours what a reader can reckon with, `rules` which
figures go for their own sake, `chosen` which others go with them, `solver` proves that none can be
worked out, `suppressed` puts the symbol c in their place. Nothing here reads or writes a file.
"""

from workbook_builder.disclosure.account import Account, Unjudged, Why
from workbook_builder.disclosure.suppressed import Suppression, suppressed

__all__ = ["Account", "Suppression", "Unjudged", "Why", "suppressed"]
