"""What slipped into a column of teams or codes is in nothing that a build leaves behind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.building import STAMP
from tests.listed.small import changed, values, write_folder, write_lists
from tests.lists.making import good_row, headings
from tests.proof.raw import texts_in
from workbook_builder import app

LISTS = "extracts/lists"
TEAMS = [
    "Avery Quill",
    "quill, avery",
    "404170093",
    dt.date(2015, 3, 12),
    "19/05/2013",
    "A123456789012",
    "Blue",
]
SLIPPED = ["quill", "avery", "404170093", "2015-03-12", "12/03/2015", "19/05/2013"]
SLIPPED += ["2013-05-19", "a123456789012", "rowan"]


def test_what_slipped_into_teams_is_nowhere(tmp_path: Path) -> None:
    """Not in the workbook, results, problems or history; the rows count as not recorded."""
    rows = [
        good_row(
            "referrals", n, referral_date="05/06/2024", team=team, referral_source="Rowan Quill"
        )
        for n, team in enumerate(TEAMS, start=1)
    ]
    plans = [good_row("child_protection", "404170093", worker="Avery Quill")]
    folder = write_folder(
        tmp_path / "folder",
        changed("indicators/all.toml", ('["team"]', '["team", "source"]')),
    )
    sheets = {
        "List_3": [headings("referrals"), *rows],
        "List_7": [headings("child_protection"), *plans],
    }
    write_lists(folder / LISTS / "annex_a_2024-06.xlsx", sheets)
    assert values(folder, "referrals", "team=Not recorded")["2024-06"] == len(TEAMS) - 1
    assert values(folder, "referrals", "team=Blue")["2024-06"] == 1
    out = tmp_path / "out"
    app.build(folder, out=out, stamp=STAMP)
    written = [path for path in [*folder.rglob("*"), *out.rglob("*")] if path.is_file()]
    written = [path for path in written if path.parent.name != "lists"]
    assert any(path.name == "history.sqlite" for path in written)
    text = "\n".join(text for _, text in texts_in(written)).casefold()
    assert "team=blue" in text
    assert [one for one in SLIPPED if one in text] == []
