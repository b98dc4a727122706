"""The invented authority of the benchmark: one large extract, or many, kept between runs."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.steps import WINDOW

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates" / "annex_a"
SEED = 1
# Rows that a child gives in one extract, as the generator has it: measured, and near enough.
ROWS_A_CHILD = {WINDOW: 1.467, 6: 0.44}


@dataclass(frozen=True)
class Authority:
    """How large, how many extracts, and in which files."""

    rows: int
    extracts: int
    csv: bool

    @property
    def window(self) -> int:
        """The months that each extract covers: one extract has to cover them all."""
        return WINDOW if self.extracts == 1 else 6

    def folder(self, kept: Path) -> Path:
        """Where its extracts are, made now if they are not there. Faults of real files are in."""
        kind = "csv" if self.csv else "xlsx"
        name = f"{self.extracts} of {self.rows} rows, {kind}, {_generator()}"
        found = kept / name
        if found.is_dir():
            return found
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as made:
            self._generate(Path(made) / "lists")
            (Path(made) / "lists").rename(found)
        return found

    def _generate(self, folder: Path) -> None:
        # In a process of its own: a million rows of one extract need two gigabytes to invent.
        command = [sys.executable, "-m", "workbook_builder", "sample", str(folder), "--mess"]
        command += ["--children", str(round(self.rows / ROWS_A_CHILD[self.window]))]
        command += ["--months", str(self.extracts), "--seed", str(SEED)]
        command += ["--window", str(self.window), *(["--csv"] if self.csv else [])]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def extract_in(folder: Path) -> Path:
    """The last extract: a workbook, or a folder of CSV files."""
    return max(path for path in folder.iterdir() if re.search(r"\d{4}-\d{2}", path.name))


def scorecard_of(folder: Path, authority: Authority, to: Path) -> Path:
    """A scorecard folder of the annex_a template that has an authority's extracts for its lists."""
    shutil.copytree(TEMPLATE, to, ignore=shutil.ignore_patterns("history", "lists"))
    lists = to / "extracts" / "lists"
    lists.parent.mkdir(exist_ok=True)
    lists.symlink_to(folder.resolve(), target_is_directory=True)
    settings = to / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[lists]\nwindow = {authority.window}\n", encoding="utf-8")
    return to


def _generator() -> str:
    """What the generator is: extracts of another one are not used."""
    found = hashlib.sha256()
    for path in sorted((ROOT / "workbook_builder" / "sample").glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]
