"""No public copy of small authorities gives a withheld number away; 200 of them with --long."""

from __future__ import annotations

import pytest

from tests.amount import amount
from tests.disclosure.attacking import Edition, attack, publish, secrets_out
from tests.disclosure.authorities import FIRST, catalogue, extracts, figures

# Most have half a year, some more than a year with rolling figures.
MONTHS, LONG_EVERY, LONG = 6, 10, 14


def authority(seed: int, months: int = 0, secondary: bool = True) -> Edition:
    """The public copy of an invented authority's last month."""
    held = LONG if seed % LONG_EVERY == 0 else MONTHS
    month = FIRST.plus((months or held) - 1)
    return publish(catalogue(month), extracts(figures(seed, held), month), secondary)


def test_the_attacker_pins_down_none(pytestconfig: pytest.Config) -> None:
    seeds = range(amount(pytestconfig, 6, 30, 200))
    editions = [authority(seed) for seed in seeds]
    found = attack([[one] for one in editions])
    out = {
        seed: told
        for seed, one, pins in zip(seeds, editions, found, strict=True)
        if (told := secrets_out(one, pins))
    }
    assert out == {}
    assert all(one.suppression.account.unprotected == () for one in editions)
    assert all(len(one.suppression.account.withheld) > 20 for one in editions)


def test_without_secondary_suppression_the_attacker_succeeds(pytestconfig: pytest.Config) -> None:
    seeds = range(amount(pytestconfig, 3, 6, 30))
    editions = [authority(seed, secondary=False) for seed in seeds]
    found = attack([[one] for one in editions])
    told = [secrets_out(one, pins) for one, pins in zip(editions, found, strict=True)]
    assert sum(1 for one in told if one) > 0.9 * len(editions)


def test_copies_of_several_months_side_by_side_tell_no_more(pytestconfig: pytest.Config) -> None:
    """What one month's copy withholds the next one does not show, and hardly anything else goes.

    Now and then two columns look alike from a later month on, and more of an earlier one goes.
    """
    seeds = range(1, 1 + amount(pytestconfig, 2, 4, 30))
    cases = [[authority(seed, months) for months in (5, 6)] for seed in seeds]
    pairs = [(withheld_in_both(one, two), withheld_in_both(two, one)) for one, two in cases]
    assert [before - after for before, after in pairs if before - after] == []
    assert sum(before == after for before, after in pairs) >= 0.9 * len(pairs)
    found = attack(cases)
    out = [secrets_out(one, pins) for case, pins in zip(cases, found, strict=True) for one in case]
    assert [one for one in out if one] == []


def withheld_in_both(one: Edition, other: Edition) -> set[tuple[str, str, str]]:
    """The figures that a copy withholds and another one has as well."""
    shared = {(f.indicator, f.breakdown, f.period) for f in other.extracts.figures}
    return {
        (code, breakdown, period.key)
        for code, breakdown, period in one.suppression.account.withheld
        if (code, breakdown, period) in shared
    }
