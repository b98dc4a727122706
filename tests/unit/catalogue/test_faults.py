"""One mistake at a time, and what the person who made it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalogue.small import GOOD, changed, write_scorecard
from workbook_builder.catalogue.load import load_catalogue
from workbook_builder.errors import UserError

S = "scorecard.toml"
FD = "indicators/1-front-door.toml"
IC = "indicators/2-in-care.toml"
T, C, P, O = "targets.csv", "comparators.csv", "populations.csv", "overrides.csv"  # noqa: E741

CASES: list[tuple[str, str, str, str, list[str]]] = [
    # name, file, old, new, fragments of the message
    ("malformed", FD, 'name = "Re', "name = Re", [FD, "row 9", "WB103", "name = Referrals"]),
    ("malformed settings", S, "[defaults]", "[defaults", [S, "row 7", "WB103"]),
    ("not utf-8", FD, "Re-referrals", "Re-referrals\udce9", [FD, "row 16", "UTF-8"]),
    ("unknown field", FD, "polarity =", "polarty =", [FD, "REF1", '"polarty"', '"polarity"?']),
    ("field with no near one", FD, "polarity =", "zzz =", ["an indicator", "Allowed: code, name"]),
    ("wrong word", FD, '"neither"', '"hihg"', ["WB106", "REF1", '"hihg"', "high, low", '"high"?']),
    ("number for a word", FD, 'unit = "count"', "unit = 3", ["REF1", "3 is not allowed for unit"]),
    ("missing field", FD, 'unit = "count"\n', "", ["REF1", '"unit" is missing', "count, percent"]),
    ("missing code", FD, 'code = "REF2"\n', "", [FD, "indicator number 2", '"code" is missing']),
    ("number for a text", FD, '"Referrals"', "3", ["REF1", "3 cannot be used", "quotes"]),
    ("blank name", FD, '"Referrals"', '"  "', ["REF1", '"name" is blank']),
    ("theme missing", FD, 'theme = "Front door"\n', "", [FD, 'field "theme"', "missing"]),
    ("theme a number", FD, '"Front door"', "3", [FD, "row 1", 'field "theme"']),
    ("bad default", FD, '"in month"', '"monthly"', ["defaults: period_type", "in month, "]),
    ("unknown default", FD, "owner =", "ownr =", ["defaults: ownr", '"owner"?']),
    ("defaults no table", FD, "[defaults]", "[[defaults]]", [FD, '"defaults" is a list']),
    ("unknown table", FD, "[[indicator]]", "[[indicators]]", ['"indicators"', '"indicator"?']),
    ("single brackets", IC, GOOD[IC], 'theme = "x"\n[indicator]\n', ["[[indicator]]"]),
    ("wildcard in code", FD, '"REF1"', '"REF*"', ['"REF*"', "may hold letters, digits, . _ / -"]),
    ("decimals", FD, "owner =", "decimals = 7\nowner =", ["7 is too large", "0 to 6"]),
    ("half a decimal", FD, "owner =", "decimals = 1.5\nowner =", ["1.5", "a whole number"]),
    ("plus no list", IC, '["CLA1"]', '"CLA1"', ["NET1", "plus", "square brackets"]),
    ("item of plus", IC, '["CLA1"]', "[3]", ["NET1", "plus 1", "3 cannot be used"]),
    ("not true", FD, "owner =", 'highlighted = "maybe"\nowner =', ['"maybe"', "true or false"]),
    ("no month", IC, '"2013-04"', '"2013-13"', [IC, "CLA3", '"2013-13" is not a month', "2014-02"]),
    ("month a number", IC, '"2013-04"', "201304", ["CLA3", "201304 is not a month"]),
    ("break", IC, "from =", 'breaks = [{period = "x", note = "n"}]\nfrom =', ["breaks 1: period"]),
    ("break no table", IC, "from =", "breaks = [3]\nfrom =", ["breaks 1", "3 is not a break"]),
    # scorecard.toml
    ("unknown setting", S, "authority =", "autority =", [S, '"autority"', '"authority"?']),
    ("bad id", S, '"small"', '"Small Folder"', [S, "row 1", "id", "small letters"]),
    ("report month", S, '"2014-02"', '"Feb 14"', [S, "row 4", '"Feb 14" is not a month']),
    ("old report month", S, '"2014-02"', '"1914-02"', [S, "1914-02 cannot be", "1990-01"]),
    ("date", S, "[defaults]", 'data_as_at = "28 Feb"\n[defaults]', ["28 Feb", "not a date"]),
    ("default", S, "tolerance = 5", "tolerance = -5", ["defaults: tolerance", "-5", "0 or more"]),
    ("not a number", S, "tolerance = 5", "tolerance = nan", ["defaults: tolerance", "nan"]),
    ("unknown word default", S, "tolerance = 5", 'arrow = "up"', ["value, performance"]),
    ("tab name", S, '"In care"', '"In/care"', ['"In/care"', "may not hold any of"]),
    ("long tab name", S, '"In care"', f'"{"x" * 32}"', ["32 characters", "at most 31"]),
    ("block type", S, 'type = "charts"\n', "", ["Front door", "block 2: type", "a block needs it"]),
    ("front group", S, 'heading = "All"\n', "", ["front: group 1: heading", "missing"]),
    ("tab twice", S, '"In care"', '"FRONT door"', ['"FRONT door"', "Tab 1", "capitals"]),
    ("tab reserved", S, '"In care"', '"figures"', ["figures", '"Figures"', "another name"]),
    ("tab like front", S, '"In care"', '"summary"', ["The front sheet is called"]),
    ("front reserved", S, '"Summary"', '"Notes"', ["front: name", '"Notes"']),
    ("status words", S, "[front]", '[status_words]\namber = "Red"\n[front]', ["red and for amber"]),
    # across files
    ("duplicate", IC, '"CLA1"', '"REF1"', [IC, '"REF1" is already used', FD, "row 8"]),
    ("duplicate by case", IC, '"CLA1"', '"ref1"', [IC, '"REF1"', "capitals make no difference"]),
    ("unknown plus", IC, '["CLA1"]', '["CLA9"]', ["NET1", "plus", '"CLA9"', "Did you mean"]),
    ("unknown minus", IC, '["CLA2"]', '["cla2"]', ["NET1", "minus", '"cla2"', '"CLA2"?']),
    ("code still there", IC, "from =", 'replaces = "CLA1"\nfrom =', ["WB127", "CLA3", '"CLA1"']),
    ("own code", IC, "from =", 'replaces = "CLA3"\nfrom =', ["WB127", "CLA3", "still there"]),
    ("code of two", FD, "owner =", 'replaces = "OLD"\nowner =', ["WB127", '"REF1" already']),
    ("code twice", IC, "from =", 'replaces = ["A", "A"]\nfrom =', ["WB127", "CLA3", '"A"']),
    ("earlier code on tab", IC, 'code = "CLA3"', 'code = "CL3"\nreplaces = "CLA3"',
     ["WB121", '"CLA3"', 'Its code is now "CL3"']),
    ("unknown rate_of", FD, 'rate_of = "REF1"', 'rate_of = "RAF1"', ["REF3", '"RAF1"', "REF1"]),
    ("unknown target", T, "REF2", "REF9", [T, "row 2", "column A", '"REF9"', "Did you mean"]),
    ("unknown comparator", C, "REF2", "XYZ", [C, "row 2", "column A", '"XYZ"']),
    ("unknown override", O, "REF1", "XYZ", [O, "row 3", "column A", '"XYZ"']),
    ("unknown on tab", S, '"REF3"]', '"REF3", "REF33"]', ["Front door", "block 1", '"REF33"']),
    ("unknown in group", S, '["REF1", "REF2"]', '["REF1", "RIF2"]', ["front: group 1", '"RIF2"']),
    ("on no tab", S, ', "NET1"]', "]", [IC, "NET1", "on no tab", "[[tab.block]]"]),
    ("in two grids", S, '"CLA1", ', '"CLA1", "REF1", ', ["In care", '"REF1" is already in a grid']),
    ("cycle", IC, "from =", 'plus = ["CLA3"]\nfrom =', ["CLA3", "CLA3 needs CLA3"]),
    ("long cycle", IC, "name =", 'plus = ["NET1"]\nname =', ["CLA1 needs NET1 needs CLA1"]),
    ("rate and sum", FD, "rate_of", 'plus = ["REF1"]\nrate_of', ["REF3", "not both"]),
    ("sum of percent", FD, '"weighted"', '"sum"', ["REF2", "percent, never summed", "latest"]),
    ("sum of snapshot", IC, '"latest"', '"sum"', ["CLA3", "month-end snapshot is never summed"]),
    ("weighted, no wording", FD, 'denominator = "All referrals"\n', "", ["REF2", '"denominator"']),
    ("from after to", IC, '"2013-04"', '"2013-04"\nto = "2013-03"', ["CLA3", "is after the last"]),
    ("rate no population", FD, 'population = "children"\n', "", ["REF3", '"population" is']),
    ("population no rate", FD, 'rate_of = "REF1"\n', "", ["REF3", '"rate_of" is missing']),
    ("rate unit", FD, '"rate per 10,000"', '"count"', ["REF3", '"count"', "rate per 10,000"]),
    ("population name", FD, '"children"', '"childern"', ["REF3", "not at all", '"children"?']),
    ("population year", P, "2012", "2010", ["REF3", "only for 2010", "from 2011 to 2013"]),
    # CSV files
    ("unknown column", T, "kind,", "knd,", [T, "row 1", "column D", '"knd"', '"kind"?']),
    ("missing column", T, "kind,value", "value,value2", [T, '"kind" is missing', "point, range"]),
    ("column twice", T, "low,high", "low,low", [T, "column G", 'two columns "low"']),
    ("short row", T, "450,agreed", "450", [T, "row 3", "7 cells", "8 columns"]),
    ("long row", T, "450,agreed", "450,agreed,x", ["row 3", "column I", '"x"', "no column"]),
    ("semicolons", P, GOOD[P], GOOD[P].replace(",", ";"), [P, "not separated by commas"]),
    ("open quote", P, "ONS", '"ONS', [P, "row 2", "double quote"]),
    ("word in a cell", T, "point", "pont", [T, "row 2", "column D", "REF2", '"pont"', '"point"?']),
    ("number in a cell", T, ",16,", ",sixteen,", [T, "column E", '"sixteen" is not a number']),
    ("percent sign", T, ",16,", ",16%,", ["row 2, column E", '"16%"', "without the percent sign"]),
    ("infinite", T, ",16,", ",inf,", ["row 2, column E", '"inf"']),
    ("month in a cell", T, "2014-03", "2014-3", [T, "column C", '"2014-3" is not a month']),
    ("missing cell", O, "A late file", "", [O, "row 3", "column E", '"reason" is missing']),
    ("comparator word", C, "england", "englnd", [C, "column B", '"englnd"', '"england"?']),
    ("comparator year", C, "2012/13", "2012/14", [C, "column C", '"2012/14" is neither a year']),
    ("population nought", P, "57600", "0", [P, "column C", "too small", "more than 0"]),
    ("population twice", P, "ONS\n", "ONS\nchildren,2012,1,\n", [P, "row 3", "already", "row 2"]),
    ("override twice", O, "REF1,2014-02,figure,149", "REF2,2014-02,status,Red", ["row 3", "row 2"]),
    ("status word", O, "Amber", "Ambr", [O, "row 2", "column D", '"Ambr"', "Red", '"Amber"?']),
    ("figure", O, "149", "lots", [O, "row 3", "column D", '"lots"', "a number"]),
    ("override too early", O, "REF1,2014-02", "CLA3,2013-03", ["row 3", "CLA3", "not in use"]),
    # targets
    ("target for neither", T, "REF2", "REF1", [T, "row 2", "REF1", '"neither"', "high, low"]),
    ("point with low", T, "16,,", "16,1,", [T, "row 2", "column F", 'no "low"', "blank"]),
    ("point without value", T, "16,,", ",,", [T, "row 2", "column E", '"value" is missing']),
    ("words without words", T, "point,16", "words,", [T, "row 2", '"words" is missing']),
    ("words with value", T, "point,16", "words,16", [T, "row 2", 'no "value"', "16"]),
    ("range with value", T, ",,400", ",425,400", [T, "row 3", 'no "value"', "425"]),
    ("range without ends", T, "400,450", ",", [T, "row 3", "low", "high"]),
    ("range reversed", T, "400,450", "450,400", ["row 3", "450, is above the high end, 400"]),
    ("monthly for two", T, "2014-02,2014-02", "2014-01,2014-02", ["row 4, column C", "one month"]),
    ("target reversed", T, "2013-04", "2014-04", ["row 2", "column B", "after the last"]),
    ("target over 100", T, ",16,", ",160,", [T, "row 2", "column E", "160", "0 to 100"]),
    ("target under 0", T, ",16,", ",-1,", ["row 2", "-1 cannot be a target", "0 to 100"]),
    ("target too early", T, "2014-02,2014-02", "2013-03,2013-03", ["row 4", "use from 2013-04"]),
    ("overlap", T, "REF2,", "REF2,2014-03,2014-06,point,15,,,agreed\nREF2,",
     ["row 3", "already an agreed target for 2014-03", "row 2", "draft"]),
    ("point over range", T, "REF2,", "CLA3,2014-01,2014-02,point,9,,,agreed\nREF2,",
     ["row 4", "2014-01 to 2014-02, in row 2"]),
    ("month twice", T, "REF2,", "CLA3,2014-02,2014-02,monthly,9,,,agreed\nREF2,",
     ["row 5", "2014-02, in row 2"]),
    ("superseded together", T, "REF2,", "CLA3,2014-01,2014-02,point,9,,,superseded\n"
     "CLA3,2014-01,2014-03,point,8,,,superseded\nREF2,",
     ["WB131", "row 3", "begins in 2014-01, in row 2"]),
]  # fmt: skip


def complaint(folder: Path) -> str:
    """What the user is told; the folder has to be refused."""
    with pytest.raises(UserError) as caught:
        load_catalogue(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "fragments"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_mistake_is_explained(
    tmp_path: Path, file: str, old: str, new: str, fragments: list[str]
) -> None:
    files = changed(file, old, new)
    text = files.pop(file)
    folder = write_scorecard(tmp_path, files)
    (folder / file).write_bytes(text.encode("utf-8", "surrogateescape"))
    message = complaint(folder)
    for fragment in fragments:
        assert fragment in message, message
    for leak in ("pydantic", "http", "Traceback", "Input should", "Extra inputs", "[type="):
        assert leak not in message


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    files = dict(GOOD)
    files[S] = (
        files[S].replace("tolerance = 5", "tolernce = 5").replace('"In care"', '"Front door"')
    )
    files[FD] = files[FD].replace('"weighted"', '"wieghted"').replace('"neither"', '"nether"')
    files[IC] = files[IC].replace('"month-end snapshot"', '"snapshot"')
    files[T] = files[T].replace("16", "sixteen").replace("400,450", "450,400")
    files[C] = files[C].replace("england", "wales")
    files[P] = files[P].replace("year", "yr")
    files[O] = files[O].replace("Amber", "Orange")
    message = complaint(write_scorecard(tmp_path, files))
    expected = ["tolernce", "Tab 1 is called", "wieghted", "nether", "snapshot", "sixteen"]
    expected += ["above the high end", "wales", '"yr"', '"Orange" is not a status']
    for fragment in expected:
        assert fragment in message, message
    assert message.count('"nether"') == 2


def test_a_broken_file_does_not_make_false_accusations(tmp_path: Path) -> None:
    files = changed(FD, "theme", "theme = = ")
    message = complaint(write_scorecard(tmp_path, files))
    assert message.count("WB1") == 1, message


def test_a_mistake_in_the_defaults_is_told_once(tmp_path: Path) -> None:
    message = complaint(write_scorecard(tmp_path, changed(FD, '"in month"', '"monthly"')))
    assert message.count("WB1") == 1, message


def test_a_faulty_indicator_is_not_unknown_as_well(tmp_path: Path) -> None:
    message = complaint(write_scorecard(tmp_path, changed(FD, '"percent"', '"percents"')))
    assert message.count("WB1") == 1, message


def test_drafts_may_overlap(tmp_path: Path) -> None:
    files = changed(T, "REF2,", "REF2,2014-01,2014-06,point,15,,,draft\nREF2,")
    load_catalogue(write_scorecard(tmp_path, files))


def test_an_empty_folder_is_not_a_scorecard(tmp_path: Path) -> None:
    assert "This folder is not a scorecard" in complaint(tmp_path)
    assert "no such folder" in complaint(tmp_path / "elsewhere")


def test_a_scorecard_needs_indicators(tmp_path: Path) -> None:
    files = {name: text for name, text in GOOD.items() if not name.startswith("indicators/")}
    folder = write_scorecard(tmp_path, files)
    assert "nothing to report" in complaint(folder)
    write_scorecard(folder, {"indicators/1.toml.txt": GOOD[FD]})
    assert 'Rename "1.toml.txt"' in complaint(folder)
    write_scorecard(folder, {"indicators/1.toml": 'theme = "x"\n'})
    assert "no indicator in any file" in complaint(folder)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    folder = write_scorecard(tmp_path, GOOD)
    (folder / T).unlink()
    (folder / T).mkdir()
    assert "cannot be read" in complaint(folder)
