"""One cell of a worksheet part: what it holds, and the bytes that hold something else.

Texts are written into the cell itself, so that the table of shared texts need not change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook_builder.plan.addresses import cell as address
from workbook_builder.plan.blocks import plain_formula
from workbook_builder.plan.model import Formula, RichText, Run
from workbook_builder.plan.styles import FAMILY, Style
from workbook_builder.values import fifteen_digits
from workbook_builder.writers.closed.markup import (
    CannotPatch,
    Element,
    escaped,
    plain_text,
    start_tag,
    with_attributes,
)
from workbook_builder.writers.closed.package import text_of

ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d*)")
ERRORS = frozenset(("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))

At = tuple[int, int]
Value = float | str | None


@dataclass(frozen=True)
class StyledText:
    """A text of several looks, and the style of the cell that it stands in."""

    text: RichText
    style: Style

    def __str__(self) -> str:
        return str(self.text)


Content = Formula | StyledText | float | str | None


@dataclass(frozen=True)
class Held:
    """What stands in a cell: a formula where there is one, and its value; an error as its name.

    spread: the formula belongs to several cells, as one that was filled down.
    """

    formula: str | None
    value: Value
    spread: bool = False


def corner(text: str) -> At:
    """Row and column, from 0, of an address such as B3. Raises CannotPatch for anything else."""
    found = ADDRESS.fullmatch(text)
    if found is None:
        raise CannotPatch(f"{text} is no address of a cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def column_of(element: Element, after: int) -> int:
    """The column of a cell, from 0; where it does not say, it is the one after `after`."""
    said = element.attributes.get("r")
    column = after + 1 if said is None else corner(said)[1]
    if column <= after:
        raise CannotPatch("the cells of a row are not in order")
    return column


def held_in(element: Element, texts: Sequence[str]) -> Held:
    """What a cell of a file holds; texts are those that cells share. Raises CannotPatch."""
    formula = element.child("f")
    try:
        value = _value(element, texts)
    except (ValueError, IndexError) as error:
        raise CannotPatch("a cell holds what no cell can hold") from error
    return Held(
        None if formula is None else plain_text(formula.text),
        value,
        formula is not None and "t" in formula.attributes,
    )


def _value(element: Element, texts: Sequence[str]) -> Value:
    kind = element.attributes.get("t", "n")
    if kind == "inlineStr":
        inline = element.child("is")
        return (plain_text(text_of(inline)) or None) if inline is not None else None
    child = element.child("v")
    said = child.text if child is not None else ""
    if not said:
        return None
    if kind == "s":
        return plain_text(texts[int(said)]) or None
    return plain_text(said) if kind in ("str", "e", "d") else float(said)


def cell_value(content: object) -> Value:
    """A content of the plan as a value: every number a float, all else a text."""
    if content is None or isinstance(content, str):
        return content
    if isinstance(content, Formula):
        return cell_value(content.value)
    return float(content) if isinstance(content, (int, float)) else str(content)


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are the same; numbers to 15 digits, as Excel keeps them."""
    if isinstance(one, float) and isinstance(other, float):
        return fifteen_digits(one) == fifteen_digits(other)
    return one == other or (one in (None, "") and other in (None, ""))


def same_content(held: Held, wanted: Content) -> bool:
    """Whether a cell holds already what a refresh writes there."""
    if held.spread or not same_value(held.value, cell_value(wanted)):
        return False
    if not isinstance(wanted, Formula):
        return held.formula is None
    return held.formula is not None and plain_formula(held.formula) == plain_formula(wanted.text)


def new_cell(prefix: str, at: At, style: str | None, wanted: Content) -> bytes:
    """A whole cell in the namespace that a prefix stands for."""
    mark = f"{prefix}:" if prefix else ""
    dressed = "" if style is None else f' s="{style}"'
    head = f'<{mark}c r="{address(*at)}"{dressed}'
    value = cell_value(wanted)
    if isinstance(wanted, Formula):
        kind, said = _written(mark, value)
        said = f"<{mark}f>{escaped(wanted.text)}</{mark}f>{said}"
    elif value is None or value == "":
        return f"{head}/>".encode()
    elif isinstance(wanted, StyledText):
        runs = (_run(mark, run, wanted.style) for run in wanted.text.runs if run.text)
        kind, said = "inlineStr", f"<{mark}is>{''.join(runs)}</{mark}is>"
    elif isinstance(value, str):
        kind, said = "inlineStr", f"<{mark}is>{_text(mark, value)}</{mark}is>"
    else:
        kind, said = _written(mark, value)
    typed = f' t="{kind}"' if kind else ""
    return f"{head}{typed}>{said}</{mark}c>".encode()


def _text(mark: str, text: str) -> str:
    """Blanks at the ends and line ends count only where XML is told so."""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<{mark}t{kept}>{escaped(text)}</{mark}t>"


def _run(mark: str, run: Run, style: Style) -> str:
    """A stretch of text in its look, the elements in the order in which Excel writes them."""
    looks = (("b", run.bold), ("i", run.italic), ("strike", run.strike), ("u", run.underline))
    marks = "".join(f"<{mark}{name}/>" for name, on in looks if on)
    size = f'<{mark}sz val="{style.size:g}"/><{mark}color rgb="FF{run.colour or style.colour}"/>'
    face = f'<{mark}rFont val="{FAMILY}"/><{mark}family val="2"/>'
    look = f"<{mark}rPr>{marks}{size}{face}</{mark}rPr>"
    return f"<{mark}r>{look}{_text(mark, run.text)}</{mark}r>"


def _written(mark: str, value: Value) -> tuple[str, str]:
    """The type of a cell, empty for a number, and the element of its value."""
    if isinstance(value, float):
        return "", f"<{mark}v>{number_text(value)}</{mark}v>"
    return ("e" if value in ERRORS else "str"), f"<{mark}v>{escaped(value or '')}</{mark}v>"


def number_text(value: float) -> str:
    """A number as a file holds it: every digit that it has, whole ones without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def with_value(data: bytes, element: Element, value: Value) -> bytes:
    """The cell with its formula as it is and another value."""
    mark = f"{element.prefix}:" if element.prefix else ""
    kind, said = _written(mark, value)
    # vm tells more about the value that goes, such as why it is an error.
    tag = with_attributes(start_tag(data, element), {"t": kind or None, "vm": None})
    kept = [data[one.start : one.end] for one in element.children if one.name not in ("v", "is")]
    return b"".join([tag, kept[0], said.encode(), *kept[1:], f"</{mark}c>".encode()])
