"""When a closed workbook is left as it is, byte for byte, and what the person is told."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings

from tests.building import STAMP
from tests.closed.desk import CONTACTS, Desk, desk
from tests.live.com import REJECTED, ComError
from tests.oracles.planting import read_parts, rewrite_part, swap, write_parts
from workbook_builder import app
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.history import read_history
from workbook_builder.register import user_file
from workbook_builder.writers import live, safe
from workbook_builder.writers.closed import closed_file

pytestmark = pytest.mark.in_ci

FIGURES = "xl/worksheets/sheet9.xml"
BOOK = "xl/workbook.xml"


def open_in_excel(held: Desk) -> None:
    held.workbook.with_name(f"~${held.workbook.name}").write_bytes(b"\x08officer2" + bytes(40))


def open_in_calc(held: Desk) -> None:
    mark = held.workbook.with_name(f".~lock.{held.workbook.name}#")
    mark.write_text("officer2,machine2,2024-07-01;", encoding="utf-8")


def in_onedrive(held: Desk) -> None:
    folder = held.workbook.parent.parent / "OneDrive - Exampleshire Council" / "Performance"
    folder.mkdir(parents=True)
    held.workbook = held.workbook.rename(folder / held.workbook.name)


def not_there(held: Desk) -> None:
    held.workbook = held.workbook.with_name("Scorecard 2024-05.xlsx")


def another_kind(held: Desk) -> None:
    held.workbook = held.workbook.rename(held.workbook.with_suffix(".xlsb"))


def encrypted(held: Desk) -> None:
    held.workbook.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))


def damaged(held: Desk) -> None:
    held.workbook.write_bytes(held.workbook.read_bytes()[:5000])


def a_stranger(held: Desk) -> None:
    rewrite_part(held.workbook, BOOK, lambda text: text.replace("wb_scorecard", "xx_scorecard"))


def unregistered(_: Desk) -> None:
    user_file().unlink()


def of_another_scorecard(held: Desk) -> None:
    settings = held.folder / "scorecard.toml"
    settings.write_text(
        settings.read_text("utf-8").replace('id = "small"', 'id = "other"'), "utf-8"
    )


def of_another_layout(held: Desk) -> None:
    rewrite_part(
        held.workbook, BOOK, lambda text: re.sub(r'(name="wb_layout">)"\d+"', r'\1"1"', text)
    )


def indicator_renamed(held: Desk) -> None:
    file = held.folder / "indicators" / "b.toml"
    text = file.read_text(encoding="utf-8")
    assert '"Conferences in time"' in text
    file.write_text(text.replace('"Conferences in time"', '"Timely conferences"'), "utf-8")


def too_many_series(held: Desk) -> None:
    held.add(*(f"contacts,ward={number},Jun-24,,,{number}" for number in range(40)))


def box_deleted(held: Desk) -> None:
    rewrite_part(
        held.workbook,
        BOOK,
        lambda text: re.sub(r'(<definedName name="comment_[^>]*>)[^<]*', r"\1#REF!", text, count=1),
    )


def figures_grown(held: Desk) -> None:
    rewrite_part(
        held.workbook,
        BOOK,
        lambda text: re.sub(
            r"(own_figures\">'Figures'!\$A\$1:\$HE\$)(\d+)",
            lambda found: f"{found[1]}{int(found[2]) + 1}",
            text,
        ),
    )


def log_grown(held: Desk) -> None:
    rewrite_part(held.workbook, BOOK, swap("'Log'!$A$1:$N$303", "'Log'!$A$1:$N$304"))


def notes_shifted(held: Desk) -> None:
    rewrite_part(held.workbook, BOOK, swap("'Notes'!$A$1:$G$403", "'Notes'!$B$1:$H$403"))


def part_damaged(held: Desk) -> None:
    """A picture nobody reads, but that has to be copied."""
    parts = read_parts(held.workbook)
    write_parts(held.workbook, parts | {"xl/media/image1.png": b"picture" * 99})
    data = bytearray(held.workbook.read_bytes())
    at = data.index(b"xl/media/image1.png") + len("xl/media/image1.png")
    data[at + 3] ^= 255
    held.workbook.write_bytes(bytes(data))


def their_password(held: Desk) -> None:
    rewrite_part(
        held.workbook, FIGURES, swap("<sheetProtection ", '<sheetProtection password="CC1A" ')
    )


def signed(held: Desk) -> None:
    parts = read_parts(held.workbook)
    write_parts(held.workbook, parts | {"_xmlsignatures/origin.sigs": b""})


def marked_as_final(held: Desk) -> None:
    final = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        'docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        'name="_MarkAsFinal"><vt:bool>true</vt:bool></property></Properties>'
    )
    parts = read_parts(held.workbook)
    write_parts(held.workbook, parts | {"docProps/custom.xml": final.encode()})


def password_to_change(held: Desk) -> None:
    sharing = '<fileSharing userName="officer2" reservationPassword="CC1A"/><workbookPr'
    rewrite_part(held.workbook, BOOK, swap("<workbookPr", sharing))


def with_entities(held: Desk) -> None:
    doctype = '?>\n<!DOCTYPE worksheet [<!ENTITY a "b">]>'
    rewrite_part(held.workbook, "xl/charts/chart1.xml", swap("?>", doctype))


def saved_meanwhile(held: Desk) -> None:
    """Somebody saves between the reading and the replacing."""
    text = held.workbook.read_bytes() + b"\0"
    held.during = lambda: held.workbook.write_bytes(text)


def opened_meanwhile(held: Desk) -> None:
    held.during = lambda: open_in_excel(held)


def status_misspelt(held: Desk) -> None:
    text = read_parts(held.workbook)["xl/sharedStrings.xml"].decode()
    assert "<t>Red</t>" in text
    rewrite_part(held.workbook, "xl/sharedStrings.xml", swap("<t>Red</t>", "<t>Purple</t>"))


def overrides_differ(held: Desk) -> None:
    file = held.folder / "overrides.csv"
    text = file.read_text(encoding="utf-8")
    assert ",Red," in text
    file.write_text(text.replace(",Red,", ",Green,"), encoding="utf-8")


def extract_broken(held: Desk) -> None:
    held.add("contacts,,Jun-24,,,431")


REFUSALS: tuple[tuple[Callable[[Desk], None], str, str], ...] = (
    (open_in_excel, "WB401", "in use by officer2"),
    (open_in_calc, "WB401", "delete that file"),
    (in_onedrive, "WB412", "--synced"),
    (not_there, "WB602", "no such workbook"),
    (another_kind, "WB603", ".xlsm"),
    (encrypted, "WB601", "encrypted"),
    (damaged, "WB413", "damaged"),
    (a_stranger, "WB711", "not a scorecard"),
    (unregistered, "WB701", "workbook-builder register FOLDER"),
    (of_another_scorecard, "WB702", "other"),
    (of_another_layout, "WB716", "another version"),
    (indicator_renamed, "WB716", "Judgement"),
    (too_many_series, "WB716", "no room"),
    (box_deleted, "WB718", "front-door/1"),
    (figures_grown, "WB714", "Figures"),
    (log_grown, "WB714", "Log"),
    (notes_shifted, "WB714", "Notes"),
    (their_password, "WB715", "password"),
    (part_damaged, "WB413", "image1.png"),
    (signed, "WB413", "digital signature"),
    (marked_as_final, "WB413", "marked as final"),
    (password_to_change, "WB413", "password is needed"),
    (with_entities, "WB413", "entities"),
    (saved_meanwhile, "WB411", "Run the command again"),
    (opened_meanwhile, "WB401", "in use by officer2"),
    (status_misspelt, "WB605", "Red, Orange, Green, Unknown"),
    (overrides_differ, "WB721", "overrides.csv"),
    (extract_broken, "WB225", "430"),
)


@pytest.mark.parametrize(
    ("happening", "code", "says"), REFUSALS, ids=lambda one: getattr(one, "__name__", str(one))[:30]
)
def test_a_workbook_that_cannot_be_refreshed_is_left_as_it_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    happening: Callable[[Desk], None],
    code: str,
    says: str,
) -> None:
    held = desk(tmp_path)
    held.give(CONTACTS, "contacts,,Jun-24,,,999" if code != "WB225" else CONTACTS)
    happening(held)
    before = held.workbook.read_bytes() if held.workbook.exists() else None
    meanwhile = _meanwhile(held, monkeypatch)
    with pytest.raises(UserError) as caught:
        held.refresh()
    assert {fault.code for fault in caught.value.faults} == {code}, str(caught.value)
    assert says in str(caught.value)
    assert not caught.value.interrupted
    if before is not None:
        assert held.workbook.read_bytes() == (meanwhile or before)
    left = [path.name for path in held.workbook.parent.iterdir()]
    assert not [name for name in left if name.startswith(safe.UNFINISHED)]
    assert not list((held.workbook.parent / safe.BACKUPS).glob("*.xls*"))
    with read_history(held.folder, "small") as history:
        assert [event.kind for event in history.events()] == ["build"]


def _meanwhile(held: Desk, monkeypatch: pytest.MonkeyPatch) -> bytes | None:
    """Have something happen while the refresh is at work; the file as it then is."""
    if held.during is None:
        return None
    happening, patched = held.during, closed_file.patched
    expected: list[bytes] = []

    def slowly(*given: object) -> bytes:
        happening()
        expected.append(held.workbook.read_bytes())
        return patched(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(closed_file, "patched", slowly)
    return held.workbook.read_bytes() + (b"\0" if "saved" in happening.__qualname__ else b"")


def test_a_synced_folder_where_the_person_says_so(tmp_path: Path) -> None:
    held = desk(tmp_path)
    in_onedrive(held)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert main(["refresh", str(held.workbook)]) == 1
    assert main(["refresh", str(held.workbook), "--synced"]) == 0
    assert held.front("contacts") == 999


def test_a_book_without_a_path_that_is_open_under_this_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel opened it from the network by its address; that it is this one cannot be ruled out."""

    class Open:
        name = "Scorecard 2024-06.xlsx"
        fullname = "https://council.example/Shared/Scorecard 2024-06.xlsx"

    class Excel:
        books = (Open(),)

    seen: list[object] = []

    def looked_at(book: object) -> None:
        seen.append(book)
        raise UserError([])

    monkeypatch.setattr(xlwings, "apps", [Excel()])
    monkeypatch.setattr(live, "_looked_at", looked_at)
    held = desk(tmp_path)
    with pytest.raises(UserError):
        held.refresh()
    assert seen == [Excel.books[0]]
    held.workbook = held.workbook.rename(held.workbook.with_name("Other.xlsx"))
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert held.refresh().cells > 0


