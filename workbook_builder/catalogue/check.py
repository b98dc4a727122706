"""Checks across the files of a scorecard: what no single definition can know."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_builder.catalogue.check_dated import check_overrides, check_published
from workbook_builder.catalogue.check_indicators import check_indicators
from workbook_builder.catalogue.check_measured import check_areas, check_measured
from workbook_builder.catalogue.check_tabs import check_tabs
from workbook_builder.catalogue.check_targets import check_targets
from workbook_builder.catalogue.codes import Code
from workbook_builder.catalogue.draft import Draft
from workbook_builder.errors import Fault, Place, did_you_mean


def check(draft: Draft) -> list[Fault]:
    """Every fault that shows only when the files are seen together."""
    return [
        *_report_month(draft),
        *_status_words(draft),
        *_disclosure(draft),
        *_duplicate_codes(draft),
        *_unknown_indicators(draft),
        *_earlier_codes(draft),
        *check_indicators(draft),
        *check_measured(draft),
        *check_areas(draft),
        *check_targets(draft),
        *check_published(draft),
        *check_overrides(draft),
        *check_tabs(draft),
    ]


def _report_month(draft: Draft) -> Iterator[Fault]:
    if draft.settings is None or not draft.readable("report_month"):
        return
    month = draft.settings.report_month
    if not 1990 <= month.year < 2200:
        place = Place("scorecard.toml", field="report_month")
        what = f"{month} cannot be a report month."
        yield Fault(Code.NOT_A_DATE, what, place, "1990-01 to 2199-12")


def _status_words(draft: Draft) -> Iterator[Fault]:
    if draft.settings is None or not draft.readable("status_words"):
        return
    seen: dict[str, str] = {}
    for field, word in draft.settings.status_words.model_dump().items():
        place = Place("scorecard.toml", field=f"status_words: {field}")
        if not word:
            yield Fault(Code.OUT_OF_BOUNDS, "A status word is blank.", place)
        elif word.casefold() in seen:
            what = f'"{word}" is the word for {seen[word.casefold()]} and for {field}.'
            yield Fault(Code.GIVEN_TWICE, what, place)
        seen.setdefault(word.casefold(), field)


def _disclosure(draft: Draft) -> Iterator[Fault]:
    if draft.settings is None or not draft.readable("disclosure"):
        return
    kept = draft.settings.disclosure
    if kept.largest < kept.smallest:
        place = Place("scorecard.toml", field="disclosure: largest")
        what = f"Counts from {kept.smallest} to {kept.largest} are none."
        yield Fault(Code.OUT_OF_BOUNDS, what, place, f"{kept.smallest} or more")


def _duplicate_codes(draft: Draft) -> Iterator[Fault]:
    """Capitals do not tell codes apart, because they do not in Excel's names."""
    first: dict[str, tuple[str, Place]] = {}
    for code in draft.codes:
        key = code.item.casefold()
        if key not in first:
            first[key] = (code.item, code.place)
            continue
        other, place = first[key]
        what = f'The code "{code.item}" is already used in {_short(place)}.'
        if other != code.item:
            what += f' There it is written "{other}", but capitals make no difference.'
        yield Fault(Code.DUPLICATE_CODE, what, code.place, fix="Give one of them another code.")


def _short(place: Place) -> str:
    return f"{place.file}, row {place.row}" if place.row else place.file


def _unknown_indicators(draft: Draft) -> Iterator[Fault]:
    """Every place that names an indicator, where the indicator does not exist."""
    if not draft.all_codes_seen:
        return
    codes = [code.item for code in draft.codes]
    known = set(codes)
    now = {old: entry.item.code for entry in draft.indicators for old in entry.item.replaces}
    for name, place in _named(draft):
        if name not in known:
            what = f'There is no indicator "{name}".'
            fix = f'Its code is now "{now[name]}".' if name in now else did_you_mean(name, codes)
            yield Fault(Code.UNKNOWN_INDICATOR, what, place, fix=fix)


def _earlier_codes(draft: Draft) -> Iterator[Fault]:
    """An earlier code belongs to one indicator, and nobody has it now."""
    present = {code.item: code.place for code in draft.codes}
    first: dict[str, str] = {}
    for entry in draft.indicators:
        for old in entry.item.replaces:
            other = first.setdefault(old, entry.item.code)
            if old in present:
                what = f'"{old}" is no earlier code: the indicator is still there.'
                fix = (
                    "A recoded indicator stands in one table, under its new code: take the old "
                    'one out. Of two indicators end one with "to" and begin the other with "from".'
                )
                yield Fault(Code.EARLIER_CODE, what, entry.at("replaces"), fix=fix)
            elif other != entry.item.code or entry.item.replaces.count(old) > 1:
                what = f'"{old}" is an earlier code of "{other}" already.'
                yield Fault(Code.EARLIER_CODE, what, entry.at("replaces"), fix="Name it once.")


def _named(draft: Draft) -> Iterator[tuple[str, Place]]:
    for entry in draft.indicators:
        for field in ("plus", "minus"):
            for name in getattr(entry.item, field):
                yield name, entry.at(field)
        if entry.item.rate_of:
            yield entry.item.rate_of, entry.at("rate_of")
    for table in (draft.targets, draft.comparators, draft.overrides):
        for row in table:
            yield row.item.indicator, row.at("indicator")
    if draft.settings is None:
        return
    for tab in draft.settings.tabs:
        for number, block in enumerate(tab.blocks, 1):
            for name in block.indicators:
                yield name, Place("scorecard.toml", tab.name, field=f"block {number}: indicators")
    for number, group in enumerate(draft.settings.front.groups, 1):
        field = f"front: group {number}: indicators"
        for name in group.indicators:
            yield name, Place("scorecard.toml", field=field)
