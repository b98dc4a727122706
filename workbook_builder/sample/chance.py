"""Drawing from shares and bands, alone or together with brothers and sisters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from workbook_builder.sample.days import Flags, Floats, Ints, Texts

Band = tuple[int, int, float]


def choose(draws: Floats, shares: Mapping[str, float]) -> Texts:
    """A word for each draw between 0 and 1, by the shares of the words."""
    words = np.array(list(shares), dtype=object)
    edges = np.cumsum(list(shares.values()), dtype=np.float64)
    place = np.searchsorted(edges / edges[-1], draws, side="right")
    chosen: Texts = words[np.minimum(place, len(words) - 1)]
    return chosen


def within(draws: Floats, bands: Sequence[Band]) -> Ints:
    """A whole number for each draw: bands of (from, to, share), even within a band."""
    shares = np.array([share for _, _, share in bands])
    edges = np.concatenate([[0.0], np.cumsum(shares) / shares.sum()])
    band = np.clip(np.searchsorted(edges, draws, side="right") - 1, 0, len(bands) - 1)
    low = np.array([low for low, _, _ in bands])[band]
    high = np.array([high for _, high, _ in bands])[band]
    inside = (draws - edges[band]) / (edges[band + 1] - edges[band])
    number: Ints = np.minimum(low + np.floor(inside * (high - low + 1)), high).astype(np.int64)
    return number


class Chance:
    """The one source of chance; siblings share a draw as often as `together` says."""

    def __init__(self, seed: int, families: int = 0) -> None:
        self.rng = np.random.default_rng(seed)
        self.families = families

    def alone(self, count: int) -> Floats:
        """A draw for each."""
        return self.rng.random(count)

    def shared(self, family: Ints, together: float = 0.97) -> Floats:
        """A draw for each child, the same for siblings where they are treated together."""
        common = self.rng.random(self.families)[family]
        own = self.rng.random(len(family))
        return np.where(self.rng.random(len(family)) < together, common, own)

    def chosen(self, count: int, shares: Mapping[str, float]) -> Texts:
        """A word for each, each on its own."""
        return choose(self.alone(count), shares)

    def days(self, count: int, bands: Sequence[Band]) -> Ints:
        """A whole number for each, each on its own."""
        return within(self.alone(count), bands)

    def happens(self, count: int, share: float | Floats) -> Flags:
        """Whether it happens to each."""
        return np.asarray(self.rng.random(count) < share)

    def gamma(self, count: int, shape: float, scale: float) -> Ints:
        """Waiting times in whole days."""
        return np.round(self.rng.gamma(shape, scale, count)).astype(np.int64)
