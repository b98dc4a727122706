"""The Haringey scorecard on an earlier day, ready to be worked in, and its whole figures."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.building import STAMP, TEMPLATES
from workbook_builder import app
from workbook_builder.register import register

MONTH = "2014-02"
# Comes from no extract in these tests; its published figure is typed.
MANUAL, MANUAL_FIGURE = "foi-p14", "17.1"
# Figures that were not there yet on the earlier day, and some that were other figures.
MISSING = (
    "contacts-p4",
    "referrals-p4",
    "assessments-completed-p5",
    "cp-starts-p6",
    "cic-starts-p9",
    "placement-moves-p11",
)
ALTERED = {
    "cp-visits-p8": "70%",
    "cp-plans-p6": "199",
    "cic-count-p9": "501",
    "cp-reviews-p8": "100%",
    "complaints-p14": "15.7",
    "adoptions-p13": "1",
}


@dataclass(frozen=True)
class Desk:
    """A performance officer's folders: the scorecard and where its workbook goes."""

    folder: Path
    out: Path

    @property
    def figures(self) -> Path:
        return self.folder / "extracts" / "figures.csv"

    def build(self, macros: bool = False) -> Path:
        return app.build(self.folder, MONTH, self.out, macros=macros, stamp=STAMP).workbook

    def earlier_day(self) -> None:
        """The extracts as they were before the last figures came."""
        _rewrite(self.figures, MISSING, ALTERED)

    def whole(self) -> None:
        """The extracts of the day of the report, all but what is typed by hand."""
        _rewrite(self.figures, (), {})


def desk(place: Path, manual: bool = True) -> Desk:
    """A scorecard folder of its own; one indicator of it is typed by hand."""
    folder = place / "scorecard"
    shutil.copytree(TEMPLATES / "haringey", folder, ignore=shutil.ignore_patterns(app.HISTORY))
    if manual:
        file = folder / "indicators" / "8-organisational-effectiveness.toml"
        text = file.read_text(encoding="utf-8")
        code = f'code = "{MANUAL}"\n'
        assert code in text
        file.write_text(
            text.replace(code, f'{code}fed_from = "manual figures"\n'), encoding="utf-8"
        )
    whole = place / "whole.csv"
    shutil.copyfile(folder / "extracts" / "figures.csv", whole)
    found = Desk(folder, place / "out")
    if manual:
        found.whole()
    register("haringey", folder)
    return found


def _rewrite(path: Path, missing: tuple[str, ...], altered: dict[str, str]) -> None:
    """Write the month's figures anew from the whole ones."""
    whole = path.parent.parent.parent / "whole.csv"
    with whole.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    kept = []
    for row in rows:
        now = row["period"] == MONTH
        if now and row["indicator"] in (*missing, MANUAL):
            continue
        if now and row["indicator"] in altered and not row["breakdown"]:
            row["value"] = altered[row["indicator"]]
        kept.append(row)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
