"""Which cells of a sheet hold something that no reader shows, told from the sheet's XML."""

from __future__ import annotations

import io
import zipfile

import pytest

from workbook_builder.lists.package import unshown

WORKBOOK = '<workbook><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>'
RELATIONS = (
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
)


def found_in(row: str) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The errors and the unsaved formulas of a sheet with this row."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("xl/workbook.xml", WORKBOOK)
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        sheet = f'<worksheet><cols><col min="1"/></cols><sheetData><row r="3">{row}</row>'
        package.writestr("xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>")
    told = unshown(content.getvalue(), "book.xlsx")["One"]
    return told.errors, told.unsaved


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        ('<c r="B3" t="e"><v>#N/A</v></c>', {(2, 1)}),
        ('<c t="e" r="B3"><v>#N/A</v></c>', {(2, 1)}),
        ('<c r="AA3" s="4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', {(2, 26)}),
        ('<c\nr="B3"\nt="e"><v>#N/A</v></c>', {(2, 1)}),
        (
            '<c r="A3"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="C3" t="e"/>',
            {(2, 1), (2, 2)},
        ),
        ('<c r="B3" t="inlineStr"><is><t>say t="e" here</t></is></c>', set()),
        ('<c r="B3" t="str"><v>t="e"</v></c>', set()),
        ('<c r="B3" dt="e"><v>1</v></c>', set()),
        ('<x r="B3" t="e"/>', set()),
    ],
)
def test_cells_with_an_error_value(row: str, errors: set[tuple[int, int]]) -> None:
    assert found_in(row) == (errors, set())


@pytest.mark.parametrize(
    ("row", "unsaved"),
    [
        ('<c r="B3"><f>A3+1</f></c>', {(2, 1)}),
        ('<c r="B3"><f>A3+1</f><v></v></c>', {(2, 1)}),
        ('<c r="B3"><f>A3+1</f><v/></c>', {(2, 1)}),
        ('<c r="B3" s="2"><f t="shared" si="0"/></c>', {(2, 1)}),
        ('<c r="B3"><f>A3+1</f><v>2</v></c>', set()),
        ('<c r="B3"><f>A3+1</f><v>0</v></c><c r="C3"><f>1</f></c>', {(2, 2)}),
        # A text of no letters is a value.
        ('<c r="B3" t="str"><f>""</f><v></v></c>', set()),
        ('<c r="B3"><v>2</v></c>', set()),
    ],
)
def test_formulas_saved_without_a_value(row: str, unsaved: set[tuple[int, int]]) -> None:
    assert found_in(row) == (set(), unsaved)


def test_cells_on_both_sides_of_where_the_reading_pauses() -> None:
    cell = '<c r="{0}" t="e"><v>#N/A</v></c><c r="{1}"><f>1</f></c>'
    rows = 90_000
    row = "".join(cell.format(f"A{number}", f"B{number}") for number in range(1, rows + 1))
    assert len(row) > 4 * 1024**2
    assert found_in(row) == (
        {(number, 0) for number in range(rows)},
        {(number, 1) for number in range(rows)},
    )
