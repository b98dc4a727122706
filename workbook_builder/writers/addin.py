"""The add-in workbook-builder.xlam: a Scorecard tab in the ribbon, for books without macros too.

It is made of macros/ribbon.xml and two modules of macros/, and says nothing of who made it or when,
so that one file can be signed once and given to everybody.
"""

from __future__ import annotations

from pathlib import Path

from workbook_builder import __version__
from workbook_builder.errors import InternalError
from workbook_builder.writers.macros import macro_file, macro_sources, pack, parts_of

IN_ADDIN = ("ScorecardStart", "ScorecardRibbon")
NAME = "workbook-builder.xlam"
RIBBON = "customUI/customUI14.xml"
RELATIONS, CORE = "_rels/.rels", "docProps/core.xml"
# How a package says that a part of it is its ribbon (MS-CUSTOMUI2, Excel 2010 and later).
RIBBON_KIND = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
END = b"</Relationships>"
PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Scorecard</dc:title>\
<dc:description>Workbook Builder {version}: a tab in the ribbon that refreshes scorecards\
</dc:description></cp:coreProperties>"""


def write_addin(path: Path) -> None:
    """Write the add-in. The same version gives the same bytes."""
    from pyopenvba import ExcelFile

    made = path.with_name(f"{path.stem}.made.xlam")
    try:
        with ExcelFile.create_new(made) as book:
            project = book.vba_project()
            for name, text in macro_sources(IN_ADDIN).items():
                project.add_module(name, text)
            project.delete_module("Module1")
            book.save(str(made))
        pack(path, _with_ribbon(parts_of(made)))
    finally:
        made.unlink(missing_ok=True)


def _with_ribbon(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with the ribbon and its relation, and with properties that name nobody."""
    relations = parts[RELATIONS]
    if END not in relations:
        raise InternalError("the add-in has no relations to add a ribbon to")
    ribbon = f'<Relationship Id="ribbon" Type="{RIBBON_KIND}" Target="{RIBBON}"/>'
    return {
        **parts,
        RELATIONS: relations.replace(END, ribbon.encode() + END),
        CORE: PROPERTIES.format(version=__version__).encode(),
        RIBBON: macro_file("ribbon.xml").read_bytes(),
    }
