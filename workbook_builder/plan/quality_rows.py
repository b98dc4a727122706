"""The Data quality sheet in rows: in words first, then what was counted, then what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_builder.extracts.quality import (
    ExtractQuality,
    ListProblem,
    Quality,
    by_kind,
    by_list,
)
from workbook_builder.highlights.spoken import capital
from workbook_builder.lists.advice import advice
from workbook_builder.periods import Month
from workbook_builder.plan.gaps import Gap, gaps_of, months_text
from workbook_builder.plan.text_size import wrapped
from workbook_builder.plan.written_pages import EMPTY
from workbook_builder.plan.written_rows import SIZE, RowKind, WrittenRow
from workbook_builder.scorecard import Scorecard

CSV = "problems.csv"
# How many names or kinds are told in one sentence or cell.
MOST_NAMED, MOST_KINDS = 6, 3
# How many indicators are named in one cell; Excel's rows have a greatest height.
MOST_TOGETHER = 12
# Earlier extracts beyond these are told in one line.
MOST_EARLIER = 36
# Programs differ a little in how wide a text comes out.
SPARE_WIDTH = 0.93


@dataclass(frozen=True)
class Said:
    """What the sheet speaks of; width is that of all its columns in characters."""

    scorecard: Scorecard
    quality: Quality
    width: float

    @property
    def latest(self) -> ExtractQuality:
        return self.quality.latest

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return gaps_of(self.scorecard, self.quality)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The indicators by their codes, as they are named on the sheet."""
        return {one.code: f"{one.name} ({one.code})" for one in self.scorecard.catalogue.indicators}

    def words(self, text: str) -> Iterator[WrittenRow]:
        """A sentence or more, over the whole width."""
        for line in wrapped(text, self.width * SPARE_WIDTH, SIZE):
            yield WrittenRow(RowKind.PLAIN, (line,))


def overview(said: Said) -> Iterator[WrittenRow]:
    """Everything but the problems one by one."""
    if not said.quality.extracts:
        month = said.scorecard.month.long_label
        yield from said.words(f"There is no extract of {month} or of a month before it.")
        return
    yield from _in_words(said)
    yield from _table(
        "Rows of the latest extract, by list",
        ("List", "Rows read", "Used", "Left out", "Problems", "The most frequent of them"),
        _lists(said.latest),
    )
    yield from _table(
        "Problems of the latest extract, by kind",
        ("Problem", "How many", "", "", "", "In which lists", "What to do about it"),
        _kinds(said.latest.problems),
        "None was found.",
    )
    yield from _table(
        "Indicators without a figure",
        ("What they need", "", "", "", "", "No figure for", "Indicators"),
        _gaps(said),
        "None: each has a figure for every month that an extract covers.",
    )
    yield from _table(
        "Lists and columns that are not there",
        ("List or column", "", "", "", "", "Not in the extract of", "Indicators that need it"),
        _missing(said),
        "None: every extract has all lists and columns.",
    )
    yield from _table(
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
    yield from _limits(said)


Row = tuple[str | int, ...]
_FOUR = ("", "", "", "")


def _table(
    heading: str, heads: Sequence[str], rows: Iterable[Row], nothing: str = ""
) -> Iterator[WrittenRow]:
    held = list(rows)
    yield WrittenRow(RowKind.HEADING, (heading,))
    if held:
        yield WrittenRow(RowKind.HEAD, tuple(heads))
        yield from (WrittenRow(RowKind.ROW, row) for row in held)
    else:
        yield WrittenRow(RowKind.PLAIN, (nothing,))
    yield EMPTY


def _in_words(said: Said) -> Iterator[WrittenRow]:
    """What an officer wants to know first."""
    latest, whole = said.latest, said.latest.whole
    number = len(said.quality.extracts)
    extracts = "1 extract" if number == 1 else f"{number} extracts"
    yield from said.words(
        f"The figures are counted from {extracts} of child-level lists, the latest of "
        f"{latest.month.long_label} ({file_of(latest)}). Nothing here names a child: a problem is "
        "told by its row in the file."
    )
    used = f"Of its {whole.read:,} rows {whole.used:,} were used and {whole.left_out:,} left out."
    yield from said.words(used if whole.left_out else f"All of its {whole.read:,} rows were used.")
    yield from said.words(_found(latest))
    absent = [one.list for one in latest.rows if not one.there]
    if absent:
        yield from said.words(f"It does not have {_named(absent)}.")
    yield from said.words(_without(said))
    yield from said.words(
        f"Every problem of every extract ({said.quality.problem_count:,}) is in {CSV}, beside the "
        "workbook."
    )
    yield EMPTY


def _found(latest: ExtractQuality) -> str:
    if not latest.problems:
        return "No problem was found in it."
    done: Counter[str] = Counter()
    for one in latest.problems:
        done[one.done] += one.count
    what = ", ".join(f"{word} {count:,}" for word, count in done.most_common())
    count = latest.problem_count
    found = "1 problem was" if count == 1 else f"{count:,} problems were"
    return f"{found} found in it. What was done: {what}."


def _without(said: Said) -> str:
    """Which indicators have no figure for the report month."""
    catalogue, month = said.scorecard.catalogue, said.scorecard.month
    counted = [one for one in catalogue.indicators if one.measure and one.in_use(month)]
    now = [gap.indicator.name for gap in said.gaps if gap.now]
    if not now:
        return (
            f"Each of the {len(counted)} indicators counted from lists has a figure for "
            f"{month.long_label}."
        )
    have = "has" if len(now) == 1 else "have"
    return (
        f"{len(now)} of the {len(counted)} indicators counted from lists {have} no figure for "
        f"{month.long_label}, for reasons told below: {_named(now, '; ')}."
    )


def _lists(latest: ExtractQuality) -> Iterator[Row]:
    counts = by_list(latest.problems)
    for one in latest.rows:
        kinds = _frequent([p for p in latest.problems if p.list == one.list])
        if one.there:
            yield one.list, one.read, one.used, one.left_out, counts.get(one.list, 0), kinds
        else:
            yield one.list, *_FOUR, "The list is not there."
    if "" in counts:
        kinds = _frequent([p for p in latest.problems if not p.list])
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
            yield capital(needs), *_FOUR, months_text(months), together


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
            *_FOUR,
            months_text([one.month for one in extracts]),
            _named(of, "; ") or "none of this scorecard",
        )


