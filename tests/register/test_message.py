"""Messages to a person without a console, and what a button does with a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook_builder import buttons, message
from workbook_builder.errors import EXIT_COMMAND, EXIT_FAULTS, EXIT_INTERNAL

REST = "Run: workbook-builder check, to see them all."
RECORD = "child 4711"


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    file = tmp_path / "messages.txt"
    monkeypatch.setenv(message.VARIABLE, str(file))
    return lambda: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 100, "short"),
        ("x" * 12, 10, "xxxxxxxxxx …"),
        (
            "one\n\ntwo\n\nthree",
            7,
            "one\n\n… and 2 more. Run: workbook-builder check, to see them all.",
        ),
    ],
)
def test_long_messages_are_cut_between_faults(text: str, limit: int, short: str) -> None:
    assert message.shortened(text, limit) == short


def test_a_button_without_a_workbook_tells_so(shown) -> None:  # type: ignore[no-untyped-def]
    assert buttons.main(["refresh", "--wb=none.xlsm", "--hwnd=12"]) == EXIT_FAULTS
    (said,) = shown()
    assert said["problem"] is True
    assert "WB710" in said["text"]
    assert "Open the scorecard" in said["text"]


def test_an_unknown_verb(shown) -> None:  # type: ignore[no-untyped-def]
    assert buttons.main(["format-disk"]) == EXIT_COMMAND
    assert "refresh, undo, check, log" in shown()[0]["text"]


def test_a_fault_of_ours_shows_no_traceback(
    shown,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: object) -> str:
        raise ZeroDivisionError(RECORD)

    monkeypatch.setitem(buttons.VERBS, "check", broken)
    assert buttons.main(["check"]) == EXIT_INTERNAL
    said = shown()[0]["text"]
    assert "What you typed is safe" in said
    assert "4711" not in said
    report = Path(said.rpartition(" are in ")[2])
    assert "4711" not in report.read_text(encoding="utf-8")
    report.unlink()


def test_without_a_file_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    message.show("Title", "Text")
    assert capsys.readouterr().err == "Title\nText\n"
