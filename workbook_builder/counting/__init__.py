"""Indicators counted from child-level lists, by declarations that hold no program.

library/ holds the declarations, `load` reads and checks them, `count` makes the figures. Faults of
this room are WB331 to WB339, listed in `load`.
"""

from workbook_builder.counting.count import Counts, NotCounted, count, rows_behind
from workbook_builder.counting.load import load_library
from workbook_builder.counting.model import Library, Measure
from workbook_builder.counting.spells import Window

__all__ = [
    "Counts",
    "Library",
    "Measure",
    "NotCounted",
    "Window",
    "count",
    "load_library",
    "rows_behind",
]