def test_an_excel_that_stays_busy_does_not_stop_a_closed_refresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Busy:
        @property
        def books(self) -> object:
            raise ComError(REJECTED, "Call was rejected by callee.")

    monkeypatch.setattr(xlwings, "apps", [Busy()])
    monkeypatch.setattr(live, "PAUSE", 0.0)
    held = desk(tmp_path)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    assert held.refresh().cells > 0
    open_in_excel(held)
    with pytest.raises(UserError, match="WB401"):
        held.refresh()


def test_what_was_typed_is_kept_though_the_definitions_changed(tmp_path: Path) -> None:
    held = desk(tmp_path)
    rewrite_part(
        held.workbook,
        "xl/sharedStrings.xml",
        lambda text: text.replace("Contacts received", "Contacts as we call them"),
    )
    indicator_renamed(held)
    with pytest.raises(UserError, match="WB716"):
        held.refresh()
    with read_history(held.folder, "small") as history:
        assert "=Contacts as we call them plus Referrals" in [
            one.content for one in history.typed()
        ]


def test_rights_of_the_file_stay(tmp_path: Path) -> None:
    held = desk(tmp_path)
    held.workbook.chmod(0o640)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    held.refresh()
    assert stat.S_IMODE(held.workbook.stat().st_mode) == 0o640


def test_a_link_to_the_workbook_stays_a_link(tmp_path: Path) -> None:
    held = desk(tmp_path)
    link = tmp_path / "link.xlsx"
    link.symlink_to(held.workbook)
    held.give(CONTACTS, "contacts,,Jun-24,,,999")
    app.refresh(stamp=STAMP, book=link)
    assert link.is_symlink()
    assert held.front("contacts") == 999
