"""Lights and arrows of Surrey's compendium, worked out by hand from its printed figures and rules.

Status is the distance from the trajectory: none is green, up to 7.5 units amber, more red. Arrows
look back a month, those of measures that count from April a year; a count that moves less than
1.5% is level. The lights and arrows that the council published are not in this folder.
"""

from __future__ import annotations

import pytest

from tests.building import TEMPLATES, compute
from workbook_builder.scorecard import Scorecard

# code -> due in January 2017 (lower, upper), how far it is missed, light
LIGHTS = [
    # 66.1 in August to 90 in March: five of seven months are gone. 66.1 + 23.9 x 5/7 = 83.171.
    ("AI-cfa-45-days", (83.171, None), 83.171 - 78.9, "amber"),
    # 72.4 in August to 80 in March: 72.4 + 7.6 x 5/7 = 77.829.
    ("AI-icpc-timescale", (77.829, None), 77.829 - 72.4, "amber"),
    # 6.7 in August to 3.7 a year later: 6.7 - 3 x 5/12 = 5.45; fewer is better.
    ("AI-cp-18-months", (None, 5.45), 8.0 - 5.45, "amber"),
    # 27 in July to 20 in August of next year: 27 - 7 x 6/13 = 23.769; 19.0 is better than that.
    ("AI-vacancy", (None, 23.769), 0, "green"),
    # 8.6 in March to 7.8 a year later: 8.6 - 0.8 x 10/12 = 7.933.
    ("AI-lac-3-placements", (None, 7.933), 0, "green"),
    ("AI-mash-24h", (95, None), 95 - 54.5, "red"),
    ("AI-re-referrals", (20, 25), 29.0 - 25, "amber"),
    ("AI-caseload-assessment", (15, 20), 29.3 - 20, "red"),
    ("AI-caseload-unlabelled", (15, 20), 0, "green"),
    ("AI-caseload-cp", (15, 20), 15 - 14.8, "amber"),
    ("AI-lac-out-of-county", (None, 20), 22.2 - 20, "amber"),
    ("AI-cl-pathway-plan", (90, None), 90 - 88.1, "amber"),
    # No figure for January, and words instead of a target.
    ("AI-repeat-contacts", (10, 20), None, "not assessed"),
    ("AI-icpc-police", (None, None), None, "no target"),
]

# code -> figure before, figure now, how it moved, what that means
ARROWS = [
    # 891 to 881 is 1.12% and level, 903 to 917 is 1.55% and up, 1034 to 1018 is 1.547% and down.
    ("2.10-cp-plans", 891, 881, "level", "neutral"),
    ("3.1-lac", 903, 917, "up", "neutral"),
    ("2.6-children-referred", 1034, 1018, "down", "neutral"),
    # No percentage is level, however little it moves: 8.0 after 7.9 is 1.3%.
    ("2.12-cp-18-months", 7.9, 8.0, "up", "worse"),
    ("2.12-icpc-timescale", 65.4, 72.4, "up", "better"),
    # Counted from April, so against January of last year.
    ("3.3-lac-3-placements", 8.0, 5.1, "down", "better"),
    ("3.4-lac-health-dental", 60.4, 54.3, "down", "worse"),
    # Out of the range on the other side, or nearer to it.
    ("AI-caseload-cp", 15.8, 14.8, "down", "worse"),
    ("AI-caseload-unlabelled", 20.5, 20.0, "down", "better"),
    # The figures come a month late.
    ("4.2-missing-started", 101, 146, "up", "worse"),
    # Nothing is known of January 2016.
    ("AI-lac-3-placements", None, 5.1, "none", "none"),
]


@pytest.fixture(scope="module")
def scorecard() -> Scorecard:
    return compute(TEMPLATES / "surrey")


@pytest.mark.parametrize(("code", "due", "miss", "light"), LIGHTS)
def test_light(
    scorecard: Scorecard,
    code: str,
    due: tuple[float | None, float | None],
    miss: float | None,
    light: str,
) -> None:
    verdict = scorecard.line(code).verdict
    found = (verdict.limits.lower, verdict.limits.upper)
    assert [one and round(one, 3) for one in found] == list(due)
    assert verdict.miss == (None if miss is None else pytest.approx(miss, abs=0.001))
    assert verdict.rule == light


@pytest.mark.parametrize(("code", "before", "now", "moved", "travel"), ARROWS)
def test_arrow(
    scorecard: Scorecard, code: str, before: float | None, now: float, moved: str, travel: str
) -> None:
    movement = scorecard.line(code).movement
    assert (movement.before, movement.now) == (before, now)
    assert (movement.direction, movement.travel) == (moved, travel)
