"""The Calc oracle sees a wrong cached value, and would not if Calc trusted the file."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.oracles import fixtures
from tests.oracles.cached import cell_name, position, written_formulas
from tests.oracles.calc import Calc, CalcError, compare, find_calc, same
from tests.oracles.pictures import pdf_pages
from tests.oracles.planting import rewrite_part, swap

SHEET = "Scores & more"
SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A workbook whose every formula holds the value that it should."""
    path = tmp_path / "sample.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet(SHEET)
    book.add_worksheet("Hidden").hide()
    sheet.write_row(0, 0, [2, 3.5, "text"])
    sheet.write_formula("A2", "=A1*B1", None, 7)
    sheet.write_formula("B2", '=IF(A1>1,"","no")', None, "")
    sheet.write_formula("C2", '=C1&" more"', None, "text more")
    sheet.write_formula("D2", "=NA()", None, "#N/A")
    sheet.write_formula("E2", "=A1>1", None, True)
    sheet.write_formula("F2", "=A1/0", None, "#DIV/0!")
    book.close()
    return path


def test_written_values_are_read_as_the_file_holds_them(sample: Path) -> None:
    """Each kind of cached value: number, empty and full text, error, logical."""
    found = written_formulas(sample)
    assert found["Hidden"] == {}
    assert found[SHEET] == {
        (1, 0): ("A1*B1", 7.0),
        (1, 1): ('IF(A1>1,"","no")', ""),
        (1, 2): ('C1&" more"', "text more"),
        (1, 3): ("NA()", "#N/A"),
        (1, 4): ("A1>1", 1.0),
        (1, 5): ("A1/0", "#DIV/0!"),
    }


def test_a_right_workbook_has_no_differences(sample: Path, calc: Calc) -> None:
    """Every formula is compared, and every one agrees."""
    comparison = compare(sample, calc)
    assert comparison.count == 6
    assert comparison.differences == []


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("<v>7</v>", "<v>7.001</v>", (1, 0), (7.001, 7.0)),
        ("<v>text more</v>", "<v>Text more</v>", (1, 2), ("Text more", "text more")),
        ("<v>#DIV/0!</v>", "<v>#N/A</v>", (1, 5), ("#N/A", "#DIV/0!")),
        ('t="e"><f>NA()</f><v>#N/A</v>', "><f>NA()</f><v>0</v>", (1, 3), (0.0, "#N/A")),
    ],
)
def test_one_wrong_cached_value_is_the_one_difference(
    sample: Path,
    calc: Calc,
    old: str,
    new: str,
    place: tuple[int, int],
    told: tuple[object, object],
) -> None:
    """A planted error is found, and nothing else is."""
    rewrite_part(sample, SHEET_PART, swap(old, new))
    [difference] = compare(sample, calc).differences
    assert (difference.row, difference.column) == place
    assert (difference.written, difference.recalculated) == told
    assert cell_name(*place) in str(difference)


def test_an_unforced_calc_believes_the_file(sample: Path, calc: Calc) -> None:
    """Why the setting matters: without it the oracle would agree with any value at all."""
    rewrite_part(sample, SHEET_PART, swap("<v>7</v>", "<v>99</v>"))
    trusting = Calc(find_calc(), always_recalculate=False)
    with trusting, trusting.open(sample, recalculate=False) as book:
        assert book.values(SHEET)[1, 0] == 99
    with calc.open(sample, recalculate=False) as book:
        assert book.values(SHEET)[1, 0] == 7


def test_a_changed_cell_is_recalculated(sample: Path, calc: Calc) -> None:
    """Cells can be set and the formulas follow; the book knows which cells are formulas."""
    with calc.open(sample) as book:
        assert book.sheet_names() == [SHEET, "Hidden"]
        assert sorted(book.formulas(SHEET)) == [(1, column) for column in range(6)]
        book.set(SHEET, 0, 0, 0.5)
        book.set(SHEET, 0, 2, None)
        book.set(SHEET, 4, 0, "=A2+1")
        book.recalculate()
        values = book.values(SHEET)
    assert (values[0, 2], values[1, 0], values[1, 1]) == (None, 1.75, "no")
    assert values[4, 0] == 2.75


def test_a_copy_can_be_saved_and_the_pages_drawn(sample: Path, calc: Calc, tmp_path: Path) -> None:
    """Calc's own copy opens again with the same values; each printed page is a picture."""
    copy = tmp_path / "copy.xlsx"
    with calc.open(sample) as book:
        book.save_as(copy)
        values = book.values(SHEET)
    with calc.open(copy) as book:
        assert book.values(SHEET) == values
    pages = pdf_pages(sample, calc, tmp_path)
    assert [page.read_bytes()[:4] for page in pages] == [b"\x89PNG"]


def test_a_request_that_fails_does_not_end_calc(sample: Path, calc: Calc) -> None:
    """An error in one test must not spoil those after it."""
    with calc.open(sample) as book:
        with pytest.raises(CalcError, match="NoSuchElement"):
            book.values("No such sheet")
        assert book.values(SHEET)[0, 0] == 2


def test_missing_calc_fails_in_ci_and_skips_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing oracle never passes in silence."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install"):
        fixtures.without_calc("run: apt-get install libreoffice-calc")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match=fixtures.NOT_RUN):
        fixtures.without_calc("run: apt-get install libreoffice-calc")


@pytest.mark.parametrize(
    ("reference", "place"),
    [("A1", (0, 0)), ("Z10", (9, 25)), ("AA1", (0, 26)), ("$XFD$1048576", (1048575, 16383))],
)
def test_cell_references(reference: str, place: tuple[int, int]) -> None:
    """References and positions turn into each other."""
    assert position(reference) == place
    assert cell_name(*place) == reference.replace("$", "")


@pytest.mark.parametrize(
    ("written", "recalculated", "equal"),
    [
        (0.1 + 0.2, 0.3, True),
        (1e12 + 1, 1e12, True),
        (1.0, 1.000001, False),
        (0.0, "", False),
        ("", None, False),
        ("1", 1.0, False),
        ("#N/A", "#N/A", True),
    ],
)
def test_sameness(written: float | str, recalculated: float | str | None, equal: bool) -> None:
    """Numbers within a whisker, all else exactly; an empty text is not an empty cell."""
    assert same(written, recalculated) is equal
