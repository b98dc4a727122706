"""What was reported, by what definitions, from which files, and what people typed.

`open_history` takes the one lock and may write; `read_history` only looks.
"""

from workbook_builder.history.store import History, open_history, read_history

__all__ = ["History", "open_history", "read_history"]
