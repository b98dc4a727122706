"""The faults of real files, each with its rate: the table that `--mess` works from.

A cell's fault turns the cell as it should be into the cell as it is found. A fault of a heading
turns a heading; faults of rows and sheets are made where the file is put together (mess.py). The
rates are shares of the cells, headings, rows or sheets that the fault can befall at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from workbook_builder.sample.days import date_of
from workbook_builder.sample.layout import AGE, CODE, DATE, ID, NUMBER, TEXT, WORKER, Cell

# Excel's number of 1 January 1970.
EXCEL_EPOCH = 25569


@dataclass(frozen=True)
class Formula:
    """A cell with a formula; value is what was saved with it, None where nothing was."""

    text: str
    value: float | None


@dataclass(frozen=True)
class Dated:
    """A true date, as Excel's number of it with a date format."""

    serial: int


Found = str | int | float | Formula | Dated | None


@dataclass(frozen=True)
class CellFault:
    """A fault of single cells.

    make gets the cell as it should be (a day's number, a code, a text) and returns what is found.
    blanks: it befalls blank cells, not filled ones. csv: it can be in a CSV file. only: a heading.
    """

    kind: str
    cells: frozenset[Cell]
    rate: float
    what: str
    make: Callable[[str | int], Found]
    blanks: bool = False
    csv: bool = True
    only: str = ""


@dataclass(frozen=True)
class HeadingFault:
    """A fault of headings; make returns the heading unchanged where it cannot be befallen."""

    kind: str
    rate: float
    what: str
    make: Callable[[str], str]


@dataclass(frozen=True)
class OtherFault:
    """A fault of a row or of a whole sheet."""

    kind: str
    unit: str
    rate: float
    what: str


def _serial(day: str | int) -> int:
    return int(day) + EXCEL_EPOCH


def _formatted(form: str) -> Callable[[str | int], Found]:
    return lambda day: date_of(int(day)).strftime(form)


def _formula(day: str | int) -> str:
    date = date_of(int(day))
    return f"=DATE({date.year},{date.month},{date.day})"


def _impossible(day: str | int) -> Found:
    date = date_of(int(day))
    return f"31/{(2, 4, 6, 9, 11)[date.month % 5]:02d}/{date.year}"


def bare(code: str) -> str:
    """A code without its letter, or its short form where it has no letter."""
    lettered = re.fullmatch(r"[a-z]+\) (.*)", code)
    return lettered[1] if lettered else re.split(r": | - ", code)[0]


def _other_letter(code: str) -> str:
    return re.sub(r"^([a-z]+)\)", lambda found: f"{'xw'[found[1] == 'x']})", code)


def _punctuated(code: str) -> str:
    return code.replace(": ", " - ", 1) if ": " in code else code.replace(") ", ")", 1)


def _text(make: Callable[[str], Found]) -> Callable[[str | int], Found]:
    return lambda value: make(str(value))


def _always(found: Found) -> Callable[[str | int], Found]:
    return lambda value: found  # noqa: ARG005


ONLY_DATE, ONLY_CODE, ONLY_ID = frozenset({DATE}), frozenset({CODE}), frozenset({ID})
ONLY_TEXT, ONLY_NUMBER = frozenset({TEXT}), frozenset({NUMBER})

