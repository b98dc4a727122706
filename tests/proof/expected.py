"""What consecutive extracts should come to: the definitions, over the raw files, month by month.

For a month the last extract that covers it counts, whole: a group that it does not have any more is
not taken from an earlier one. Of positions of a list of the latest it is the first one. What holds
at the extract date is told for the extract's own month. What lies before the months of an extract
(a year to date, twelve months, an earlier referral of the child) is as the last of the earlier
extracts has it that covers the month. A list that holds only a child's latest plan loses the one
before, so an earlier plan is looked for in every earlier extract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from tests.counting.recount import DEFINITIONS, Figures, Row, World, recount, unjudged
from tests.measuring import unmeasured
from tests.proof import plain

Month = tuple[int, int]
Read = dict[str, list[Row]]
Extract = tuple[Month, dt.date, Read]
# A figure at the extract date leaves out whoever cannot be judged; beyond so many there is none.
MOST_UNJUDGED = 0.05
OF_THE_LATEST = "children_in_need", "child_protection", "children_looked_after"
OF_A_YEAR = "adoption", "adopters"
# An extract has the enquiries that began in its months: a conference of its first weeks may follow
# an enquiry of the month before, and is as the last extract with that enquiry has it.
LISTED_BY = {"section47": "strategy_discussion_date"}


def read_plainly(
    extracts: Sequence[tuple[Month, Path]], as_at: dict[Month, dt.date], areas: dict[str, str]
) -> list[Extract]:
    """Every extract as plain rows; a row with a team has the team's area."""
    found = [(month, as_at[month], plain.read(path, as_at[month])) for month, path in extracts]
    for _, _, lists in found:
        for row in (one for rows in lists.values() for one in rows if areas and "team" in one):
            row["area"] = areas.get(row["team"].casefold(), "")
    return found


def earlier(month: Month, months: int) -> Month:
    year, number = divmod(month[0] * 12 + month[1] - 1 - months, 12)
    return year, number + 1


def covers(extract: Month, month: Month, window: int) -> bool:
    return earlier(extract, window - 1) <= month <= extract


def rows_by(column: str, name: str, extracts: Sequence[Extract], window: int) -> list[Row]:
    """The rows of a list that count by a date: each from the last extract covering its month."""
    found: list[Row] = []
    last = extracts[-1][0]
    for at, (_, _, lists) in enumerate(extracts):
        for row in lists[name]:
            day = row[column]
            listed = row[LISTED_BY.get(name, column)] or day
            month = (listed.year, listed.month) if listed is not None else last
            speakers = [n for n, one in enumerate(extracts) if covers(one[0], month, window)]
            # The last extract itself is asked about what it has of other months as well.
            own = at == len(extracts) - 1 and month > last
            if day is not None and (speakers[-1:] == [at] or own):
                found.append(row)
    return found


def whole_from(extracts: Sequence[Extract], window: int) -> Month:
    """The first month from which on some extract covers every month up to the last."""
    month = extracts[-1][0]
    while any(covers(one[0], earlier(month, 1), window) for one in extracts):
        month = earlier(month, 1)
    return month


@unmeasured()
def expected(code: str, extracts: Sequence[Extract], window: int, population: float) -> Figures:
    """Every figure of a measure from all extracts in their order."""
    found: Figures = {}
    for count in range(1, len(extracts) + 1):
        known = extracts[:count]
        month, as_at, lists = known[-1]
        world = _world(code, known, as_at, lists, window)
        listed = DEFINITIONS[code].list
        whole = whole_from(known, _window(listed, window))
        given = recount(code, world, earlier(month, window - 1), month, whole, population)
        left_out, among = unjudged(code, world)
        if left_out > MOST_UNJUDGED * among:
            given = {}
        if nearest_counts(code):
            told = {key[2:] for key in found}
            given = {key: one for key, one in given.items() if key[2:] not in told}
        periods = {(kind, end) for _, _, kind, end in given}
        found = {key: one for key, one in found.items() if key[2:] not in periods}
        found |= given
    return found


def nearest_counts(code: str) -> bool:
    """Whether a month is as the first extract that covers it has it.

    So it is with who was there at a month's end by a list that has a child's latest plan, period of
    care or need only: the plan that was open then is gone once there is another.
    """
    return DEFINITIONS[code].kind == "end" and DEFINITIONS[code].list in OF_THE_LATEST


def _window(name: str, window: int) -> int:
    return max(window, 12) if name in OF_A_YEAR else window


def _world(code: str, known: Sequence[Extract], as_at: dt.date, lists: Read, window: int) -> World:
    """The rows that count, and those in which earlier ones of a child are looked for."""
    definition = DEFINITIONS[code]
    name = definition.list
    asked = {"referrals": rows_by("referral_date", "referrals", known, window)}
    asked["child_protection"] = [row for _, _, each in known for row in each["child_protection"]]
    counted = dict(lists)
    if definition.kind == "month":
        counted[name] = rows_by(definition.when, name, known, _window(name, window))
    return World(counted, as_at, asked)
