"""First reported, restated, provisional: the rule as tables."""

from __future__ import annotations

import pytest

from workbook_builder.history.restated import (
    FirstReport,
    Mark,
    Reported,
    first_reports,
    mark_of,
    newly_reported,
)
from workbook_builder.values import Symbol, Value

R, P, NOT = Mark.RESTATED, Mark.PROVISIONAL, Mark.SETTLED
C, X = Symbol.CONFIDENTIAL, Symbol.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("first", "now", "published", "mark"),
    [
        # Nothing has ever been published: nothing is said.
        (None, 430.0, False, NOT),
        (None, X, False, NOT),
        # Published before, but not this figure.
        (None, 430.0, True, P),
        (None, 0.0, True, P),
        (None, C, True, P),
        (None, "two of three", True, P),
        # No figure yet is nothing that could be provisional.
        (None, None, True, NOT),
        (None, X, True, NOT),
        (None, Symbol.COLON, True, NOT),
        (None, Symbol.DASH, True, NOT),
        (None, Symbol.TO_BE_CONFIRMED, True, NOT),
        (None, Symbol.NO_DATA, True, NOT),
        # As it was first reported.
        (430.0, 430.0, True, NOT),
        (0.3, 0.1 + 0.2, True, NOT),
        ("[c]", C, True, NOT),
        ("two of three", "two of three", True, NOT),
        # Another value, however small the change.
        (430.0, 431.0, True, R),
        (72.7272, 72.7273, True, R),
        (1e14, 1e14 + 1, True, R),
        (0.0, 1.0, True, R),
        (5.0, C, True, R),
        ("[c]", 5.0, True, R),
        ("[c]", Symbol.NOT_APPLICABLE, True, R),
        ("two of three", "three of three", True, R),
        # Taken back.
        (430.0, X, True, R),
        (430.0, None, True, R),
    ],
)
def test_the_mark_of_a_figure(
    first: float | str | None, now: Value | None, published: bool, mark: Mark
) -> None:
    assert mark_of(now, first, published) is mark


def key(code: str) -> tuple[str, str, str]:
    return (code, "", "month 2024-06")


def test_the_first_publication_in_time_counts_whatever_its_month() -> None:
    reported = first_reports(
        [
            ("2024-07", [(key("a"), 1.0)]),
            ("2024-06", [(key("a"), 2.0), (key("b"), "[c]")]),
            ("2024-08", [(key("b"), 3.0)]),
        ]
    )
    assert reported == Reported(
        {key("a"): FirstReport(1.0, "2024-07"), key("b"): FirstReport("[c]", "2024-06")}, True
    )
    assert first_reports([]) == Reported()
    assert first_reports([("2024-06", [])]).mark(key("a"), 1.0) is P


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (4, 4.0),
        (0.0, 0.0),
        (C, "[c]"),
        (Symbol.UNDER_FIVE, "<5"),
        ("words", "words"),
        (X, None),
        (Symbol.TO_BE_CONFIRMED, None),
        (None, None),
        ("", None),
    ],
)
def test_what_a_publication_is_the_first_to_report(
    value: Value | None, kept: float | str | None
) -> None:
    before = first_reports([("2024-05", [(key("known"), 9.0)])])
    found = newly_reported([(key("known"), 10.0), (key("new"), value)], before)
    assert found == ({} if kept is None else {key("new"): kept})
