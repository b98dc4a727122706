"""The buttons' macros in a finished workbook: an .xlsm with the project made from macros/*.bas.

pyOpenVBA writes the project; the rest of the package stays as XlsxWriter made it. The same input
gives the same bytes, so a build can be compared with the one before.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from workbook_builder.errors import InternalError

PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
TYPES = "[Content_Types].xml"
# Zip entries carry a time; a fixed one keeps builds alike.
MOMENT = (1980, 1, 1, 0, 0, 0)


# What starts the program, and the buttons on the sheets of a workbook with macros.
IN_WORKBOOK = ("ScorecardStart", "ScorecardButtons")


def macro_sources(names: Iterable[str]) -> dict[str, str]:
    """Modules by name, with the line ends that VBA wants. Raises InternalError where one lacks."""
    return {name: _lines(macro_file(f"{name}.bas")) for name in names}


def macro_file(name: str) -> Path:
    """A file of macros/, as it came with the program. Raises InternalError without it."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "_macros", here.parent / "macros"):
        if (folder / name).is_file():
            return folder / name
    raise InternalError("the macros did not come with the program")


def _lines(path: Path) -> str:
    return "\r\n".join(path.read_text(encoding="utf-8").splitlines()) + "\r\n"


def add_macros(path: Path) -> None:
    """Turn a workbook that XlsxWriter wrote into one with macros, in place."""
    from pyopenvba import ExcelFile

    macro = path.with_name(f"{path.name}.with-macros.xlsm")
    _repacked(path, macro)
    try:
        with ExcelFile(str(macro)) as book:
            project = book.add_vba_project()
            for name, text in macro_sources(IN_WORKBOOK).items():
                project.add_module(name, text)
            book.save(str(macro))
        _repacked(macro, path)
    finally:
        macro.unlink(missing_ok=True)


def _repacked(source: Path, target: Path) -> None:
    """Copy a package with fixed times, its main part declared to hold macros."""
    parts = parts_of(source)
    pack(target, {**parts, TYPES: parts[TYPES].replace(PLAIN, MACRO)})


def parts_of(package: Path) -> dict[str, bytes]:
    """The parts of a package, in their order."""
    with zipfile.ZipFile(package) as old:
        return {entry.filename: old.read(entry) for entry in old.infolist()}


def pack(target: Path, parts: Mapping[str, bytes]) -> None:
    """Write a package whose bytes say nothing of when it was made."""
    with zipfile.ZipFile(target, "w") as new:
        for name, data in parts.items():
            new.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