def _earlier(extracts: Sequence[ExtractQuality]) -> Iterator[Row]:
    """A line for each extract, the newest first."""
    told, rest = extracts[-MOST_EARLIER:], extracts[:-MOST_EARLIER]
    for one in reversed(told):
        absent = [row.list.partition(":")[0] for row in one.rows if not row.there]
        named = f"{one.month.long_label} ({file_of(one)})"
        yield named, *_numbers([one]), _frequent(one.problems), _named(absent)
    if rest:
        named = f"{len(rest)} extracts up to {rest[-1].month.long_label}"
        yield named, *_numbers(rest), _frequent([p for one in rest for p in one.problems]), ""


def _numbers(extracts: Sequence[ExtractQuality]) -> tuple[int, int, int, int]:
    whole = [one.whole for one in extracts]
    return (
        sum(one.read for one in whole),
        sum(one.used for one in whole),
        sum(one.left_out for one in whole),
        sum(one.problem_count for one in extracts),
    )


def _limits(said: Said) -> Iterator[WrittenRow]:
    """What lists cannot say, whatever is in them."""
    quality = said.quality
    if quality.on_the_day:
        yield WrittenRow(
            RowKind.HEADING, ("Indicators whose figures hold only on the day of an extract",)
        )
        yield from said.words(
            "A list says how things stand on its day. The figures of past months are those of the "
            "extracts of those months, and come from history where these are not in the folder."
        )
        for theme, names in _by_theme(said, quality.on_the_day).items():
            yield from said.words(f"{theme}: {'; '.join(names)}.")
        yield EMPTY
    if quality.proxies:
        yield from _table(
            "Indicators that are proxies",
            ("Indicator", "", "", "", "", "How it falls short of the indicator in law"),
            ((said.names[one.indicator], *_FOUR, one.falls_short) for one in quality.proxies),
        )
    yield from _table(
        "Indicators that lists cannot give",
        ("Indicator", "", "", "", "", "What it would need"),
        ((one.name, *_FOUR, one.needs) for one in quality.out_of_reach),
    )


def _by_theme(said: Said, codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    wanted = set(codes)
    for one in said.scorecard.catalogue.indicators:
        if one.code in wanted:
            found.setdefault(one.theme, []).append(one.name)
    return found


def _frequent(problems: Iterable[ListProblem]) -> str:
    """The most frequent kinds of problem with their numbers."""
    counts = by_kind(problems)
    said = [f"{kind} {count:,}" for kind, count in counts.items()]
    others = sum([*counts.values()][MOST_KINDS:])
    return ", ".join([*said[:MOST_KINDS], *([f"others {others:,}"] if others else [])])


def _named(names: Sequence[str], separator: str = ", ") -> str:
    more = len(names) - MOST_NAMED
    said = separator.join(names[:MOST_NAMED])
    return f"{said}{separator}and {more} more" if more > 0 else said


def file_of(extract: ExtractQuality) -> str:
    """The file or folder of an extract."""
    return extract.name.rpartition("/")[2]
