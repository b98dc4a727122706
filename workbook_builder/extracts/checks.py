"""What a person should look at in figures that could be read: remarks, never changes.

A percentage looks a hundred times too small when it is not 0, at most 1, and the other figures of
its series are above 5 in the middle; or when every figure of its series in the file is at most 1
and not all are 0 or 1, as shares written 0.74 are. It looks too large above 1,000, or when it is
above 100 and at least 50 times the middle of the others. The middle is the median, which one odd
figure cannot move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from workbook_builder.catalogue.model import Catalogue, Indicator
from workbook_builder.catalogue.words import Unit
from workbook_builder.extracts.amounts import times
from workbook_builder.extracts.model import Figure, Remark
from workbook_builder.values import number

_PER = {Unit.PERCENT: 100, Unit.RATE: 10_000, Unit.AVERAGE: 1, Unit.DAYS: 1, Unit.SCORE: 1}
_TINY = 1e-9


def remarks_on(figures: Sequence[Figure], catalogue: Catalogue) -> tuple[Remark, ...]:
    """All remarks, those on single figures first."""
    indicators = {indicator.code: indicator for indicator in catalogue.indicators}
    found: list[Remark] = []
    series: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        indicator = indicators[figure.indicator]
        found.extend(_of_parts(figure, indicator))
        if indicator.unit is Unit.PERCENT and number(figure.value) is not None:
            series[figure.indicator, figure.breakdown].append(figure)
    for each in series.values():
        found.extend(_of_scale(each))
    return tuple(found)


def _of_parts(figure: Figure, indicator: Indicator) -> Iterator[Remark]:
    top, bottom = figure.numerator, figure.denominator
    if figure.value is None and (top is None or bottom is None):
        missing = "denominator" if bottom is None else "numerator"
        yield Remark(figure.place, f"there is no value, and no {missing} to compute it from")
    if top is None or bottom is None:
        return
    if indicator.unit is Unit.PERCENT and top > bottom:
        what = f"the numerator {top:.15g} is larger than the denominator {bottom:.15g}"
        yield Remark(figure.place, what)
    value = number(figure.value)
    if value is None or indicator.unit not in _PER or bottom == 0:
        return
    computed = top / bottom * _PER[indicator.unit]
    if not _agree(value, computed):
        what = (
            f"the value {value:.15g} is not what {top:.15g} and {bottom:.15g} give, {computed:.6g}"
        )
        yield Remark(figure.place, what + _scale_hint(value, computed))


def _agree(value: float, computed: float) -> bool:
    """Whether the value could be the computed one, rounded to the decimals the value shows."""
    decimals = len(f"{value:.15g}".partition(".")[2])
    return abs(value - computed) <= 0.5 * 10.0**-decimals + _TINY * max(abs(computed), 1)


def _scale_hint(value: float, computed: float) -> str:
    if _agree(times(value, 100), computed):
        return ": it looks 100 times too small"
    return ": it looks 100 times too large" if _agree(value / 100, computed) else ""


def _of_scale(series: Sequence[Figure]) -> Iterator[Remark]:
    """Remarks on one series of percentages: too small or too large by a hundred."""
    values = [number(figure.value) or 0.0 for figure in series]
    in_file: dict[str, list[float]] = defaultdict(list)
    for figure, value in zip(series, values, strict=True):
        in_file[figure.place.file].append(value)
    for index, (figure, value) in enumerate(zip(series, values, strict=True)):
        others = [abs(other) for other in values[:index] + values[index + 1 :]]
        middle = median(others) if others else 0.0
        small = 0 < abs(value) <= 1
        if small and (middle > 5 or _are_shares(in_file[figure.place.file])):
            yield _looks(figure, "small", times(value, 100))
        elif abs(value) > 1000 or (abs(value) > 100 and 0 < middle * 50 <= abs(value)):
            yield _looks(figure, "large", value / 100)


def _are_shares(values: Sequence[float]) -> bool:
    """Whether all are at most 1, and not just noughts and ones."""
    return all(abs(value) <= 1 for value in values) and not set(values) <= {0.0, 1.0}


def _looks(figure: Figure, way: str, meant: float) -> Remark:
    shown = f"{number(figure.value):.15g}"
    what = f"{shown} per cent looks 100 times too {way}: if {meant:.15g}% was meant, write that"
    return Remark(figure.place, what)
