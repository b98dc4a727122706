"""The far side of `calc.py`: runs one headless LibreOffice and answers requests about its books.

It is a program of its own because `uno` only loads into the Python that LibreOffice was built
for, which need not be the tests' Python. It imports nothing of ours, takes one JSON request on
each line of its input and gives one JSON answer on each line of its output. When its input ends,
for whatever reason, it ends LibreOffice too, so a killed test run leaves nothing behind.

    calc_helper.py DIST_PACKAGES SOFFICE PROFILE_FOLDER
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

DIST_PACKAGES, SOFFICE, PROFILE = sys.argv[1:4]
sys.path.append(DIST_PACKAGES)

import uno  # type: ignore[import-not-found]  # noqa: E402
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # noqa: E402

START_SECONDS = 90
# How long what is in a chart is waited for, and what kind of shape a chart is.
CHART_SECONDS = 20
CHART = "com.sun.star.drawing.OLE2Shape"
# com.sun.star.sheet.CellFlags.FORMULA and com.sun.star.sheet.FormulaResult.ERROR
FORMULA_CELLS = 16
ERROR_RESULT = 4
# LibreOffice names the group that holds a series' line and points after its place in the chart.
SERIES = re.compile(r"CID/D=0:CS=0:(CT=\d+:Series=\d+)")
PDF = "calc_pdf_Export"
WORKBOOK = "Calc MS Excel 2007 XML"


def options(**values: Any) -> tuple[Any, ...]:
    """Named options in the form that UNO takes."""
    found = []
    for name, value in values.items():
        option = PropertyValue()
        option.Name, option.Value = name, value
        found.append(option)
    return tuple(found)


def url(path: str) -> str:
    """The file address of an absolute path."""
    return str(uno.systemPathToFileUrl(path))


class Office:
    """One running LibreOffice and the books that it has open, by number."""

    def __init__(self) -> None:
        """Start LibreOffice on a pipe of its own and connect."""
        pipe = f"workbook_builder_{os.getpid()}"
        command = [
            SOFFICE,
            f"-env:UserInstallation={url(PROFILE)}",
            f"--accept=pipe,name={pipe};urp;",
            "--headless",
            "--nologo",
            "--nodefault",
            "--norestore",
            "--nolockcheck",
        ]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        self.context = self._connect(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.books: dict[int, Any] = {}
        self.next_book = 1

    def _connect(self, address: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return resolver.resolve(address)
            except Exception:
                if time.monotonic() > deadline:
                    self.stop()
                    raise
                time.sleep(0.1)

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def stop(self) -> None:
        """Ask LibreOffice to end, and see that it does."""
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    # What a request may ask for: one method each, with plain JSON values in and out.

    def do_version(self) -> str:
        """LibreOffice's version, such as 7.4.7.2."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        view = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess",
            options(nodepath="/org.openoffice.Setup/Product"),
        )
        return str(view.getByName("ooSetupVersionAboutBox"))

    def do_open(self, path: str, recalculate: bool) -> int:
        """Open a workbook, hidden, and give its number."""
        document = self.desktop.loadComponentFromURL(
            url(path), "_blank", 0, options(Hidden=True, MacroExecutionMode=0)
        )
        if document is None:
            raise ValueError(f"LibreOffice could not open {path}")
        number, self.next_book = self.next_book, self.next_book + 1
        self.books[number] = document
        if recalculate:
            document.calculateAll()
        return number

    def do_close(self, book: int) -> None:
        """Close a book without saving."""
        self.books.pop(book).close(True)

    def do_recalculate(self, book: int) -> None:
        """Recalculate every formula of the book, whatever has changed."""
        self.books[book].calculateAll()

    def do_sheet_names(self, book: int) -> list[str]:
        """The names of the sheets in order, hidden ones too."""
        return list(self.books[book].Sheets.ElementNames)

    def do_values(self, book: int, sheet: str) -> dict[str, Any]:
        """The used area from A1 as rows, with the errors apart: the rows do not carry them."""
        area = self._used_area(book, sheet)
        errors = []
        for cell in _cells(area.queryFormulaCells(ERROR_RESULT)):
            address = cell.CellAddress
            errors.append([address.Row, address.Column, cell.getString()])
        formulas = _rectangles(area.queryContentCells(FORMULA_CELLS))
        return {"rows": area.getDataArray(), "errors": errors, "formulas": formulas}

    def do_formulas(self, book: int, sheet: str) -> dict[str, Any]:
        """The used area's formulas as rows of text, and where the formulas are."""
        area = self._used_area(book, sheet)
        formulas = _rectangles(area.queryContentCells(FORMULA_CELLS))
        return {"rows": area.getFormulaArray(), "formulas": formulas}

    def do_set(self, book: int, sheet: str, row: int, column: int, value: Any) -> None:
        """Put a number, text, formula (text that begins with =) or nothing (null) in one cell."""
        cell = self._sheet(book, sheet).getCellByPosition(column, row)
        if value is None:
            cell.setString("")
        elif isinstance(value, str) and value.startswith("="):
            cell.setFormula(value)
        elif isinstance(value, str):
            cell.setString(value)
        else:
            cell.setValue(float(value))

    def do_to_pdf(self, book: int, path: str) -> None:
        """Print the whole book to a PDF."""
        self.books[book].storeToURL(url(path), options(FilterName=PDF))

    def do_copied(self, book: int, sheet: str, area: str) -> str:
        """What the clipboard would hold as HTML, were an area of a sheet selected and copied."""
        held = self._sheet(book, sheet)
        control = self.books[book].CurrentController
        control.setActiveSheet(held)
        control.select(held.getCellRangeByName(area))
        copied = control.getTransferable()
        for flavour in copied.getTransferDataFlavors():
            if flavour.MimeType.startswith("text/html"):
                return bytes(copied.getTransferData(flavour).value).decode("utf-8", "replace")
        raise ValueError("LibreOffice offers no HTML of what it copies")

    def do_save_as(self, book: int, path: str) -> None:
        """Save a copy as .xlsx, as LibreOffice writes it."""
        self.books[book].storeToURL(url(path), options(FilterName=WORKBOOK))

    def do_chart_names(self, book: int, sheet: str) -> list[str]:
        """The names of a sheet's charts, in drawing order."""
        return [shape.PersistName for shape in self._chart_shapes(book, sheet)]

    def do_chart_picture(self, book: int, sheet: str, chart: int | str, path: str) -> None:
        """Draw one chart of a sheet, by its place from 0 or its name, to a PNG file."""
        export = self._service("com.sun.star.drawing.GraphicExportFilter")
        export.setSourceDocument(self._chart_shape(book, sheet, chart))
        if not export.filter(options(URL=url(path), MediaType="image/png")):
            raise ValueError(f"LibreOffice did not draw chart {chart!r} of sheet {sheet!r}")

    def do_chart_drawing(self, book: int, sheet: str, chart: int | str) -> dict[str, Any]:
        """What LibreOffice drew for one chart: the plot area, its scale and each series' line.

        Positions are in hundredths of a millimetre, y downwards.
        """
        model = self._drawn_chart(book, sheet, chart)
        shapes = list(_tree(model.getDrawPage()))
        plot = next(s for s in shapes if s.Name == "PlotAreaExcludingAxes")
        axes = model.getFirstDiagram().CoordinateSystems[0]
        across = axes.getAxisByDimension(0, 0).getScaleData()
        up = model.getDiagram().getYAxis()
        return {
            "left": plot.Position.X,
            "top": plot.Position.Y,
            "width": plot.Size.Width,
            "height": plot.Size.Height,
            "lowest": up.Min,
            "highest": up.Max,
            "places": len(across.Categories.Values.getData()),
            "between_ticks": across.ShiftedCategoryPosition,
            "series": _series_names(axes),
            "runs": _series_runs(shapes),
        }

    def _sheet(self, book: int, sheet: str) -> Any:
        return self.books[book].Sheets.getByName(sheet)

    def _used_area(self, book: int, sheet: str) -> Any:
        """The block from A1 to the last used cell."""
        source = self._sheet(book, sheet)
        cursor = source.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return source.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)

    def _chart_shape(self, book: int, sheet: str, chart: int | str) -> Any:
        shapes = self._chart_shapes(book, sheet)
        if isinstance(chart, int):
            return shapes[chart]
        return next(s for s in shapes if chart in (s.PersistName, s.Name))

    def _chart_shapes(self, book: int, sheet: str) -> list[Any]:
        page = self._sheet(book, sheet).DrawPage
        shapes = [page.getByIndex(number) for number in range(page.Count)]
        return [shape for shape in shapes if shape.ShapeType == CHART]

    def _drawn_chart(self, book: int, sheet: str, chart: int | str) -> Any:
        """The model of a chart that has been drawn.

        LibreOffice takes what is in a chart away now and then, for a moment: the model is nothing
        then, and there again when it is asked for once more.
        """
        until = time.monotonic() + CHART_SECONDS
        while True:
            # A chart has no shapes until something makes LibreOffice draw it.
            self.do_chart_picture(book, sheet, chart, PROFILE + "/chart.png")
            model = self._chart_shape(book, sheet, chart).Model
            if model is not None:
                return model
            if time.monotonic() > until:
                raise ValueError(f"nothing in chart {chart!r} of sheet {sheet!r}")
            print(f"nothing in chart {chart!r} for a moment", file=sys.stderr, flush=True)
            time.sleep(0.1)


