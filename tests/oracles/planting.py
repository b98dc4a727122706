"""Ways to plant a fault in a good workbook, to show that an oracle sees it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path


def rewrite_part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the text of one part of a workbook; a change that changes nothing is an error."""
    parts = read_parts(path)
    before = parts[part].decode()
    after = change(before)
    if after == before:
        raise ValueError(f"the change to {part} of {path.name} changed nothing")
    parts[part] = after.encode()
    write_parts(path, parts)


def swap(old: str, new: str) -> Callable[[str], str]:
    """A change for `rewrite_part`: put `new` for the first `old`."""
    return lambda text: text.replace(old, new, 1)


def read_parts(path: Path) -> dict[str, bytes]:
    """Every part of a package by name, in the order of the file."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> None:
    """Write a package of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
