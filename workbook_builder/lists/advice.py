"""What to do about each kind of problem, in a sentence for the officer who mends it."""

from __future__ import annotations

ADVICE = {
    "no id": "The row cannot be counted. Often it is a line of totals.",
    "repeated row": "Queries that join tables do this. If both are real, export a column that "
    "tells them apart.",
    "headings again": "Two exports were put under each other. Nothing is lost.",
    "child twice": "Both rows count. See which one is the latest.",
    "id with digits lost": "Export the id as text: different children may now have one id.",
    "leading zeros differ": "Export the id as text from every list.",
    "odd id": "Look whether it is an id at all.",
    "required and blank": "Fill it in the case system.",
    "not a date": "Look whether the columns have shifted.",
    "not a number": "Look whether the columns have shifted.",
    "impossible date": "Mend the date. Often day and month are the wrong way round.",
    "filler date": "Have the export leave the cell blank.",
    "future date": "Look whether the year is right. If the lists were taken later, put that day "
    "into the name of the file.",
    "old date": "Look whether the year is right.",
    "impossible number": "Mend the number.",
    "unknown code": "Add it to the mapping file, or mend it in the case system.",
    "word for nothing": "Have the export leave the cell blank.",
    "error value": "Mend the formula, or export again.",
    "formula without value": "Open the file in Excel and save it.",
    "date in a text": "Look whether a date slipped in, or Excel made one of a text.",
    "person in a text": "Look what stands there. A team called so needs another name in [teams].",
    "team without area": "Add the team to areas.csv: it counts as Not recorded by area.",
    "column missing": "Look at the headings, or map them.",
    "column not used": "Look at the headings, or map them.",
    "column twice": "Look at the headings, or map them.",
    "no rows": "Export the list again. Where there truly was nobody, name the list under "
    "may_be_empty in [lists] of scorecard.toml.",
    "list twice": "Look whether the right sheet was exported.",
    "sheet not used": "Look whether the sheet is a list under another name.",
}


def advice(kind: str) -> str:
    """What to do about a kind of problem."""
    return ADVICE[kind]
