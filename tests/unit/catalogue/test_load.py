"""Good folders load, whatever Excel did to their tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.catalogue.small import GOOD, changed, write_scorecard
from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.errors import UserError
from workbook_builder.periods import Month


def test_a_good_folder_loads_in_order(tmp_path: Path) -> None:
    catalogue = load_catalogue(write_scorecard(tmp_path, GOOD))
    codes = [indicator.code for indicator in catalogue.indicators]
    assert codes == ["REF1", "REF2", "REF3", "CLA1", "CLA2", "NET1", "CLA3"]
    assert [tab.name for tab in catalogue.settings.tabs] == ["Front door", "In care"]
    assert [target.value for target in catalogue.targets] == [16, None, 440]
    assert catalogue.indicator("REF1").theme == "Front door"
    assert catalogue.indicator("REF1").owner == "Head of Service"
    assert catalogue.indicator("CLA3").from_ == Month(2013, 4)
    assert len(catalogue.comparators) == len(catalogue.populations) == 1
    assert len(catalogue.overrides) == 2


def test_tables_are_optional(tmp_path: Path) -> None:
    files = changed(
        "indicators/1-front-door.toml", 'rate_of = "REF1"\npopulation = "children"\n', ""
    )
    files = {name: text for name, text in files.items() if name.endswith(".toml")}
    assert load_catalogue(write_scorecard(tmp_path, files)).targets == ()


def test_an_indicator_may_differ_from_the_defaults(tmp_path: Path) -> None:
    name = "indicators/1-front-door.toml"
    files = changed(name, 'name = "Referrals"', 'name = "Referrals"\nowner = "Director"')
    catalogue = load_catalogue(write_scorecard(tmp_path, files))
    assert [catalogue.indicator(code).owner for code in ("REF1", "REF2")] == [
        "Director",
        "Head of Service",
    ]


@pytest.mark.parametrize("written", ["2013-04", "Apr-13", "apr-13", "01/04/2013", "2013-04-01"])
def test_months_that_excel_rewrote(tmp_path: Path, written: str) -> None:
    files = changed("targets.csv", "2013-04", written)
    catalogue = load_catalogue(write_scorecard(tmp_path, files))
    assert catalogue.targets[0].from_ == Month(2013, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_and_what_excel_leaves_behind(tmp_path: Path, encoding: str) -> None:
    folder = write_scorecard(tmp_path, GOOD)
    text = GOOD["overrides.csv"].replace("late", "l\u00e4te") + ",,,,,\r\n\r\n"
    text = text.replace("indicator", "Indicator ")
    (folder / "overrides.csv").write_bytes(text.encode(encoding))
    assert load_catalogue(folder).overrides[1].reason == "A l\u00e4te file"


def test_a_retired_indicator_needs_no_tab(tmp_path: Path) -> None:
    files = changed("scorecard.toml", ', "CLA3"', "")
    name = "indicators/2-in-care.toml"
    files[name] = files[name].replace('"2013-04"', '"2012-04"\nto = "2013-12"')
    files["targets.csv"] = "indicator,from,to,kind,value\n"
    load_catalogue(write_scorecard(tmp_path, files))


FIELDS = {line.split(" = ")[0] for text in GOOD.values() for line in text.splitlines()}

CELLS = """REF1 REF2 CLA3 2014-02 1900-01 0001-01 Feb-14 99/99/2014 2012/13 0000/01 16 -1 1e400
    nan point range monthly agreed status figure Amber england " , \u0662\u0660 \u00e9"""
NUMBERS_AND_SUCH = """3 -1 1e400 nan true "x" [] {} [3] [[]] [{x=1}] "REF1" ["REF1","REF1"] "*" =
    "\\u0000" 2014-02-28 0001-01-01 1900-01-01 2014-02-28T00:00:00Z 07:30:00"""
HEADERS = """[defaults] [[indicator]] [front] [[front.group]] [[tab]] [tab] [[tab.block]] from_ tabs
    breaks minus to brand status_words defaults tab front indicator a.b"""

WORDS = st.sampled_from([*CELLS.split(), "", "\0", "\n", "9" * 5000])
VALUES = st.sampled_from(
    [*NUMBERS_AND_SUCH.split(), "", "9" * 400, "9" * 5000, "[" * 3000 + "]" * 3000]
)
KEYS = st.sampled_from([*HEADERS.split(), *sorted(name for name in FIELDS if name.isidentifier())])


def loads_or_explains(folder: Path) -> None:
    """Either a catalogue or a list of faults: nothing else may come out."""
    message = "loaded"
    try:
        load_catalogue(folder)
    except UserError as error:
        message = str(error)
    assert message
    assert "pydantic" not in message


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FUZZ
@given(
    name=st.sampled_from(sorted(GOOD)),
    content=st.binary(max_size=300) | TEXT.map(str.encode),
)
def test_any_bytes_are_survived(tmp_path: Path, name: str, content: bytes) -> None:
    folder = write_scorecard(tmp_path, GOOD)
    (folder / name).write_bytes(content)
    loads_or_explains(folder)


@FUZZ
@given(data=st.data(), name=st.sampled_from([name for name in sorted(GOOD) if "toml" in name]))
def test_any_toml_is_survived(tmp_path: Path, data: st.DataObject, name: str) -> None:
    lines = GOOD[name].splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        key = data.draw(KEYS)
        line = key if key.startswith("[") else f"{key} = {data.draw(VALUES)}"
        same = [n for n, old in enumerate(lines) if old.split(" = ")[0] == line.split(" = ")[0]]
        if same:
            lines[data.draw(st.sampled_from(same))] = line
        else:
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    loads_or_explains(write_scorecard(tmp_path, GOOD | {name: "\n".join(lines)}))


@FUZZ
@given(data=st.data(), name=st.sampled_from([name for name in sorted(GOOD) if "csv" in name]))
def test_any_table_is_survived(tmp_path: Path, data: st.DataObject, name: str) -> None:
    rows = [line.split(",") for line in GOOD[name].splitlines()]
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(WORDS)
    text = "\n".join(",".join(row) for row in rows)
    loads_or_explains(write_scorecard(tmp_path, GOOD | {name: text}))
