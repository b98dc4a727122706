"""Data flows one way: a room imports only from rooms to its left, as ARCHITECTURE.md draws it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "workbook_builder"

# From left to right. Rooms on one line do not know each other.
ORDER = (
    ("errors", "progress"),
    ("periods", "values"),
    ("catalogue",),
    ("extracts", "lists"),
    ("counting", "measures"),
    ("disclosure", "listed"),
    ("history",),
    ("judgement",),
    ("scorecard",),
    ("highlights",),
    ("audit", "plan", "results"),
    ("board",),
    ("annotations", "writers"),
    ("screen",),
    ("register", "sample"),
    ("app", "doctor", "message"),
    ("commands",),
    ("buttons", "cli"),
    ("__main__",),
)
PLACE = {room: place for place, rooms in enumerate(ORDER) for room in rooms}
EXCEL = {"openpyxl", "pyopenvba", "python_calamine", "xlsxwriter", "xlwings"}
MAY_USE_EXCEL = {"annotations", "extracts", "lists", "sample", "writers"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE / "_templates")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Everything that the module imports, lazily or not."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            found |= names if node.module == "workbook_builder" else {node.module}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "workbook_builder" or len(parts) < 2 or parts[1] == "__version__":
            continue
        other = parts[1]
        assert other == room or PLACE[other] < PLACE[room], f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_extracts_writers_and_the_sample_know_an_excel_library(path: Path) -> None:
    used = {name.split(".")[0] for name in imports_of(path)} & EXCEL
    assert not used or room_of(path) in MAY_USE_EXCEL


def test_the_drawing_names_every_room() -> None:
    drawing = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert {room for room in rooms if room not in drawing} == set()
