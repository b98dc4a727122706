"""What was typed in the month before, for this month's workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LastMonth:
    """The month before in words, and what was typed in its workbook.

    said is the text of each box for a comment, by its key and slot. left are rows of Notes about
    what stays with that month: indicator or place, text, what, author, and where it stands there.
    """

    label: str = ""
    said: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left: tuple[tuple[str, ...], ...] = ()


NO_MONTH = LastMonth()
