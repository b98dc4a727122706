"""The Data quality sheet in rows: in words first, then what was counted, then what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_builder.extracts.quality import ExtractQuality, ListProblem, by_kind, by_list
from workbook_builder.highlights.spoken import capital
from workbook_builder.lists.advice import advice
from workbook_builder.periods import Month, day_label
from workbook_builder.plan.gaps import months_text
from workbook_builder.plan.quality_said import FOUR, Row, Said, file_of, frequent, named, table
from workbook_builder.plan.quality_words import in_words, limits
from workbook_builder.plan.written_rows import WrittenRow

# How many indicators are named in one cell; Excel's rows have a greatest height.
MOST_TOGETHER = 8
# Earlier extracts beyond these are told in one line.
MOST_EARLIER = 36


def overview(said: Said) -> Iterator[WrittenRow]:
    """Everything but the problems one by one."""
    if not said.quality.extracts:
        month = said.scorecard.month.long_label
        yield from said.words(f"There is no extract of {month} or of a month before it.")
        return
    yield from in_words(said)
    yield from table(
        "Rows of the latest extract, by list",
        ("List", "Rows read", "Used", "Left out", "Problems", "The most frequent of them"),
        _lists(said.latest),
    )
    yield from table(
        "Problems of the latest extract, by kind",
        ("Problem", "How many", "", "", "", "In which lists", "What to do about it"),
        _kinds(said.latest.problems),
        "None was found.",
    )
    yield from table(
        "Indicators without a figure",
        ("What the latest of the months needs", "", "", "", "", "No figure for", "Indicators"),
        _gaps(said),
        "None: each has a figure for every month that an extract covers.",
    )
    if said.latest.not_judged:
        yield from table(
            "Rows that cannot be judged on the day of the latest extract",
            ("Indicator", "Left out", "Of rows", "", "", "They have a later date than"),
            _not_judged(said),
        )
    yield from table(
        "Lists and columns that are not there",
        ("List or column", "", "", "", "", "Not in the extract of", "Indicators that need it"),
        _missing(said),
        "None: every extract has all lists and columns.",
    )
    yield from table(
        "Earlier extracts",
        (
            "Extract",
            "Rows read",
            "Used",
            "Left out",
            "Problems",
            "The most frequent of them",
            "Not there",
        ),
        _earlier(said.quality.extracts[:-1]),
        "None.",
    )
    yield from limits(said)


def _lists(latest: ExtractQuality) -> Iterator[Row]:
    counts = by_list(latest.problems)
    for one in latest.rows:
        kinds = frequent([p for p in latest.problems if p.list == one.list])
        if one.there:
            yield one.list, one.read, one.used, one.left_out, counts.get(one.list, 0), kinds
        else:
            yield one.list, *FOUR, "The list is not there."
    if "" in counts:
        kinds = frequent([p for p in latest.problems if not p.list])
        yield "Sheets that are no list", "", "", "", counts[""], kinds
    whole = latest.whole
    yield "All lists", whole.read, whole.used, whole.left_out, latest.problem_count


def _kinds(problems: Sequence[ListProblem]) -> Iterator[Row]:
    for kind, count in by_kind(problems).items():
        of_lists = by_list([one for one in problems if one.kind == kind])
        lists = ", ".join(
            f"{name.partition(':')[0] or 'no list'}: {number:,}"
            for name, number in of_lists.items()
        )
        yield kind, count, "", "", "", lists, advice(kind)


def _gaps(said: Said) -> Iterator[Row]:
    """Indicators that need the same and lack the same months together, so many in a row."""
    alike: dict[tuple[str, tuple[Month, ...]], list[str]] = {}
    for gap in said.gaps:
        alike.setdefault((gap.needs, gap.months), []).append(said.names[gap.indicator.code])
    for (needs, months), names in alike.items():
        for at in range(0, len(names), MOST_TOGETHER):
            together = "; ".join(names[at : at + MOST_TOGETHER])
            yield capital(needs), *FOUR, months_text(months), together


def _not_judged(said: Said) -> Iterator[Row]:
    for one in said.latest.not_judged:
        yield said.names[one.indicator], one.rows, one.of, "", "", day_label(one.day)


def _missing(said: Said) -> Iterator[Row]:
    """Each missing list or column once, with all extracts that do not have it."""
    months: dict[tuple[str, str], list[ExtractQuality]] = {}
    needed: dict[tuple[str, str], tuple[str, ...]] = {}
    for extract in said.quality.extracts:
        for one in extract.missing:
            months.setdefault((one.list, one.heading), []).append(extract)
            needed[one.list, one.heading] = one.needed_by
    for (name, heading), extracts in sorted(
        months.items(), key=lambda one: (one[1][-1] is not said.latest, bool(one[0][1]))
    ):
        what = f'{name.partition(":")[0]}, column "{heading}"' if heading else name
        codes = needed[name, heading]
        of = [said.names[code] for code in codes]
        yield (
            what,
            *FOUR,
            months_text(list(dict.fromkeys(one.month for one in extracts))),
            named(of, "; ") or "none of this scorecard",
        )


def _earlier(extracts: Sequence[ExtractQuality]) -> Iterator[Row]:
    """A line for each extract, the newest first."""
    told, rest = extracts[-MOST_EARLIER:], extracts[:-MOST_EARLIER]
    for one in reversed(told):
        absent = [name.partition(":")[0] for name in (*one.not_there, *one.without_rows)]
        title = f"{one.month.long_label} ({file_of(one)})"
        yield title, *_numbers([one]), frequent(one.problems), named(absent)
    if rest:
        title = f"{len(rest)} extracts up to {rest[-1].month.long_label}"
        yield title, *_numbers(rest), frequent([p for one in rest for p in one.problems]), ""


def _numbers(extracts: Sequence[ExtractQuality]) -> tuple[int, int, int, int]:
    whole = [one.whole for one in extracts]
    return (
        sum(one.read for one in whole),
        sum(one.used for one in whole),
        sum(one.left_out for one in whole),
        sum(one.problem_count for one in extracts),
    )
