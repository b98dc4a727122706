"""The verb: what people typed is in the copy, who they are is not, and a leak stops it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.oracles.calc import Calc
from tests.publishing.desk import BOX, Desk, small_desk
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import LeakError, UserError

MONTH, NEXT = "2024-06", "2024-07"
SAID = "Contacts rose after a campaign."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = small_desk(tmp_path)
    made.build(MONTH)
    made.type(MONTH, {BOX: SAID})
    book = openpyxl.load_workbook(made.book(MONTH))
    book["Front door"]["B7"].comment = Comment("look again at this", "head1")
    book.save(made.book(MONTH))
    return made


def board(desk: Desk, month: str = MONTH, **wanted: object) -> app.Boarded:
    return app.board(desk.folder, month, desk.out, wanted=app.Wanted(**wanted))  # type: ignore[arg-type]


def texts(path: Path) -> dict[str, set[str]]:
    """Every text of every sheet."""
    return {
        sheet.title: {str(one) for row in sheet.iter_rows(values_only=True) for one in row if one}
        for sheet in openpyxl.load_workbook(path).worksheets
    }


def test_what_was_typed_is_in_the_copy_and_notes_are_not(desk: Desk) -> None:
    workbook = desk.book(MONTH).read_bytes()
    history = {one: one.read_bytes() for one in desk.folder.rglob("*.sqlite")}
    done = board(desk)
    assert done.files == (desk.out / f"Board {MONTH}.xlsx",)
    assert done.typed_in == desk.book(MONTH)
    said = texts(done.files[0])
    assert SAID in said["Front door"]
    whole = str(said)
    assert "look again at this" not in whole
    assert "head1" not in whole
    assert "officer1" not in whole
    assert desk.book(MONTH).read_bytes() == workbook
    assert {one: one.read_bytes() for one in history} == history


def test_a_month_that_is_not_published_says_so(desk: Desk) -> None:
    said = texts(board(desk).files[0])
    assert any(one.endswith("[p] provisional") for one in said["Front door"])
    assert any(one.startswith("[p] provisional: ") for one in said["Cover"])


def test_a_published_month_is_as_it_was_published(desk: Desk) -> None:
    desk.publish(MONTH)
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,999")
    desk.type(MONTH, {BOX: "later words"})
    done = board(desk)
    said = texts(done.files[0])
    assert "[p]" not in str(said["Front door"])
    assert "430" in said["Front door"]
    assert "999" not in said["Front door"]
    assert SAID in said["Front door"]
    assert "later words" not in str(said)
    assert done.status.startswith("Published")


def test_a_restated_figure_keeps_its_mark_as_text(desk: Desk) -> None:
    desk.publish(MONTH)
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,444")
    desk.add("contacts,,Jul-24,,,412")
    desk.build(NEXT)
    sheet = openpyxl.load_workbook(board(desk, NEXT).files[0])["Front door"]
    marked = [
        one
        for row in sheet.iter_rows()
        for one in row
        if one.value == 444 and "[r]" in one.number_format
    ]
    assert marked
    assert not [
        one
        for row in sheet.iter_rows()
        for one in row
        if one.value == 412 and "[r]" in one.number_format
    ]


def test_only_the_tabs_that_are_wanted(desk: Desk) -> None:
    done = board(desk, tabs=("Front door",))
    assert done.sheets == (
        "Cover",
        "Contents",
        "Notes",
        "Front door",
        "Chart data",
        "Accessibility",
    )


def test_a_tab_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UserError, match=r'WB873(?s:.*)Did you mean "Front door"\?'):
        board(desk, tabs=("Front dor",))
    assert not list(desk.out.glob("Board*"))


@pytest.mark.in_ci
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("NHS number 943 476 5919", "5919"),
        ("The pupil H801200001001 moved school.", "H801200001001"),
        ("The boy, DOB 12/03/2011, came again.", "12/03"),
    ],
)
def test_a_leak_in_a_comment_stops_the_copy(
    desk: Desk, typed: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.type(MONTH, {BOX: typed})
    with pytest.raises(LeakError, match="nothing was handed over"):
        board(desk)
    assert not list(desk.out.glob("Board*"))
    assert main(["board", str(desk.folder), "--month", MONTH, "--out", str(desk.out)]) == 4
    said = capsys.readouterr()
    assert "Front door" in said.err
    assert told not in said.out + said.err


def test_a_workbook_that_is_open_is_not_read(desk: Desk) -> None:
    (desk.out / f"~$Scorecard {MONTH}.xlsx").write_bytes(b"\x04head" + b" " * 160)
    with pytest.raises(UserError, match="WB626"):
        board(desk)


def test_from_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--out", str(desk.out), "--tab", "Summary", "--month", MONTH]
    assert main(["board", str(desk.folder), *options]) == 0
    said = capsys.readouterr().out
    assert f"Made: {desk.out / f'Board {MONTH}.xlsx'}" in said
    assert "June 2024: [p] provisional" in said
    assert "OFFICIAL-SENSITIVE" in said
    assert "none was found" in said


def test_the_pdf_is_tagged_and_reads_in_order(desk: Desk, calc: Calc) -> None:
    assert calc.version()
    done = board(desk, pdf=True, tabs=("Front door",))
    assert done.pdf_by == "LibreOffice"
    facts = _told("pdfinfo", str(done.files[1]))
    assert "Tagged:          yes" in facts
    assert "Title:           Example scorecard, June 2024" in facts
    assert "Author" not in facts
    # In the order in which the pages say it, whatever the place on them.
    read = _told("pdftotext", "-raw", str(done.files[1]), "-")
    told = ("About this copy", "Contents", "Symbols", "=Contacts received", SAID, "Guidance")
    places = [read.index(one) for one in told]
    assert places == sorted(places)
    heads = read.index("Indicator", read.index("Symbols"))
    assert heads < read.index("430", heads) < read.index(SAID)


@pytest.mark.in_ci
def test_a_paper_and_slides_as_well(desk: Desk, calc: Calc) -> None:
    assert calc.version()
    done = board(desk, word=True, slides=True, pdf=True)
    stem = f"Board {MONTH}"
    names = [f"{stem}.xlsx", f"{stem}.docx", f"{stem}.pptx"]
    names += [f"{stem}.pdf", f"{stem} paper.pdf", f"{stem} slides.pdf"]
    assert [one.name for one in done.files] == names
    assert all(one.is_file() for one in done.files)
    assert SAID in "\n".join(one.text for one in docx.Document(str(done.files[1])).paragraphs)
    # A paper's headings are tagged as such, in the order of the report.
    read = _told("pdfinfo", "-struct-text", str(done.files[4]))
    told = ("Summary", "Highlights by theme", SAID, "Symbols")
    # Most of these stand in the contents as well, before everything.
    places = [read.rindex(one) for one in told]
    assert places == sorted(places)
    assert read.count("\n  H2") + read.count("H2 (block)") > 1
    assert "Table" in read


@pytest.mark.in_ci
def test_a_leak_stops_paper_and_slides_too(desk: Desk) -> None:
    desk.type(MONTH, {BOX: "The pupil H801200001001 moved school."})
    with pytest.raises(LeakError, match=f"Board {MONTH}.docx"):
        board(desk, word=True, slides=True)
    assert not list(desk.out.glob("Board*"))


def test_a_template_without_a_word_document(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--out", str(desk.out), "--template", str(desk.folder / "own.docx")]
    assert main(["board", str(desk.folder), *options]) == 2
    assert "add --word" in capsys.readouterr().err


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
