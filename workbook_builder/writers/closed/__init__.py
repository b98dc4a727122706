"""A closed workbook brought up to date by exchanging pieces of its parts; all else stays.

What may differ afterwards is a stated list, and every other part is the same byte for byte:

- the sheets that a refresh owns (Figures, Notes, Log and the like): contents of cells, heights of
  the rows of words;
- on all other sheets the values kept beside our own formulas, never a formula and never a cell in
  which somebody typed;
- the points kept in charts that draw from these sheets;
- workbook.xml: that everything is worked out when it is opened;
- the calculation chain, taken out with its content type and its relationship.

`rolled` makes next month's file of this month's, by the longer list in its own module.
"""

from workbook_builder.writers.closed.closed_file import ClosedFile, read_closed
from workbook_builder.writers.closed.rolled import ChangedLayout, rolled
from workbook_builder.writers.closed.sheet import SheetPatch, owned_patch

__all__ = ["ChangedLayout", "ClosedFile", "SheetPatch", "owned_patch", "read_closed", "rolled"]
