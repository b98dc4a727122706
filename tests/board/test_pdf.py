"""Which program makes a PDF: an Excel that runs, else LibreOffice, else nobody, in plain words."""

from __future__ import annotations

import sys
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


# Stand-ins for soffice: one prints whatever it is given and notes the command, one gives up, one
# starts the program that does the work and never answers.
PRINTS = """
import pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
(folder / pathlib.Path(sys.argv[-1]).with_suffix(".pdf").name).write_bytes(%r)
with open(__file__ + ".log", "a", encoding="utf-8") as log:
    log.write("\\n".join(sys.argv))
"""
GIVES_UP = "raise SystemExit(77)"
HANGS = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(__file__ + ".log").write_text(str(child.pid))
time.sleep(600)
"""


def stand_in(place: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only LibreOffice of this machine from now on; where it leaves what it notes."""
    program = place / "soffice"
    program.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pdf.shutil, "which", lambda _: str(program))
    return place / "soffice.log"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a LibreOffice that prints leaves the command that it got."""
    return stand_in(tmp_path, PRINTS % PDF, monkeypatch)


def test_an_excel_that_runs_prints_and_keeps_nothing_open(
    finished: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel = Excel()
    monkeypatch.setattr(xlwings, "apps", excel)
    assert pdf.write_pdf(finished, finished.with_suffix(".pdf")) == pdf.EXCEL
    assert excel.told == ["open", "to_pdf", "close"]
    assert finished.with_suffix(".pdf").read_bytes() == PDF
    assert not office.exists()


@pytest.mark.parametrize("apps", [Excel(fails=True), Nobody()], ids=["cannot", "none"])
def test_libreoffice_prints_where_excel_does_not(
    finished: Path, office: Path, monkeypatch: pytest.MonkeyPatch, apps: object
) -> None:
    monkeypatch.setattr(xlwings, "apps", apps)
    assert pdf.write_pdf(finished, finished.with_suffix(".pdf")) == pdf.LIBREOFFICE
    command = office.read_text(encoding="utf-8").splitlines()
    assert [one for one in command if "calc_pdf_Export" in one and "UseTaggedPDF" in one]
    assert finished.with_suffix(".pdf").read_bytes() == PDF


def test_a_paper_is_never_given_to_excel(
    finished: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings, "apps", Excel())
    paper = finished.rename(finished.with_suffix(".docx"))
    assert pdf.write_pdf(paper, paper.with_suffix(".pdf")) == pdf.LIBREOFFICE
    assert "writer_pdf_Export" in office.read_text(encoding="utf-8")


def test_without_any_program_it_says_so(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlwings, "apps", Nobody())
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    with pytest.raises(UserError, match=r"WB871(?s:.*)leave --pdf out"):
        pdf.write_pdf(finished, finished.with_suffix(".pdf"))


def test_a_program_that_makes_nothing_is_told(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings, "apps", Nobody())
    stand_in(finished.parent, GIVES_UP, monkeypatch)
    with pytest.raises(UserError, match=r"WB872(?s:.*)exit code 77"):
        pdf.write_pdf(finished, finished.with_suffix(".pdf"))


def test_a_program_that_never_answers_is_ended_with_what_it_started(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings, "apps", Nobody())
    child = stand_in(finished.parent, HANGS, monkeypatch)
    monkeypatch.setattr(pdf, "SECONDS", 3)
    with pytest.raises(UserError, match=r"WB872(?s:.*)no answer in 3 seconds"):
        pdf.write_pdf(finished, finished.with_suffix(".pdf"))
    state = Path(f"/proc/{child.read_text()}/stat")
    # Whoever takes over orphans may not have asked yet how it ended.
    assert not state.exists() or state.read_text().split()[2] == "Z"
