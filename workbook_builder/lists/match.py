"""Which list a sheet holds, where its headings stand, and which column each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.lists.cells import column_letter, is_blank, text_of
from workbook_builder.lists.definitions import ListDef, by_number, folded, lists
from workbook_builder.lists.mapping import Own
from workbook_builder.lists.sheets import RawSheet

HEADER_WITHIN = 10
# Sheets of Ofsted's own workbook that hold no list.
OFSTEDS = frozenset({"front_sheet", "faq_and_changes", "guidance", "codes_used", "contents"})
_NUMBERED = re.compile(r"list[\s_.\-]*0*(\d+)(?!\d)", re.IGNORECASE)
# Bytes of a column's name that PostgreSQL keeps; it cuts off the rest without a word.
LONGEST_NAME = 63
# Of a list's columns, how many must be there for a sheet whose name says nothing; and how many
# more another list must have before a sheet with a name is doubted.
ENOUGH = 0.6
DOUBTED = 0.2
# Columns that most lists have, which say nothing about which one it is.
COMMON = frozenset(
    {"gender", "ethnicity", "date_of_birth", "age", "disability", "team", "worker", "family_id"}
)


@dataclass(frozen=True)
class Matched:
    """A sheet whose list and headings are known. data_from is a row of cells, counted from 0."""

    raw: RawSheet
    definition: ListDef
    headings: tuple[str, ...]
    data_from: int
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def has_its_own(self) -> bool:
        """Whether any column is there that not every list has."""
        return bool(set(self.places) - COMMON - {self.definition.id.key})

    @property
    def unused(self) -> list[int]:
        """The places of headings that are no column of the list."""
        used = {place for places in self.places.values() for place in places}
        return [place for place in range(len(self.headings)) if place not in used]


def list_named(name: str, own: Own) -> tuple[ListDef | None, bool]:
    """The list that a sheet's or file's name says, and whether it says so beyond doubt.

    List_10 is never list 1. A name that only has the words, such as Contacts by month, may be
    that of another sheet about the list.
    """
    if (key := own.sheets.get(folded(name))) is not None:
        return lists()[key], True
    if numbered := _NUMBERED.search(name):
        return by_number(int(numbered[1])), True
    for each in lists().values():
        if folded(name) in each.names:
            return each, True
    words = re.findall(r"[a-z]+\d*", name.casefold())
    runs = {
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    found = [each for each in lists().values() if each.names & runs]
    return (found[0] if len(found) == 1 else None), False


def match(raw: RawSheet, own: Own) -> Matched | None:
    """The sheet with its list; None where it is no list. Raises UserError for a list unusable."""
    stem = PurePath(raw.file).stem
    named, sure = list_named(raw.sheet, own) if raw.sheet else (None, False)
    if named is None and raw.only_sheet:
        named, sure = list_named(stem, own)
    candidates = list(_header_rows(raw))
    if not candidates or raw.sheet.casefold() in OFSTEDS:
        return None
    share, likeliest = _best(candidates, raw, own, lists().values())
    likeliest = likeliest if share >= ENOUGH else None
    if named is None:
        return likeliest
    own_share, matched = _best(candidates, raw, own, [named])
    if matched is not None and matched.has_its_own:
        another = likeliest is not None and likeliest.definition is not named
        if not another or share - own_share <= DOUBTED:
            return matched
    if sure:
        raise UserError([_no_headings(raw, named, likeliest)])
    return likeliest


def _header_rows(raw: RawSheet) -> Iterable[tuple[int, tuple[str, ...]]]:
    """The first rows that have anything, each as headings, with the row where data would start."""
    if raw.headings:
        yield 0, raw.headings
        return
    for row, cells in enumerate(raw.cells[:HEADER_WITHIN]):
        if not all(map(is_blank, cells)):
            yield row + 1, tuple(text_of(cell) for cell in cells)


def _best(
    candidates: list[tuple[int, tuple[str, ...]]],
    raw: RawSheet,
    own: Own,
    among: Iterable[ListDef],
) -> tuple[float, Matched | None]:
    """The row and list with the largest share of the list's columns; of two alike none."""
    found: list[tuple[float, Matched]] = []
    for data_from, headings in candidates:
        names = [folded(heading) if heading else None for heading in headings]
        for definition in among:
            places = _places(headings, names, definition, own, bool(raw.headings))
            if definition.id.key not in places:
                continue
            expected = [column for column in definition.columns if column.since <= 2019]
            share = sum(column.key in places for column in expected) / len(expected)
            # A list that another contains has as large a share: the one with more columns is it.
            weight = share + len(places) / 1000
            found.append((weight, Matched(raw, definition, headings, data_from, places)))
    found.sort(key=lambda each: -each[0])
    if not found:
        return 0.0, None
    rival = next(
        (each for each in found[1:] if each[1].definition is not found[0][1].definition), None
    )
    if rival and rival[0] == found[0][0]:
        return 0.0, None
    return found[0]


def _places(
    headings: Sequence[str],
    names: Sequence[str | None],
    definition: ListDef,
    own: Own,
    queried: bool,
) -> dict[str, tuple[int, ...]]:
    """The places of each column that is there, by the names that a file or a query may give it.

    names are the headings folded, None where nothing stands.
    """
    known = definition.headings_in_a_query if queried else definition.headings
    mapped = {name: key for name, key in own.headings_of(definition).items() if name in names}
    if mapped:
        # Where a heading of the mapping file is there, no other heading can be its column.
        taken = set(mapped.values())
        known = {name: key for name, key in known.items() if key not in taken} | mapped
    found: dict[str, tuple[int, ...]] = {}
    for place, (heading, name) in enumerate(zip(headings, names, strict=True)):
        key = known.get(name) if name is not None else None
        if key is None and queried:
            key = _cut(heading, known)
        if key is not None:
            found[key] = (*found.get(key, ()), place)
    return found


def _cut(heading: str, names: Mapping[str, str]) -> str | None:
    """The column of a name that is as long as PostgreSQL keeps one, if it begins one column's."""
    if LONGEST_NAME - 3 <= len(heading.encode()) <= LONGEST_NAME:
        begun = {key for name, key in names.items() if name.startswith(folded(heading))}
        return begun.pop() if len(begun) == 1 else None
    return None


def _no_headings(raw: RawSheet, named: ListDef, likeliest: Matched | None) -> Fault:
    place = Place(raw.file, raw.sheet)
    what = f"No row among the first {HEADER_WITHIN} has the headings of list {named.number}, "
    what += f"{named.name}, with {named.id.heading}."
    if likeliest is not None and likeliest.definition is not named:
        other = likeliest.definition
        what += f" It has those of list {other.number}, {other.name}."
    fix = "Keep the headings, or say in mapping.toml which of yours means which column."
    return Fault("WB233", what, place, named.id.heading, fix)


def two_columns(found: Matched, key: str) -> Fault:
    """The fault for two columns that are both one column of the list, with both named."""
    places = found.places[key]
    named = " and ".join(
        f'column {column_letter(place)}, "{found.headings[place]}"' for place in places
    )
    what = f"{named} are all the same column: {key}."
    fix = "Take one out, or say in mapping.toml which one it is."
    return Fault("WB234", what, Place(found.raw.file, found.raw.sheet), fix=fix)