CELL_FAULTS: tuple[CellFault, ...] = (
    CellFault("date_text", ONLY_DATE, 0.004, "05/03/2024 as text", _formatted("%d/%m/%Y")),
    CellFault("date_iso", ONLY_DATE, 0.002, "2024-03-05 as text", _formatted("%Y-%m-%d")),
    CellFault("date_long", ONLY_DATE, 0.002, "05-Mar-2024 as text", _formatted("%d-%b-%Y")),
    CellFault(
        "date_time", ONLY_DATE, 0.002, "05/03/2024 00:00:00", _formatted("%d/%m/%Y 00:00:00")
    ),
    CellFault("date_serial", ONLY_DATE, 0.002, "45356, a plain number", _serial),
    CellFault(
        "formula_cached",
        ONLY_DATE,
        0.003,
        "=DATE(2024,3,5) with its value",
        lambda day: Formula(_formula(day), _serial(day)),
        csv=False,
    ),
    CellFault(
        "formula_uncached",
        ONLY_DATE,
        0.001,
        "=DATE(2024,3,5) without a value",
        lambda day: Formula(_formula(day), None),
        csv=False,
    ),
    CellFault("date_impossible", ONLY_DATE, 0.001, "31/02/2024 as text", _impossible),
    CellFault(
        "date_future",
        ONLY_DATE,
        0.001,
        "a date fifty years on",
        lambda day: Dated(_serial(day) + 18263),
    ),
    CellFault(
        "date_filler", ONLY_DATE, 0.003, "01/01/1900 for a blank", _always(Dated(1)), blanks=True
    ),
    CellFault("id_float", ONLY_ID, 0.004, '"123.0"', _text(lambda id_: f"{id_}.0")),
    CellFault("id_space", ONLY_ID, 0.004, '"123 "', _text(lambda id_: f"{id_} ")),
    CellFault("id_text", ONLY_ID, 0.01, '"123", text and not a number', _text(str), csv=False),
    CellFault("id_blank", ONLY_ID, 0.001, "no id", _always(None)),
    CellFault("code_bare", ONLY_CODE, 0.006, "Male for a) Male", _text(bare)),
    CellFault("code_letter", ONLY_CODE, 0.003, "x) WBRI for a) WBRI", _text(_other_letter)),
    CellFault("code_case", ONLY_CODE, 0.002, "A) MALE", _text(str.upper)),
    CellFault("code_space", ONLY_CODE, 0.004, '"a) Male "', _text(lambda code: f"{code} ")),
    CellFault("code_punctuation", ONLY_CODE, 0.002, "b) PR1 - Own provision", _text(_punctuated)),
    CellFault(
        "code_unmapped", ONLY_CODE, 0.001, "the system's words", _always("Code 'Q' is not mapped")
    ),
    CellFault("code_unknown", ONLY_CODE, 0.001, "a code of nobody's", _always("zy) Q99: Unheard")),
    CellFault("error_text", ONLY_TEXT, 0.003, "#N/A as text", _always("#N/A")),
    CellFault("error_multivalue", ONLY_TEXT, 0.001, "#MULTIVALUE as text", _always("#MULTIVALUE")),
    CellFault(
        "worker_nbsp",
        ONLY_TEXT,
        0.01,
        "a non-breaking space inside a worker",
        _text(lambda worker: worker.replace("SW", "SW\u00a0").replace("PA", "PA\u00a0")),
        only=WORKER,
    ),
    CellFault("text_space", ONLY_TEXT, 0.003, "a trailing space", _text(lambda text: f"{text} ")),
    CellFault(
        "age_fraction",
        ONLY_NUMBER,
        0.02,
        "13.79 for 13",
        lambda age: int(age) + (0.79 if int(age) >= 0 else 0.0),
        only=AGE,
    ),
    CellFault("age_blank", ONLY_NUMBER, 0.003, "no age", _always(None), only=AGE),
    CellFault("number_text", ONLY_NUMBER, 0.003, '"3", text', _text(str), csv=False),
    CellFault(
        "empty_text",
        frozenset({DATE, CODE, TEXT}),
        0.01,
        "an empty text for a blank",
        _always(""),
        blanks=True,
        csv=False,
    ),
)

HEADING_FAULTS: tuple[HeadingFault, ...] = (
    HeadingFault(
        "heading_space",
        0.05,
        "a trailing space too many, or Ofsted's own left out",
        lambda heading: heading.rstrip() if heading.endswith(" ") else f"{heading} ",
    ),
    HeadingFault("heading_no_question", 0.25, "no ? at the end", lambda h: h.removesuffix("?")),
    HeadingFault(
        "heading_quotes",
        0.25,
        "straight quotes for curly ones",
        lambda h: h.replace("’", "'").replace("‘", "'"),
    ),
    HeadingFault("heading_curly", 0.25, "curly for straight", lambda h: h.replace("'", "’")),
    HeadingFault("heading_bracket", 0.2, "(Y/N))", lambda h: h.replace("(Y/N)", "(Y/N))")),
    HeadingFault("heading_age", 0.2, "Age", lambda h: "Age" if h == AGE else h),
    HeadingFault(
        "heading_case",
        0.03,
        "Date of Referral for Date of referral",
        lambda h: " ".join(word[:1].upper() + word[1:] for word in h.split(" ")),
    ),
)

OTHER_FAULTS: tuple[OtherFault, ...] = (
    OtherFault("duplicate_row", "row", 0.004, "the row above once more"),
    OtherFault("blank_row", "row", 0.001, "an empty row between the others"),
    OtherFault("sheet_name", "sheet", 0.15, "List 1 for List_1, beside others with the line"),
    OtherFault("title_row", "sheet", 0.15, "a title in row 1 and the headings in row 2"),
    OtherFault("extra_column", "sheet", 0.1, "a column of the authority's own at the end"),
)
RATE: dict[str, float] = {
    **{fault.kind: fault.rate for fault in CELL_FAULTS},
    **{fault.kind: fault.rate for fault in HEADING_FAULTS},
    **{fault.kind: fault.rate for fault in OTHER_FAULTS},
}
