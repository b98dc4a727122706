"""Which folders count as looked after by a sync program."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook_builder.writers.synced import sync_program

FOLDERS = (
    ("OneDrive", "OneDrive"),
    ("OneDrive - Exampleshire Council/Performance", "OneDrive"),
    ("Library/CloudStorage/OneDrive-ExampleshireCouncil", "OneDrive"),
    ("SharePoint - Performance", "SharePoint"),
    ("exampleshire.sharepoint.com@SSL/DavWWWRoot/sites/perf", "SharePoint"),
    ("Dropbox (Exampleshire)/Scorecards", "Dropbox"),
    ("Google Drive/My Drive", "Google Drive"),
    ("GoogleDrive-someone", "Google Drive"),
    ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
    ("Box Sync", "Box"),
    ("Nextcloud/team", "Nextcloud"),
    ("Performance/Scorecards", ""),
    ("Boxes and arrows", ""),
    ("A note on OneDrive", ""),
)
MARKS = (
    (".dropbox", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".owncloudsync.log", "Nextcloud"),
    ("desktop.ini", ""),
)


@pytest.mark.parametrize(("folder", "program"), FOLDERS)
def test_the_names_of_folders(tmp_path: Path, folder: str, program: str) -> None:
    assert sync_program(tmp_path / folder / "Scorecard 2024-06.xlsx") == program


@pytest.mark.parametrize(("mark", "program"), MARKS)
def test_what_sync_programs_leave_in_their_folder(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / mark).touch()
    (tmp_path / "deep" / "down").mkdir(parents=True)
    assert sync_program(tmp_path / "deep" / "down" / "Scorecard 2024-06.xlsx") == program


def test_what_onedrive_says_it_looks_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Exampleshire Council"))
    book = tmp_path / "Exampleshire Council" / "Performance - Documents" / "book.xlsx"
    assert sync_program(book) == "OneDrive or SharePoint"
    assert sync_program(tmp_path / "Elsewhere" / "book.xlsx") == ""


def test_a_link_into_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Scorecards").symlink_to(tmp_path / "Dropbox")
    assert sync_program(tmp_path / "Scorecards" / "book.xlsx") == "Dropbox"
