"""A closed workbook read back: whose it is, what people typed, what a refresh will write over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook_builder.annotations.keyed_sheet import KeyedSheet
from workbook_builder.annotations.opened import Area, Opened, open_book
from workbook_builder.annotations.typed import keyed_sheets, read_typed
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.blocks import Block, WrittenCell
from workbook_builder.plan.keyed import OWNED
from workbook_builder.plan.layout import Standing
from workbook_builder.plan.slots import Slots
from workbook_builder.plan.structure import Inventory
from workbook_builder.plan.workbook import INVENTORY, LAYOUT, MARKER, MONTH, STRUCTURE


@dataclass(frozen=True)
class Identity:
    """What a workbook says about itself; every text is empty where it says nothing."""

    scorecard: str = ""
    month: str = ""
    layout: str = ""
    structure: str = ""
    inventory: str = ""


@dataclass(frozen=True)
class BookRead:
    """One workbook. owned holds the content of each sheet that a refresh writes, by its key.

    dead are names of the workbook that lead nowhere any more, as after a deletion. keyed are our
    sheets in which people work, by their numbers, and opened is what all was read from.
    """

    identity: Identity
    inventory: Inventory | None = None
    typed: tuple[TypedRecord, ...] = ()
    standing: Standing | None = None
    owned: Mapping[str, Block] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    keyed: Mapping[int, KeyedSheet] = field(default_factory=dict, repr=False, compare=False)
    opened: Opened | None = field(default=None, repr=False, compare=False)


def read_book(
    path: Path, inventory_of: Callable[[Identity], Inventory | None], slots: Slots
) -> BookRead:
    """Everything in a file. Raises UserError where it cannot be read.

    inventory_of gives what a workbook of an identity was made of; without that, nothing typed is
    told from the rest.
    """
    opened = open_book(path)
    identity = _identity(opened)
    inventory = inventory_of(identity)
    keyed = keyed_sheets(opened, inventory, slots)
    dead = frozenset(name for name, refers_to in opened.names.items() if "#REF!" in refers_to)
    return BookRead(
        identity=identity,
        inventory=inventory,
        typed=read_typed(opened, inventory, slots, keyed),
        standing=_standing(opened),
        owned=_owned(opened),
        names=frozenset(opened.names),
        dead=dead,
        keyed=keyed,
        opened=opened,
    )


def _identity(opened: Opened) -> Identity:
    return Identity(
        scorecard=opened.constant(MARKER),
        month=opened.constant(MONTH),
        layout=opened.constant(LAYOUT),
        structure=opened.constant(STRUCTURE),
        inventory=opened.constant(INVENTORY),
    )


def _owned(opened: Opened) -> dict[str, Block]:
    found = {}
    for name in opened.names:
        area = opened.area(name) if name.startswith(f"{OWNED}_") else None
        if area is not None:
            found[name.removeprefix(f"{OWNED}_")] = block_of(opened, area)
    return found


def block_of(opened: Opened, area: Area) -> Block:
    """The contents of a range in the form in which a refresh writes them."""
    rows = opened.sheet(area.sheet).iter_rows(
        min_row=area.row, max_row=area.last_row, min_col=area.col, max_col=area.last_col
    )
    return tuple(tuple(_written(cell) for cell in row) for row in rows)


def _written(cell: object) -> WrittenCell:
    value = getattr(cell, "value", None)
    if value is None or value == "":
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if getattr(cell, "data_type", "") == "f":
        return str(getattr(value, "text", value))
    return f"'{value}"


def _standing(opened: Opened) -> Standing | None:
    """How the Figures sheet is laid out; None where its names lead nowhere."""
    keys, periods = opened.area("fig_key"), opened.area("fig_period")
    if keys is None or periods is None:
        return None
    of_rows = [row[0] for row in block_of(opened, keys)]
    return Standing(
        keys=tuple(str(key).removeprefix("'") for key in of_rows if key is not None),
        periods=tuple(
            str(key).removeprefix("'") for key in block_of(opened, periods)[0] if key is not None
        ),
        height=keys.height,
        width=periods.width,
    )
