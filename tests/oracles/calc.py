"""LibreOffice Calc as an outside recalculator of the workbooks that we write.

`Calc` drives one headless LibreOffice through `calc_helper.py`, a second process under whichever
Python can import `uno`, so the version of Python that runs the tests never matters. `compare`
asks Calc to work out every formula of a file again and lists where the file says otherwise.
"""

from __future__ import annotations

import contextlib
import json
import math
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tests.measuring import unmeasured
from tests.oracles.cached import Value, cell_name, written_formulas

HELPER = Path(__file__).with_name("calc_helper.py")
DEBIAN_PACKAGES = Path("/usr/lib/python3/dist-packages")
SYSTEM_PYTHON = Path("/usr/bin/python3")
INSTALL = (
    "apt-get install --no-install-recommends libreoffice-calc python3-uno poppler-utils "
    "fonts-liberation fonts-crosextra-carlito"
)
ANSWER_SECONDS = 180
# Two ways to add up the same numbers may differ in the last bit or two; nothing we show does.
TOLERANCE = 1e-9

# OOXMLRecalcMode: 0 always, 1 never. Calc's own default believes the values in a file that, like
# every XlsxWriter file, says that Excel wrote it; an oracle that believes them checks nothing.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""


class CalcMissing(Exception):
    """LibreOffice, or the Python bridge to it, is not on this machine."""


class CalcError(Exception):
    """LibreOffice answered a request with an error, or did not answer."""


@dataclass(frozen=True)
class Installation:
    """Where LibreOffice is and which Python can talk to it."""

    soffice: Path
    python: Path


def find_calc() -> Installation:
    """Find LibreOffice and a Python that imports `uno`, or raise CalcMissing saying what lacks."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise CalcMissing(f"LibreOffice is not installed; run: {INSTALL}")
    # The system's own first: python3-uno is built for it, and may half load into another.
    for python in (SYSTEM_PYTHON, Path(sys.executable)):
        if _imports_uno(python):
            return Installation(Path(soffice), python)
    raise CalcMissing(f"no Python on this machine imports uno; run: {INSTALL}")


def _imports_uno(python: Path) -> bool:
    if not python.exists():
        return False
    check = f"import sys; sys.path.append({str(DEBIAN_PACKAGES)!r}); import uno"
    done = subprocess.run([str(python), "-c", check], capture_output=True, timeout=60)
    return done.returncode == 0


class Calc:
    """One running LibreOffice with a profile of its own. Use it in a `with` statement."""

    def __init__(self, installation: Installation, always_recalculate: bool = True) -> None:
        """Start LibreOffice; `always_recalculate=False` is there to prove that it matters."""
        self._folder = tempfile.TemporaryDirectory(prefix="calc-profile-")
        profile = Path(self._folder.name)
        (profile / "user").mkdir()
        settings = SETTINGS.format(mode=0 if always_recalculate else 1)
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
        command = [installation.python, HELPER, DEBIAN_PACKAGES, installation.soffice, profile]
        self._helper = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
        )
        assert self._helper.stdout is not None
        self._answers: queue.Queue[str | None] = queue.Queue()
        # A thread reads, so that a LibreOffice that hangs is an error and not a test that waits.
        reading = (self._helper.stdout, self._answers)
        threading.Thread(target=_read_lines, args=reading, daemon=True).start()
        try:
            self._answer()
        except CalcError:
            self.stop()
            raise

    def __enter__(self) -> Calc:
        """Nothing more to do: the constructor has started LibreOffice."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End LibreOffice."""
        self.stop()

    def stop(self) -> None:
        """End LibreOffice and the helper; harmless when they have ended already."""
        assert self._helper.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._helper.stdin.close()
        try:
            self._helper.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._helper.kill()
            self._helper.wait()
        self._complaints.close()
        self._folder.cleanup()

    def version(self) -> str:
        """LibreOffice's version, such as 7.4.7.2."""
        return str(self.ask("version"))

    def open(self, path: Path, recalculate: bool = True) -> Book:
        """Open a workbook and, unless told not to, recalculate every formula in it."""
        number = self.ask("open", path=str(path.resolve()), recalculate=recalculate)
        return Book(self, number)

    def ask(self, request: str, **values: Any) -> Any:
        """Put one request to the helper and wait for its answer."""
        assert self._helper.stdin is not None
        try:
            self._helper.stdin.write(json.dumps({"do": request, "with": values}) + "\n")
            self._helper.stdin.flush()
        except (BrokenPipeError, ValueError) as error:
            raise CalcError(f"LibreOffice has ended ({request}): {self._last_words()}") from error
        return self._answer()

    def _answer(self) -> Any:
        try:
            line = self._answers.get(timeout=ANSWER_SECONDS)
        except queue.Empty:
            self._helper.kill()
            raise CalcError(f"LibreOffice gave no answer in {ANSWER_SECONDS} seconds") from None
        if line is None:
            raise CalcError(f"LibreOffice ended: {self._last_words()}")
        answer = json.loads(line)
        if "error" in answer:
            raise CalcError(answer["error"])
        return answer["result"]

    def _last_words(self) -> str:
        if self._complaints.closed:
            return "it had been stopped"
        self._complaints.seek(0)
        return self._complaints.read().decode(errors="replace")[-2000:]


