"""Pictures of a workbook's printed pages, for a person (or a test) to look at.

Run it as `python -m tests.oracles.pictures FILE.xlsx OUTDIR`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracles.calc import Calc

DOTS_PER_INCH = 80


def pdf_pages(path: Path, calc: Calc, folder: Path | None = None) -> list[Path]:
    """Print `path` with a running Calc and return one PNG for each page, in order."""
    folder = folder or Path(tempfile.mkdtemp(prefix="pages-"))
    pdf = folder / f"{path.stem}.pdf"
    with calc.open(path) as book:
        book.to_pdf(pdf)
    return page_pictures(pdf, folder)


def print_to_pdf(path: Path, folder: Path) -> Path:
    """Print `path` with a Calc of its own (a private profile, so no other Calc is in the way)."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / f"{path.stem}.pdf"
    pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="calc-profile-") as profile:
        command = [
            "soffice",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    if not pdf.exists():
        raise RuntimeError(f"Calc wrote no PDF for {path}: is it a workbook that Calc can open?")
    return pdf


def page_pictures(pdf: Path, folder: Path, dots_per_inch: int = DOTS_PER_INCH) -> list[Path]:
    """Draw each page of `pdf` as a PNG in `folder` and return them in page order."""
    for old in folder.glob(f"{pdf.stem}-page-*.png"):
        old.unlink()
    prefix = folder / f"{pdf.stem}-page"
    command = ["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(prefix)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    # pdftoppm pads the page number to the same width, so the names sort as the pages do.
    return sorted(folder.glob(f"{pdf.stem}-page-*.png"))


def main(arguments: list[str]) -> int:
    """Print one workbook and name the pictures; the profile does not recalculate."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    folder = Path(arguments[1])
    for picture in page_pictures(print_to_pdf(Path(arguments[0]), folder), folder):
        print(picture)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
