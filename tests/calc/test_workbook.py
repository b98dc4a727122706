"""The built Haringey workbook in LibreOffice: what a recalculation gives is what we wrote."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.building import TEMPLATES, Example, build_example, copy_template
from tests.oracles.cached import written_formulas
from tests.oracles.calc import Book, Calc, compare, same
from tests.oracles.charts import drawn_lines
from tests.oracles.package import audit
from workbook_builder.plan.workbook import plan_workbook

DECEMBER = "2013-12"


@pytest.fixture(scope="module")
def haringey(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(TEMPLATES / "haringey", tmp_path_factory.mktemp("haringey"))


def test_every_formula_cell_recalculates_to_what_was_written(haringey: Example, calc: Calc) -> None:
    result = compare(haringey.built.workbook, calc)
    print(f"\nformula cells recalculated: {result.count}, different: {len(result.differences)}")
    assert [str(difference) for difference in result.differences] == []
    assert result.count > 4000


def test_the_package_is_sound(haringey: Example) -> None:
    assert audit(haringey.built.workbook) == []


def columns_of(values: dict[tuple[int, int], object], head: str) -> int:
    """The column whose heading is `head`."""
    return next(col for (_, col), value in sorted(values.items()) if value == head)


def test_front_sheet_and_tabs_never_differ(haringey: Example, calc: Calc) -> None:
    """Arrow, words, year to date, target and status of each line, as recalculated."""
    with calc.open(haringey.built.workbook) as book:
        front = lines_by_code(book, "Summary", "Traffic light")
        compared = 0
        for sheet in book.sheet_names()[1:9]:
            for code, line in lines_by_code(book, sheet, "Status").items():
                for head, value in line.items():
                    assert same(front[code][head], value), (sheet, code, head)
                    compared += 1
    print(f"\nfront sheet and tab cells compared: {compared}")
    assert compared == 5 * 55


def lines_by_code(book: Book, sheet: str, status: str) -> dict[str, dict[str, object]]:
    """The judged columns of each indicator's row; the columns are found by their headings."""
    values = book.values(sheet)
    code = columns_of(values, "Indicator code")
    words = columns_of(values, "Direction of travel")
    at = {
        "arrow": words - 1,
        "words": words,
        "ytd": columns_of(values, "2013/14 YTD"),
        "target": columns_of(values, "Target"),
        "status": columns_of(values, status),
    }
    rows = [row for (row, col), value in values.items() if col == code and value]
    lines = {}
    for row in rows:
        name = str(values[row, code])
        # Rows of targets and bands carry the key of their series, not an indicator's code.
        if "|" not in name and name not in ("Indicator code", "Series"):
            lines[name] = {head: values.get((row, col)) for head, col in at.items()}
    return lines


def edit_csv(path: Path, change: dict[tuple[str, str, str], str]) -> None:
    """Change cells of a CSV: (indicator, other column's text, column) to a new text."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    done = set()
    for row in rows:
        for (code, marker, column), text in change.items():
            if row["indicator"] == code and marker in row.values():
                row[column] = text
                done.add((code, marker, column))
    assert done == set(change)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.in_ci
def test_a_changed_figure_and_target_move_everything_as_python_says(
    haringey: Example, calc: Calc, tmp_path: Path
) -> None:
    """One number and one target are typed into Figures; the tabs must follow by formula alone."""
    changed = copy_template("haringey", tmp_path / "changed")
    edit_csv(changed / "extracts" / "figures.csv", {("contacts-p4", "2014-02", "value"): "600"})
    edit_csv(changed / "extracts" / "figures.csv", {("cp-visits-p8", "2014-02", "value"): "93%"})
    edit_csv(changed / "targets.csv", {("cp-visits-p8", "point", "value"): "97"})
    expected = build_example(changed, tmp_path / "out")
    before = haringey.scorecard.line("cp-visits-p8")
    after = expected.scorecard.line("cp-visits-p8")
    assert (before.verdict.shown, after.verdict.shown) == ("green", "amber")
    assert (before.movement.glyph, after.movement.glyph) == ("▲", "▼")
    assert expected.scorecard.line("contacts-p4").year.value == 5181 - 479 + 600
    with calc.open(haringey.built.workbook) as book:
        for row, col, value in differing_inputs(haringey, expected):
            book.set("Figures", row, col, value)
        book.recalculate()
        wanted = written_formulas(expected.built.workbook)
        moved = count = 0
        for sheet, cells in wanted.items():
            values = book.values(sheet)
            old = written_formulas(haringey.built.workbook)[sheet]
            for place, (formula, value) in cells.items():
                assert same(values.get(place), value), (sheet, place, formula)
                moved += not same(old[place][1], value)
                count += 1
    print(f"\nformula cells after the edit: {count}, of which changed: {moved}")
    assert moved > 20


def differing_inputs(old: Example, new: Example) -> list[tuple[int, int, float]]:
    """The cells of Figures whose number the edit changed; none of them is a formula."""
    sheets = [plan_workbook(example.scorecard).sheet("figures") for example in (old, new)]
    was, now = ({(c.row, c.col): c.content for c in sheet.part.cells} for sheet in sheets)
    assert set(was) == set(now)
    changed = [
        (row, col, value)
        for (row, col), value in now.items()
        if isinstance(value, float) and was[row, col] != value
    ]
    assert {value for _, _, value in changed} == {600.0, 93.0, 97.0}
    return changed


def test_a_suppressed_month_is_a_gap_in_the_chart(calc: Calc, tmp_path: Path) -> None:
    folder = copy_template("haringey", tmp_path / "gap")
    edit_csv(folder / "extracts" / "figures.csv", {("contacts-p4", DECEMBER, "value"): "c"})
    built = build_example(folder, tmp_path / "out").built
    with calc.open(built.workbook) as book:
        line = drawn_lines(book, "Contacts and assessments", 0)[0]
        whole = drawn_lines(book, "Contacts and assessments", 1)[0]
    assert [len(run) for run in line.runs] == [3, 2]
    assert line.places_at_zero() == []
    assert [len(run) for run in whole.runs] == [6]


def test_a_target_line_is_drawn_over_the_months_that_have_a_target(
    haringey: Example, calc: Calc
) -> None:
    with calc.open(haringey.built.workbook) as book:
        lines = drawn_lines(book, "Looked after", 0)
    target = lines[1]
    drawn = [point.value for run in target.runs for point in run]
    assert drawn == pytest.approx([510, 505, 500, 495, 490, 485], abs=0.5)
