"""What stands at the foot of every printed page."""

from __future__ import annotations

# Excel refuses a footer of more than 255 characters, fonts and page numbers included.
LONGEST_FOOTER = 180


def footer_text(said: str) -> str:
    """A text for the footer, which Excel limits as a whole; an ampersand counts twice there."""
    doubled = said.replace("&", "&&")
    if len(doubled) <= LONGEST_FOOTER:
        return doubled
    return said[: LONGEST_FOOTER // 2].replace("&", "&&") + " …"