def _read_lines(source: IO[str], answers: queue.Queue[str | None]) -> None:
    for line in source:
        answers.put(line)
    answers.put(None)


class Book:
    """A workbook open in Calc. Rows and columns count from 0. Use it in a `with` statement."""

    def __init__(self, calc: Calc, number: int) -> None:
        """Made by `Calc.open`."""
        self._calc = calc
        self._number = number

    def __enter__(self) -> Book:
        """Nothing more to do: the book is open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the book; after a failure LibreOffice may be gone, which is not the news."""
        try:
            self.close()
        except CalcError:
            if error is None:
                raise

    def sheet_names(self) -> list[str]:
        """The names of the sheets in order, hidden ones too."""
        return list(self._ask("sheet_names"))

    @unmeasured()
    def values(self, sheet: str) -> dict[tuple[int, int], Value]:
        """Every cell from A1 to the last used one.

        A number is a float (a date or TRUE too: Calc has no other kind), an error is its name,
        an empty cell is None, and a formula that gives no text is "".
        """
        found = self._ask("values", sheet=sheet)
        values: dict[tuple[int, int], Value] = {
            (row, column): None if value == "" else value
            for row, line in enumerate(found["rows"])
            for column, value in enumerate(line)
        }
        for at in _cells_of(found["formulas"]):
            if values[at] is None:
                values[at] = ""
        values.update({(row, column): name for row, column, name in found["errors"]})
        return values

    @unmeasured()
    def formulas(self, sheet: str) -> dict[tuple[int, int], str]:
        """The cells of a sheet that hold formulas, with each formula as Calc writes it."""
        found = self._ask("formulas", sheet=sheet)
        return {at: found["rows"][at[0]][at[1]] for at in _cells_of(found["formulas"])}

    def set(self, sheet: str, row: int, column: int, value: Value) -> None:
        """Put a number, a text, a formula (a text that begins with =) or nothing in one cell."""
        self._ask("set", sheet=sheet, row=row, column=column, value=value)

    def recalculate(self) -> None:
        """Recalculate every formula of the book."""
        self._ask("recalculate")

    def to_pdf(self, path: Path) -> None:
        """Print the book to a PDF."""
        self._ask("to_pdf", path=str(path.resolve()))

    def copied(self, sheet: str, area: str) -> str:
        """What an area of a sheet, such as A1:F20, is on the clipboard as HTML."""
        return str(self._ask("copied", sheet=sheet, area=area))

    def save_as(self, path: Path) -> None:
        """Save a copy as .xlsx, as LibreOffice writes it."""
        self._ask("save_as", path=str(path.resolve()))

    def chart_names(self, sheet: str) -> list[str]:
        """LibreOffice's names for the charts of a sheet, in drawing order."""
        return list(self._ask("chart_names", sheet=sheet))

    def chart_picture(self, sheet: str, chart: int | str, path: Path) -> None:
        """Draw one chart of a sheet, by its place from 0 or its name, to a PNG file."""
        self._ask("chart_picture", sheet=sheet, chart=chart, path=str(path.resolve()))

    def chart_drawing(self, sheet: str, chart: int | str) -> dict[str, Any]:
        """The shapes that LibreOffice drew for one chart; `charts.drawn_lines` reads them."""
        drawing: dict[str, Any] = self._ask("chart_drawing", sheet=sheet, chart=chart)
        return drawing

    def close(self) -> None:
        """Close the book without saving."""
        self._ask("close")

    def _ask(self, request: str, **values: Any) -> Any:
        return self._calc.ask(request, book=self._number, **values)


def _cells_of(blocks: Iterable[list[int]]) -> Iterable[tuple[int, int]]:
    for first_row, first_column, last_row, last_column in blocks:
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                yield row, column


@dataclass(frozen=True)
class Difference:
    """A formula cell whose written value is not what Calc works out."""

    sheet: str
    row: int
    column: int
    formula: str
    written: Value
    recalculated: Value

    def __str__(self) -> str:
        """One line for a test's message."""
        place = f"{self.sheet}!{cell_name(self.row, self.column)}"
        return f"{place}: written {self.written!r}, Calc {self.recalculated!r}, ={self.formula}"


@dataclass(frozen=True)
class Comparison:
    """How many formula cells were compared and which of them differ."""

    count: int
    differences: list[Difference]


@unmeasured()
def compare(path: Path, calc: Calc) -> Comparison:
    """Compare the value written for every formula cell with the one Calc works out.

    A test must look at `count` too: a file whose formulas were all lost differs in nothing.
    """
    written = written_formulas(path)
    differences = []
    with calc.open(path) as book:
        for sheet, cells in written.items():
            recalculated = book.values(sheet)
            for (row, column), (formula, value) in cells.items():
                answer = recalculated.get((row, column))
                if not same(value, answer):
                    difference = Difference(sheet, row, column, formula, value, answer)
                    differences.append(difference)
    return Comparison(sum(map(len, written.values())), differences)


def same(written: Value, recalculated: Value) -> bool:
    """Whether two values are the same: numbers within a whisker, all else exactly."""
    if isinstance(written, float) and isinstance(recalculated, float):
        return math.isclose(written, recalculated, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(written) is type(recalculated) and written == recalculated
