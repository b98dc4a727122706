"""The language of a finished workbook, which XlsxWriter has no setting for."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

CORE = "docProps/core.xml"
BEFORE = b"</cp:coreProperties>"


def set_language(path: Path, language: str) -> None:
    """Write dc:language into the document properties; every other part stays byte for byte."""
    beside = path.with_name(f"{path.name}.language")
    mark = f"<dc:language>{escape(language)}</dc:language>".encode()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(beside, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == CORE:
                data = data.replace(BEFORE, mark + BEFORE)
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    beside.replace(path)
