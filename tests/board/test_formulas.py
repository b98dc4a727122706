"""The formulas of conditions give what LibreOffice gives for them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from tests.oracles.calc import Calc
from workbook_builder.board.formulas import parsed
from workbook_builder.board.values import Values
from workbook_builder.errors import InternalError
from workbook_builder.plan.model import Cell, DefinedName, Part, Print, Sheet, Workbook

# B2 holds Red, C2 42, D2 nothing, E2 "Q2 average"; keys in G2:G4, marks in H2:J4.
CELLS = {
    (1, 1): "Red",
    (1, 2): 42.0,
    (1, 4): "Q2 average",
    (1, 6): "contacts",
    (2, 6): 'with "marks"',
    (3, 6): "contacts|north",
    (1, 8): "r",
    (3, 9): "p",
    (5, 1): 2.0,
    (6, 1): "worse (up)",
}
NAMES = {
    "keys": (1, 6, 3, 6),
    "marks": (1, 7, 3, 9),
    "at_one": (5, 1, 5, 1),
    "row": (1, 1, 1, 4),
}
# Written for the cell M2, so $B2 is in the same row.
FORMULAS = [
    '$B2="Red"',
    '$B2="red"',
    '$B2="Amber"',
    "$C2=42",
    '$D2=""',
    "$D2=0",
    '$D2<>"Red"',
    '"a"&$C2="a42"',
    "ISTEXT($B2)",
    "ISTEXT($C2)",
    "ISTEXT($D2)",
    'ISNUMBER(SEARCH("RED",$B2))',
    'ISNUMBER(SEARCH("better",$B7))',
    'ISNUMBER(SEARCH("worse",$B7))',
    'RIGHT($E2,7)="average"',
    'AND($B2<>"Indicator code",ISTEXT($B2))',
    "OR($C2=1,$C2=42)",
    'INDEX(marks,1,at_one)="r"',
    'INDEX(marks,1,at_one)=""',
    'INDEX(marks,1,3)=""',
    'INDEX(marks,MATCH("contacts|north",keys,0),3)="p"',
    'INDEX(marks,MATCH("CONTACTS",keys,0),2)="r"',
    'INDEX(marks,MATCH("with ""marks""",keys,0),2)="r"',
    'INDEX(marks,MATCH($G2&"|north",keys,0),3)="p"',
    "INDEX(row,2)=42",
    'CHOOSE(1+MOD(at_one-1+3,3),"r","p","")="p"',
    'CHOOSE(1+MOD(at_one+1,3),INDEX(marks,1,2),"","x")="r"',
    'IF(OR($B2="x",$C2=42),$B2,"")="Red"',
    'IF($B2="x",$C2)=FALSE',
    "B$2=$B2",
    "(1+2)-3=0",
    "-$C2+42=0",
]
# What Excel shows as an error makes no condition true.
ERRORS = [
    'INDEX(marks,MATCH("nobody",keys,0),1)="r"',
    'SEARCH("x",$B2)=1',
    "INDEX(marks,9,1)=0",
    "$B2+1=2",
]
HERE = (1, 12)


def values() -> Values:
    part = Part(
        8,
        cells=tuple(Cell(row, col, said, "plain") for (row, col), said in CELLS.items()),
        names=tuple(DefinedName(name, *span) for name, span in NAMES.items()),
    )
    sheet = Sheet("one", "One", "One", part, (10.0,), Print(None, 1, 100))
    book = Workbook("", "", "", "en-GB", dt.datetime(2024, 6, 30), "12436D", (sheet,))
    return Values(book)


def in_calc(formulas: list[str], place: Path, calc: Calc) -> list[bool]:
    """What LibreOffice works out; an error is not true."""
    book = xlsxwriter.Workbook(str(place))
    sheet = book.add_worksheet("One")
    for (row, col), said in CELLS.items():
        sheet.write(row, col, said)
    for name, (top, left, bottom, right) in NAMES.items():
        first = xlsxwriter.utility.xl_rowcol_to_cell(top, left, True, True)
        last = xlsxwriter.utility.xl_rowcol_to_cell(bottom, right, True, True)
        book.define_name(name, f"=One!{first}:{last}")
    for at, formula in enumerate(formulas):
        sheet.write_formula(1, HERE[1] + at, f"=IF(IFERROR({formula},FALSE),1,0)")
    book.close()
    with calc.open(place) as opened:
        shown = opened.values("One")
    return [shown[1, HERE[1] + at] == 1 for at in range(len(formulas))]


def test_formulas_give_what_calc_gives(tmp_path: Path, calc: Calc) -> None:
    """Columns are fixed in all of them, so that they may stand side by side."""
    held = values()
    formulas = [one for one in [*FORMULAS, *ERRORS] if not one.startswith("B$2")]
    ours = [parsed(one, *HERE).holds(held, "one", *HERE) for one in formulas]
    assert dict(zip(formulas, ours, strict=True)) == dict(
        zip(formulas, in_calc(formulas, tmp_path / "one.xlsx", calc), strict=True)
    )
    assert not any(ours[-len(ERRORS) :])


@pytest.mark.parametrize(
    ("formula", "at", "holds"),
    [
        # Written for B2; in C2 the column has moved along, in B3 the row.
        ('B2="Red"', (1, 1), True),
        ('B2="Red"', (1, 2), False),
        ('$B2="Red"', (1, 2), True),
        ('$B2="Red"', (2, 2), False),
        ('$B$2="Red"', (2, 2), True),
        ('B$2="Red"', (2, 1), True),
    ],
)
def test_references_move_as_from_the_top_left_cell(
    formula: str, at: tuple[int, int], holds: bool
) -> None:
    assert parsed(formula, 1, 1).holds(values(), "one", *at) is holds


@pytest.mark.parametrize(
    "formula",
    ["SUM($B2:$C2)=1", "VLOOKUP(1,keys,1)=1", "nobody=1", "$B2=", "($B2=1", "$B2 $C2", "{1}=1"],
)
def test_what_conditions_never_hold_is_an_error_of_ours(formula: str) -> None:
    with pytest.raises(InternalError):
        parsed(formula, 1, 1).holds(values(), "one", 1, 1)
