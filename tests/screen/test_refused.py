"""Files that cannot be looked into are refused with words; nothing is said to be clean."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from tests.screen.clean import AS_AT, UPN, pdf, workbook
from workbook_builder.cli import main
from workbook_builder.errors import EXIT_FAULTS, EXIT_LEAKS, UserError
from workbook_builder.screen import leaks


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", b"0" * 60_000_000)


def _entities(path: Path) -> None:
    workbook(path)
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    rewrite_part(path, "xl/workbook.xml", swap(start, start + bomb))


def _cut(path: Path) -> None:
    whole = workbook(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _no_xml(path: Path) -> None:
    rewrite_part(workbook(path), "xl/styles.xml", swap("<fonts", "<fonts <"))


def _binary(path: Path) -> None:
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    rewrite_part(workbook(path), "[Content_Types].xml", swap(plain, binary))


def _text(path: Path) -> None:
    path.write_text(f"child {UPN}")


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _locked_pdf(path: Path) -> None:
    writer = PdfWriter(PdfReader(pdf(path.with_name("open.pdf"))))
    writer.encrypt("secret")
    writer.write(path)


def _broken_pdf(path: Path) -> None:
    path.write_bytes(pdf(path.with_name("open.pdf")).read_bytes()[:200])


def _missing(_path: Path) -> None:
    """There is no such file."""


REFUSED: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "bomb": ("a.xlsx", _bomb, "WB207"),
    "entities": ("a.xlsx", _entities, "WB207"),
    "cut short": ("a.xlsx", _cut, "WB202"),
    "broken part": ("a.xlsx", _no_xml, "WB802"),
    "binary inside": ("a.xlsx", _binary, "WB801"),
    "binary": ("a.xlsb", _text, "WB801"),
    "old Excel": ("a.xls", _text, "WB801"),
    "old Word": ("a.doc", _text, "WB801"),
    "no zip": ("a.docx", _text, "WB206"),
    "empty": ("a.pptx", _nothing, "WB203"),
    "PDF with a password": ("a.pdf", _locked_pdf, "WB801"),
    "broken PDF": ("a.pdf", _broken_pdf, "WB801"),
    "missing": ("a.xlsx", _missing, "WB803"),
}


@pytest.mark.parametrize(("name", "make", "code"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_looked_into(
    name: str, make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(UserError) as refused:
        leaks(path, as_at=AS_AT)
    assert {fault.code for fault in refused.value.faults} == {code}
    assert UPN not in str(refused.value)


def _attributes() -> list[tuple[str, bytes]]:
    """Every attribute with a number that a clean workbook has, with the part that it is in."""
    with tempfile.TemporaryDirectory() as folder:
        parts = read_parts(workbook(Path(folder) / "a.xlsx"))
    return [
        (part, name)
        for part, data in parts.items()
        if part.endswith(".xml")
        for name in sorted({found[1] for found in re.finditer(rb' ([\w:]+)="-?\d+"', data)})
    ]


def test_a_number_that_is_none_is_no_fault_of_the_program(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx").read_bytes()
    attributes = _attributes()
    assert len(attributes) > 40
    for part, name in attributes:
        path = tmp_path / "b.xlsx"
        path.write_bytes(whole)
        parts = read_parts(path)
        parts[part] = re.sub(rb' %b="-?\d+"' % name, rb' %b="x-1"' % name, parts[part])
        write_parts(path, parts)
        # Either it is looked into or it is refused; nothing else comes out.
        with suppress(UserError):
            leaks(path, as_at=AS_AT)


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xlsb"
    _text(path)
    assert main(["screen", str(path)]) == EXIT_FAULTS
    assert "save it as Excel Workbook" in capsys.readouterr().err
    leaky = workbook(tmp_path / "b.xlsx", lambda _book, sheet: sheet.write_string("A10", UPN))
    assert main(["screen", str(leaky)]) == EXIT_LEAKS
    said = capsys.readouterr().err
    assert "1 leak was found" in said
    assert UPN not in said
