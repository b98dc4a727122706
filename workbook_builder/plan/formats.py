"""Number formats of figures: decimals by indicator, and a percent sign that does not scale."""

from __future__ import annotations


def number_format(decimals: int, suffix: str) -> str:
    """0.0"%" for one decimal of a percentage; a value of 74 shows as 74.0%."""
    digits = "0" if decimals == 0 else "0." + "0" * decimals
    return digits + (f'"{suffix}"' if suffix else "")


def as_written(suffix: str) -> str:
    """A target shows the decimals that it was agreed with, no fewer."""
    return "General" + (f'"{suffix}"' if suffix else "")
