"""What happens in each month of the year, as plain data. Nothing here knows the program's rules.

A figure is a count or a percentage as the extract has it, or "c" for one that is withheld. What was
typed has a text of its own, so that it can be looked for everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

LIVE, CLOSED = "live", "closed"
SETTINGS, INDICATORS, TARGETS = "scorecard.toml", "indicators/all.toml", "targets.csv"


@dataclass(frozen=True)
class Typed:
    """Somebody types a text.

    what is comment, adds (behind what stands in the box), action, closes, status, reason, note or
    thread; where the box or the indicator; at, of a note or thread: the name, the month's figure
    or the light.
    """

    what: str
    where: str
    text: str
    at: str = ""
    who: str = "officer1"


@dataclass(frozen=True)
class Edit:
    """A line of a definition's file becomes another one, or more lines."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Month:
    """One month: what comes, through which door, what is typed by whom, what is defined anew.

    fed has indicator, month and figure. started are the edits made before the month's workbook is
    started, rebuilt those for which the workbook that stands there is built again, and refreshed
    those that a refresh takes up. afresh: the month is started with a new workbook. again: the
    month that is published once more, corrected.
    """

    month: str
    door: str
    fed: tuple[tuple[str, str, str], ...]
    typed: tuple[Typed, ...] = ()
    copies: tuple[tuple[Typed, ...], ...] = ()
    started: tuple[Edit, ...] = ()
    rebuilt: tuple[Edit, ...] = ()
    refreshed: tuple[Edit, ...] = ()
    afresh: bool = False
    again: str = ""


def _said(number: int, *more: Typed) -> tuple[Typed, ...]:
    """A comment, and what is to be done next, in every month."""
    return (
        Typed("comment", "door/1", f"Words of month {number}, front door."),
        Typed("comment", "board/2", f"Words of month {number}, to be done."),
        *more,
    )


