"""What people typed into a workbook, read back from a closed copy of it.

`read_book` opens a file that Excel saved and gives its identity, what people typed, by key and not
by position, and what stands on the sheets that a refresh writes. Nothing here writes a workbook.
"""

from workbook_builder.annotations.book import BookRead, Identity, read_book

__all__ = ["BookRead", "Identity", "read_book"]
