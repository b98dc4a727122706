"""Leaks planted one by one in a workbook: each is told, with its place, without its words."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference

from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from tests.screen.clean import (
    AS_AT,
    CHILD,
    DOB,
    NHS,
    NHS_LIKE,
    SECRETS,
    UPN,
    WORKER,
    add_part,
    workbook,
)
from workbook_builder.screen import Leak, leaks

Made = Callable[[Any, Any], None]
Changed = Callable[[Path], None]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FRONT = 'sheet "Front page"'
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
CORE, APP = "docProps/core.xml", "docProps/app.xml"


def _hidden_sheet(book: Any, _sheet: Any) -> None:
    book.add_worksheet("Children").hide()


def _deep_sheet(book: Any, _sheet: Any) -> None:
    book.add_worksheet("Children").very_hidden()


def _hidden_sheet_of_a_child(book: Any, _sheet: Any) -> None:
    book.add_worksheet(UPN).hide()


def _hidden_row(_book: Any, sheet: Any) -> None:
    sheet.set_row(4, None, None, {"hidden": True})


def _low_rows(_book: Any, sheet: Any) -> None:
    sheet.set_row(4, 0.75)


def _closed_outline(_book: Any, sheet: Any) -> None:
    for row in (3, 4):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_row(5, None, None, {"collapsed": True})


def _filtered(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", ["Team", "North", "South"])
    sheet.autofilter("A10:A12")
    sheet.filter_column("A", "x == North")
    sheet.set_row(11, None, None, {"hidden": True})


def _all_other_rows(_book: Any, sheet: Any) -> None:
    sheet.set_default_row(hide_unused_rows=True)


def _hidden_columns(_book: Any, sheet: Any) -> None:
    sheet.set_column("C:D", None, None, {"hidden": True})


def _narrow_column(_book: Any, sheet: Any) -> None:
    sheet.set_column("C:C", 0.1)


def _note(_book: Any, sheet: Any) -> None:
    sheet.write_comment("B4", f"seen by {WORKER}", {"author": WORKER})


def _white(book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "not for readers", book.add_format({"font_color": "#FFFFFF"}))


def _as_its_fill(book: Any, sheet: Any) -> None:
    looks = {"font_color": "#1F3864", "bg_color": "#1F3864"}
    sheet.write_string("A10", "not for readers", book.add_format(looks))


def _white_piece(book: Any, sheet: Any) -> None:
    white = book.add_format({"font_color": "#FFFFFF"})
    sheet.write_rich_string("A10", "seen ", white, "not seen")


def _white_by_condition(book: Any, sheet: Any) -> None:
    sheet.write_number("A10", 5)
    white = book.add_format({"font_color": "#FFFFFF"})
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": white}
    sheet.conditional_format("A10", rule)


def _hiding_format(book: Any, sheet: Any) -> None:
    sheet.write_number("A10", 5, book.add_format({"num_format": ";;;"}))


def _tiny(book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "not for readers", book.add_format({"font_size": 1}))


def _outside_print(_book: Any, sheet: Any) -> None:
    sheet.write_string("P2", "not for readers")


def _far_off(book: Any, _sheet: Any) -> None:
    other = book.add_worksheet("Other")
    other.write_column("A1", ["Title", 1, 2])
    other.write_column("AZ900", ["not", "for", "readers"])


def _behind_a_chart(_book: Any, sheet: Any) -> None:
    sheet.write_string("G8", "not for readers")


def _connected_name(book: Any, _sheet: Any) -> None:
    book.define_name("Source", r"='H:\Cases\[Children.xlsx]List'!$A$1")


def _formula_elsewhere(_book: Any, sheet: Any) -> None:
    sheet.write_formula("A10", r"='H:\Cases\[Children.xlsx]List'!$A$1", None, 3)


def _file_link(_book: Any, sheet: Any) -> None:
    sheet.write_url("A10", r"external:\\server\share\cases.xlsx", string="Cases")


def _mail_link(_book: Any, sheet: Any) -> None:
    sheet.write_url("A10", "mailto:somebody@exampleshire.gov.uk", string="Contact")


def _own_page(_book: Any, sheet: Any) -> None:
    link = "https://exampleshire-my.sharepoint.com/personal/some_body/Documents/x.xlsx"
    sheet.write_url("A10", link, string="Data")


def _link_by_formula(_book: Any, sheet: Any) -> None:
    sheet.write_formula("A10", r'=HYPERLINK("H:\Cases\list.xlsx","Cases")', None, "Cases")


def _path_in_footer(_book: Any, sheet: Any) -> None:
    sheet.set_footer("&L&Z&F")


def _upn(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", f"Pupil {UPN} moved")


def _nhs(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", NHS)


def _nhs_below_heading(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", "NHS number")
    sheet.write_number("A11", NHS_LIKE)


def _nhs_column(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", [9434765919, 9434765870, 4010232137])


def _ids_below_heading(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", ["Child ID", int(CHILD), "unknown", 7654322])


def _id_beside_heading(_book: Any, sheet: Any) -> None:
    sheet.write_row("A10", ["Mosaic number", int(CHILD)])


def _births(book: Any, sheet: Any) -> None:
    sheet.write_row("A10", ["Initials", "Date of birth"])
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_datetime("B11", dt.datetime(2011, 3, 12), day)
    sheet.write_string("B12", DOB)


def _births_as_numbers(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", ["DOB", 40614, 40615, 39022])


def _birth_in_text(_book: Any, sheet: Any) -> None:
    sheet.write_string("A10", f"One child (DOB {DOB}) waited 30 weeks")


def _in_a_chart_title(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Front page'!$B$4:$B$5", "values_data": [1234567, 312]})
    chart.set_title({"name": f"NHS number {NHS}"})
    sheet.insert_chart("A11", chart, {"x_scale": 0.1, "y_scale": 0.1})


def _in_alternative_text(_book: Any, sheet: Any) -> None:
    sheet.insert_textbox("A12", "Figures", {"description": f"DOB {DOB}", "width": 60, "height": 20})


def _in_choices(_book: Any, sheet: Any) -> None:
    sheet.data_validation("A10", {"validate": "list", "source": [f"UPN {UPN}", "Other"]})


def _in_a_formula(_book: Any, sheet: Any) -> None:
    sheet.write_formula("A10", f'=IF(B4>0,"yes","{UPN}")', None, "yes")


def _in_a_filter(_book: Any, sheet: Any) -> None:
    sheet.write_column("A10", ["Team", "North"])
    sheet.autofilter("A10:A11")
    sheet.filter_column_list("A", ["North", UPN])


def _stale_chart(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='Front page'!$B$4:$B$5", "values_data": [1234567, 999]})
    sheet.insert_chart("A11", chart, {"x_scale": 0.1, "y_scale": 0.1})


def _custom_property(book: Any, _sheet: Any) -> None:
    book.set_custom_property("Case", f"{UPN}")


def _chart_of_another_book(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='[Children.xlsx]List'!$B$4:$B$5", "values_data": [3, 4]})
    sheet.insert_chart("A11", chart, {"x_scale": 0.1, "y_scale": 0.1})


def _inserted(before: str, new: str, part: str) -> Changed:
    return lambda path: rewrite_part(path, part, swap(before, new + before))


def _pivot(path: Path) -> None:
    cache = f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields/></pivotCacheDefinition>'
    add_part(path, "xl/pivotCache/pivotCacheDefinition1.xml", cache, "pivotCacheDefinition")


def _external(path: Path) -> None:
    link = f'<externalLink xmlns="{MAIN}"/>'
    add_part(path, "xl/externalLinks/externalLink1.xml", link, "externalLink")


def _connection(path: Path) -> None:
    add_part(path, "xl/connections.xml", f'<connections xmlns="{MAIN}"/>', "connections")


def _data_model(path: Path) -> None:
    kind = "http://schemas.microsoft.com/office/2006/relationships/powerPivotData"
    add_part(path, "xl/model/item.data", b"rows", kind)


def _custom_xml(path: Path) -> None:
    add_part(path, "customXml/item1.xml", "<data>held</data>", "customXml")


def _macros(path: Path) -> None:
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    add_part(path, "xl/vbaProject.bin", b"code", kind, type_="application/vnd.ms-office.vbaProject")


def _embedded(path: Path) -> None:
    add_part(path, "xl/embeddings/oleObject1.bin", b"file", "oleObject", SHEET)


def _revisions(path: Path) -> None:
    log = f'<headers xmlns="{MAIN}"/>'
    add_part(path, "xl/revisions/revisionHeaders.xml", log, "revisionHeaders")


def _printer(path: Path) -> None:
    held = "\\\\printserver\\floor2".encode("utf-16-le")
    add_part(path, "xl/printerSettings/printerSettings1.bin", held, "printerSettings", SHEET)


def _orphan(path: Path) -> None:
    parts = read_parts(path)
    parts["xl/worksheets/sheet9.xml"] = f'<worksheet xmlns="{MAIN}"/>'.encode()
    write_parts(path, parts)


def _threads(path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    thread = f'<ThreadedComments xmlns="{space}"><threadedComment ref="B5" dT="2025-01-01T00:00:00"'
    thread += f' personId="{{1}}" id="{{2}}"><text>{WORKER}</text></threadedComment>'
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    name = "xl/threadedComments/threadedComment1.xml"
    add_part(path, name, f"{thread}</ThreadedComments>", kind, SHEET)


def _persons(path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    people = f'<personList xmlns="{space}"><person displayName="{WORKER}" id="{{1}}"/></personList>'
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/person"
    add_part(path, "xl/persons/person.xml", people, kind)


def _linked_picture(path: Path) -> None:
    add_part(path, "", "", "image", "xl/drawings/drawing1.xml", target="file:///H:/cases/a.png")


def _phonetic(path: Path) -> None:
    aside = f'<rPh sb="0" eb="1"><t>{WORKER}</t></rPh>'
    text = "<t>Contacts and referrals</t>"
    rewrite_part(path, "xl/sharedStrings.xml", swap(text, text + aside))


def _left_over(path: Path) -> None:
    end = "</sst>"
    rewrite_part(path, "xl/sharedStrings.xml", swap(end, f"<si><t>{WORKER}</t></si>{end}"))


def _hidden_name(path: Path) -> None:
    name = '<definedName name="Kept" hidden="1">\'Front page\'!$A$1</definedName>'
    rewrite_part(path, BOOK, swap("</definedNames>", f"{name}</definedNames>"))


def _path(path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
    held = f'<x15ac:absPath xmlns:x15ac="{space}" url="C:\\Users\\{WORKER}\\Documents\\"/>'
    rewrite_part(path, BOOK, swap("<bookViews>", f"{held}<bookViews>"))


def _white_by_theme(path: Path) -> None:
    """The cell with the title takes the font that is the theme's white."""
    rewrite_part(path, STYLES, swap('<color theme="1"/>', '<color theme="0"/>'))


