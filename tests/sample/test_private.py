"""Nobody could be meant: no names, no numbers of the kind that real children have."""

from __future__ import annotations

import re

from workbook_builder.periods import Month
from workbook_builder.sample import Authority, extract
from workbook_builder.sample.layout import CODE, LISTS

TEXTS = {
    "Organisation completing assessment",
    "Allocated Team",
    "LA of Placement",
}


def test_ids_are_seven_digits_and_never_an_nhs_number_or_upn(authority: Authority) -> None:
    children = authority.children["child"]
    assert children.between(1_000_000, 9_999_999).all()


def test_every_text_is_a_code_or_a_made_up_place(authority: Authority) -> None:
    lists = extract(authority, Month(2025, 3))
    for layout in LISTS:
        table = lists[layout.number]
        for heading, kind in layout.columns:
            if kind is CODE or heading in TEXTS or table[heading].dtype.kind in "iuM":
                continue
            for value in set(table[heading]) - {""}:
                assert re.fullmatch(r"(SW|PA|FM|AD|SYN)\d{3,}|ZZ\d+ \d[A-Z]Z", value), value


def test_free_texts_are_few_and_about_nobody(authority: Authority) -> None:
    lists = extract(authority, Month(2025, 3))
    found = {
        word
        for layout in LISTS
        for heading in TEXTS & set(layout.headings)
        for word in set(lists[layout.number][heading])
    }
    assert len(found) < 40
