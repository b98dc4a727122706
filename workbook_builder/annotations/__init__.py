"""What people typed into a workbook, read back from a closed copy of it.

`read_book` opens a file that Excel saved and gives its identity, what people typed, by key and not
by position, and what stands on the sheets that a refresh writes. Nothing here writes a workbook.
"""

from workbook_builder.annotations.book import BookRead, Identity, read_book
from workbook_builder.annotations.formulas import FoundFormulas, find_formulas

__all__ = ["BookRead", "FoundFormulas", "Identity", "find_formulas", "read_book"]