def _hidden_shape(path: Path) -> None:
    rewrite_part(path, "xl/drawings/drawing1.xml", swap("<xdr:cNvPr ", '<xdr:cNvPr hidden="1" '))


def _cropped(path: Path) -> None:
    end = "</xdr:graphicFrame>"
    cut = '<a:srcRect xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" l="30000"/>'
    rewrite_part(path, "xl/drawings/drawing1.xml", swap(end, f"{cut}{end}"))


def _view(path: Path) -> None:
    views = f'<customWorkbookViews><customWorkbookView name="{WORKER}" guid="{{0}}"/>'
    end = "</workbook>"
    rewrite_part(path, BOOK, swap(end, f"{views}</customWorkbookViews>{end}"))


MADE: dict[str, tuple[Made, str, str]] = {
    "hidden sheet": (_hidden_sheet, "WB811", 'sheet "Children"'),
    "very hidden sheet": (_deep_sheet, "WB811", 'sheet "Children"'),
    "hidden row": (_hidden_row, "WB812", f"{FRONT}, row 5"),
    "row without height": (_low_rows, "WB812", f"{FRONT}, row 5"),
    "closed outline": (_closed_outline, "WB812", f"{FRONT}, rows 4 to 5"),
    "row hidden by a filter": (_filtered, "WB812", f"{FRONT}, row 12"),
    "all unused rows hidden": (
        _all_other_rows,
        "WB812",
        f"{FRONT}, all rows that say nothing else",
    ),
    "hidden columns": (_hidden_columns, "WB813", f"{FRONT}, columns C to D"),
    "column without width": (_narrow_column, "WB813", f"{FRONT}, column C"),
    "note": (_note, "WB841", f"{FRONT}, cell B4"),
    "white text": (_white, "WB821", f"{FRONT}, cell A10"),
    "text in the colour of its fill": (_as_its_fill, "WB821", f"{FRONT}, cell A10"),
    "white piece of a text": (_white_piece, "WB821", f"{FRONT}, cell A10"),
    "white by condition": (_white_by_condition, "WB821", f"{FRONT}, cell A10"),
    "format that hides": (_hiding_format, "WB822", f"{FRONT}, cell A10"),
    "tiny text": (_tiny, "WB823", f"{FRONT}, cell A10"),
    "outside the print area": (_outside_print, "WB825", f"{FRONT}, cell P2"),
    "far off": (_far_off, "WB824", 'sheet "Other", cells AZ900 to AZ902'),
    "behind a chart": (_behind_a_chart, "WB826", f"{FRONT}, cell G8"),
    "name of another book": (_connected_name, "WB861", 'the name "Source"'),
    "formula of another book": (_formula_elsewhere, "WB862", f"{FRONT}, cell A10"),
    "link to a drive": (_file_link, "WB847", f"{FRONT}, cell A10"),
    "link to a mailbox": (_mail_link, "WB847", f"{FRONT}, cell A10"),
    "link to somebody's own page": (_own_page, "WB847", f"{FRONT}, cell A10"),
    "link to a drive by formula": (_link_by_formula, "WB847", f"{FRONT}, cell A10"),
    "path in the footer": (_path_in_footer, "WB846", FRONT),
    "UPN": (_upn, "WB851", f"{FRONT}, cell A10"),
    "NHS number as text": (_nhs, "WB852", f"{FRONT}, cell A10"),
    "NHS number below its heading": (_nhs_below_heading, "WB852", f"{FRONT}, cell A11"),
    "column of NHS numbers": (_nhs_column, "WB852", f"{FRONT}, cells A10 to A12"),
    "ids below a heading": (_ids_below_heading, "WB853", f"{FRONT}, cells A11, A13"),
    "id beside a heading": (_id_beside_heading, "WB853", f"{FRONT}, cell B10"),
    "dates of birth": (_births, "WB854", f"{FRONT}, cells B11 to B12"),
    "dates of birth as numbers": (_births_as_numbers, "WB854", f"{FRONT}, cells A11 to A13"),
    "date of birth in a text": (_birth_in_text, "WB854", f"{FRONT}, cell A10"),
    "NHS number in a chart's title": (_in_a_chart_title, "WB852", f"a chart on {FRONT}"),
    "date of birth in alternative text": (_in_alternative_text, "WB854", f"a drawing on {FRONT}"),
    "UPN among choices": (_in_choices, "WB851", f"{FRONT}, beside its cells"),
    "UPN in a formula": (_in_a_formula, "WB851", f"{FRONT}, formula of cell A10"),
    "UPN in a filter": (_in_a_filter, "WB851", f"{FRONT}, beside its cells"),
    "chart with other figures": (_stale_chart, "WB863", f"a chart on {FRONT}"),
    "chart of another book": (_chart_of_another_book, "WB864", f"a chart on {FRONT}"),
}
CHANGED: dict[str, tuple[Changed, str, str]] = {
    "pivot cache": (_pivot, "WB831", "the workbook"),
    "external link": (_external, "WB832", "the workbook"),
    "connection": (_connection, "WB833", "the workbook"),
    "data model": (_data_model, "WB833", "the workbook"),
    "custom XML": (_custom_xml, "WB834", "a custom XML part"),
    "macros": (_macros, "WB835", "the workbook"),
    "embedded file": (_embedded, "WB836", FRONT),
    "log of changes": (_revisions, "WB837", "the workbook"),
    "printer on the network": (_printer, "WB838", FRONT),
    "part that nothing leads to": (_orphan, "WB839", "the workbook, 1 part"),
    "thread of comments": (_threads, "WB841", f"{FRONT}, cell B5"),
    "persons": (_persons, "WB843", "the workbook"),
    "linked picture": (_linked_picture, "WB848", f"a drawing on {FRONT}"),
    "reading aid": (_phonetic, "WB818", f"{FRONT}, cell A1"),
    "text that no cell shows": (_left_over, "WB819", "the workbook, 1 text"),
    "hidden name": (_hidden_name, "WB814", 'the workbook, 1 hidden name: "Kept"'),
    "path of a user": (_path, "WB845", "the workbook"),
    "white by the theme": (_white_by_theme, "WB821", f"{FRONT}, cells A1, A4 to C6, A8 to B8"),
    "hidden shape": (_hidden_shape, "WB817", FRONT),
    "cropped picture": (_cropped, "WB827", f"a drawing on {FRONT}"),
    "saved view": (_view, "WB815", "the workbook"),
    "author": (
        _inserted("</dc:creator>", WORKER, CORE),
        "WB842",
        "the properties (author)",
    ),
    "last saved by": (
        _inserted("</cp:lastModifiedBy>", WORKER, CORE),
        "WB842",
        "the properties (last saved by)",
    ),
    "manager": (
        _inserted("<Company>", f"<Manager>{WORKER}</Manager>", APP),
        "WB842",
        "the properties (manager)",
    ),
}


