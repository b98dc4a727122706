"""Every measure once more, slowly, in plain Python, from its definition.

Nothing of the program is used: no grammar, no declarations, no arrays, no calendar. A row is a
dict by the loader's columns; a definition says when a row counts, whether it is in the cohort and
whether it is in the numerator. Figures come from looking at every row for every period.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.measuring import unmeasured

Row = dict[str, Any]
Figures = dict[tuple[str, str, str, str], tuple[float, float | None]]

# England's bank holidays, as published.
HOLIDAYS = {
    dt.date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    }.items()
    for day in days.split()
}
ONE_DAY = dt.timedelta(days=1)


def working_days(start: dt.date, end: dt.date) -> int:
    """Working days after start, up to and including end."""
    assert start <= end
    found = 0
    while start < end:
        start += ONE_DAY
        found += start.weekday() < 5 and start not in HOLIDAYS
    return found


def later_by(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age(row: Row, day: dt.date) -> int | None:
    """Years of age; nothing for an unborn child."""
    born = row["date_of_birth"]
    if born is None or day < born:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def aged(row: Row, day: dt.date, youngest: int, oldest: int) -> bool:
    years = age(row, day)
    return years is not None and youngest <= years <= oldest


def within_wd(start: dt.date | None, end: dt.date | None, limit: int) -> bool:
    return (
        start is not None and end is not None and start <= end and working_days(start, end) <= limit
    )


def at_least_wd(start: dt.date | None, end: dt.date | None, limit: int) -> bool:
    return (
        start is not None and end is not None and start <= end and working_days(start, end) >= limit
    )


def within_months(start: dt.date | None, end: dt.date | None, months: int) -> bool:
    return start is not None and end is not None and start <= end <= later_by(start, months)


def at_least_months(start: dt.date | None, day: dt.date, months: int) -> bool:
    return start is not None and day >= later_by(start, months)


def more_than_months(start: dt.date | None, day: dt.date, months: int) -> bool:
    return start is not None and day > later_by(start, months)


def at_least_days(start: dt.date | None, end: dt.date | None, days: int) -> bool:
    return start is not None and end is not None and (end - start).days >= days


def within_days(start: dt.date | None, end: dt.date | None, days: int) -> bool:
    return start is not None and end is not None and 0 <= (end - start).days <= days


@dataclass(frozen=True)
class World:
    """All lists of one extract. asked: lists in which other rows of a child are looked for, where
    they are not those that are counted."""

    lists: dict[str, list[Row]]
    as_at: dt.date
    asked: dict[str, list[Row]] = field(default_factory=dict)


Test = Callable[[Row, dt.date, World], bool]


def everyone(_row: Row, _day: dt.date, _world: World) -> bool:
    return True


@dataclass(frozen=True)
class Definition:
    """How one measure counts. `when` is a column, or a pair: open from one to the other.

    `latest`: dates by which a row is judged and of which the list has no earlier one. A row that
    fails, with such a date after the day, may have been in time on the day: it is left out.
    """

    list: str
    kind: str  # month, end, extract
    when: Any
    unit: str = "count"
    cohort: Test = everyone
    counts: Test = everyone
    amount: Callable[[Row], float | None] | None = None
    by_child: bool = False
    looks_back: int = 0
    latest: tuple[str, ...] = ()


def has(column: str, *codes: str) -> Test:
    return lambda row, _day, _world: row[column].casefold() in [c.casefold() for c in codes]


def lacks(column: str, *codes: str) -> Test:
    return lambda row, _day, _world: row[column].casefold() not in [c.casefold() for c in codes]


def begins(column: str, *letters: str) -> Test:
    return lambda row, _day, _world: row[column][:1] in letters


def number(column: str, least: float) -> Test:
    return lambda row, _day, _world: row[column] is not None and row[column] >= least


def filled(column: str) -> Test:
    return lambda row, _day, _world: row[column] not in (None, "")


def every(*tests: Test) -> Test:
    return lambda row, day, world: all(test(row, day, world) for test in tests)


def other_dates(row: Row, world: World, name: str, column: str) -> list[dt.date]:
    """The dates of a column on the rows of the same child."""
    return [
        other[column]
        for other in world.asked.get(name, world.lists[name])
        if other["child_id"] == row["child_id"] and other[column] is not None
    ]


def rereferred(row: Row, _day: dt.date, world: World) -> bool:
    this = row["referral_date"]
    return any(
        before < this < later_by(before, 12)
        for before in other_dates(row, world, "referrals", "referral_date")
    )


def referred_soon(row: Row, _day: dt.date, world: World) -> bool:
    contact = row["contact_date"]
    return any(
        within_wd(contact, day, 5) for day in other_dates(row, world, "referrals", "referral_date")
    )


def referral_of(row: Row, world: World) -> dt.date | None:
    start = row["start_date"]
    days = other_dates(row, world, "referrals", "referral_date")
    return max((day for day in days if start is not None and day <= start), default=None)


def planned_before(row: Row, _day: dt.date, world: World) -> bool:
    start = row["start_date"]
    ends = other_dates(row, world, "child_protection", "end_date")
    return any(end <= start < later_by(end, 24) for end in ends)


def apart(start: str, *ends: str, floor: bool = False) -> Callable[[Row], float | None]:
    """Days from a column to the earliest that is known of others."""

    def amount(row: Row) -> float | None:
        known = [row[end] for end in ends if row[end] is not None]
        if row[start] is None or not known:
            return None
        days = (min(known) - row[start]).days
        return float(max(days, 0) if floor else days)

    return amount


CONTACT, REFERRAL = "contact_date", "referral_date"
ASSESSED = "authorised_date"
ASSESSMENT = "start_date"
STRATEGY = "strategy_discussion_date"
CONFERENCE = "icpc_date"
NEED = ("start_date", "closure_date")
PLAN = ("start_date", "end_date")
CARE = ("start_date", "end_date")
EARLY = ("start_date", "completion_date")
OPEN_ASSESSMENT = (ASSESSMENT, ASSESSED)
MOVED = "placement_date"
VISITED = "last_visit_date"
HEALTH = "last_health_date"
ORDER = "adoption_order_date"
MISSING = "missing_last_12_months"
OFFERED = "interview_offered"
ACCEPTED = "interview_accepted"
EMERGENCY = "emergency_protection"
SUPPORT = "support_needed"
LED = "icpc_led_to_plan"
UASC = "uasc"
PLACED = "placed_date"
REVERSED = "reversal_date"
FFA = "ffa_date"

no_short_breaks = lacks("legal_status", "V3", "V4")
on_cin_plan = has("case_status", "Child in need plan")
served = lacks("in_touch", "Died", "RHOM")


def in_month(name: str, when: str, **more: Any) -> Definition:
    return Definition(name, "month", when, **more)


def care(counts: Test, cohort: Test = everyone, *latest: str) -> Definition:
    whole = every(no_short_breaks, cohort)
    return Definition(
        "children_looked_after", "extract", CARE, "percent", whole, counts, latest=latest
    )


def leavers(counts: Test, youngest: int, oldest: int, *cohort: Test) -> Definition:
    of_age: Test = lambda row, day, _world: aged(row, day, youngest, oldest)  # noqa: E731
    whole = every(of_age, served, *cohort)
    return Definition("care_leavers", "extract", None, "percent", whole, counts)


def late(row: Row, day: dt.date, _world: World) -> bool:
    start = row[ASSESSMENT]
    return start is not None and start <= day and working_days(start, day) > 45


def healthy(row: Row, day: dt.date, _world: World) -> bool:
    years = age(row, day)
    if years is None:
        return False
    return within_months(row[HEALTH], day, 12 if years >= 5 else 6)


def visited(row: Row, day: dt.date, _world: World) -> bool:
    return (
        within_days(row[VISITED], day, 42)
        or within_days(row[MOVED], day, 7)
        or (
            row["placement_type"] in ("U1", "U4")
            and at_least_months(row[MOVED], day, 12)
            and within_months(row[VISITED], day, 3)
        )
    )


def two_years(row: Row, day: dt.date, _world: World) -> bool:
    return at_least_days(row[PLAN[0]], day, 730)


def review_due(row: Row, day: dt.date, _world: World) -> bool:
    return more_than_months(row[PLAN[0]], day, 3)


ASSESSMENTS, S47, CIN, CP, LAC = (
    "assessments",
    "section47",
    "children_in_need",
    "child_protection",
    "children_looked_after",
)
long_in_care: Test = lambda row, day, _w: at_least_months(row[CARE[0]], day, 12)  # noqa: E731

DEFINITIONS: dict[str, Definition] = {
    "contacts": in_month("contacts", CONTACT),
    "contacts_referred": in_month("contacts", CONTACT, unit="percent", counts=referred_soon),
    "early_help_started": in_month("early_help", EARLY[0]),
    "early_help_completed": in_month("early_help", EARLY[1]),
    "early_help_open": Definition("early_help", "end", EARLY),
    "referrals": in_month("referrals", REFERRAL),
    "referrals_rate": in_month("referrals", REFERRAL, unit="rate"),
    "rereferrals": in_month(
        "referrals", REFERRAL, unit="percent", counts=rereferred, looks_back=12
    ),
    "rereferred_children": in_month(
        "referrals", REFERRAL, unit="percent", counts=rereferred, looks_back=12, by_child=True
    ),
    "rereferrals_by_column": in_month(
        "referrals",
        REFERRAL,
        unit="percent",
        counts=number("referrals_last_12_months", 1),
    ),
    "referrals_no_action": in_month(
        "referrals", REFERRAL, unit="percent", counts=has("no_further_action", "Yes")
    ),
    "referrals_police": in_month(
        "referrals", REFERRAL, unit="percent", counts=has("referral_source", "6")
    ),
    "referrals_schools": in_month(
        "referrals", REFERRAL, unit="percent", counts=has("referral_source", "2A")
    ),
    "referrals_health": in_month(
        "referrals", REFERRAL, unit="percent", counts=begins("referral_source", "3")
    ),
    "assessments": in_month(ASSESSMENTS, ASSESSED),
    "assessments_rate": in_month(ASSESSMENTS, ASSESSED, unit="rate"),
    "assessments_in_45_days": in_month(
        ASSESSMENTS,
        ASSESSED,
        unit="percent",
        counts=lambda row, _d, _w: within_wd(row[ASSESSMENT], row[ASSESSED], 45),
    ),
    "assessments_in_45_days_of_referral": in_month(
        ASSESSMENTS,
        ASSESSED,
        unit="percent",
        cohort=lambda row, _d, world: referral_of(row, world) is not None,
        counts=lambda row, _d, world: within_wd(referral_of(row, world), row[ASSESSED], 45),
        looks_back=6,
    ),
    "assessments_open": Definition(ASSESSMENTS, "end", OPEN_ASSESSMENT),
    "assessments_open_late": Definition(ASSESSMENTS, "end", OPEN_ASSESSMENT, cohort=late),
    "assessments_open_late_share": Definition(
        ASSESSMENTS, "end", OPEN_ASSESSMENT, "percent", counts=late
    ),
    "assessed_needing_support": in_month(
        ASSESSMENTS, ASSESSED, unit="percent", counts=has(SUPPORT, "Yes")
    ),
    "child_seen_in_assessment": in_month(
        ASSESSMENTS,
        ASSESSED,
        unit="percent",
        counts=has("child_seen", "Yes"),
    ),
    "section47": in_month(S47, STRATEGY),
    "section47_rate": in_month(S47, STRATEGY, unit="rate"),
    "section47_to_conference": in_month(
        S47,
        STRATEGY,
        unit="percent",
        cohort=lambda row, _d, world: at_least_wd(row[STRATEGY], world.as_at, 15),
        counts=filled(CONFERENCE),
    ),
    "conferences": in_month(S47, CONFERENCE, looks_back=2),
    "conferences_rate": in_month(S47, CONFERENCE, unit="rate", looks_back=2),
    "conferences_in_15_days": in_month(
        S47,
        CONFERENCE,
        unit="percent",
        counts=lambda row, _d, _w: within_wd(row[STRATEGY], row[CONFERENCE], 15),
        looks_back=2,
    ),
    "conferences_to_plan": in_month(
        S47, CONFERENCE, unit="percent", counts=has(LED, "Yes"), looks_back=2
    ),
    "cin_open": Definition(CIN, "end", NEED),
    "cin_rate": Definition(CIN, "end", NEED, "rate"),
    "cin_started": in_month(CIN, NEED[0]),
    "cin_plans": Definition(CIN, "extract", NEED, cohort=on_cin_plan),
    "cin_seen": Definition(
        CIN,
        "extract",
        NEED,
        "percent",
        every(on_cin_plan, lambda row, day, _w: at_least_wd(row[NEED[0]], day, 20)),
        lambda row, day, _w: within_wd(row["last_seen_date"], day, 20),
        latest=("last_seen_date",),
    ),
    "cin_long": Definition(
        CIN,
        "end",
        NEED,
        "percent",
        counts=lambda row, day, _w: at_least_months(row[NEED[0]], day, 24),
    ),
    "cin_closed": in_month(CIN, NEED[1]),
    "cin_closed_after_assessment": in_month(
        CIN, NEED[1], unit="percent", counts=has("closure_reason", "RC8", "RC9")
    ),
    "cin_allocated": Definition(CIN, "extract", NEED, "percent", counts=filled("worker")),
    "cp_open": Definition(CP, "end", PLAN),
    "cp_rate": Definition(CP, "end", PLAN, "rate"),
    "cp_started": in_month(CP, PLAN[0]),
    "cp_started_rate": in_month(CP, PLAN[0], unit="rate"),
    "cp_ended": in_month(CP, PLAN[1]),
    "cp_ended_rate": in_month(CP, PLAN[1], unit="rate"),
    "cp_repeat": in_month(CP, PLAN[0], unit="percent", counts=number("previous_plans", 1)),
    "cp_repeat_in_2_years": in_month(
        CP, PLAN[0], unit="percent", counts=planned_before, looks_back=24
    ),
    "cp_long": Definition(CP, "end", PLAN, "percent", counts=two_years),
    "cp_ended_long": in_month(CP, PLAN[1], unit="percent", counts=two_years),
    "cp_review_due": Definition(CP, "end", PLAN, cohort=review_due),
    "cp_reviewed": Definition(
        CP,
        "extract",
        PLAN,
        "percent",
        review_due,
        lambda row, day, _w: within_months(row["last_review_date"], day, 6),
        latest=("last_review_date",),
    ),
    "cp_visited": Definition(
        CP,
        "extract",
        PLAN,
        "percent",
        lambda row, day, _w: at_least_wd(row[PLAN[0]], day, 10),
        lambda row, day, _w: within_wd(row["last_visit_date"], day, 10),
        latest=(VISITED,),
    ),
    "cp_seen_alone": Definition(
        CP,
        "extract",
        PLAN,
        "percent",
        filled("last_visit_date"),
        has("seen_alone", "Yes"),
    ),
    "cp_emergency": Definition(CP, "extract", None, cohort=has(EMERGENCY, "Yes")),
    "cp_allocated": Definition(CP, "extract", PLAN, "percent", counts=filled("worker")),
    "lac_open": Definition(LAC, "end", CARE, cohort=no_short_breaks),
    "lac_rate": Definition(LAC, "end", CARE, "rate", no_short_breaks),
    "lac_started": in_month(LAC, CARE[0], cohort=no_short_breaks),
    "lac_started_rate": in_month(LAC, CARE[0], unit="rate", cohort=no_short_breaks),
    "lac_ceased": in_month(LAC, CARE[1], cohort=no_short_breaks),
    "lac_ceased_rate": in_month(LAC, CARE[1], unit="rate", cohort=no_short_breaks),
    "lac_adopted": in_month(
        LAC,
        CARE[1],
        unit="percent",
        cohort=no_short_breaks,
        counts=has("end_reason", "E11", "E12"),
    ),
    "lac_unaccompanied": care(has(UASC, "Yes")),
    "lac_unaccompanied_number": Definition(
        LAC, "extract", CARE, cohort=every(no_short_breaks, has(UASC, "Yes"))
    ),
    "lac_3_placements": care(number("placements_last_12_months", 3)),
    "lac_long_term_stability": care(
        lambda row, day, _w: at_least_months(row[MOVED], day, 24),
        lambda row, day, _w: aged(row, day, 0, 15) and at_least_months(row[CARE[0]], day, 30),
        MOVED,
    ),
    "lac_outside": care(has("placement_location", "Out")),
    "lac_reviewed": care(
        lambda row, day, _w: within_months(row["last_review_date"], day, 6),
        lambda row, day, _w: at_least_wd(row[CARE[0]], day, 20),
        "last_review_date",
    ),
    "lac_visited": care(visited, everyone, VISITED, MOVED),
    "lac_health": care(healthy, long_in_care, HEALTH),
    "lac_dental": care(
        lambda row, day, _w: within_months(row["last_dental_date"], day, 12),
        long_in_care,
        "last_dental_date",
    ),
    "lac_foster": care(begins("placement_type", "U")),
    "lac_residential": care(has("placement_type", "K1", "K2")),
    "lac_semi_independent": care(has("placement_type", "H5", "K3")),
    "lac_with_parents": care(has("placement_type", "P1")),
    "lac_section_20": care(has("legal_status", "V2")),
    "lac_interim_order": care(has("legal_status", "C1")),
    "lac_full_order": care(has("legal_status", "C2")),
    "lac_placement_order": care(has("legal_status", "E1")),
    "lac_permanence": care(
        filled("permanence_plan"),
        lambda row, day, _w: at_least_months(row[CARE[0]], day, 4),
    ),
    "lac_missing": care(number(MISSING, 1)),
    "lac_interview_offered": care(has(OFFERED, "Yes"), number(MISSING, 1)),
    "lac_interview_accepted": care(has(ACCEPTED, "Yes"), number(MISSING, 1)),
    "lac_allocated": care(filled("worker")),
    "care_leavers": Definition("care_leavers", "extract", None),
    "leavers_staying_put": leavers(has("accommodation", "Z"), 18, 20),
    "leavers_pathway_plan": Definition(
        "care_leavers",
        "extract",
        None,
        "percent",
        served,
        lambda row, day, _w: within_months(row["pathway_review_date"], day, 6),
        latest=("pathway_review_date",),
    ),
    "adoptions": in_month("adoption", ORDER),
    "adoption_a1": in_month(
        "adoption", ORDER, unit="mean", amount=apart("entered_care_date", PLACED)
    ),
    "adoption_a10": in_month(
        "adoption", ORDER, unit="mean", amount=apart("entered_care_date", FFA, PLACED)
    ),
    "adoption_a2": in_month(
        "adoption",
        ORDER,
        unit="mean",
        cohort=every(filled("placement_order_date"), filled(PLACED)),
        amount=apart(
            "placement_order_date",
            "match_date",
            floor=True,
        ),
    ),
    "adoption_a3": in_month(
        "adoption",
        ORDER,
        unit="percent",
        counts=lambda row, _d, _w: (
            row[PLACED] is not None
            and row["entered_care_date"] is not None
            and row["entered_care_date"] <= row[PLACED]
            and row[PLACED] < later_by(row["entered_care_date"], 14)
        ),
    ),
    "adoption_waiting": Definition(
        "adoption",
        "end",
        ("decision_date", (PLACED, REVERSED)),
    ),
    "adoption_reversed": in_month("adoption", REVERSED),
}
for low, high in ((17, 18), (19, 21)):
    DEFINITIONS |= {
        f"leavers_in_touch_{low}_{high}": leavers(has("in_touch", "Yes"), low, high),
        f"leavers_suitable_{low}_{high}": leavers(
            has("suitability", "Suitable"),
            low,
            high,
            lacks("accommodation", "G", "H", "R"),
        ),
        f"leavers_eet_{low}_{high}": leavers(begins("activity", "F", "P"), low, high),
        f"leavers_neet_{low}_{high}": leavers(begins("activity", "G"), low, high),
        f"leavers_higher_education_{low}_{high}": leavers(has("activity", "F1", "P1"), low, high),
    }

SOURCES = {
    "1": "Individual",
    "2A": "Schools",
    "2B": "Education services",
    "3": "Health services",
    "4": "Housing",
    "5": "Local authority services",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
}
ETHNIC = {
    "White": "WBRI WIRI WIRT WOTH WROM",
    "Mixed": "MWBC MWBA MWAS MOTH",
    "Asian or Asian British": "AIND APKN ABAN AOTH CHNE",
    "Black or Black British": "BCRB BAFR BOTH",
    "Other ethnic group": "OOTH",
    "Refused, not yet obtained or unknown": "REFU NOBT UNKNOWN",
}
PLACEMENTS = {
    "U": "Foster placement",
    "A": "Placed for adoption",
    "P1": "Placed with parents",
    "P": "Independent living or employment",
    "H5": "Semi-independent or supported accommodation",
    "K3": "Semi-independent or supported accommodation",
    "K": "Secure or children's home",
    "R": "Other residential setting",
    "S": "Other residential setting",
    "T": "Temporary placement",
    "Z": "Other placement",
}
NEEDS = [f"N{digit}" for digit in range(10)]


def source_group(code: str) -> str:
    if code == "10":
        return "Unknown"
    return SOURCES.get(code) or SOURCES.get(code[:1]) or "Not a known code"


def known(code: str) -> str:
    """The generator writes ?? for a code that nobody knows."""
    return "Not a known code" if code == "??" else code or "Not recorded"


def groups(row: Row, day: dt.date) -> Iterator[str]:
    """The headline and every group that a row is in on a day."""
    yield ""
    for column, name in (("team", "team"), ("area", "area")):
        if column in row:
            yield f"{name}={row[column] or 'Not recorded'}"
    yield f"age_band={band(row, day)}"
    yield f"gender={known(row['gender'])}"
    ethnic = [name for name, codes in ETHNIC.items() if row["ethnicity"] in codes.split()]
    unknown = "Not a known code" if row["ethnicity"] else "Not recorded"
    yield f"ethnicity={ethnic[0] if ethnic else unknown}"
    for column in ("contact_source", "referral_source"):
        if column in row:
            yield f"source={source_group(row[column]) if row[column] else 'Not recorded'}"
    if "need" in row:
        code = row["need"]
        yield f"need={code if code in NEEDS else known(code)}"
    for column, name in (
        ("latest_category", "abuse"),
        ("legal_status", "legal_status"),
        ("closure_reason", "closure_reason"),
        ("end_reason", "ceased_reason"),
    ):
        if column in row:
            yield f"{name}={known(row[column])}"
    if "placement_type" in row:
        code = row["placement_type"]
        found = PLACEMENTS.get(code) or PLACEMENTS.get(code[:1]) or "Not a known code"
        yield f"placement={found if code else 'Not recorded'}"


def band(row: Row, day: dt.date) -> str:
    if row["date_of_birth"] is None:
        return "Not recorded"
    years = age(row, day)
    if years is None:
        return "Unborn"
    for most, text in ((0, "0"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"), (17, "16 to 17")):
        if years <= most:
            return text
    return "18 and over"


def months_between(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    found = [first] if first <= last else []
    while found and found[-1] < last:
        year, month = found[-1]
        found.append((year + month // 12, month % 12 + 1))
    return found


def last_day(month: tuple[int, int]) -> dt.date:
    return dt.date(*month, calendar.monthrange(*month)[1])


def is_open(row: Row, when: Any, day: dt.date) -> bool:
    if when is None:
        return True
    start, ends = row[when[0]], when[1] if isinstance(when[1], tuple) else (when[1],)
    known = [row[end] for end in ends if row[end] is not None]
    return start is not None and start <= day and (not known or min(known) > day)


def is_unjudged(definition: Definition, row: Row, day: dt.date, world: World) -> bool:
    later = any(row[name] is not None and row[name] > day for name in definition.latest)
    return later and not definition.counts(row, day, world)


def unjudged(code: str, world: World) -> tuple[int, int]:
    """How many rows a measure leaves out on the extract's day, and of how many."""
    definition, day = DEFINITIONS[code], world.as_at
    if not definition.latest:
        return 0, 0
    cohort = [
        row
        for row in world.lists[definition.list]
        if is_open(row, definition.when, day) and definition.cohort(row, day, world)
    ]
    return sum(is_unjudged(definition, row, day, world) for row in cohort), len(cohort)


