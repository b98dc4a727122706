"""What Ctrl+C carries away from a tab of the board copy: words, arrows and fills, as HTML."""

from __future__ import annotations

import re

import openpyxl
from lxml import html

from tests.board.making import copy_of
from tests.oracles.calc import Calc
from workbook_builder.plan.styles import AMBER, GREEN, RED

FILLS = {"Red": RED, "Amber": AMBER, "Green": GREEN}
TAB = "Contacts and assessments"


def test_words_arrows_and_fills_are_on_the_clipboard(calc: Calc) -> None:
    copy = copy_of("haringey")
    sheet = openpyxl.load_workbook(copy.board)[TAB]
    table = next(iter(sheet.tables.values()))
    with calc.open(copy.board) as opened:
        pasted = html.fromstring(opened.copied(TAB, table.ref))
    rows = [
        [
            (" ".join(cell.text_content().split()), cell.get("bgcolor", ""))
            for cell in row.iter("td")
        ]
        for row in pasted.iter("tr")
    ]
    ours = [list(row) for row in sheet[table.ref]]
    assert len(rows) == len(ours)
    words = {text for row in rows for text, _ in row}
    for row in ours:
        for one in row:
            if isinstance(one.value, str) and one.value.strip():
                assert " ".join(one.value.split()) in words, one.coordinate
    lights = [
        (text, fill.lstrip("#").upper()) for row in rows for text, fill in row if text in FILLS
    ]
    assert lights
    assert all(FILLS[text] == fill for text, fill in lights)
    glyphs = [text for row in rows for text, _ in row if re.fullmatch("[▲▼►]", text)]
    assert len(glyphs) == len(
        [one for row in ours for one in row if str(one.value) in ("▲", "▼", "►")]
    )
    assert glyphs
    assert "<img" not in html.tostring(pasted).decode()