def exactly(found: tuple[Leak, ...], code: str, where: str) -> None:
    """One leak of a kind at a place, and no word of what leaks."""
    assert [(leak.code, leak.where) for leak in found] == [(code, where)]
    assert all(leak.fix and leak.what for leak in found)
    unsaid(found)


def unsaid(found: tuple[Leak, ...]) -> None:
    """Nothing that is said holds a planted value."""
    said = "\n".join(str(leak) for leak in found)
    assert [secret for secret in SECRETS if secret.casefold() in said.casefold()] == []


@pytest.mark.parametrize(("more", "code", "where"), MADE.values(), ids=MADE)
def test_what_is_planted_with_the_workbook(
    more: Made, code: str, where: str, tmp_path: Path
) -> None:
    exactly(leaks(workbook(tmp_path / "board.xlsx", more), as_at=AS_AT), code, where)


@pytest.mark.parametrize(("change", "code", "where"), CHANGED.values(), ids=CHANGED)
def test_what_is_planted_in_the_package(
    change: Changed, code: str, where: str, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "board.xlsx")
    change(path)
    exactly(leaks(path, as_at=AS_AT), code, where)


def test_a_custom_property_and_what_it_holds(tmp_path: Path) -> None:
    found = leaks(workbook(tmp_path / "board.xlsx", _custom_property), as_at=AS_AT)
    assert [(leak.code, leak.where) for leak in found] == [
        ("WB851", "the custom properties"),
        ("WB844", "the custom properties, 1 property"),
    ]
    unsaid(found)