@unmeasured()
def recount(
    code: str,
    world: World,
    first: tuple[int, int],
    last: tuple[int, int],
    whole_from: tuple[int, int],
    population: float,
) -> Figures:
    """Every figure of a measure that is not nothing: numerator and denominator, or count."""
    definition = DEFINITIONS[code]
    if definition.kind == "month":
        return _events(code, definition, world, first, last, whole_from, population)
    return _positions(code, definition, world, first, last, population)


def _period_ends(
    month: tuple[int, int], positions: bool
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The periods that end in a month, and their months."""
    year, number = month
    yield "month", [month]
    if number in (3, 6, 9, 12):
        yield "quarter", months_between((year, number - 2), month)
    yield "ytd", months_between((year if number >= 4 else year - 1, 4), month)
    if not positions:
        rolling = (year - 1, number + 1) if number < 12 else (year, 1)
        yield "rolling_12m", months_between(rolling, month)


def _events(
    code: str,
    definition: Definition,
    world: World,
    first: tuple[int, int],
    last: tuple[int, int],
    whole_from: tuple[int, int],
    population: float,
) -> Figures:
    found: Figures = {}
    year, month = whole_from
    lead = year * 12 + month - 1 + definition.looks_back
    earliest = (lead // 12, lead % 12 + 1)
    held = []
    for row in world.lists[definition.list]:
        day = row[definition.when]
        if day is not None and day <= world.as_at and definition.cohort(row, day, world):
            amount = definition.amount(row) if definition.amount else 0.0
            if amount is not None:
                counts = definition.counts(row, day, world)
                held.append((row, day, amount, counts))
    for end in months_between(max(first, earliest), last):
        for kind, months in _period_ends(end, positions=False):
            if months[0] < earliest:
                continue
            sums: dict[str, list[Any]] = {"": [[], [], 0.0]}
            for row, day, amount, counts in held:
                if (day.year, day.month) not in months:
                    continue
                for group in groups(row, day):
                    kept = sums.setdefault(group, [[], [], 0.0])
                    kept[0].append(row["child_id"])
                    if counts:
                        kept[1].append(row["child_id"])
                    kept[2] += amount
            for group, (below, above, total) in sums.items():
                size = len(set(below)) if definition.by_child else len(below)
                top = float(len(set(above)) if definition.by_child else len(above))
                key = code, group, kind, f"{end[0]}-{end[1]:02d}"
                if definition.unit == "rate":
                    if not group:
                        found[key] = float(size), population * len(months) / 12
                elif definition.unit == "count":
                    found[key] = float(size), None
                else:
                    found[key] = total if definition.amount else top, float(size)
    return found


def _positions(
    code: str,
    definition: Definition,
    world: World,
    first: tuple[int, int],
    last: tuple[int, int],
    population: float,
) -> Figures:
    found: Figures = {}
    for end in months_between(first, last):
        day = min(last_day(end), world.as_at)
        if definition.kind == "extract":
            if end != last:
                continue
            day = world.as_at
        sums: dict[str, list[float]] = {"": [0.0, 0.0]}
        for row in world.lists[definition.list]:
            if is_open(row, definition.when, day) and definition.cohort(row, day, world):
                if is_unjudged(definition, row, day, world):
                    continue
                for group in groups(row, day):
                    kept = sums.setdefault(group, [0.0, 0.0])
                    kept[0] += 1
                    kept[1] += definition.counts(row, day, world)
        for kind, _ in _period_ends(end, positions=True):
            for group, (below, above) in sums.items():
                key = code, group, kind, f"{end[0]}-{end[1]:02d}"
                if definition.unit == "rate":
                    if not group:
                        found[key] = below, population
                elif definition.unit == "count":
                    found[key] = below, None
                else:
                    found[key] = above, below
    return found
