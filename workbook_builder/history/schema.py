"""The tables of the history. Rows are added and never changed or taken out.

One database may hold several scorecards, so every table carries the scorecard's id. Texts that are
long (definitions, inventories, what stood in a workbook) are kept compressed, once per content.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)

# Raised when a table is added; a history of a newer version is refused.
# 2: inputs and published.
SCHEMA_VERSION = 2

metadata = MetaData()

version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("scorecard", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("month", String(7), nullable=False),
    Column("workbook", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("undoes", Integer),
    Column("figures_added", Integer, nullable=False),
    Column("figures_changed", Integer, nullable=False),
    Column("figures_removed", Integer, nullable=False),
    Column("typed_saved", Integer, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_left_out", Integer, nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("structure", String(64), nullable=False),
)

# An event counts once it stands here: the workbook was written.
finished = Table(
    "finished",
    metadata,
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("scorecard", String(60), nullable=False),
    Column("cells_written", Integer, nullable=False),
    Column("at", String(40), nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event", Integer, nullable=False),
    Column("scorecard", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_used", Integer, nullable=False),
    Column("rows_left_out", Integer, nullable=False),
)

# A figure that an event added or changed; `gone` where the event no longer has it.
figures = Table(
    "figures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event", Integer, nullable=False),
    Column("scorecard", String(60), nullable=False),
    Column("gone", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("breakdown", Text, nullable=False),
    Column("period", String(60), nullable=False),
    Column("value", Float),
    Column("words", Text),
    Column("numerator", Float),
    Column("denominator", Float),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("row", Integer),
    Column("column", String(8), nullable=False),
)

# A version of something typed; `gone` where the workbook no longer has it.
typed = Table(
    "typed",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scorecard", String(60), nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("workbook", Text, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("month", String(7), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("content", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", String(40), nullable=False),
    Column("author", Text, nullable=False),
    Column("written", String(60), nullable=False),
)

# Long texts by the digest that other tables name them by.
texts = Table(
    "texts",
    metadata,
    Column("scorecard", String(60), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

previous = Table(
    "previous",
    metadata,
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("region", String(40), primary_key=True),
    Column("scorecard", String(60), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# What an event was computed from: the figures read, by the digest of their text. held_back counts
# what the extracts would have changed in a month that is published.
inputs = Table(
    "inputs",
    metadata,
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("scorecard", String(60), nullable=False),
    Column("extracts", String(64), nullable=False),
    Column("held_back", Integer, nullable=False),
)

# A month as it was published, by digests of texts: the definitions with the statuses by hand, the
# figures read, what was typed, results.csv, and the figures that nobody had published before.
# typed_until is the last row of `typed` that it knows.
published = Table(
    "published",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("scorecard", String(60), nullable=False),
    Column("month", String(7), nullable=False),
    Column("event", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("version", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("extracts", String(64), nullable=False),
    Column("typed", String(64), nullable=False),
    Column("results", String(64), nullable=False),
    Column("reported", String(64), nullable=False),
    Column("typed_until", Integer, nullable=False),
)

# Who is at work; the one table whose rows change. Not used for SQLite, where a file is locked.
writer = Table(
    "writer",
    metadata,
    Column("scorecard", String(60), primary_key=True),
    Column("who", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("since", String(40), nullable=False),
)

Index("figures_of_event", figures.c.scorecard, figures.c.event)
Index("files_of_event", files.c.scorecard, files.c.event)
Index("typed_of_month", typed.c.scorecard, typed.c.month)
Index("events_of_month", events.c.scorecard, events.c.month)

KEPT = (events, finished, files, figures, typed, texts, previous, inputs, published)

SQLITE_GUARD = """
CREATE TRIGGER IF NOT EXISTS {table}_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
"""
POSTGRES_GUARD = """
CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$ LANGUAGE plpgsql
"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()
"""


def _guard() -> None:
    _after(metadata, "before_create", POSTGRES_GUARD, "postgresql")
    for table in KEPT:
        for what in ("UPDATE", "DELETE"):
            sql = SQLITE_GUARD.format(table=table.name, what=what)
            _after(table, "after_create", sql, "sqlite")
        sql = POSTGRES_TRIGGER.format(table=table.name)
        _after(table, "after_create", sql, "postgresql")


def _after(what: Table | MetaData, moment: str, sql: str, dialect: str) -> None:
    statement = DDL(sql)  # type: ignore[no-untyped-call]
    event.listen(what, moment, statement.execute_if(dialect=dialect))


_guard()
