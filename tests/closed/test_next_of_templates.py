"""The next month of every template: a copy where its layout lets it, else a new workbook.

The workbook of the month before stays byte for byte the same, and the new one is up to date.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import STAMP, copy_template
from workbook_builder import app
from workbook_builder.errors import UserError
from workbook_builder.writers.closed import read_closed

pytestmark = pytest.mark.in_ci

# Whether a copy of the workbook will do, or its next month is laid out in another way.
COPIED = {
    "haringey": True,
    "annex_a": True,
    "kirklees": False,
    "herefordshire": False,
    "calderdale": True,
    "surrey": True,
}
IN_CI = 1


@pytest.mark.parametrize("name", COPIED)
def test_next_month_of_a_template(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in [*COPIED][: amount_in_ci(request.config, IN_CI, len(COPIED))]:
        pytest.skip("the other templates run in CI or with --long")
    folder = copy_template(name, tmp_path / "folder")
    old = app.build(folder, out=tmp_path / "out", stamp=STAMP).workbook
    data = old.read_bytes()
    if not COPIED[name]:
        with pytest.raises(UserError, match=r"WB726(?s:.*)--rebuild"):
            app.next_month(old, folder, stamp=STAMP)
        assert [one.name for one in old.parent.glob("*.xlsx")] == [old.name]
    done = app.next_month(old, folder, stamp=STAMP, rebuild=not COPIED[name])
    assert old.read_bytes() == data
    file = read_closed(done.workbook)
    assert (file.scorecard, file.month) == (read_closed(old).scorecard, done.report_month)
    new = done.workbook.read_bytes()
    refreshed = app.refresh(folder, book=done.workbook, stamp=STAMP)
    assert (refreshed.cells, refreshed.typed) == (0, 0)
    assert done.workbook.read_bytes() == new
    assert old.read_bytes() == data
    print(f"\n{name}: {done.report_month} {'copied' if COPIED[name] else 'built anew'}")
