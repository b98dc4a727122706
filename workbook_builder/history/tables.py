"""The tables of a history: made where there are none, brought forward where they are older."""

from __future__ import annotations

from sqlalchemy import Engine, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from workbook_builder.errors import Fault, Place, UserError
from workbook_builder.history import schema
from workbook_builder.history.place import HistoryPlace


def make_tables(engine: Engine, place: HistoryPlace) -> None:
    """See that every table is there. An older history is copied first, then gets the new ones.

    Raises UserError where the database cannot be used or was written by a newer version.
    """
    try:
        found = version_of(engine, place)
        if found == schema.SCHEMA_VERSION:
            return
        if found:
            place.copy_before(schema.SCHEMA_VERSION)
        with engine.begin() as connection:
            # Makes only what is missing. A version that changes a table has to do so here.
            schema.metadata.create_all(connection)
            connection.execute(insert(schema.version).values(version=schema.SCHEMA_VERSION))
    except SQLAlchemyError as error:
        raise unusable(place, error) from error


def version_of(engine: Engine, place: HistoryPlace) -> int:
    """The version of the tables, 0 where there are none. Raises UserError for a newer one."""
    if not inspect(engine).has_table(schema.version.name):
        return 0
    with engine.connect() as connection:
        found = connection.execute(select(func.max(schema.version.c.version))).scalar() or 0
    if found > schema.SCHEMA_VERSION:
        what = "The history was written by a newer version of Workbook Builder."
        raise UserError([Fault("WB504", what, Place(_shown(place)), fix="Install that version.")])
    return int(found)


def unusable(place: HistoryPlace, error: Exception) -> UserError:
    """What to say of a database that does not do as it should."""
    said = type(getattr(error, "orig", None) or error).__name__
    what = f"The history's database cannot be used ({said})."
    fix = "See that it can be reached and that you may write to it."
    return UserError([Fault("WB507", what, Place(_shown(place)), fix=fix)])


def _shown(place: HistoryPlace) -> str:
    """Where a history is, without the password that an address may hold."""
    return str(place.file) if place.is_file else place.url.rpartition("@")[2]
