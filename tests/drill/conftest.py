"""A messy invented authority with every kind of period and some breakdowns, built once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import STAMP, TEMPLATES
from workbook_builder import app, sample
from workbook_builder.counting import load_library

CHILDREN, MONTHS, SEED, WINDOW = 160, 2, 5, 14
ASKED = '\nbreakdowns = ["team", "age_band"]'
# Indicator files with figures in the month, at the month's end and at the day of the extract.
BROKEN_DOWN = (2, 5)
# Measures under further kinds of period, which the template does not have.
PERIODS = (
    ("referrals", "quarterly"),
    ("assessments_in_45_days", "quarterly"),
    ("contacts", "cumulative year to date"),
    ("adoption_a10", "cumulative year to date"),
    ("conferences_in_15_days", "rolling 12 months"),
    ("cp_open", "quarterly"),
)


@dataclass(frozen=True)
class Authority:
    """A scorecard folder with its lists, and the workbook and results built from it."""

    folder: Path
    out: Path

    @property
    def lists(self) -> Path:
        return self.folder / "extracts" / "lists"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    top = tmp_path_factory.mktemp("drill")
    folder = top / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    shutil.rmtree(folder / "extracts" / "lists")
    sample.generate(folder / "extracts" / "lists", CHILDREN, MONTHS, SEED, window=WINDOW, mess=True)
    described(folder)
    app.build(folder, out=top / "out", stamp=STAMP)
    return Authority(folder, top / "out")


@pytest.fixture(scope="session")
def consecutive(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Many extracts of six months each, as folders of CSV files; not built."""
    top = tmp_path_factory.mktemp("consecutive")
    folder = top / "annex_a"
    shutil.copytree(TEMPLATES / "annex_a", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    shutil.rmtree(folder / "extracts" / "lists")
    sample.generate(folder / "extracts" / "lists", 150, 14, SEED, mess=True, csv=True)
    described(folder, 6)
    return Authority(folder, top / "out")


def described(folder: Path, window: int = WINDOW) -> None:
    """Ask for breakdowns, more kinds of period, and a window as long as the lists'."""
    for start in BROKEN_DOWN:
        file = next(folder.glob(f"indicators/{start}-*.toml"))
        head, *tables = file.read_text(encoding="utf-8").split("[[indicator]]")
        fixed = ("_rate", "breakdowns")
        tables = [one if any(x in one for x in fixed) else f"{ASKED}{one}" for one in tables]
        file.write_text("[[indicator]]".join((head, *tables)), encoding="utf-8")
    settings = folder / "scorecard.toml"
    text = settings.read_text(encoding="utf-8")
    # So few children that there may be no adoptions.
    lists = f'lists.window = {window}\nlists.may_be_empty = ["adoption", "adopters"]'
    text = text.replace("[defaults]", f"{lists}\n\n[defaults]", 1)
    text += '\n[[tab]]\nname = "Periods"\n'
    for kind in sorted({period for _, period in PERIODS}):
        codes = [f"{code} {period}" for code, period in PERIODS if period == kind]
        text += f'[[tab.block]]\ntype = "grid"\nheading = "{kind}"\nindicators = {codes}\n'
    settings.write_text(text, encoding="utf-8")
    tables = [indicator(code, period) for code, period in PERIODS]
    (folder / "indicators" / "9-periods.toml").write_text(
        'theme = "Periods"\n' + "".join(tables), encoding="utf-8"
    )


def indicator(code: str, period: str) -> str:
    measure = load_library().measure(code)
    parts = 'numerator = "N"\ndenominator = "D"\n' if measure.unit.value != "count" else ""
    return f"""
[[indicator]]
code = "{code} {period}"
measure = "{code}"
name = "{measure.name}, {period}"
unit = "{measure.unit.value}"
polarity = "{measure.polarity.value}"
period_type = "{period}"
year_to_date = "latest"
{parts}"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, and a current folder beside it."""
    place, here = tmp_path / "home", tmp_path / "here"
    place.mkdir()
    here.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    monkeypatch.chdir(here)
    return place
