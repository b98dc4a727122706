"""The letters that say which sets an indicator belongs to."""

from __future__ import annotations

import pytest

from workbook_builder.catalogue.words import Marker
from workbook_builder.plan.months import legend, marks

KEY, FOCUS, ANNEX = Marker.KEY_INDICATOR, Marker.KEY_FOCUS, Marker.ANNEX_A

# markers as a catalogue gives them -> letters in the row, and the legend of a tab with only these
MARKED = [
    ((), "", ""),
    ((KEY,), "KI", "KI key indicator"),
    ((FOCUS, KEY), "KI KF", "KI key indicator    KF key focus"),
    ((ANNEX, KEY), "KI A", "KI key indicator    A in Annex A"),
    ((FOCUS, FOCUS), "KF", "KF key focus"),
]


@pytest.mark.parametrize(("markers", "letters", "said"), MARKED)
def test_marks(markers: tuple[Marker, ...], letters: str, said: str) -> None:
    assert (marks(markers), legend(markers)) == (letters, said)


def test_every_marker_has_letters_of_its_own() -> None:
    letters = [marks([marker]) for marker in Marker]
    assert all(letters)
    assert len(set(letters)) == len(letters)
