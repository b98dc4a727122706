"""One name of a group where people have written several: Blue, blue and BLUE are one team."""

from __future__ import annotations

from collections.abc import Iterable


def folded(name: str) -> str:
    """What is alike in all spellings; Excel's MATCH takes no notice of capitals either."""
    return " ".join(name.casefold().split())


def holdable(name: str) -> str:
    """A name as a breakdown can hold it: a semicolon would part it in two."""
    return name.replace(";", ",").replace("=", "-")


def one_spelling(written: Iterable[tuple[str, int]]) -> dict[str, str]:
    """The name that each spelling stands for: the most frequent, of equals the first in order."""
    told: dict[str, tuple[int, str]] = {}
    names = sorted(written)
    for name, count in names:
        best = told.get(folded(name))
        if best is None or count > best[0]:
            told[folded(name)] = (count, name)
    return {name: told[folded(name)][1] for name, _ in names}
