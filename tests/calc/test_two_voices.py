"""One rule, two voices: what a rule computes in Python is what its formula gives in Calc.

Thousands of generated cases, near ties on purpose: values on a limit, beside it by less than a
screen shows, and halves on a rounding boundary. All stand in one workbook, their Python answers as
the written values, so that a recalculation finds every difference.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from tests.oracles.calc import Calc, compare
from workbook_builder.catalogue.model import StatusWords
from workbook_builder.catalogue.words import Arrow, Polarity, ToleranceIn, YearToDate
from workbook_builder.judgement.status import (
    Allowance,
    Compared,
    Contradiction,
    Light,
    Limits,
    Miss,
    ShownStatus,
    ShownTarget,
    Status,
    TargetMet,
    status_text,
)
from workbook_builder.judgement.travel import Glyph, Moved, Performance, Words
from workbook_builder.judgement.year_to_date import (
    Amount,
    YearRefs,
    YearSoFar,
    YearToDateNote,
    YearToDateRule,
)
from workbook_builder.plan.addresses import cell
from workbook_builder.values import Symbol, Value, cell_content, is_number

WORDS = StatusWords()
NUDGES = (0, 0, 0, 1e-12, -1e-12, 1e-9, -1e-9, 0.05, -0.05, 0.5, -0.5, 1, -1)
LABELS = ("Apr-13", "May-13", "Jun-13", "Jul-13", "Aug-13", "Sep-13")
Cases = "Sheet"


class Sheet:
    """Writes one case a row: inputs as cells, then each formula with Python's answer."""

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        self.sheet = self.book.add_worksheet("Cases")
        self.row = self.col = self.count = 0

    def put(self, value: float | str | None) -> str:
        """An input cell; its reference."""
        at = cell(self.row, self.col)
        if isinstance(value, str):
            self.sheet.write_string(self.row, self.col, value)
        elif value is not None:
            self.sheet.write_number(self.row, self.col, value)
        self.col += 1
        return at

    def say(self, formula: str, answer: float | str | None) -> str:
        """A formula cell with what Python says; its reference."""
        at = cell(self.row, self.col)
        value = "" if answer is None else answer
        assert self.sheet.write_formula(self.row, self.col, f"={formula}", None, value) == 0
        self.col, self.count = self.col + 1, self.count + 1
        return at

    def next(self) -> None:
        self.row, self.col = self.row + 1, 0


def figure(chance: random.Random, near: float) -> Value | None:
    """A figure close to a number, or now and then a symbol, a text or nothing."""
    kind = chance.random()
    if kind < 0.06:
        return chance.choice([Symbol.CONFIDENTIAL, Symbol.DASH, Symbol.NOT_AVAILABLE])
    if kind < 0.08:
        return "2 missing"
    return near + chance.choice(NUDGES)


def limits_near(chance: random.Random) -> Limits:
    low = chance.choice([0.0, 10.0, 85.0, 92.5, 0.1 + 0.2, -61.0, 6.5, 1.005])
    return chance.choice(
        [Limits(low), Limits(upper=low), Limits(low, low), Limits(low, low + 10), Limits()]
    )


def status_case(sheet: Sheet, chance: random.Random) -> None:
    limits = limits_near(chance)
    aim = limits.lower if limits.lower is not None else limits.upper
    tolerance = chance.choice([0.0, 5.0, 7.5, 10.0])
    base = aim if aim is not None else 50.0
    near = chance.choice([base, base * (1 - tolerance / 100), base * (1 + tolerance / 100)])
    value = figure(chance, near)
    given = sheet.put(cell_content(value))
    lower = sheet.put(limits.lower if limits.lower is not None else "-")
    upper = sheet.put(limits.upper if limits.upper is not None else "-")
    room = sheet.put(tolerance)
    compared = Compared(chance.choice([None, 0, 1, 2]))
    judged = compared.evaluate(value)
    at = sheet.say(compared.formula(given), judged)
    miss = Miss().evaluate(judged, limits)
    miss_at = sheet.say(Miss().formula(at, lower, upper), miss)
    rule = Allowance(chance.choice(list(ToleranceIn)))
    allowance = rule.evaluate(judged, limits, tolerance)
    allowance_at = sheet.say(rule.formula(at, lower, upper, room), allowance)
    sheet.say(TargetMet().formula(miss_at), TargetMet().evaluate(miss))
    rule_of_lights = Light(WORDS, chance.choice([Status.NO_TARGET, Status.NOT_ASSESSED]))
    status = rule_of_lights.evaluate(miss, allowance, limits)
    light = rule_of_lights.formula(miss_at, allowance_at, lower, upper)
    light_at = sheet.say(light, status_text(status, WORDS))
    hand = chance.choice([None, None, Status.RED, Status.GREEN, Status.UNKNOWN])
    hand_at = sheet.put(status_text(hand, WORDS) if hand else None)
    shown = ShownStatus().evaluate(status, hand)
    sheet.say(ShownStatus().formula(light_at, hand_at), status_text(shown, WORDS))
    against = "contradicts the rule" if Contradiction().evaluate(status, hand) else ""
    sheet.say(Contradiction().formula(light_at, hand_at), against)
    target = ShownTarget(chance.choice(list(Polarity)), chance.choice(["", "%"]))
    sheet.say(target.formula(lower, upper), target.evaluate(limits))


