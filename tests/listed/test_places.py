"""The hash of an extract: of what is read, and of nothing else that lies in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.listed.small import read, write_folder, write_lists
from workbook_builder.errors import UserError
from workbook_builder.listed.places import ExtractPlace
from workbook_builder.periods import Month

LISTS = "extracts/lists"
MONTH = Month(2024, 6)


@pytest.fixture
def extract(tmp_path: Path) -> ExtractPlace:
    path = tmp_path / "2024-06"
    path.mkdir()
    write_lists(path / "a.xlsx")
    (path / "List_1.csv").write_text("x", encoding="utf-8")
    mapping = path / "mapping.toml"
    mapping.write_text("[teams]", encoding="utf-8")
    return ExtractPlace(MONTH, path, mapping)


@pytest.mark.parametrize(
    "name", ["~$a.xlsx", "Thumbs.db", ".DS_Store", "desktop.ini", "notes.docx", ".~lock.a.xlsx#"]
)
def test_what_is_not_read_is_not_hashed(extract: ExtractPlace, name: str) -> None:
    before = extract.digest()
    (extract.path / name).write_text("x", encoding="utf-8")
    (extract.path / "old").mkdir()
    (extract.path / "old" / "a.csv").write_text("x", encoding="utf-8")
    assert extract.digest() == before


@pytest.mark.parametrize("name", ["List_1.csv", "a.xlsx", "mapping.toml", "List_2.csv"])
def test_what_is_read_is_hashed(extract: ExtractPlace, name: str) -> None:
    before = extract.digest()
    (extract.path / name).write_text("y", encoding="utf-8")
    assert extract.digest() != before


def test_a_file_that_is_locked_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program takes it between the reading and the hash."""
    folder = write_folder(tmp_path)
    (folder / LISTS / "annex_a_2024-06.xlsx").unlink()
    write_lists(folder / LISTS / "2024-06" / "a.xlsx")
    opened: list[str] = []
    real = Path.read_bytes

    def once(path: Path) -> bytes:
        if path.name == "a.xlsx":
            if opened:
                raise PermissionError(13, "Permission denied")
            opened.append(path.name)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", once)
    with pytest.raises(UserError) as caught:
        read(folder)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place.file) == ("WB231", "lists/2024-06/a.xlsx")
    assert "cannot be opened" in fault.what
    assert "Close it" in fault.fix
