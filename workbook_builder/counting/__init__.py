"""Indicators counted from child-level lists, by declarations that hold no program.

library/ holds the declarations, `load` reads and checks them, `count` makes the figures, `behind`
gives the rows behind one of them. Faults of this room are WB331 to WB339, listed in `load`.
"""

from workbook_builder.counting.behind import Behind, NoFigure, Why, rows_behind
from workbook_builder.counting.count import Counts, NotCounted, count
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Library, Measure
from workbook_builder.counting.spells import Window

__all__ = [
    "Behind",
    "Counts",
    "Library",
    "Measure",
    "NoFigure",
    "NotCounted",
    "Why",
    "Window",
    "count",
    "load_library",
    "rows_behind",
]
