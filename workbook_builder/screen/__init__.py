"""The leak screen: opens a finished workbook or document and lists what may not leave with it.

It tells kind and place and never what it found, so its words may go into a log or a mail.

WB801  a file of a kind that cannot be screened, or protected
WB802  a file that is damaged or made in an unusual way
WB803  a file that cannot be opened
WB811 to WB867  leaks, each kind beside the function that looks for it (registry.py)
"""

from workbook_builder.screen.model import Leak
from workbook_builder.screen.screening import leaks

__all__ = ["Leak", "leaks"]
