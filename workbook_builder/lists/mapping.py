"""The user's mapping file: headings, codes and sheet names of one authority's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.lists.cells import tidy
from workbook_builder.lists.definitions import ColumnDef, ListDef, folded, lists

EVERY_LIST = "all"
# The column of teams, in every list that has one.
TEAM = "team"


@dataclass(frozen=True)
class Own:
    """What the mapping file says, checked.

    headings: list key, or "all", to folded heading to column key. codes: code set, or
    list.column, to word to stable part. sheets: folded name of a sheet or file to list key. teams:
    old name of a team, folded, to the name that it has now.
    """

    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)

    def headings_of(self, found: ListDef) -> dict[str, str]:
        """The headings that the file gives for a list, folded, with the column that each means."""
        everywhere = self.headings.get(EVERY_LIST, {})
        own = {name: key for name, key in everywhere.items() if found.column(key)}
        return {**own, **self.headings.get(found.key, {})}

    def codes_of(self, found: ListDef, column: ColumnDef) -> dict[str, str]:
        """The words that the file gives for a column."""
        own = self.codes.get(f"{found.key}.{column.key}", {})
        return {**self.codes.get(column.code_set, {}), **own}


def read_mapping(path: Path) -> Own:
    """The mapping file. Raises UserError with all its faults."""
    faults: list[Fault] = []
    content = read_toml(path, "WB236")
    place = Place(path.name)
    for name in sorted(set(content) - set(_TABLES)):
        what = f'The mapping file has no table "{name}".'
        fix = did_you_mean(name, _TABLES)
        at = Place(path.name, field=name)
        faults.append(Fault("WB236", what, at, ", ".join(_TABLES), fix))
    own = Own(
        _headings(content.get("headings", {}), place, faults),
        _codes(content.get("codes", {}), place, faults),
        _sheets(content.get("sheets", {}), place, faults),
        _teams(content.get("teams", {}), place, faults),
    )
    if faults:
        raise UserError(faults)
    return own


_TABLES = ("headings", "codes", "sheets", "teams")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_toml(path: Path, code: str) -> dict[str, Any]:
    """A TOML file, with or without the mark that Notepad writes in front.

    Raises UserError if there is none or it has no sense.
    """
    place = Place(path.name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror or 'it is not readable'}."
        fix = "Close it if it is open elsewhere."
    except UnicodeDecodeError:
        what = "The file is not in UTF-8, the way TOML files store their letters."
        fix = 'In Notepad choose "Save as" and the encoding UTF-8.'
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        place = Place(path.name, row=int(line[1]) if line and line[1] else None)
        what = f"The file is no TOML: {_AT_LINE.sub('', str(error))}."
        fix = "Look at that line and the one before: texts stand in quotation marks, and names of "
        fix += "tables in square brackets."
    raise UserError([Fault(code, what, place, fix=fix)])


def _headings(content: Any, place: Place, faults: list[Fault]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, names in _tables(content, "headings", place, faults):
        if key != EVERY_LIST and key not in lists():
            faults.append(_no_list(key, place, f"headings.{key}"))
            continue
        known = lists().values() if key == EVERY_LIST else [lists()[key]]
        columns = {column for each in known for column in each.keys}
        for name, column in names.items():
            if str(column) not in columns:
                what = f'There is no column "{column}".'
                fix = did_you_mean(str(column), columns)
                at = Place(place.file, field=f"headings.{key}.{name}")
                faults.append(Fault("WB236", what, at, ", ".join(sorted(columns)), fix))
        found[key] = {folded(name): column for name, column in names.items()}
    return found


def _codes(content: Any, place: Place, faults: list[Fault]) -> dict[str, dict[str, str]]:
    sets = {
        column.code_set: column.codes
        for each in lists().values()
        for column in each.columns
        if column.code_set
    }
    found: dict[str, dict[str, str]] = {}
    for key, words in _tables(content, "codes", place, faults):
        if key in sets:
            found[key] = words
            _check_codes(words, sets[key], f"codes.{key}", place, faults)
        elif key in lists():
            for name, own in _tables(words, f"codes.{key}", place, faults):
                column = lists()[key].column(name)
                if column is None or not column.code_set:
                    known = [each.key for each in lists()[key].columns if each.code_set]
                    what = f'"{name}" is no column with codes.'
                    at = Place(place.file, field=f"codes.{key}.{name}")
                    fix = did_you_mean(name, known)
                    faults.append(Fault("WB236", what, at, ", ".join(known), fix))
                    continue
                found[f"{key}.{name}"] = own
                _check_codes(own, column.codes, f"codes.{key}.{name}", place, faults)
        else:
            what = f'"{key}" is neither a set of codes nor a list.'
            fix = did_you_mean(key, [*sets, *lists()])
            at = Place(place.file, field=f"codes.{key}")
            faults.append(Fault("WB236", what, at, ", ".join(sorted(sets)), fix))
    return found


def _check_codes(
    words: Mapping[str, Any], codes: Any, at: str, place: Place, faults: list[Fault]
) -> None:
    """A word means one of the codes, or nothing."""
    for word, code in words.items():
        if str(code) not in codes and code != "":
            what = f'"{code}" is no code of this column.'
            where = Place(place.file, field=f"{at}.{word}")
            fix = did_you_mean(str(code), codes)
            faults.append(Fault("WB236", what, where, ", ".join(codes), fix))


def _sheets(content: Any, place: Place, faults: list[Fault]) -> dict[str, str]:
    found = {}
    for name, key in _table(content, "sheets", place, faults).items():
        if str(key) not in lists():
            faults.append(_no_list(str(key), place, f"sheets.{name}"))
        found[folded(name)] = str(key)
    return found


def _teams(content: Any, place: Place, faults: list[Fault]) -> dict[str, str]:
    """The name of each team now, also of one that was renamed more than once."""
    given: dict[str, str] = {}
    for old, new in _table(content, "teams", place, faults).items():
        at = Place(place.file, field=f"teams.{old}")
        name = tidy(new) if isinstance(new, str) else ""
        before = given.setdefault(folded_name(old), name)
        if not name:
            what = f'The new name of the team "{old}" is no text.'
            faults.append(Fault("WB236", what, at, fix='Write "old name" = "new name".'))
        elif before != name:
            what = f'The team "{old}" has two new names, "{before}" and "{name}".'
            faults.append(Fault("WB236", what, at, fix="Keep one of the two lines."))
    found = {}
    for old, name in given.items():
        passed = {old}
        # A name that is itself an old one leads on; a team may be given its own name.
        while (key := folded_name(name)) in given and folded_name(given[key]) != key:
            if key in passed:
                what = f'The names of the team "{name}" go round in a circle.'
                at = Place(place.file, field=f"teams.{old}")
                faults.append(Fault("WB236", what, at, fix="Say which name the team has now."))
                break
            passed.add(key)
            name = given[key]
        found[old] = name
    return found


def folded_name(name: str) -> str:
    """A team's name as it is compared: case and spaces do not matter."""
    return tidy(name).casefold()


def _tables(
    content: Any, at: str, place: Place, faults: list[Fault]
) -> list[tuple[str, dict[str, Any]]]:
    return [
        (key, _table(value, f"{at}.{key}", place, faults))
        for key, value in _table(content, at, place, faults).items()
    ]


def _table(content: Any, at: str, place: Place, faults: list[Fault]) -> dict[str, Any]:
    """A table of the file; empty and a fault where a text or the like stands in its place."""
    if isinstance(content, dict):
        return content
    what = f'"{at}" should be a table, with a line for each word below it.'
    fix = f'Write [{at}] on a line of its own, and below it lines such as "yours" = "ours".'
    faults.append(Fault("WB236", what, Place(place.file, field=at), fix=fix))
    return {}


def _no_list(key: str, place: Place, at: str) -> Fault:
    what = f'There is no list "{key}".'
    where = Place(place.file, field=at)
    return Fault("WB236", what, where, ", ".join(lists()), did_you_mean(key, lists()))
