"""One measure's table, read field by field. Every fault is kept, not the first alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from workbook_builder.catalogue.words import Polarity, Unit
from workbook_builder.counting.columns import Vocabulary
from workbook_builder.counting.conditions import Alternatives, Apart, Blank, Condition, Ordered
from workbook_builder.counting.grammar import NotUnderstood, Reader, Total
from workbook_builder.counting.model import Counted, Each, Measure, SourceClass
from workbook_builder.counting.operands import Fixed, Previous, TheDay
from workbook_builder.counting.spans import Span
from workbook_builder.errors import Fault, Place, did_you_mean

W = TypeVar("W", bound=StrEnum)

# Fields in the order in which docs/measures.md explains them.
FIELDS = {
    "code": "short name that never changes; indicators of the scorecard refer to it",
    "name": "what the scorecard prints",
    "theme": "where it belongs",
    "list": "the list whose rows are counted",
    "counted": "in the month: by the month of `date`; at the month end: what is open then; at the "
    "extract date: what is open then, where the list holds only the latest visit, review or "
    "placement, so that no past month can be told",
    "date": "the date that puts a row in a month; only for in the month",
    "start": "the day from which a row is open",
    "end": "the day from which it is open no more; blank, it is still open",
    "cohort": "conditions for a row to be counted at all: the denominator; without any, every row",
    "numerator": "further conditions for a row to be in the numerator; only for percent",
    "sum": "what is added up for a mean; rows that lack it are left out; only for days and average",
    "each": "row, unless child: then a child counts once in a period however many rows it has",
    "unit": "count, percent, rate per 10,000, days or average",
    "polarity": "which way is good: high, low or neither",
    "decimals": "how many the scorecard prints; the figure itself is never rounded",
    "looks_back": "months of rows before a month that it needs, for a previous date of the child",
    "breakdowns": "only these; without it, all that the list has",
    "class": "A: one extract gives it; B: it needs months kept from earlier extracts",
    "rule": "statute, guidance or publication that sets the rule",
    "proxy": "how it falls short of the indicator in law, where it does",
    "note": "anything else to print with it",
}
_NEEDED = ("name", "theme", "list", "counted", "unit", "polarity", "class", "rule")
_UNITS = (Unit.COUNT, Unit.PERCENT, Unit.RATE, Unit.DAYS, Unit.AVERAGE)
_POLARITIES = (Polarity.HIGH, Polarity.LOW, Polarity.NEITHER)
_MEANS = (Unit.DAYS, Unit.AVERAGE)


class Declaration:
    """A measure's table on its way to a Measure; `faults` holds what is wrong with it."""

    def __init__(
        self,
        table: Mapping[str, Any],
        names: Vocabulary,
        settings: Mapping[str, Span],
        place: Place,
        line_of: Callable[[str], int | None],
    ) -> None:
        self._table, self._names, self._settings = table, names, settings
        self._place, self._line_of = place, line_of
        self.faults: list[Fault] = []

    def measure(self, code: str) -> Measure | None:
        """The measure, or None where it cannot be told what it would be."""
        self._check_fields()
        name, theme, rule = self._text("name"), self._text("theme"), self._text("rule")
        counted = self._word("counted", list(Counted))
        unit = self._word("unit", list(_UNITS))
        polarity = self._word("polarity", list(_POLARITIES))
        source_class = self._word("class", list(SourceClass))
        each = self._word("each", list(Each)) if "each" in self._table else Each.ROW
        own = self._word("list", [*self._names.lists], "WB335")
        if own is None:
            return None
        self._reader = Reader(self._names, self._names.lists[own], self._settings)
        date, start, end = (self._date(field) for field in ("date", "start", "end"))
        cohort, numerator = self._conditions("cohort"), self._conditions("numerator")
        total = self._total()
        looks_back, decimals = self._whole("looks_back", 120), self._whole("decimals", 6)
        breakdowns = self._breakdowns(own)
        if counted is None or unit is None or polarity is None or source_class is None:
            return None
        self._check_counted(counted, each or Each.ROW)
        self._check_unit(unit)
        self._check_looks_back((*cohort, *numerator), looks_back)
        said = {
            field: _said(self._table[field])
            for field in ("date", "start", "end", "cohort", "numerator", "sum")
            if field in self._table
        }
        return Measure(
            code=code,
            name=name,
            theme=theme,
            list=own,
            counted=counted,
            unit=unit,
            polarity=polarity,
            rule=rule,
            source_class=source_class,
            date=date,
            start=start,
            end=end,
            cohort=cohort,
            numerator=numerator,
            total=total,
            each=each or Each.ROW,
            proxy=self._text("proxy"),
            note=self._text("note"),
            decimals=decimals,
            looks_back=looks_back,
            breakdowns=breakdowns,
            said=said,
            declared=dict(self._table),
        )

    def _fault(self, code: str, what: str, field: str, allowed: str = "", fix: str = "") -> None:
        row = self._line_of(field) or self._place.row
        place = replace(self._place, row=row, field=field)
        self.faults.append(Fault(code, what, place, allowed, fix))

    def _check_fields(self) -> None:
        for field in self._table:
            if field not in FIELDS:
                fix = did_you_mean(field, FIELDS)
                what = f'"{field}" is not a field of a measure.'
                self._fault("WB331", what, field, "" if fix else ", ".join(FIELDS), fix)
        for field in _NEEDED:
            if field not in self._table:
                self._fault("WB332", f'"{field}" is missing: {FIELDS[field]}.', field)

    def _text(self, field: str) -> str:
        value = self._table.get(field, "")
        if isinstance(value, str) and (value.strip() or field not in self._table):
            return value.strip()
        what = f"{_shown(value)} cannot be used for {field}."
        self._fault("WB333", what, field, 'a text, in TOML with "quotes" around it')
        return ""

    def _word(self, field: str, words: list[Any], code: str = "WB333") -> Any:
        """One of some words, or None and a fault."""
        value = self._table.get(field)
        for word in words:
            if isinstance(value, str) and value == str(word):
                return word
        if value is not None:
            texts = [str(word) for word in words]
            fix = did_you_mean(value, texts) if isinstance(value, str) else ""
            what = f"{_shown(value)} is not allowed for {field}."
            self._fault(code, what, field, ", ".join(texts), fix)
        return None

    def _whole(self, field: str, most: int) -> int:
        value = self._table.get(field, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        what = f"{_shown(value)} cannot be used for {field}."
        self._fault("WB333", what, field, f"a whole number from 0 to {most}")
        return 0

    def _date(self, field: str) -> Fixed | None:
        if field not in self._table:
            return None
        try:
            operand = self._reader.date(self._text(field))
        except NotUnderstood as error:
            self._fault(error.code, error.what, field, error.allowed, error.fix)
            return None
        if isinstance(operand, TheDay):
            self._fault("WB337", f"{field} cannot be the day: it decides which day that is.", field)
            return None
        return operand

    def _conditions(self, field: str) -> Alternatives:
        """A list of conditions, or a list of such lists of which any may hold."""
        value = self._table.get(field, [])
        groups = value if value and all(isinstance(part, list) for part in value) else [value]
        if not isinstance(value, list) or not all(
            isinstance(text, str) for group in groups for text in group
        ):
            allowed = 'a list of texts ["...", "..."], or a list of such lists'
            self._fault("WB333", f"The {field} is not a list of conditions.", field, allowed)
            return ()
        read = tuple(
            tuple(
                condition
                for text in group
                if (condition := self._condition(text, field)) is not None
            )
            for group in groups
        )
        if field in self._table and not all(groups) and (len(groups) > 1 or field == "numerator"):
            what = f"A list of the {field} is empty: every row would count."
            self._fault("WB333", what, field, fix="Take it out, or write its conditions.")
        return read

    def _condition(self, text: str, field: str) -> Condition | None:
        try:
            return self._reader.condition(text)
        except NotUnderstood as error:
            what = error.what if text in error.what else f'{error.what} It stands in "{text}".'
            self._fault(error.code, what, field, error.allowed, error.fix)
            return None

    def _total(self) -> Total | None:
        if "sum" not in self._table:
            return None
        try:
            total = self._reader.total(self._text("sum"))
        except NotUnderstood as error:
            self._fault(error.code, error.what, "sum", error.allowed, error.fix)
            return None
        if isinstance(total.start, TheDay) or isinstance(total.end, TheDay):
            self._fault("WB337", "A sum cannot be about the day.", "sum", "dates of the list")
        return total

    def _breakdowns(self, own: str) -> tuple[str, ...]:
        usual = self._names.breakdowns_of(own)
        value = self._table.get("breakdowns", usual)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._fault("WB333", "The breakdowns are not a list of names.", "breakdowns")
            return ()
        for word in value:
            if word not in usual:
                what = f'The list {own} cannot be broken down by "{word}".'
                fix = did_you_mean(word, usual)
                self._fault("WB333", what, "breakdowns", ", ".join(usual), fix)
        return tuple(value)

    def _check_counted(self, counted: Counted, each: Each) -> None:
        given = self._table
        if counted is Counted.IN_MONTH:
            if "date" not in given:
                self._fault("WB332", '"date" is missing: which month is a row in?', "date")
            unfit = ("start", "end")
        else:
            if counted is Counted.AT_MONTH_END and "start" not in given:
                self._fault("WB332", '"start" is missing: from when is a row open?', "start")
            unfit = ("date", "looks_back")
        for field in unfit:
            if field in given:
                what = f'"{field}" does not suit a measure that is counted {counted}.'
                self._fault("WB331", what, field, fix="Take it out.")
        if each is Each.CHILD and (counted is not Counted.IN_MONTH or "sum" in given):
            what = "Only rows counted in the month, without a sum, can be counted once for a child."
            self._fault("WB337", what, "each", fix="Take it out.")

    def _check_unit(self, unit: Unit) -> None:
        needed = {"numerator"} if unit is Unit.PERCENT else {"sum"} if unit in _MEANS else set()
        for field in ("numerator", "sum"):
            if field in needed and field not in self._table:
                what = f'"{field}" is missing: a measure in {unit} needs it.'
                self._fault("WB332", what, field)
            if field in self._table and field not in needed:
                what = f'"{field}" does not suit a measure in {unit}.'
                fix = "Put the conditions into cohort." if field == "numerator" else "Take it out."
                self._fault("WB331", what, field, fix=fix)

    def _check_looks_back(self, groups: Alternatives, looks_back: int) -> None:
        if looks_back == 0 and any(_previous(part) for group in groups for part in group):
            what = "A condition asks for the child's previous date, and looks_back is not given."
            fix = "Write how many months of rows before a month it needs, such as looks_back = 12."
            self._fault("WB332", what, "looks_back", fix=fix)


def _previous(condition: Condition) -> bool:
    match condition:
        case Apart():
            parts = (condition.later, condition.earlier)
            return any(isinstance(part, Previous) for part in parts)
        case Ordered():
            return isinstance(condition.one, Previous) or isinstance(condition.other, Previous)
        case Blank():
            return isinstance(condition.what, Previous)
        case _:
            return False


def _said(value: Any) -> str:
    """Conditions as a sentence."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    if value and all(isinstance(part, list) for part in value):
        return "; or ".join(_said(part) for part in value)
    return ", and ".join(str(part) for part in value)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value[:60]}"'
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else f"A {type(value).__name__}"
