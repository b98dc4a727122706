"""Which folder a scorecard is in: two files, moves, damage."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.building import copy_template
from workbook_builder import app, register
from workbook_builder.cli import main
from workbook_builder.errors import UserError
from workbook_builder.register import scorecard_id


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(register.VARIABLE, str(tmp_path / "user" / "register.json"))
    monkeypatch.setattr(register, "machine_folder", lambda: tmp_path / "machine")
    (tmp_path / "machine").mkdir()
    return tmp_path


def folder(place: Path, name: str) -> Path:
    path = place / name
    path.mkdir()
    (path / "scorecard.toml").write_text(f'id = "{name}"\n', encoding="utf-8")
    return path


def test_what_was_registered_is_found(own_files: Path) -> None:
    one = folder(own_files, "one")
    register.register("one", one, one / "Scorecard.xlsx")
    found = register.find("one")
    assert (found.folder, found.workbook, found.source) == (one, one / "Scorecard.xlsx", "user")
    assert [entry.id for entry in register.registered()] == ["one"]


def test_the_newest_folder_wins_and_the_old_one_is_told(own_files: Path) -> None:
    old, new = folder(own_files, "one"), own_files / "elsewhere"
    register.register("one", old, old / "a.xlsx")
    old.rename(new)
    with pytest.raises(UserError, match="not there any more"):
        register.find("one")
    assert register.register("one", new).replaced == old
    assert register.find("one").folder == new
    assert register.find("one").workbook is None


def test_its_register_wins_over_the_users(own_files: Path) -> None:
    mine, theirs = folder(own_files, "one"), own_files / "share"
    theirs.mkdir()
    (theirs / "scorecard.toml").write_text('id = "one"\n', encoding="utf-8")
    register.register("one", mine)
    it = {"one": {"folder": str(theirs)}}
    register.machine_file().write_text(json.dumps(it), encoding="utf-8")
    assert register.find("one").folder == theirs
    assert register.find("one").source == "IT"


def test_an_unknown_id_says_how_to_register(own_files: Path) -> None:
    register.register("haringey", folder(own_files, "haringey"))
    with pytest.raises(UserError) as caught:
        register.find("haringay")
    said = str(caught.value)
    assert "WB701" in said
    assert "workbook-builder register FOLDER" in said
    assert 'Did you mean "haringey"?' in said


def test_another_scorecard_in_the_folder(own_files: Path) -> None:
    path = folder(own_files, "one")
    register.register("one", path)
    (path / "scorecard.toml").write_text('id = "two"\n', encoding="utf-8")
    with pytest.raises(UserError, match='holds the scorecard "two" now'):
        register.find("one")


@pytest.mark.parametrize("content", ["{", "[]", "\x00\x01", '{"one": '])
def test_a_damaged_register_is_named_and_left(own_files: Path, content: str) -> None:
    file = register.user_file()
    file.parent.mkdir()
    file.write_text(content, encoding="utf-8")
    for action in (lambda: register.find("one"), lambda: register.register("one", own_files)):
        with pytest.raises(UserError, match="WB703"):
            action()
    assert file.read_text(encoding="utf-8") == content


def test_the_id_of_settings_that_notepad_saved_with_its_mark(tmp_path: Path) -> None:
    (tmp_path / "scorecard.toml").write_text('id = "mine"', encoding="utf-8-sig")
    assert scorecard_id(tmp_path) == "mine"


def test_several_at_once_lose_nothing(own_files: Path) -> None:
    folders = [folder(own_files, f"n{number}") for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda path: register.register(path.name, path), folders))
    assert {entry.id for entry in register.registered()} == {path.name for path in folders}


def test_new_build_and_register_write_it(
    own_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = own_files / "mine"
    app.new(mine, "haringey")
    assert register.find("haringey").folder == mine
    copy = copy_template("haringey", own_files / "copy")
    assert main(["build", str(copy), "--out", str(own_files / "out")]) == 0
    assert f"registered in another folder before: {mine}" in capsys.readouterr().out
    assert register.find("haringey").workbook == own_files / "out" / "Scorecard 2014-02.xlsx"
    assert main(["register", str(mine)]) == 0
    assert f"Before, it was registered in {copy}" in capsys.readouterr().out
