"""A scorecard folder to spoil, an earlier workbook to protect, and the command line to run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import copy_template
from workbook_builder import app
from workbook_builder.cli import main

WORKBOOK = "Scorecard 2014-02.xlsx"


@dataclass(frozen=True)
class Said:
    """What the command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A copy of the Haringey folder and the folder that an earlier build went to."""

    folder: Path
    out: Path
    before: dict[str, str]
    run: Callable[..., Said]

    def build(self) -> Said:
        return self.run("build", str(self.folder), "--out", str(self.out))

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a text of a file once; the text must be there."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def files(self) -> dict[str, str]:
        return fingerprints(self.out)


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a build made before anything went wrong."""
    out = tmp_path_factory.mktemp("earlier")
    folder = copy_template("haringey", out / "folder")
    built = app.build(folder, out=out)
    return {path.name: path.read_bytes() for path in (built.workbook, built.results)}


@pytest.fixture
def desk(tmp_path: Path, earlier: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> Desk:
    out = tmp_path / "out"
    out.mkdir()
    for name, content in earlier.items():
        (out / name).write_bytes(content)

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return Desk(copy_template("haringey", tmp_path / "haringey"), out, fingerprints(out), run)