def _month(month: str, **figures: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((code, month, figure) for code, figure in figures.items())


YEAR = (
    Month(
        "2024-04",
        CLOSED,
        _month("2024-04", contacts="400", referrals="100", timely="82", plans="99"),
        _said(
            1,
            Typed("note", "plans", "Note 1 about April's plans.", "figure"),
            Typed("note", "contacts", "Note 2 about the name of contacts.", "name", "head1"),
            Typed("action", "log/action 1", "Action 1, open for two months."),
        ),
    ),
    Month(
        "2024-05",
        LIVE,
        _month("2024-05", contacts="410", timely="77", plans="112"),
        _said(
            2,
            Typed("status", "timely", "Green"),
            Typed("reason", "timely", "Reason 1, a backlog of one week."),
            Typed("note", "timely", "Note 3 about May's conferences.", "figure"),
        ),
    ),
    Month(
        "2024-06",
        CLOSED,
        (
            ("referrals", "2024-05", "108"),
            ("contacts", "2024-04", "404"),
            *_month("2024-06", contacts="420", referrals="c", timely="70", plans="104"),
        ),
        _said(
            3,
            Typed("thread", "timely", "Thread 1 about June's conferences.", "figure"),
            Typed("closes", "log/action 1", "Closed"),
        ),
        copies=(
            (
                Typed("comment", "board/1", "Copy 1 on the review.", who="head1"),
                Typed("note", "plans", "Copy 1 notes June's plans.", "figure", who="head1"),
            ),
            (
                Typed("comment", "board/1", "Copy 2 on the review.", who="head2"),
                Typed("note", "timely", "Copy 2 notes the light.", "light", who="head2"),
            ),
        ),
    ),
    Month(
        "2024-07",
        LIVE,
        (
            ("timely", "2024-06", "74"),
            *_month("2024-07", contacts="433", referrals="118", timely="79", plans="110"),
        ),
        _said(4, Typed("note", "contacts", "Note 4 about July's contacts.", "figure")),
    ),
    Month(
        "2024-08",
        CLOSED,
        (
            ("plans", "2024-07", "109"),
            ("contacts", "2024-04", "400"),
            *_month("2024-08", contacts="425", referrals="111", plans="111"),
        ),
        _said(
            5,
            Typed("thread", "plans", "Thread 2 about August's plans.", "figure"),
            Typed("status", "plans", "Red"),
            Typed("reason", "plans", "Reason 2, two of them in one week."),
        ),
        again="2024-07",
    ),
    Month(
        "2024-09",
        LIVE,
        (
            ("timely", "2024-08", "81"),
            ("referrals", "2024-06", "115"),
            *_month("2024-09", contacts="441", referrals="120", timely="84", plans="105"),
        ),
        _said(6, Typed("action", "log/action 1", "Action 2, open to the end.")),
    ),
    Month(
        "2024-10",
        CLOSED,
        (
            ("contacts", "2024-09", "445"),
            *_month("2024-10", referrals="123", timely="86", plans="101"),
        ),
        _said(7, Typed("note", "timely", "Note 5 about October's light.", "light")),
        started=(
            Edit(
                INDICATORS,
                'description = "Every contact."',
                'description = "Every contact."\nto = "2024-09"',
            ),
        ),
        refreshed=(
            Edit(
                TARGETS,
                "timely,2024-04,2025-03,point,80,,,agreed,2024-03-20",
                "timely,2024-04,2025-03,point,80,,,superseded,2024-03-20\n"
                "timely,2024-10,2025-03,point,90,,,agreed,2024-09-30",
            ),
        ),
        afresh=True,
    ),
    Month(
        "2024-11",
        LIVE,
        _month("2024-11", referrals="119", timely="91", plans="97", visits="66"),
        _said(8, Typed("note", "visits", "Note 6 about the first visits.", "figure")),
        rebuilt=(
            Edit(
                INDICATORS,
                'code = "plans"',
                'code = "visits"\nname = "Visits in time"\nunit = "percent"\npolarity = "high"\n'
                'year_to_date = "weighted"\nnumerator = "Visits made in time"\n'
                'denominator = "Visits due"\nfrom = "2024-11"\n\n[[indicator]]\ncode = "plans"',
            ),
            Edit(SETTINGS, '["timely", "plans"]', '["timely", "plans", "visits"]'),
            Edit(
                TARGETS,
                "plans,2024-04",
                "visits,2024-11,2025-03,point,70,,,agreed,2024-10-30\nplans,2024-04",
            ),
        ),
    ),
    Month(
        "2024-12",
        CLOSED,
        (
            ("visits", "2024-11", "68"),
            *_month("2024-12", referrals="96", timely="85", plans="95", visits="71"),
        ),
        _said(9, Typed("thread", "referrals", "Thread 3 about December's count.", "figure")),
        started=(
            Edit(
                INDICATORS,
                'description = "Every referral."',
                'description = "Every referral, each child once."\nbreaks = [{ period = "2024-12", '
                'note = "Counted by child", before = "Every referral." }]',
            ),
        ),
        afresh=True,
    ),
    Month(
        "2025-01",
        LIVE,
        _month("2025-01", referrals="99", timely="90", plans="94", visits="74"),
        _said(
            10,
            Typed("status", "visits", "Amber"),
            Typed("reason", "visits", "Reason 3, three teams were short."),
        ),
        copies=(
            (Typed("adds", "door/1", "Copy 3 on the front door.", who="head1"),),
            (Typed("note", "referrals", "Copy 4 notes January's count.", "figure", who="head2"),),
        ),
    ),
    Month(
        "2025-02",
        CLOSED,
        (
            ("referrals", "2024-12", "97"),
            *_month("2025-02", referrals="102", timely="93"),
        ),
        _said(11),
    ),
    Month(
        "2025-03",
        LIVE,
        (
            ("plans", "2025-02", "92"),
            *_month("2025-03", referrals="104", timely="88", plans="91", visits="67"),
        ),
        _said(12, Typed("note", "plans", "Note 7 about March's plans.", "figure")),
    ),
    Month(
        "2025-04",
        CLOSED,
        (
            ("timely", "2025-03", "89"),
            ("timely", "2024-09", "83"),
            *_month("2025-04", referrals="101", timely="94", plans="89", visits="72"),
        ),
        _said(13, Typed("thread", "timely", "Thread 4 about the new year.", "figure")),
        refreshed=(
            Edit(
                TARGETS,
                "plans,2024-04",
                "timely,2025-04,2026-03,point,95,,,agreed,2025-03-20\nplans,2024-04",
            ),
        ),
    ),
)
# What each light is judged by, as the script's authority agreed it: first and last month, lower
# and upper limit. What lies outside by five in a hundred of the limit is amber.
JUDGED_BY = {
    "timely": (
        ("2024-04", "2024-09", 80, None),
        ("2024-10", "2025-03", 90, None),
        ("2025-04", "2026-03", 95, None),
    ),
    "plans": (("2024-04", "2025-03", 90, 110),),
    "visits": (("2024-11", "2025-03", 70, None),),
}
AMBER_WITHIN = 5
FIRST_FIGURES = {("contacts", "2024-03"): "390"}
# An indicator's first month, and the month in which its series begins anew.
BEGINS, BREAKS = {"visits": "2024-11"}, {"referrals": "2024-12"}
ENDS = {"contacts": "2024-09"}
