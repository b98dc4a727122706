"""The figures as one tidy table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook_builder.counting.spells import Run
from workbook_builder.counting.tally import Amounts
from workbook_builder.values import Symbol

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "indicator",
    "breakdown",
    "kind",
    "period",
    "end",
    "numerator",
    "denominator",
    "value",
    "symbol",
)


@dataclass(frozen=True)
class Block:
    """The figures of one measure and one kind of period: a row a group, a column a period.

    The value is scale x numerator / denominator; without denominators it is the numerator.
    """

    code: str
    groups: Sequence[str]
    run: Run
    numerator: Amounts
    denominator: Amounts | None
    scale: Amounts | float = 1.0


def as_frame(blocks: Sequence[Block]) -> pd.DataFrame:
    """All blocks under one another."""
    import pandas as pd

    filled = [_filled(block) for block in blocks]
    columns = {
        name: np.concatenate([np.array([], dtype=kind), *(part[name] for part in filled)])
        for name, kind in _KINDS.items()
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS})


_KINDS: dict[str, type] = {
    name: np.float64 if name in ("numerator", "denominator", "value") else object
    for name in COLUMNS
}


def _filled(block: Block) -> dict[str, np.ndarray]:
    """The columns of one block."""
    groups, periods = len(block.groups), block.run.periods
    size = groups * len(periods)
    numerator = np.broadcast_to(block.numerator, (groups, len(periods)))
    if block.denominator is None:
        denominator, value = np.full(numerator.shape, np.nan), numerator
        symbol = np.full(size, "", dtype=object)
    else:
        denominator = np.broadcast_to(block.denominator, numerator.shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = block.scale * numerator / denominator
        unknown, nothing = np.isnan(denominator).ravel(), (denominator == 0).ravel()
        value = np.where(denominator == 0, np.nan, value)
        symbol = np.where(unknown, Symbol.NOT_AVAILABLE.value, "").astype(object)
        symbol[nothing] = Symbol.NOT_APPLICABLE.value
    return {
        "indicator": _same(block.code, size),
        "breakdown": np.repeat(np.array([*block.groups], dtype=object), len(periods)),
        "kind": _same(str(block.run.kind), size),
        "period": np.tile(np.array([one.text for one in periods], dtype=object), groups),
        "end": np.tile(np.array([str(one.end) for one in periods], dtype=object), groups),
        "numerator": numerator.ravel(),
        "denominator": denominator.ravel(),
        "value": value.ravel(),
        "symbol": symbol,
    }


def _same(text: str, size: int) -> np.ndarray:
    return np.full(size, text, dtype=object)
