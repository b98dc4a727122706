"""The same workbook as other programs would have saved it.

Excel is not here to save one. These changes are what its files are known to have and ours have
not: styles with other numbers, extra namespaces and attributes, a calculation chain, formulas
filled down, no wish to calculate on opening. Others are what libraries write: prefixes on every
element, cells without addresses, parts streamed with their sizes after them.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from tests.oracles.planting import read_parts, write_parts

SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
XFS = re.compile(r"(<cellXfs [^>]*>)(.*)(</cellXfs>)", re.DOTALL)
XF = re.compile(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", re.DOTALL)
STYLE = re.compile(r'(<(?:c|row|col) [^>]*?\b(?:s|style)=")(\d+)(")')
CHAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
CHAIN_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
EXTRA = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' mc:Ignorable="x14ac xr"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xr:uid="{0A1B2C3D-0000-4000-8000-000000000001}">'
)


def as_excel_saves(path: Path) -> None:
    """Renumbered styles, extensions, a calculation chain, numbers as Excel prints them."""
    parts = read_parts(path)
    sheets = sorted(name for name in parts if SHEET.fullmatch(name))
    order = _renumbered(parts)
    chain = []
    for number, name in enumerate(sheets, start=1):
        text = parts[name].decode()
        text = STYLE.sub(lambda f: f"{f[1]}{order[int(f[2])]}{f[3]}", text)
        text = re.sub(r'(<row r="\d+")', r'\1 x14ac:dyDescent="0.25"', text)
        text = re.sub(r"(<worksheet [^>]*)>", lambda f: f[1] + EXTRA, text, count=1)
        text = re.sub(r"<v>(\d+)\.0</v>", r"<v>\1</v>", text)
        text = text.replace("<v></v>", "<v/>")
        chain += [
            f'<c r="{at}" i="{number}"/>' for at in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f', text)
        ]
        parts[name] = text.encode()
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{space}">{"".join(chain)}</calcChain>'.encode()
    _swap(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/xl/calcChain.xml" ContentType="{CHAIN}"/></Types>',
    )
    link = f'<Relationship Id="rIdC" Type="{CHAIN_LINK}" Target="/xl/calcChain.xml"/>'
    _swap(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{link}</Relationships>")
    _swap(parts, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    write_parts(path, parts)


def _renumbered(parts: dict[str, bytes]) -> dict[int, int]:
    """Turn the order of the cells' styles round, all but the first; the new number of each."""
    text = parts["xl/styles.xml"].decode()
    found = XFS.search(text)
    assert found is not None
    styles = XF.findall(found[2])
    turned = [styles[0], *reversed(styles[1:])]
    parts["xl/styles.xml"] = text.replace(found[2], "".join(turned)).encode()
    return {at: 0 if at == 0 else len(styles) - at for at in range(len(styles))}


def with_prefixes(path: Path) -> None:
    """Every element of the sheets and of the workbook with a prefix, as some libraries write."""
    parts = read_parts(path)
    for name in parts:
        if SHEET.fullmatch(name) or name == "xl/workbook.xml":
            text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[name].decode())
            parts[name] = text.replace(' xmlns="', ' xmlns:x="', 1).encode()
    write_parts(path, parts)


def without_addresses(path: Path) -> None:
    """Rows and cells without their addresses where none is left out before them."""
    parts = read_parts(path)
    for name in parts:
        if SHEET.fullmatch(name):
            parts[name] = _unaddressed(parts[name].decode()).encode()
    write_parts(path, parts)


def _unaddressed(text: str) -> str:
    def one(row: re.Match[str]) -> str:
        cells = re.findall(r'<c r="([A-Z]+)\d+"', row[0])
        if cells != [chr(ord("A") + at) for at in range(len(cells))]:
            return row[0]
        return re.sub(r'<c r="[A-Z]+\d+"', "<c", row[0])

    return re.sub(r"<row .*?</row>", one, text, flags=re.DOTALL)


class _Stream(io.RawIOBase):
    """A file that cannot be gone back in: sizes are written after each part."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def streamed(path: Path) -> None:
    """Parts in another order, with data descriptors and the large form of sizes."""
    parts = read_parts(path)
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, reverse=True):
            with package.open(name, "w", force_zip64=True) as part:
                part.write(parts[name])
    path.write_bytes(bytes(stream.data))


def no_calculation_setting(path: Path) -> None:
    """The workbook part says nothing about calculation."""
    parts = read_parts(path)
    text = re.sub(r"<calcPr [^>]*/>", "", parts["xl/workbook.xml"].decode())
    parts["xl/workbook.xml"] = text.encode()
    write_parts(path, parts)


def filled_down(path: Path) -> None:
    """Formulas that are alike in a column of Figures kept once, as Excel does with filled ones."""
    parts = read_parts(path)
    name = max((name for name in parts if SHEET.fullmatch(name)), key=lambda one: len(parts[one]))
    text = parts[name].decode()
    cells = re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*><f>(MATCH\([A-Z]+5,fig_period,0\))</f>', text)
    first, second = cells[0], cells[1]
    assert first[1] == second[1]
    reference = f"{first[0]}{first[1]}:{second[0]}{second[1]}"
    text = text.replace(
        f"<f>{first[2]}</f>", f'<f t="shared" ref="{reference}" si="0">{first[2]}</f>'
    ).replace(f"<f>{second[2]}</f>", '<f t="shared" si="0"/>')
    parts[name] = text.encode()
    write_parts(path, parts)


def _swap(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    assert old in text, (name, old)
    parts[name] = text.replace(old, new, 1).encode()
