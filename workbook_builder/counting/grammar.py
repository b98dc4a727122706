"""The sentences in which conditions and dates are written, and reading them.

FORMS is the whole vocabulary: what is not in it cannot be said. docs/measures.md prints it, and a
test reads every example of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workbook_builder.counting.columns import BORN, ColumnKind, ListColumns, Vocabulary
from workbook_builder.counting.conditions import (
    Aged,
    Apart,
    Blank,
    Condition,
    OneOf,
    Order,
    Ordered,
    Reach,
    Size,
    Sized,
)
from workbook_builder.counting.operands import (
    DateColumn,
    Earlier,
    ExtractDate,
    Linked,
    Operand,
    Previous,
    TheDay,
)
from workbook_builder.counting.spans import Span
from workbook_builder.errors import did_you_mean


@dataclass(frozen=True)
class Form:
    """One way of saying something: its shape, what it means, an example and the list of that."""

    shape: str
    meaning: str
    example: str
    list: str


FORMS = (
    Form(
        "DATE is within SPAN after DATE",
        "the first date is the same day or later, and no later than that; also less than, at "
        "least, more than; also before, which turns it round",
        "authorised is within 45 working days after assessment_start",
        "assessments",
    ),
    Form(
        "DATE is on or before DATE",
        "the first date is not later; also on or after, before, after",
        "plan_start is before latest_review",
        "child_protection",
    ),
    Form(
        "age at DATE is 17 to 18",
        "whole years of age on that date, both included; also under 16, at least 5",
        "age at the day is under 16",
        "children_looked_after",
    ),
    Form(
        "CODE is one of A, B",
        "the code is one of those; is none of: it is blank or another; capitals do not matter",
        "legal_status is none of V3, V4",
        "children_looked_after",
    ),
    Form(
        "CODE begins with one of F, P",
        "the code is a known one that begins so; a text, such as a team, begins so",
        "activity begins with one of F, P",
        "care_leavers",
    ),
    Form(
        "NUMBER is at least 3",
        "a number is so large; also at most, more than, less than, exactly; a blank is not",
        "placements_in_12_months is at least 3",
        "children_looked_after",
    ),
    Form(
        "ANYTHING is blank",
        "nothing is written there, or there is no such date; is given: something is",
        "conference is given",
        "section47",
    ),
)

DATES = (
    Form("NAME", "a date of the list", "referral_date is given", "referrals"),
    Form(
        "the day",
        "the day that the figure is about: the month's last day for a position, the extract date "
        "for what is counted at it, the row's own date for what happened in a month",
        "the day is at least 2 years after plan_start",
        "child_protection",
    ),
    Form(
        "the extract date",
        "the day that the lists were taken, if the extract's name says it; else the last day of "
        "its month",
        "the extract date is at least 15 working days after strategy_discussion",
        "section47",
    ),
    Form(
        "the child's previous NAME",
        "the same child's last such date before this row's; a row of the same day is not before it",
        "referral_date is less than 12 months after the child's previous referral_date",
        "referrals",
    ),
    Form(
        "the child's latest LIST.NAME on or before NAME",
        "the same child's last date in a list, up to a date of this row",
        "the child's latest referrals.referral_date on or before assessment_start is given",
        "assessments",
    ),
    Form(
        "the child's first LIST.NAME on or after NAME",
        "the same child's next date in a list, from a date of this row",
        "the child's first referrals.referral_date on or after contact_date is within 5 working "
        "days after contact_date",
        "contacts",
    ),
    Form(
        "the earlier of NAME and NAME",
        "the earlier of two dates; a blank one is passed over",
        "the earlier of placed and reversed is blank",
        "adoption",
    ),
)

SUMS = (
    Form(
        "days from DATE to DATE",
        "days between two dates; also working days; with `, never below 0` a negative one is 0",
        "days from placement_order to matched, never below 0",
        "adoption",
    ),
    Form("NUMBER", "a number of the list", "missing_episodes", "children_looked_after"),
)


class NotUnderstood(Exception):
    """A text that says nothing in this vocabulary: what, what is allowed, and a suggestion."""

    def __init__(self, code: str, what: str, allowed: str = "", fix: str = "") -> None:
        self.code, self.what, self.allowed, self.fix = code, what, allowed, fix
        super().__init__(what)


@dataclass(frozen=True)
class Total:
    """What is added up for a mean: days between two dates, or a number of the list."""

    start: Operand | None = None
    end: Operand | None = None
    working: bool = False
    floor: bool = False
    number: str = ""


_REACH = "|".join(Reach)
_ORDER = "|".join(Order)
_SIZE = "|".join(Size)
_APART = re.compile(rf"(.+?) is ({_REACH}) (\S+(?: \S+){{0,3}}?) (after|before) (.+)")
_ORDERED = re.compile(rf"(.+?) is ({_ORDER}) (.+)")
_AGED = re.compile(r"age at (.+?) is (?:(under|at least) (\d{1,3})|(\d{1,3}) to (\d{1,3}))")
_ONE_OF = re.compile(r"(\S+) (is one of|is none of|begins with one of) (.+)")
_BLANK = re.compile(r"(.+) is (blank|given)")
_SIZED = re.compile(rf"(\S+) is ({_SIZE}) (-?\d+(?:\.\d+)?)")
_LATEST = re.compile(r"the child's latest (\S+)\.(\S+) on or before (\S+)")
_FIRST = re.compile(r"the child's first (\S+)\.(\S+) on or after (\S+)")
_PREVIOUS = re.compile(r"the child's previous (\S+)")
_EARLIER = re.compile(r"the earlier of (\S+) and (\S+)")
_DAYS = re.compile(r"(working days|days) from (.+) to (.+?)(, never below 0)?")


class Reader:
    """Reads the sentences of one list's measures."""

    def __init__(self, names: Vocabulary, own: ListColumns, settings: Mapping[str, Span]) -> None:
        self._names, self._own, self._settings = names, own, settings

    def condition(self, text: str) -> Condition:
        """A condition. Raises NotUnderstood."""
        said = " ".join(text.replace("’", "'").split())
        if found := _AGED.fullmatch(said):
            return self._aged(found)
        if found := _SIZED.fullmatch(said):
            name = self._column(found[1], ColumnKind.NUMBER)
            return Sized(name, Size(found[2]), float(found[3]))
        if found := _APART.fullmatch(said):
            return self._apart(found)
        if found := _ONE_OF.fullmatch(said):
            return self._one_of(found)
        if found := _BLANK.fullmatch(said):
            return Blank(self._blank(found[1]), found[2] == "blank")
        if found := _ORDERED.fullmatch(said):
            return Ordered(self.date(found[1]), Order(found[2]), self.date(found[3]))
        shapes = [form.shape for form in FORMS]
        what = f'"{text}" is not a condition.'
        raise NotUnderstood("WB336", what, "; ".join(shapes), did_you_mean(said, shapes))

    def date(self, text: str) -> Operand:
        """A date. Raises NotUnderstood."""
        said = " ".join(text.replace("’", "'").split())
        if said == "the day":
            return TheDay()
        if said == "the extract date":
            return ExtractDate()
        if found := _PREVIOUS.fullmatch(said):
            return Previous(self._column(found[1], ColumnKind.DATE))
        if found := _EARLIER.fullmatch(said):
            one = self._column(found[1], ColumnKind.DATE)
            return Earlier(one, self._column(found[2], ColumnKind.DATE))
        if found := _LATEST.fullmatch(said) or _FIRST.fullmatch(said):
            other = self._list(found[1])
            name = self._column(found[2], ColumnKind.DATE, other)
            before = said.startswith("the child's latest")
            return Linked(other.name, name, before, self._column(found[3], ColumnKind.DATE))
        if " " in said:
            shapes = [form.shape for form in DATES[1:]]
            allowed = f"a name of the list; {'; '.join(shapes)}"
            what = f'"{text}" is not a date.'
            raise NotUnderstood("WB336", what, allowed, did_you_mean(said, shapes))
        return DateColumn(self._column(said, ColumnKind.DATE))

    def total(self, text: str) -> Total:
        """What is added up. Raises NotUnderstood."""
        said = " ".join(text.replace("’", "'").split())
        if found := _DAYS.fullmatch(said):
            start, end = self.date(found[2]), self.date(found[3])
            return Total(start, end, found[1] == "working days", found[4] is not None)
        return Total(number=self._column(said, ColumnKind.NUMBER))

    def _apart(self, found: re.Match[str]) -> Apart:
        one, other = self.date(found[1]), self.date(found[5])
        later, earlier = (one, other) if found[4] == "after" else (other, one)
        if isinstance(earlier, TheDay):
            what = f'"{found[0]}" asks how long something comes after the day.'
            fix = "In a month, write the name of the measure's date in place of the day."
            raise NotUnderstood("WB337", what, fix=fix)
        return Apart(later, Reach(found[2]), self._span(found[3]), earlier)

    def _span(self, text: str) -> Span:
        if text.startswith("{") and text.endswith("}"):
            name = text[1:-1]
            if name not in self._settings:
                known = ", ".join(self._settings)
                suggestion = did_you_mean(name, self._settings)
                raise NotUnderstood("WB338", f'"{name}" is not a setting.', known, suggestion)
            return self._settings[name]
        try:
            return Span.parse(text)
        except ValueError:
            allowed = (
                "a number of days, weekdays, working days, weeks, months or years, or a {setting}"
            )
            raise NotUnderstood("WB336", f'"{text}" is not a length of time.', allowed) from None

    def _aged(self, found: re.Match[str]) -> Aged:
        at = self.date(found[1])
        self._column(BORN, ColumnKind.DATE)
        if found[2] == "under":
            return Aged(at, 0, int(found[3]) - 1)
        if found[2]:
            return Aged(at, int(found[3]), None)
        youngest, oldest = int(found[4]), int(found[5])
        if youngest > oldest:
            what = f"No age is {youngest} to {oldest}."
            raise NotUnderstood("WB337", what, fix=f"Write {oldest} to {youngest}.")
        return Aged(at, youngest, oldest)

    def _one_of(self, found: re.Match[str]) -> OneOf:
        name = self._column(found[1], ColumnKind.CODE, None, ColumnKind.TEXT)
        words = tuple(word.strip() for word in found[3].split(","))
        beginning = found[2].startswith("begins")
        known = self._own.columns[name].codes
        for word in words:
            usual = [code for code in known if _matches(code, word, beginning)]
            if not word or (known and not usual):
                what = f'"{word}" is not a code of {name}.'
                raise NotUnderstood("WB339", what, ", ".join(known), did_you_mean(word, known))
        return OneOf(name, words, found[2] != "is none of", beginning)

    def _blank(self, text: str) -> Operand | str:
        column = self._own.columns.get(text)
        if column is not None and column.kind is not ColumnKind.DATE:
            return text
        operand = self.date(text) if " " in text else None
        if isinstance(operand, TheDay):
            raise NotUnderstood("WB337", "The day is never blank.")
        return operand or DateColumn(self._column(text, ColumnKind.DATE))

    def _column(
        self,
        name: str,
        kind: ColumnKind,
        of: ListColumns | None = None,
        other: ColumnKind | None = None,
    ) -> str:
        """The name of a column that exists and holds what is wanted."""
        held = of or self._own
        wanted = (kind, other) if other else (kind,)
        usable = held.of_kind(*wanted)
        if name in usable:
            return name
        if name in held.columns:
            what = f'"{name}" holds a {held.columns[name].kind}, not a {kind}.'
            raise NotUnderstood("WB337", what, ", ".join(usable))
        what = f'"{name}" is not a name of the list {held.name}.'
        raise NotUnderstood("WB335", what, ", ".join(usable), did_you_mean(name, usable))

    def _list(self, name: str) -> ListColumns:
        if name in self._names.lists:
            return self._names.lists[name]
        known = list(self._names.lists)
        what = f'"{name}" is not a list.'
        raise NotUnderstood("WB335", what, ", ".join(known), did_you_mean(name, known))


def _matches(code: str, word: str, beginning: bool) -> bool:
    code, word = code.casefold(), word.casefold()
    return code.startswith(word) if beginning else code == word
