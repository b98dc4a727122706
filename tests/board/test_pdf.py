"""Which program makes a PDF: an Excel that runs, else LibreOffice, else nobody, in plain words."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import xlwings

from workbook_builder.errors import UserError
from workbook_builder.writers import pdf

PDF = b"%PDF-1.6 made by a test"


@dataclass
class Book:
    """What xlwings gives for an open workbook; `fails` says that Excel cannot print."""

    fails: bool
    told: list[str]

    def to_pdf(self, path: str) -> None:
        self.told.append("to_pdf")
        if self.fails:
            raise RuntimeError("-2147352567")
        Path(path).write_bytes(PDF)

    def close(self) -> None:
        self.told.append("close")


@dataclass
class Excel:
    """An Excel that runs, and what it was asked for."""

    fails: bool = False
    told: list[str] = field(default_factory=list)

    @property
    def active(self) -> Excel:
        return self

    @property
    def books(self) -> Excel:
        return self

    def open(self, path: str, update_links: bool, read_only: bool) -> Book:
        assert Path(path).name == "Board.xlsx"
        assert (update_links, read_only) == (False, True)
        self.told.append("open")
        return Book(self.fails, self.told)


@dataclass
class Nobody:
    active: None = None


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    file = tmp_path / "Board.xlsx"
    file.write_bytes(b"a workbook")
    return file


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A LibreOffice that prints whatever it is given; the commands that it got."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        folder = Path(command[command.index("--outdir") + 1])
        (folder / f"{Path(command[-1]).stem}.pdf").write_bytes(PDF)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(pdf.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(pdf.subprocess, "run", run)
    return commands


def test_an_excel_that_runs_prints_and_keeps_nothing_open(
    finished: Path, office: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    excel = Excel()
    monkeypatch.setattr(xlwings, "apps", excel)
    assert pdf.write_pdf(finished, finished.with_suffix(".pdf")) == pdf.EXCEL
    assert excel.told == ["open", "to_pdf", "close"]
    assert finished.with_suffix(".pdf").read_bytes() == PDF
    assert office == []


@pytest.mark.parametrize("apps", [Excel(fails=True), Nobody()], ids=["cannot", "none"])
def test_libreoffice_prints_where_excel_does_not(
    finished: Path, office: list[list[str]], monkeypatch: pytest.MonkeyPatch, apps: object
) -> None:
    monkeypatch.setattr(xlwings, "apps", apps)
    assert pdf.write_pdf(finished, finished.with_suffix(".pdf")) == pdf.LIBREOFFICE
    assert [one for one in office[0] if "calc_pdf_Export" in one and "UseTaggedPDF" in one]
    assert finished.with_suffix(".pdf").read_bytes() == PDF


def test_a_paper_is_never_given_to_excel(
    finished: Path, office: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings, "apps", Excel())
    paper = finished.rename(finished.with_suffix(".docx"))
    assert pdf.write_pdf(paper, paper.with_suffix(".pdf")) == pdf.LIBREOFFICE
    assert [one for one in office[0] if "writer_pdf_Export" in one]


def test_without_any_program_it_says_so(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings, "apps", Nobody())
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    with pytest.raises(UserError, match=r"WB871(?s:.*)leave --pdf out"):
        pdf.write_pdf(finished, finished.with_suffix(".pdf"))


def test_a_program_that_makes_nothing_is_told(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings, "apps", Nobody())
    monkeypatch.setattr(pdf.shutil, "which", lambda name: f"/usr/bin/{name}")
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(pdf.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(UserError, match=r"WB872(?s:.*)exit code 1"):
        pdf.write_pdf(finished, finished.with_suffix(".pdf"))
