"""A finished workbook or document as PDF: through Excel where it runs, else through LibreOffice.

Both mark headings, tables and pictures for screen readers (a tagged PDF) when they are asked to.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError

EXCEL, LIBREOFFICE = "Excel", "LibreOffice"
SECONDS = 300
PROGRAMS = (
    "soffice",
    "libreoffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
}
FILTERS = {".xlsx": "calc_pdf_Export", ".docx": "writer_pdf_Export", ".pptx": "impress_pdf_Export"}


def write_pdf(finished: Path, target: Path) -> str:
    """Write the PDF of a finished file; the name of the program that did it.

    Raises UserError where there is none, or where it fails.
    """
    if finished.suffix == ".xlsx" and _through_excel(finished, target):
        return EXCEL
    _through_libreoffice(finished, target)
    return LIBREOFFICE


def _through_excel(finished: Path, target: Path) -> bool:
    """Whether an Excel that is running wrote it; one is never started for it.

    Excel for Windows answers with errors of a kind of its own, and whatever it is that it cannot
    do, LibreOffice may: so no error counts but that there is no PDF.
    """
    import xlwings

    with suppress(Exception):
        running = xlwings.apps.active
        if running is None:
            return False
        book = running.books.open(str(finished), update_links=False, read_only=True)
        try:
            book.to_pdf(str(target))
        finally:
            book.close()
    return target.is_file() and target.stat().st_size > 0


def _through_libreoffice(finished: Path, target: Path) -> None:
    program = next(filter(None, (shutil.which(one) for one in PROGRAMS)), None)
    if program is None:
        what = "A PDF needs Excel to be running, or LibreOffice to be installed."
        fix = "Start Excel and try again, or leave --pdf out and print the copy to PDF yourself."
        raise UserError([Fault("WB871", what, fix=fix)])
    with tempfile.TemporaryDirectory(prefix="workbook-builder-pdf-") as folder:
        command = [
            program,
            # A profile of its own: a LibreOffice that is open would take the file and answer late.
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            f"pdf:{FILTERS[finished.suffix]}:{json.dumps(OPTIONS)}",
            "--outdir",
            folder,
            str(finished),
        ]
        made = Path(folder) / f"{finished.stem}.pdf"
        said = _ended(command)
        if not made.is_file():
            raise UserError([_failed(finished, said)])
        shutil.copyfile(made, target)


def _ended(command: list[str]) -> str:
    """Run a program for so long at most; how it ended."""
    try:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return type(error).__name__
    try:
        return f"exit code {process.wait(SECONDS)}"
    except subprocess.TimeoutExpired:
        # What soffice starts does the work; ended alone, soffice would leave it behind.
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return f"no answer in {SECONDS} seconds"


def _failed(finished: Path, how: str) -> Fault:
    what = f"LibreOffice could not make a PDF ({how})."
    fix = "Leave --pdf out and print the copy to PDF yourself."
    return Fault("WB872", what, Place(finished.name), fix=fix)
