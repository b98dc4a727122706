"""What a workbook hides: sheets, rows, columns, names, reading aids, texts that no cell shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbook_builder.screen.model import Kind, Leak, letters, spans_said
from workbook_builder.screen.workbook import Area, Sheet, Workbook, area_of, is_on

SHEET = Kind(
    "WB811",
    "The sheet is hidden, and everything on it goes along with the file.",
    "Show it (right-click on any sheet's tab, Unhide) and delete it if it is not for the readers.",
)
DEEP_SHEET = Kind(
    "WB811",
    "The sheet is hidden so deeply that Excel's menu does not list it, and it goes along.",
    "Copy the sheets that are for the readers into a new workbook, as values.",
)
ROWS = Kind(
    "WB812",
    "Rows are hidden here, and what is in them goes along with the file.",
    "Select the whole sheet, right-click on a row number, Unhide; then delete what is not for the "
    "readers.",
)
COLUMNS = Kind(
    "WB813",
    "Columns are hidden here, and what is in them goes along with the file.",
    "Select the whole sheet, right-click on a column letter, Unhide; then delete what is not for "
    "the readers.",
)
NAME = Kind(
    "WB814",
    "Names of the workbook are hidden: Excel's Name Manager does not list them.",
    "Copy the sheets into a new workbook as values; hidden names stay behind.",
)
ASIDE = Kind(
    "WB818",
    "A cell's text has a reading aid beside it that is not shown.",
    "Type the text anew in an empty cell and delete the old one.",
)
LEFT_OVER = Kind(
    "WB819",
    "Texts are kept in the file that no cell shows any more.",
    "Open the workbook in Excel and save it under a new name; Excel leaves them out.",
)
VIEW = Kind(
    "WB815",
    "Views that somebody saved for themselves are kept, with rows that they hide and their name.",
    "View, Custom Views: delete them.",
)
# A row or column that is smaller than this shows nothing (points, and widths of a digit).
LOWEST, NARROWEST = 2.0, 0.5
_FILTERED = "hidden by a filter"


def hidden_sheets(book: Workbook) -> Iterator[Leak]:
    """Sheets that are hidden, or so deeply that Excel does not list them."""
    for sheet in book.sheets:
        if sheet.state != "visible":
            kind = DEEP_SHEET if sheet.state == "veryHidden" else SHEET
            yield kind.at(sheet.label)


def hidden_rows(book: Workbook) -> Iterator[Leak]:
    """Rows hidden by hand, by a filter, in a closed outline, or by having no height."""
    for sheet in book.sheets:
        filters = _filters(sheet, book)
        found: dict[str, list[int]] = defaultdict(list)
        for row in sheet.rows:
            low = row.height is not None and row.height < LOWEST
            if row.hidden and any(one.top < row.number <= one.bottom for one in filters):
                found[_FILTERED].append(row.number)
            elif row.hidden:
                found["hidden"].append(row.number)
            elif low:
                found["without height"].append(row.number)
        for how, numbers in found.items():
            what = f"Rows are {how} here, and what is in them goes along with the file."
            yield ROWS.at(f"{sheet.label}, {spans_said('row', numbers)}", what)
        if any(is_on(one.attributes.get("zeroHeight")) for one in sheet.each("sheetFormatPr")):
            yield ROWS.at(f"{sheet.label}, all rows that say nothing else")


def hidden_columns(book: Workbook) -> Iterator[Leak]:
    """Columns hidden by hand, in a closed outline, or by having no width."""
    for sheet in book.sheets:
        for one in sheet.each("col"):
            first, last = (int(one.attributes.get(name, "0")) for name in ("min", "max"))
            width = float(one.attributes.get("width", "9"))
            if is_on(one.attributes.get("hidden")) or width < NARROWEST:
                said = letters(first)
                where = f"column {said}" if first == last else f"columns {said} to {letters(last)}"
                yield COLUMNS.at(f"{sheet.label}, {where}")


def hidden_names(book: Workbook) -> Iterator[Leak]:
    """Defined names that are hidden; not those that Excel keeps for filters and functions."""
    hidden = [one for one in book.names if one.hidden and not one.name.casefold().startswith("_xl")]
    if hidden:
        said = [f'"{one.name}"' for one in hidden if book.opened.sayable(one.name)]
        where = f"the workbook, {len(hidden)} hidden {'name' if len(hidden) == 1 else 'names'}"
        yield NAME.at(f"{where}: {', '.join(said[:12])}" if said else where)


def reading_aids(book: Workbook) -> Iterator[Leak]:
    """Phonetic texts (furigana) beside the texts of cells."""
    for sheet in book.sheets:
        cells = [c for c in sheet.cells if c.string >= 0 and book.texts[c.string].aside.strip()]
        if cells:
            yield ASIDE.at(sheet.grid.where(cells))


def left_over_texts(book: Workbook) -> Iterator[Leak]:
    """Shared texts that no cell has any more."""
    used = {cell.string for sheet in book.sheets for cell in sheet.cells}
    left = [n for n, one in enumerate(book.texts) if n not in used and one.text.strip()]
    if left:
        count = "1 text" if len(left) == 1 else f"{len(left)} texts"
        yield LEFT_OVER.at(f"{book.opened.label(book.opened.package.main)}, {count}")


def saved_views(book: Workbook) -> Iterator[Leak]:
    """Custom views of the workbook and its sheets."""
    main = book.opened.root(book.opened.package.main)
    if any(main.each("customWorkbookView")):
        yield VIEW.at(book.opened.label(book.opened.package.main))
    for sheet in book.sheets:
        if any(sheet.each("customSheetView")):
            yield VIEW.at(sheet.label)


def _filters(sheet: Sheet, book: Workbook) -> list[Area]:
    """The blocks of a sheet that have a filter, its own or that of a table."""
    found = [one.attributes.get("ref", "") for one in sheet.each("autoFilter")]
    opened = book.opened
    for edge in opened.edges:
        if edge.source == sheet.part and edge.kind == "table" and edge.target in opened.package:
            table = opened.root(edge.target)
            found += [one.attributes.get("ref", "") for one in table.each("autoFilter")]
    return [area for said in found if (area := area_of(said))]
