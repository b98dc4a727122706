"""Lists from a database: a query for each in a TOML file, the address in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from workbook_builder.errors import Fault, Place, UserError, did_you_mean
from workbook_builder.lists.cells import Objects
from workbook_builder.lists.definitions import lists
from workbook_builder.lists.mapping import read_toml
from workbook_builder.lists.sheets import RawSheet

_AT_ONCE = 50_000


def sheets_of_queries(path: Path) -> Iterator[RawSheet]:
    """The result of each query as a sheet named after its list.

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
                    result = connection.exec_driver_sql(query)
                    headings = tuple(map(str, result.keys()))
                    blocks = [_grid(part, headings) for part in result.partitions(_AT_ONCE)]
                except SQLAlchemyError as error:
                    what = f"The query of the list {key} failed ({_name(error)})."
                    place = Place(path.name, field=f"queries.{key}")
                    raise UserError([Fault("WB238", what, place, fix=fix)]) from None
                cells = np.concatenate([_grid((), headings), *blocks])
                yield RawSheet(path.name, key, cells, headings)
    except SQLAlchemyError as error:
        what = f"The database cannot be reached ({_name(error)})."
        raise UserError([Fault("WB238", what, Place(path.name))]) from None
    finally:
        engine.dispose()


def _name(error: Exception) -> str:
    return type(error).__name__


def _grid(rows: Sequence[Sequence[object]], headings: tuple[str, ...]) -> Objects:
    cells: Objects = np.empty((len(rows), len(headings)), dtype=np.object_)
    if rows:
        cells[:] = [tuple(row) for row in rows]
    return cells


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