def travel_case(sheet: Sheet, chance: random.Random) -> None:
    limits = limits_near(chance)
    near = chance.choice([0.0, 0.3, 10.0, 15.0, 85.0, 2.675])
    compared = Compared(chance.choice([None, 0, 1]))
    now = compared.evaluate(figure(chance, near))
    before = compared.evaluate(figure(chance, chance.choice([near, near, near + 3])))
    now_at, before_at = (sheet.put("" if v is None else v) for v in (now, before))
    lower = sheet.put(limits.lower if limits.lower is not None else "-")
    upper = sheet.put(limits.upper if limits.upper is not None else "-")
    since, to = chance.choice(["", "Dec-13"]), chance.choice(["", "Jan-14"])
    since_at, to_at = sheet.put(since), sheet.put(to)
    rule_of_moves = Moved(chance.choice([0.0, 0.0, 1.5, 5.0]))
    direction = rule_of_moves.evaluate(now, before)
    moved = sheet.say(rule_of_moves.formula(now_at, before_at), direction.value)
    polarity = chance.choice(list(Polarity))
    rule = Performance(polarity)
    meaning = rule.evaluate(direction, now, before, limits)
    means = sheet.say(rule.formula(moved, now_at, before_at, lower, upper), meaning.value)
    glyph = Glyph(chance.choice(list(Arrow)), polarity)
    sheet.say(glyph.formula(moved, means), glyph.evaluate(direction, meaning))
    words = Words(glyph)
    said = words.evaluate(direction, meaning, since, to)
    sheet.say(words.formula(moved, means, since_at, to_at), said)


def amounts(chance: random.Random, count: int) -> list[Amount]:
    """Months with a value, numerator and denominator, some of them missing."""
    found = []
    for _ in range(count):
        over, under = chance.randint(0, 9), chance.choice([0, 3, 7, 10])
        value: Value | None = 100 * over / under if under else Symbol.NOT_APPLICABLE
        gone = chance.random() < 0.25
        value = chance.choice([None, Symbol.CONFIDENTIAL, Symbol.DASH]) if gone else value
        parts = (None, None) if gone else (float(over), float(under))
        found.append(Amount(value, *parts))
    return found


def year_case(sheet: Sheet, chance: random.Random) -> None:
    rule_word = chance.choice(list(YearToDate))
    uses = rule_word in (YearToDate.SUM, YearToDate.WEIGHTED) and chance.random() < 0.5
    brought = chance.choice([Amount(30.0, 3.0, 10.0), Amount(Symbol.CONFIDENTIAL)])
    covered = chance.randint(1, 5) if uses else 0
    months = amounts(chance, 6)
    if uses:
        months = [Amount()] * covered + months[covered:]
    told = Symbol.CONFIDENTIAL if chance.random() < 0.1 else chance.choice([None, 12.0])
    year = YearSoFar(months, brought if uses else None, covered, told)
    rule = YearToDateRule(rule_word, 100, uses)
    start = sheet.col
    for month in months:
        sheet.put(cell_content(month.value))
    overs = [sheet.put(month.numerator) for month in months]
    unders = [sheet.put(month.denominator) for month in months]
    places = [sheet.put(float(at + 1)) for at in range(6)]
    for label in LABELS:
        sheet.put(label)
    parts = [brought.value, brought.numerator, brought.denominator]
    held = [sheet.put(cell_content(parts[0])), sheet.put(parts[1]), sheet.put(parts[2])]
    given = sheet.put(cell_content(year.given))
    first, last_col = cell(sheet.row, start), cell(sheet.row, start + 5)
    whole, positions = f"{first}:{last_col}", f"{places[0]}:{places[-1]}"
    begin = sheet.put(float(covered + 1))
    last = sheet.say(rule.last_formula(whole, positions, begin), float(rule.last(year)))

    def between(left: str, right: str) -> str:
        return f"INDEX({left}:{right},1,{begin}):INDEX({left}:{right},1,{last})"

    refs = YearRefs(
        last=last,
        first=begin,
        latest=f"INDEX({whole},1,{last})",
        values=between(first, last_col),
        numerators=between(overs[0], overs[-1]),
        denominators=between(unders[0], unders[-1]),
        brought_value=held[0],
        brought_numerator=held[1],
        brought_denominator=held[2],
        given=given,
    )
    value = rule.evaluate(year)
    value_at = sheet.say(rule.formula(refs), cell_content(value))
    note = YearToDateNote(rule_word)
    reach = rule.last(year)
    label = LABELS[reach - 1] if reach else ""
    labels = f"{cell(sheet.row, start + 24)}:{cell(sheet.row, start + 29)}"
    formula = note.formula(value_at, last, "6", f"INDEX({labels},1,{last})")
    sheet.say(formula, note.evaluate(value, reach, 6, label))
    assert value is not None
    assert is_number(value) or isinstance(value, str)


KINDS: tuple[tuple[Callable[[Sheet, random.Random], None], int], ...] = (
    (status_case, 900),
    (travel_case, 900),
    (year_case, 700),
)


def test_python_and_calc_say_the_same(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    sheet, chance = Sheet(path), random.Random(20140228)
    for make, times in KINDS:
        for _ in range(times):
            make(sheet, chance)
            sheet.next()
    sheet.book.close()
    result = compare(path, calc)
    print(f"\nanswers compared: {result.count} over {sheet.row} cases")
    assert [str(difference) for difference in result.differences[:20]] == []
    assert result.count == sheet.count > 12_000
