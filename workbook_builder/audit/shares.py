"""Whole numbers behind printed percentages."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_builder.values import excel_round

# No month of one council has more cases than this behind a distribution.
LARGEST_BASE = 5000


def whole_parts(percentage: float, base: int, decimals: int) -> list[int]:
    """The whole numbers that are the percentage of the base as it is printed."""
    near = round(percentage * base / 100)
    return [
        part
        for part in (near, near - 1, near + 1)
        if 0 <= part <= base
        and excel_round(100 * part / base, decimals) == excel_round(percentage, decimals)
    ]


def attainable(percentage: float, base: int, decimals: int) -> bool:
    """Whether some whole number out of the base prints as the percentage."""
    return base > 0 and bool(whole_parts(percentage, base, decimals))


def smallest_base(percentages: Sequence[float], decimals: int) -> int | None:
    """The smallest number that every percentage is a whole share of, as printed."""
    for base in range(1, LARGEST_BASE + 1):
        if all(attainable(one, base, decimals) for one in percentages):
            return base
    return None
