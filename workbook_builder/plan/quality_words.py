"""The Data quality sheet in words: what to know first, and what lists cannot say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from workbook_builder.extracts.quality import MOST_UNJUDGED, ExtractQuality
from workbook_builder.periods import day_label
from workbook_builder.plan.quality_said import CSV, FOUR, Said, file_of, named, table
from workbook_builder.plan.written_pages import EMPTY
from workbook_builder.plan.written_rows import RowKind, WrittenRow


def in_words(said: Said) -> Iterator[WrittenRow]:
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
    if latest.not_there:
        yield from said.words(f"It does not have {named(latest.not_there)}.")
    if latest.without_rows:
        yield from said.words(
            f"It has no rows in {named(latest.without_rows)}. That is taken for an export that "
            "failed, and nothing is counted from it. Export again; where there truly was nobody, "
            "name the list under may_be_empty in [lists] of scorecard.toml."
        )
    if latest.not_judged:
        yield from said.words(_not_judged(latest))
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


def _not_judged(latest: ExtractQuality) -> str:
    """That rows are left out since their latest date lies after the extract's day."""
    day, following = day_label(latest.not_judged[0].day), latest.month.plus(1)
    number = len(latest.not_judged)
    return (
        f"{'1 indicator leaves' if number == 1 else f'{number} indicators leave'} rows out that "
        f"cannot be judged as at {day}: the latest visit, review or other date that the list has "
        "lies after that day, and the one before it is not there. How many is told below. Where "
        f"they are more than {MOST_UNJUDGED:.0%} of its rows, the indicator has no figure. If the "
        f"lists were taken after {day}, put the day into the name of the file or folder, such as "
        f'annex_a_{following}-03.xlsx; if not, mend the dates told as "future date".'
    )


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
        f"{month.long_label}, for reasons told below: {named(now, '; ')}."
    )


def limits(said: Said) -> Iterator[WrittenRow]:
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
        yield from table(
            "Indicators that are proxies",
            ("Indicator", "", "", "", "", "How it falls short of the indicator in law"),
            ((said.names[one.indicator], *FOUR, one.falls_short) for one in quality.proxies),
        )
    yield from table(
        "Indicators that lists cannot give",
        ("Indicator", "", "", "", "", "What it would need"),
        ((one.name, *FOUR, one.needs) for one in quality.out_of_reach),
    )


def _by_theme(said: Said, codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    wanted = set(codes)
    for one in said.scorecard.catalogue.indicators:
        if one.code in wanted:
            found.setdefault(one.theme, []).append(one.name)
    return found
