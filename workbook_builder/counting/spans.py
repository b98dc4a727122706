"""Lengths of time as people write them: 45 working days, 6 weeks, 12 months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from workbook_builder.counting.days import WEEKDAYS, Calendar, Days, add_months

_WRITTEN = re.compile(r"(\d{1,4}) (day|weekday|working day|week|month|year)s?")


class Step(StrEnum):
    """What a length of time is counted in."""

    DAY = "day"
    WEEKDAY = "weekday"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


MEANINGS = {
    Step.DAY: "calendar days; the day after is 1",
    Step.WEEKDAY: "Monday to Friday, bank holidays included",
    Step.WORKING_DAY: "Monday to Friday without England's bank holidays; the next one is 1",
    Step.WEEK: "seven calendar days",
    Step.MONTH: "to the same day number, or the last day of a shorter month",
    Step.YEAR: "twelve months",
}


@dataclass(frozen=True)
class Span:
    """A length of time."""

    number: int
    step: Step

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read 45 working days. Raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(" ".join(text.split()).casefold())
        if not found:
            raise ValueError(f'"{text}" is not a length of time')
        return cls(int(found[1]), Step(found[2]))

    def last_within(self, start: Days, calendar: Calendar) -> Days:
        """The last day that is no later than this after start."""
        match self.step:
            case Step.WORKING_DAY:
                return calendar.last_within(start, self.number)
            case Step.WEEKDAY:
                return WEEKDAYS.last_within(start, self.number)
            case _:
                return self._exactly(start)

    def first_at(self, start: Days, calendar: Calendar) -> Days:
        """The first day that is no earlier than this after start."""
        match self.step:
            case Step.WORKING_DAY:
                return calendar.first_at(start, self.number)
            case Step.WEEKDAY:
                return WEEKDAYS.first_at(start, self.number)
            case _:
                return self._exactly(start)

    def _exactly(self, start: Days) -> Days:
        if self.step in (Step.MONTH, Step.YEAR):
            return add_months(start, self.number * (12 if self.step is Step.YEAR else 1))
        return start + self.number * (7 if self.step is Step.WEEK else 1)

    def __str__(self) -> str:
        return f"{self.number} {self.step}{'' if self.number == 1 else 's'}"
