"""What was read of an extract: rows, problems, and what is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from workbook_builder.catalogue.model import Indicator
from workbook_builder.errors import Place
from workbook_builder.extracts.model import FileRead, Remark
from workbook_builder.listed.places import ExtractPlace, path_name
from workbook_builder.lists.problems import by_kind_and_list, name_of

if TYPE_CHECKING:
    from workbook_builder.counting.count import Counts
    from workbook_builder.lists.model import Lists


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
        FileRead(path_name(path), hashlib.sha256(path.read_bytes()).hexdigest(), 0, 0, 0)
        for path in found
    ]


def remarks_on(
    found: Lists, counts: Counts, indicators: Iterable[Indicator], extract: ExtractPlace
) -> Iterator[Remark]:
    """Problems by kind and list, missing lists, and indicators that could not be counted."""
    place = Place(extract.name)
    for (kind, key), number in by_kind_and_list(found.problems).items():
        yield Remark(place, f"{name_of(key)}: {number} times {kind}")
    for missing in found.missing_lists:
        yield Remark(place, f"{name_of(missing)} is not there")
    lacking: Mapping[str, str] = {one.code: one.lacks for one in counts.not_counted}
    for one in indicators:
        if one.measure in lacking:
            where = Place(extract.name, indicator=one.code)
            yield Remark(where, f"not counted: {lacking[one.measure]}")