def _cells(ranges: Any) -> list[Any]:
    """Each single cell of a collection of ranges."""
    listing = ranges.Cells.createEnumeration()
    found = []
    while listing.hasMoreElements():
        found.append(listing.nextElement())
    return found


def _rectangles(ranges: Any) -> list[list[int]]:
    """A collection of ranges as [first row, first column, last row, last column]."""
    return [
        [block.StartRow, block.StartColumn, block.EndRow, block.EndColumn]
        for block in ranges.RangeAddresses
    ]


def _tree(shapes: Any) -> Iterator[Any]:
    """Every shape of a collection, those inside groups too."""
    for number in range(shapes.Count):
        shape = shapes.getByIndex(number)
        yield shape
        if hasattr(shape, "getByIndex"):
            yield from _tree(shape)


def _series_names(axes: Any) -> dict[str, str]:
    """The name of each series by its key in the drawing, such as CT=0:Series=1."""
    names = {}
    for group, kind in enumerate(axes.ChartTypes):
        for number, series in enumerate(kind.DataSeries):
            label = series.DataSequences[0].Label
            texts = label.getTextualData() if label is not None else ()
            names[f"CT={group}:Series={number}"] = " ".join(texts)
    return names


def _series_runs(shapes: list[Any]) -> dict[str, list[list[list[int]]]]:
    """Each series' line as it was drawn: one list of points for each unbroken run."""
    runs: dict[str, list[list[list[int]]]] = {}
    for shape in shapes:
        series = SERIES.fullmatch(shape.Name)
        if series is None:
            continue
        for part in _tree(shape):
            if part.ShapeType == "com.sun.star.drawing.PolyLineShape":
                lines = part.PolyPolygonBezier.Coordinates
                found = runs.setdefault(series[1], [])
                found.extend([[point.X, point.Y] for point in line] for line in lines)
    return runs


def serve(office: Office, answers: Any) -> None:
    """Answer one request after another until the input ends."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = getattr(office, "do_" + request["do"])(**request["with"])
            answer = {"result": result}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def main() -> None:
    """Run LibreOffice for as long as somebody is asking."""
    # LibreOffice's libraries print to the standard output now and then; keep that channel ours.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Ctrl+C in the terminal reaches us as well; the tests end us in order by closing our input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    office = Office()
    try:
        answers.write(json.dumps({"result": "ready"}) + "\n")
        answers.flush()
        serve(office, answers)
    finally:
        office.stop()


if __name__ == "__main__":
    main()
