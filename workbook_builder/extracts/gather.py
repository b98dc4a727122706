"""The parts that all rows of all files gave, put together into figures.

A part that is given twice alike is a duplicate and does no harm; given twice with two contents it
is a fault, for nobody but the people who keep the figures can tell which one is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook_builder.errors import Fault, Place
from workbook_builder.extracts.model import Figure, LeftOut, Remark
from workbook_builder.extracts.names import What
from workbook_builder.extracts.rows import Part, RowRead
from workbook_builder.periods import Period
from workbook_builder.values import Symbol, Value, fifteen_digits, number, value_text

Key = tuple[str, str, Period]


@dataclass
class Gathering:
    """Takes rows in the order they are read; everything it says is in its lists."""

    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _parts: dict[Key, dict[What, Part]] = field(default_factory=dict)

    def take(self, row: RowRead) -> bool:
        """Add a row; whether it was used, that is gave at least one part not given before."""
        self.faults.extend(row.faults)
        repeats: list[Part] = []
        new = 0
        for part in row.parts:
            earlier = self._parts.setdefault(_key(part), {}).setdefault(part.what, part)
            if earlier is part:
                new += 1
            elif same(earlier.content, part.content):
                repeats.append(earlier)
            else:
                self.faults.append(_conflict(earlier, part))
        if new:
            self._remark(row, repeats)
        elif not row.faults:
            self.left_out.append(LeftOut(row.place, _reason(row, repeats)))
        return bool(new)

    def figures(self) -> tuple[Figure, ...]:
        """The figures in the order in which their first part was read."""
        return tuple(_figure(parts) for parts in self._parts.values())

    def _remark(self, row: RowRead, repeats: list[Part]) -> None:
        self.remarks.extend(row.remarks)
        self.remarks.extend(Remark(each.place, f"not used: {each.what}") for each in row.reasons)
        if repeats and row.is_wide:
            cells = (
                "1 cell repeats a figure"
                if len(repeats) == 1
                else (f"{len(repeats)} cells repeat figures")
            )
            self.remarks.append(Remark(row.place, f"{cells} already read from {repeats[0].place}"))


def same(one: Value, other: Value) -> bool:
    """Whether two contents are alike, numbers to the 15 digits that Excel keeps."""
    if isinstance(one, float) and isinstance(other, float):
        return fifteen_digits(one) == fifteen_digits(other)
    return type(one) is type(other) and one == other


def _key(part: Part) -> Key:
    return (part.indicator.code, part.breakdown, part.period)


def _reason(row: RowRead, repeats: list[Part]) -> str:
    reasons = [each.what for each in row.reasons]
    if repeats:
        first = repeats[0].place
        reasons.append(f"exact duplicate of a figure already read: {first}")
    return "; ".join(dict.fromkeys(reasons))


def _conflict(earlier: Part, part: Part) -> Fault:
    name = f"{part.indicator.code}"
    name += f" ({part.breakdown})" if part.breakdown else ""
    what = (
        f"Two different {part.what}s for {name}, {part.period.label}: {_shown(earlier.content)} in "
        f"{_where(earlier.place)}, and {_shown(part.content)} here."
    )
    fix = "Take the wrong one out, so that each figure is given once."
    return Fault("WB225", what, part.place, fix=fix)


def _where(place: Place) -> str:
    return str(Place(place.file, place.sheet, place.row, place.column))


def _shown(content: Value) -> str:
    return f"{content:.15g}" if isinstance(content, float) else f'"{value_text(content, 0)}"'


def _figure(parts: dict[What, Part]) -> Figure:
    first = parts.get(What.VALUE) or next(iter(parts.values()))
    contents = {what: part.content for what, part in parts.items()}
    return Figure(
        indicator=first.indicator.code,
        breakdown=first.breakdown,
        period=first.period,
        value=contents.get(What.VALUE, _withheld(contents)),
        numerator=number(contents.get(What.NUMERATOR)),
        denominator=number(contents.get(What.DENOMINATOR)),
        place=first.place,
    )


def _withheld(contents: dict[What, Value]) -> Symbol | None:
    """A figure without a value whose numerator or denominator is withheld is itself withheld."""
    symbols = (each for each in contents.values() if isinstance(each, Symbol))
    return next(symbols, None)
