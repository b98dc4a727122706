"""Telling something to a person who pressed a button and sees no console."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

# Writes messages to a file instead of showing them: for tests and unattended use.
VARIABLE = "WORKBOOK_BUILDER_MESSAGES"
LONGEST = 1_500
# The styles of a Windows message box.
INFORMATION, WARNING = 0x40, 0x30


def show(title: str, text: str, problem: bool = False, owner: int = 0) -> None:
    """Show a message over the spreadsheet program; owner is the handle of its window on Windows."""
    said = shortened(text)
    file = os.environ.get(VARIABLE)
    if file:
        _to_file(Path(file), title, said, problem)
    elif sys.platform == "win32":
        _on_windows(title, said, problem, owner)
    elif sys.platform == "darwin":
        _on_mac(title, said)
    else:
        print(f"{title}\n{said}", file=sys.stderr)


def shortened(text: str, limit: int = LONGEST) -> str:
    """As many whole paragraphs as a message box can show, and how many are left out."""
    if len(text) <= limit:
        return text
    paragraphs = text.split("\n\n")
    kept: list[str] = []
    for paragraph in paragraphs:
        if sum(len(one) + 2 for one in kept) + len(paragraph) > limit:
            break
        kept.append(paragraph)
    if not kept:
        return f"{text[:limit]} …"
    left = len(paragraphs) - len(kept)
    return "\n\n".join([*kept, f"… and {left} more. Run: workbook-builder check, to see them all."])


def _to_file(path: Path, title: str, text: str, problem: bool) -> None:
    with path.open("a", encoding="utf-8") as stream:
        said = {"title": title, "text": text, "problem": problem}
        stream.write(json.dumps(said, ensure_ascii=False) + "\n")


def _on_windows(title: str, text: str, problem: bool, owner: int) -> None:
    if sys.platform == "win32":
        import ctypes

        icon = WARNING if problem else INFORMATION
        ctypes.windll.user32.MessageBoxW(owner, text, title, icon)


def _on_mac(title: str, text: str) -> None:
    """The text goes along as an argument and is never part of the script."""
    script = "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv)\nend run"
    subprocess.run(["osascript", "-e", script, title, text], check=False)