def test_the_mark_of_a_sensitivity_label_may_stay(tmp_path: Path) -> None:
    def label(book: Any, _sheet: Any) -> None:
        book.set_custom_property("MSIP_Label_0a1b2c3d-0000_Name", "Official")

    assert leaks(workbook(tmp_path / "board.xlsx", label), as_at=AS_AT) == ()


def test_a_sheet_named_after_a_child_is_called_by_its_number(tmp_path: Path) -> None:
    found = leaks(workbook(tmp_path / "board.xlsx", _hidden_sheet_of_a_child), as_at=AS_AT)
    assert ("WB811", "sheet 2") in [(leak.code, leak.where) for leak in found]
    assert "WB851" in {leak.code for leak in found}
    unsaid(found)


def test_a_file_named_after_a_child(tmp_path: Path) -> None:
    found = leaks(workbook(tmp_path / f"{UPN}.xlsx"), as_at=AS_AT)
    exactly(found, "WB851", "the file's own name")


def test_all_leaks_are_told_at_once(tmp_path: Path) -> None:
    def several(book: Any, sheet: Any) -> None:
        for more in (_hidden_sheet, _hidden_row, _note, _upn, _path_in_footer):
            more(book, sheet)

    found = leaks(workbook(tmp_path / "board.xlsx", several), as_at=AS_AT)
    assert [leak.code for leak in found] == ["WB811", "WB846", "WB851", "WB841", "WB812"]
    unsaid(found)


