"""Files are put in place whole or not at all, and what stood there is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbook_builder.errors import UserError
from workbook_builder.writers.safe import BACKUPS, write_safely


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(content, encoding="utf-8") and None


def fails(path: Path) -> None:
    path.write_text("half", encoding="utf-8")
    raise RuntimeError("killed")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "new.txt"
    assert write_safely([(target, text("one"))]) == [None]
    plain = tmp_path / "plain.txt"
    plain.write_text("one", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "one"
    assert target.stat().st_mode == plain.stat().st_mode
    assert names(target.parent) == {"new.txt"}


def test_what_stood_there_is_kept_as_a_dated_backup(tmp_path: Path) -> None:
    target = tmp_path / "book.txt"
    write_safely([(target, text("typed by hand"))])
    (backup,) = write_safely([(target, text("new"))])
    assert backup is not None
    assert backup.parent == tmp_path / BACKUPS
    assert backup.read_text(encoding="utf-8") == "typed by hand"
    (second,) = write_safely([(target, text("newer"))])
    assert second is not None
    assert second != backup
    assert backup.read_text(encoding="utf-8") == "typed by hand"


def test_the_same_content_needs_no_backup(tmp_path: Path) -> None:
    target = tmp_path / "book.txt"
    write_safely([(target, text("same"))])
    assert write_safely([(target, text("same"))]) == [None]
    assert names(tmp_path) == {"book.txt"}


def test_a_failure_in_the_second_file_leaves_both_as_they_were(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    write_safely([(one, text("old one")), (two, text("old two"))])
    with pytest.raises(RuntimeError):
        write_safely([(one, text("new one")), (two, fails)])
    assert one.read_text(encoding="utf-8") == "old one"
    assert two.read_text(encoding="utf-8") == "old two"
    assert names(tmp_path) == {"one.txt", "two.txt"}


@pytest.mark.parametrize("mark", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_an_open_workbook_is_not_replaced(tmp_path: Path, mark: str) -> None:
    target = tmp_path / "book.xlsx"
    target.write_bytes(b"open")
    (tmp_path / mark).write_bytes(b"\x07Officer" + b" " * 40)
    with pytest.raises(UserError, match="open"):
        write_safely([(target, text("new"))])
    assert target.read_bytes() == b"open"


def test_a_file_that_cannot_be_moved_in_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that another program holds cannot be replaced."""
    target = tmp_path / "book.txt"
    target.write_text("old", encoding="utf-8")

    def refuse(*_: Path) -> Path:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="locked by another program"):
        write_safely([(target, text("new"))])
    assert target.read_text(encoding="utf-8") == "old"


def test_a_place_that_is_no_folder_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="--out"):
        write_safely([(tmp_path / "file" / "book.txt", text("new"))])
    assert names(tmp_path) == {"file"}
