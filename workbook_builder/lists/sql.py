"""Lists from a database: a query for each in a TOML file, the address in the environment."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.lists.cells import Objects
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.mapping import read_toml
from workbook_builder.lists.sheets import RawSheet

if TYPE_CHECKING:
    from sqlalchemy import TextClause

# What a query may ask for: the days that it is to be about.
DAYS = ("first_day", "last_day", "as_at")
DaysOf = Callable[[str], Mapping[str, dt.date]]
_AT_ONCE = 50_000
_ASKED = re.compile(rf":({'|'.join(DAYS)})\b")
_OTHER_COLON = re.compile(rf":(?!(?:{'|'.join(DAYS)})\b)")
_HASHES = 1 << 256


def check_queries(path: Path) -> list[Fault]:
    """What is wrong with a file of queries, without a look at the database."""
    try:
        _settings(path)
    except UserError as error:
        return list(error.faults)
    return []


def sheets_of_queries(path: Path, days: DaysOf) -> Iterator[RawSheet]:
    """The result of each query as a sheet named after its list.

    A query may ask for the days: where :first_day stands, the database is handed that of its list.

    Raises UserError for faults of the file, for a database that cannot be reached and for a query
    that fails. What the database says is never repeated: it may quote rows, and the address has
    a password.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    address, queries = _settings(path)
    fix = "Try the query in the database's own tool, with the same account."
    try:
        engine = create_engine(address)
    except Exception as error:
        what = f"The address in the environment is none that SQLAlchemy knows ({_name(error)})."
        raise UserError([Fault("WB238", what, Place(path.name))]) from None
    try:
        with engine.connect() as connection:
            for key, query in queries.items():
                try:
                    result = connection.execute(_statement(query, days(key)))
                    headings = tuple(map(str, result.keys()))
                    blocks, hashes = [], 0
                    for part in result.partitions(_AT_ONCE):
                        blocks.append(_grid(part, headings))
                        hashes += sum(map(_hash, part))
                except SQLAlchemyError as error:
                    what = f"The query of the list {key} failed ({_name(error)})."
                    place = Place(path.name, field=f"queries.{key}")
                    raise UserError([Fault("WB238", what, place, fix=fix)]) from None
                cells = np.concatenate([_grid((), headings), *blocks])
                digest = _digest(key, query, headings, hashes)
                yield RawSheet(path.name, key, cells, headings, digest=digest)
    except SQLAlchemyError as error:
        what = f"The database cannot be reached ({_name(error)})."
        raise UserError([Fault("WB238", what, Place(path.name))]) from None
    finally:
        engine.dispose()


def _statement(query: str, days: Mapping[str, dt.date]) -> TextClause:
    """The query with its days; every other colon is the query's own."""
    from sqlalchemy import Date, bindparam, text

    asked = dict.fromkeys(_ASKED.findall(query))
    handed = [bindparam(name, days.get(name), type_=Date) for name in asked]
    return text(_OTHER_COLON.sub(r"\:", query)).bindparams(*handed)


def _hash(row: Sequence[Any]) -> int:
    return int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")


def _digest(key: str, query: str, headings: Sequence[str], hashes: int) -> str:
    """The hash of a query and its rows. A sum, since a database gives rows in any order."""
    said = repr((key, query, tuple(headings), hashes % _HASHES))
    return hashlib.sha256(said.encode()).hexdigest()


def _name(error: Exception) -> str:
    return type(error).__name__


def _grid(rows: Sequence[Sequence[object]], headings: tuple[str, ...]) -> Objects:
    cells: Objects = np.empty((len(rows), len(headings)), dtype=np.object_)
    if rows:
        cells[:] = [tuple(row) for row in rows]
    return cells


_KEYS = ("address_from", "queries")


def _settings(path: Path) -> tuple[str, dict[str, str]]:
    """The address and the queries, all faults of the file at once."""
    content = read_toml(path, "WB237")
    faults = []
    variable = content.get("address_from", "")
    address = os.environ.get(variable, "") if isinstance(variable, str) else ""
    if not variable or not isinstance(variable, str):
        what = "The file does not say which environment variable holds the database's address."
        fix = 'Write: address_from = "ANNEX_A_DATABASE"'
        faults.append(Fault("WB237", what, Place(path.name, field="address_from"), fix=fix))
    elif not address:
        what = f"The environment variable {variable} is not set."
        fix = "Set it to the SQLAlchemy address of the database for your account."
        faults.append(Fault("WB237", what, Place(path.name, field="address_from"), fix=fix))
    for name in sorted(set(content) - set(_KEYS)):
        what = f'The file of queries has no "{name}".'
        fix = did_you_mean(name, _KEYS)
        at = Place(path.name, field=name)
        faults.append(Fault("WB237", what, at, ", ".join(_KEYS), fix))
    given = content.get("queries", {})
    queries = {}
    for key, text in given.items() if isinstance(given, dict) else ():
        place = Place(path.name, field=f"queries.{key}")
        if key not in lists():
            fix = did_you_mean(key, lists())
            what = f'There is no list "{key}".'
            faults.append(Fault("WB237", what, place, ", ".join(lists()), fix))
        elif not isinstance(text, str) or not text.strip():
            faults.append(Fault("WB237", "The query is no text.", place))
        elif text.strip().casefold().endswith(".sql"):
            queries[key] = _from_file(path.parent / text.strip(), place, faults)
        else:
            queries[key] = text
    if not queries and not faults:
        what = "The file has no queries."
        faults.append(Fault("WB237", what, Place(path.name, field="queries"), ", ".join(lists())))
    if faults:
        raise UserError(faults)
    return address, queries


def _from_file(path: Path, place: Place, faults: list[Fault]) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        faults.append(Fault("WB237", f"The file {path.name} cannot be read.", place))
        return ""