def test_the_macro_workbook_itself_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "board.xlsm")
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rewrite_part(path, "[Content_Types].xml", swap(plain, macro))
    exactly(leaks(path, as_at=AS_AT), "WB835", "the workbook")


def test_an_embedded_workbook_is_no_picture(tmp_path: Path) -> None:
    inner = io.BytesIO()
    xlsxwriter.Workbook(inner).close()
    path = workbook(tmp_path / "board.xlsx")
    add_part(path, "xl/embeddings/Book1.xlsx", inner.getvalue(), "package", SHEET)
    exactly(leaks(path, as_at=AS_AT), "WB836", FRONT)


@pytest.mark.parametrize(("cell", "covered"), [("F12", True), ("D12", False), ("F40", False)])
def test_behind_a_chart_that_says_its_size(cell: str, covered: bool, tmp_path: Path) -> None:
    """openpyxl says where a chart begins and how large it is, not where it ends: this one is
    15 cm wide and 7.5 cm high from E3 on, so it covers ten rows and more, and four columns."""
    book = openpyxl.Workbook()
    book.properties.creator = None
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = "Contacts", 410, 395
    sheet.row_dimensions[5].height = 30
    sheet.column_dimensions["E"].width = 12
    sheet[cell] = "not for readers"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E3")
    book.save(tmp_path / "board.xlsx")
    found = leaks(tmp_path / "board.xlsx", as_at=AS_AT)
    if covered:
        exactly(found, "WB826", f'sheet "Sheet", cell {cell}')
    else:
        assert found == ()
