"""The history as a file in the scorecard's folder: copies, damage, backups, other versions."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.history.records import STAMP, work
from workbook_builder.errors import UserError
from workbook_builder.history import open_history, read_history
from workbook_builder.history.place import KEPT_BACKUPS, HistoryPlace


def write(folder: Path, stamp=STAMP) -> None:  # type: ignore[no-untyped-def]
    with open_history(folder, "one", stamp, wait=1) as history:
        history.finish(history.begin(work(1)), 1)


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught, open_history(folder, "one", STAMP, wait=1):
        pass
    assert len(caught.value.faults) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("history-LAPTOP7.sqlite", True),
        ("history (1).sqlite", True),
        ("history (conflicted copy 2026-11-21).sqlite", True),
        ("history - Copy.sqlite", True),
        ("History-DESKTOP.SQLITE", True),
        ("history.sqlite-journal", False),
        ("history.lock", False),
        ("history.at-work", False),
        ("notes about history.txt", False),
        ("old.sqlite", False),
    ],
)
def test_a_copy_made_by_a_sync_program_is_refused(tmp_path: Path, name: str, is_copy: bool) -> None:
    write(tmp_path)
    other = tmp_path / "history" / name
    if not other.exists():
        other.write_bytes(b"")
    if is_copy:
        said = refused(tmp_path)
        assert "WB502" in said
        assert name in said
    else:
        write(tmp_path)


def test_a_damaged_file_names_the_newest_backup(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, replace(STAMP, at=STAMP.at + dt.timedelta(days=1)))
    file = tmp_path / "history" / "history.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"x" * 20_000 + content[24_096:])
    said = refused(tmp_path)
    assert "WB503" in said
    assert "history 2024-07-02.sqlite" in said


def test_a_history_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "history" / "history.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")
    assert "WB504" in refused(tmp_path)


def test_one_backup_a_day_of_the_state_before(tmp_path: Path) -> None:
    for day in range(KEPT_BACKUPS + 3):
        for _ in range(2):
            write(tmp_path, replace(STAMP, at=STAMP.at + dt.timedelta(days=day)))
    backups = HistoryPlace(tmp_path).backups()
    assert len(backups) == KEPT_BACKUPS
    with contextlib.closing(sqlite3.connect(backups[-1])) as connection:
        count = connection.execute("SELECT COUNT(*) FROM finished").fetchone()[0]
    assert count == 2 * (KEPT_BACKUPS + 2)


def test_no_write_ahead_log(tmp_path: Path) -> None:
    write(tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "history" / "history.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_folder_without_a_history_reads_as_empty_and_stays_so(tmp_path: Path) -> None:
    with read_history(tmp_path, "one") as history:
        assert history.events() == history.figures() == history.typed() == ()
        assert history.structure("x") is None
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="WB506"), open_history(tmp_path, "one", STAMP, "nonsense"):
        pass


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    url = "postgresql+pg8000://officer:secret@127.0.0.1:1/none"
    with pytest.raises(UserError) as caught, open_history(tmp_path, "one", STAMP, url):
        pass
    assert "WB507" in str(caught.value)
    assert "secret" not in str(caught.value)
