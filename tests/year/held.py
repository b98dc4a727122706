"""The year's workbooks, results and lists held against the script's account; every difference."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from tests.building import STAMP
from tests.year.desk import Desk, Kept
from tests.year.marks import PERIODS, Cells, cells_of, grids_of, marks_of, texts_of
from tests.year.script import BEGINS, ENDS
from workbook_builder import app

# Sheets that say what was done when, and the line of the front sheet that says it.
WHEN = ("Notes", "Log")
LINE = ("Summary", "A2")
LIGHTS = ("Red", "Amber", "Green")
LAST_MONTH = "Last month ("
INDICATORS = ("contacts", "referrals", "timely", "plans", "visits")


def differences(desk: Desk) -> list[str]:
    """Everything in which the year is not as the account has it."""
    found = list(desk.faults)
    latest = {one.month: one for one in desk.kept}
    for one in desk.kept:
        found += _rebuilt(desk, one, one is latest[one.month])
        found += _figures(one)
        found += _lights(one)
        found += _shown(one)
        found += _marked(one)
    found += _words(desk, latest)
    found += _listed(desk)
    return found


def _rebuilt(desk: Desk, one: Kept, latest: bool) -> Iterator[str]:
    """A publication built again: results.csv to the byte, and every cell of every sheet."""
    shown = cells_of(one.workbook)
    copy = app.copy_publication(desk.folder, one.month, one.edition, desk.place / "copies")
    made = [("copied", copy.workbook, copy.results)]
    if latest:
        built = app.build(desk.folder, one.month, desk.place / "again", stamp=STAMP)
        made.append(("rebuilt", built.workbook, built.results))
    for how, workbook, results in made:
        if results.read_bytes() != one.results:
            yield f"{one.month} {how}: results.csv is another one"
        yield from (f"{one.month} {how}: {text}" for text in _other(shown, cells_of(workbook)))


def _other(shown: Cells, again: Cells) -> Iterator[str]:
    for at in sorted({*shown, *again}):
        if at[0] in (*WHEN, PERIODS) or at == LINE or shown.get(at) == again.get(at):
            continue
        if not (at[0].startswith("Figures") and _no_column(at, shown, again)):
            yield f"{at[0]} {at[1]} shows {again.get(at)!r}, not {shown.get(at)!r}"


def _no_column(at: tuple[str, str], shown: Cells, again: Cells) -> bool:
    """Whether it is no figure and one of the workbooks has no such period.

    A workbook that was rolled forward has kept the columns of the year that it began in.
    """
    series, _, period = at[1].partition(" ")
    both = (PERIODS, period) in shown and (PERIODS, period) in again
    figure = "|" not in series and any(isinstance(one.get(at), float) for one in (shown, again))
    return not both and not figure


def rows_of(results: bytes) -> dict[tuple[str, str], dict[str, str]]:
    """The lines of a results.csv that are about months."""
    lines = csv.DictReader(io.StringIO(results.decode("utf-8-sig")))
    return {
        (one["indicator"], one["period"]): one
        for one in lines
        if one["period_kind"] == "month" and not one["breakdown"]
    }


def _figures(one: Kept) -> Iterator[str]:
    """Figures, what was first reported, and what is restated."""
    rows, restated = rows_of(one.results), one.said.restated()
    for key in sorted({*rows, *one.said.figures}):
        if key[1] > one.month:
            # Of months that the extracts have by then: this publication reports nothing of them.
            if rows[key]["first_reported"] or rows[key]["restated"]:
                yield f"results of {one.month}: {' '.join(key)} counts as reported"
            continue
        figure, row = one.said.figures.get(key, ""), rows.get(key, {})
        first = one.said.first.get(key, "")
        wanted = (
            figure if figure.isdigit() else "",
            first if first.isdigit() else "",
            "yes" if key in restated else "",
        )
        found = tuple(row.get(name, "") for name in ("value", "first_reported", "restated"))
        if found != wanted:
            yield f"results of {one.month}: {' '.join(key)} is {found}, not {wanted}"


def _lights(one: Kept) -> Iterator[str]:
    """The light and the arrow of the month, by the limits that held then."""
    rows = rows_of(one.results)
    for code in INDICATORS:
        row = rows.get((code, one.month))
        if row is None:
            begun = BEGINS.get(code, one.month) <= one.month <= ENDS.get(code, one.month)
            if begun and one.said.figures.get((code, one.month)):
                yield f"results of {one.month}: {code} has no line"
            continue
        wanted = (one.said.light(code), one.said.direction(code))
        rag = row["rag"]
        found = ("" if rag == "none" else rag, row["direction"])
        if found != wanted:
            yield f"results of {one.month}: {code} is {found}, not {wanted}"


def _shown(one: Kept) -> Iterator[str]:
    """What a person sees in the grids: the figures of four months, and the light."""
    seen = grids_of(one.workbook)
    for code in INDICATORS:
        if code not in seen:
            if code not in BEGINS:
                yield f"{one.month}: {code} is on no tab"
            continue
        months, light = seen[code]
        for month, value in months.items():
            figure = one.said.figures.get((code, month), "")
            if figure.isdigit() and value != float(figure):
                yield f"{one.month}: {code} {month} shows {value!r}, not {figure}"
            if not figure.isdigit() and isinstance(value, float):
                yield f"{one.month}: {code} {month} shows {value!r}, and there is no figure"
        wanted = one.said.light(code)
        if (light if light in LIGHTS else "") != wanted.title():
            yield f"{one.month}: {code} shows the light {light!r}, not {wanted!r}"


def _marked(one: Kept) -> Iterator[str]:
    """Once published: [r] where it is restated, and no [p]."""
    wanted = dict.fromkeys(one.said.restated(), "r")
    found = {key: mark for key, mark in marks_of(one.workbook).items() if mark}
    for key in sorted({*wanted, *found}):
        if wanted.get(key) != found.get(key):
            yield f"{one.month}: {' '.join(key)} is marked {found.get(key)}, not {wanted.get(key)}"


def _words(desk: Desk, latest: dict[str, Kept]) -> Iterator[str]:
    """What was typed stands in the workbooks of its months, and in no other."""
    for month, one in latest.items():
        for path in (one.workbook, desk.place / "again" / f"Scorecard {month}.xlsx"):
            yield from _words_of(desk, month, path)


def _words_of(desk: Desk, month: str, path: Path) -> Iterator[str]:
    texts = [
        text
        for sheet, text in texts_of(path)
        if sheet not in WHEN and not text.startswith(LAST_MONTH)
    ]
    for word, months in desk.account.words().items():
        stands = any(word in text for text in texts)
        if stands != (month in months):
            yield f"{path.parent.name} {month}: {word!r} {'stands' if stands else 'is missing'}"


def _listed(desk: Desk) -> Iterator[str]:
    """What the list of everything typed says of each text's months."""
    listed = [row for row in app.list_annotations(desk.folder).rows if row[-1] == "yes"]
    hands = {(row[0], row[1]): row[4] for row in listed if row[2] == "status"}
    wanted = {
        (code, one.month): text
        for one in desk.account.played
        for code, text in desk.account.hands(one.month).items()
    }
    if hands != wanted:
        yield f"annotations: statuses by hand are {hands}, not {wanted}"
    for word, months in desk.account.words().items():
        found = {row[1] for row in listed if word in row[4]}
        if found != months:
            yield f"annotations: {word!r} is listed under {sorted(found)}, not {sorted(months)}"
