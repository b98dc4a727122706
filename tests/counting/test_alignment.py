"""The names of the measures fit the lists as they are read: same lists, keys, kinds and codes."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from workbook_builder.counting.columns import AREA, vocabulary

pytest.importorskip("workbook_builder.lists", reason="the reader of lists is not here yet")

KINDS = {"id": "text", "text": "text", "date": "date", "number": "number"} | dict.fromkeys(
    ("code", "yes_no"), "code"
)
READ = tomllib.loads(files("workbook_builder.lists").joinpath("columns.toml").read_text("utf-8"))
LISTS = {table["key"]: table for table in READ["lists"]}


def test_the_lists_are_the_same() -> None:
    assert {name: one.number for name, one in vocabulary().lists.items()} == {
        name: table["number"] for name, table in LISTS.items()
    }


@pytest.mark.parametrize("name", vocabulary().lists)
def test_every_column_is_read_as_the_kind_that_is_counted(name: str) -> None:
    read = {column["key"]: column for column in LISTS[name]["columns"]}
    for column in vocabulary().lists[name].columns.values():
        if column.name == AREA:  # an authority's own
            continue
        assert column.key in read, column.name
        assert KINDS[read[column.key]["kind"]] == column.kind, column.name


@pytest.mark.parametrize("name", vocabulary().lists)
def test_the_known_codes_are_those_that_are_read(name: str) -> None:
    read = {column["key"]: column for column in LISTS[name]["columns"]}
    for column in vocabulary().lists[name].columns.values():
        if column.codes:
            assert set(column.codes) == set(READ["codes"][read[column.key]["codes"]]), column.name
