"""Ids that differ by the zeros they start with: 00123 as one system exports it, 123 as Excel does.

Where every id of a list of children is all figures, the zeros are no part of it, and an id is the
same child with and without them; unless one list holds two ids that only zeros tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from workbook_builder.lists.definitions import lists
from workbook_builder.lists.model import Done
from workbook_builder.lists.table import Draft

CHILD = "child_id"
KIND = "leading zeros differ"


def joined(drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """The drafts with children's ids without the zeros that they start with, where that is right;
    and with a problem told for each list whose ids are those of another but for zeros."""
    about = {key: one for key, one in drafts.items() if one.found.definition.id.key == CHILD}
    ids = {key: _ids(one) for key, one in about.items()}
    if not any(text.startswith("0") for found in ids.values() for text in found):
        return dict(drafts)
    letters = any(not text.isdecimal() for found in ids.values() for text in found)
    collapse = any(len({_bare(text) for text in found}) < len(found) for found in ids.values())
    right = not letters and not collapse
    why = "they are taken for the same children"
    if not right:
        reason = "one list has both" if collapse else "some ids have letters"
        why = f"they are kept apart, since {reason}"
    for key, found in _differing(ids):
        place = about[key].places[CHILD]
        about[key].telling.sheet(KIND, f"{found} but for leading zeros; {why}", Done.KEPT, place)
    if not right:
        return dict(drafts)
    return {key: _without_zeros(one) if key in about else one for key, one in drafts.items()}


def _ids(draft: Draft) -> set[str]:
    """The ids of the rows that are kept."""
    coded = draft.columns[CHILD]
    there = np.unique(coded.codes)
    return set(draft.ids.values[there].tolist())


def _bare(text: str) -> str:
    return text.lstrip("0") or text


def _differing(ids: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Each list with ids that start with a zero and stand otherwise elsewhere: how many, where."""
    written: dict[str, dict[str, set[str]]] = {}
    for key, own in ids.items():
        for text in own:
            written.setdefault(_bare(text), {}).setdefault(text, set()).add(key)
    for key, own in ids.items():
        count, places = 0, set[str]()
        for text in own:
            others = written[_bare(text)] if text.startswith("0") else {}
            elsewhere = [keys for other, keys in others.items() if other != text]
            count += bool(elsewhere)
            places.update(*elsewhere)
        if count:
            noun = "1 id is like one" if count == 1 else f"{count:,} ids are like ids"
            named = (
                "the same list" if other == key else f"list {lists()[other].number}"
                for other in lists()
                if other in places
            )
            yield key, f"{noun} of {', '.join(named)}"


def _without_zeros(draft: Draft) -> Draft:
    values = draft.ids.values.copy()
    values[:] = [_bare(text) for text in values]
    return replace(draft, ids=replace(draft.ids, values=values))
