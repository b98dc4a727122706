"""What was read of an extract: rows, problems, what is missing, what could not be counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from workbook_builder.catalogue.model import Indicator
from workbook_builder.counting.columns import CHILD, vocabulary
from workbook_builder.counting.model import Counted, Library, Measure
from workbook_builder.extracts.model import FileRead
from workbook_builder.extracts.quality import (
    ExtractQuality,
    ListProblem,
    ListRows,
    Missing,
    NotCounted,
    NotJudged,
    OutOfReach,
    Proxy,
    Quality,
)
from workbook_builder.listed.places import ExtractPlace, content_of, path_name
from workbook_builder.lists.definitions import lists
from workbook_builder.periods import Month

if TYPE_CHECKING:
    from workbook_builder.counting.count import Counts
    from workbook_builder.lists.model import Lists

EARLIER = "; put the earlier extracts into the folder"


def file_read(found: Lists, extract: ExtractPlace) -> FileRead:
    """How many rows of all lists were read, used and left out."""
    read = sum(one.read for one in found.counts.values())
    used = sum(one.used for one in found.counts.values())
    digest = found.digest or extract.digest()
    return FileRead(extract.name, digest, read, used, read - used)


def mappings_read(extracts: Iterable[ExtractPlace]) -> list[FileRead]:
    """The mapping files that were used, so that history knows by which the lists were read."""
    found = dict.fromkeys(one.mapping for one in extracts if one.mapping is not None)
    return [
        FileRead(path_name(path), hashlib.sha256(content_of(path)).hexdigest(), 0, 0, 0)
        for path in found
    ]


def quality_of(
    found: Lists,
    counts: Counts,
    library: Library,
    indicators: Sequence[Indicator],
    extract: ExtractPlace,
    first: Month,
) -> ExtractQuality:
    """Everything that is to be said of one extract, which covers the months from `first` on."""
    missing = tuple(_missing(found, library, indicators))
    return ExtractQuality(
        name=extract.name,
        first=first,
        month=extract.month,
        rows=rows_of(found),
        problems=problems_of(found),
        missing=missing,
        not_counted=tuple(_not_counted(counts, indicators, missing)),
        not_judged=tuple(
            NotJudged(one.code, *counts.unjudged[one.measure], extract.as_at)
            for one in indicators
            if one.measure in counts.unjudged
        ),
    )


def whole_quality(
    extracts: Iterable[ExtractQuality], library: Library, indicators: Sequence[Indicator]
) -> Quality:
    """All extracts together, with what lists cannot say whatever is in them."""
    measures = {one.code: library.measure(one.measure) for one in indicators}
    return Quality(
        extracts=tuple(extracts),
        on_the_day=tuple(c for c, m in measures.items() if m.counted is Counted.AT_EXTRACT),
        proxies=tuple(Proxy(code, m.proxy) for code, m in measures.items() if m.proxy),
        out_of_reach=tuple(OutOfReach(one.name, one.needs) for one in library.out_of_reach),
    )


def rows_of(found: Lists) -> tuple[ListRows, ...]:
    """The rows of each of the eleven lists, in Ofsted's order."""
    return tuple(
        ListRows(one.title, True, count.read, count.used, count.left_out)
        if (count := found.counts.get(key))
        else ListRows(one.title, False)
        for key, one in lists().items()
    )


def problems_of(found: Lists) -> tuple[ListProblem, ...]:
    """The problems with the lists by their names."""
    return tuple(
        ListProblem(
            one.kind,
            lists()[one.list].title if one.list else "",
            one.file,
            one.sheet,
            one.row,
            one.column,
            one.heading,
            one.found,
            one.done.value,
            one.count,
        )
        for one in found.problems
    )


def _missing(found: Lists, library: Library, indicators: Sequence[Indicator]) -> Iterator[Missing]:
    """Missing lists, then missing columns of those that are there."""
    needs = {one.code: set(_needed(library.measure(one.measure))) for one in indicators}
    for key in found.missing_lists:
        wanted = (code for code, used in needs.items() if any(name == key for name, _ in used))
        yield Missing(lists()[key].title, "", tuple(wanted))
    for key, columns in found.missing_columns.items():
        for name in columns:
            column = lists()[key].column(name)
            assert column is not None
            wanted = (code for code, used in needs.items() if (key, name) in used)
            yield Missing(lists()[key].title, column.heading, tuple(wanted))


def _needed(measure: Measure) -> Iterator[tuple[str, str]]:
    """The keys of every list and column that a measure counts from."""
    known = vocabulary().lists
    for name, column in ((measure.list, CHILD), *measure.columns()):
        yield name, known[name].columns[column].key


def _not_counted(
    counts: Counts, indicators: Sequence[Indicator], missing: Sequence[Missing]
) -> Iterator[NotCounted]:
    lacking = {one.code: one for one in counts.not_counted}
    for indicator in indicators:
        found = lacking.get(indicator.measure)
        if found is None:
            continue
        absent = [_named(one) for one in missing if indicator.code in one.needed_by]
        rows = f"{found.lacks}{EARLIER if found.earlier else ''}"
        yield NotCounted(indicator.code, ", ".join(absent) or rows)


def _named(missing: Missing) -> str:
    if not missing.heading:
        return missing.list
    return f'column "{missing.heading}" of {missing.list.partition(":")[0]}'
