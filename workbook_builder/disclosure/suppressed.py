"""The extracts as a public copy may show them, and the account of what they no longer say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook_builder.catalogue.model import Catalogue, Override, Target
from workbook_builder.catalogue.words import OverrideOf, TargetKind
from workbook_builder.disclosure.account import Account, FigureId
from workbook_builder.disclosure.cells import Ledger, given, override_period
from workbook_builder.disclosure.chosen import Choice
from workbook_builder.disclosure.known import known
from workbook_builder.extracts.model import Extracts, Figure
from workbook_builder.values import Symbol


@dataclass(frozen=True)
class Suppression:
    """What a public scorecard is built from.

    The catalogue is that of the scorecard, with the figures set by hand that are withheld turned
    into c as well, and without the baselines of indicators with a withheld figure. The extracts
    carry no remarks and nothing of the quality of lists: those speak of numbers that may be
    withheld.
    """

    catalogue: Catalogue
    extracts: Extracts
    account: Account


def suppressed(catalogue: Catalogue, extracts: Extracts, secondary: bool = True) -> Suppression:
    """Withhold small counts and everything that they could be worked out from.

    secondary=False withholds the small counts only: it is there to show that this is not enough,
    and no copy may be made of it.
    """
    ledger, relations = known(catalogue, extracts)
    account = Choice(ledger, relations, secondary).run()
    fed = {given(catalogue, one).id for one in extracts.figures} | _by_hand_ids(catalogue)
    totals = [*_totals(ledger, fed, account, extracts)]
    printed = fed | {given(catalogue, one).id for one in totals}
    held = {figure: why for figure, why in account.withheld.items() if figure in printed}
    figures = [_public(catalogue, one, account) for one in extracts.figures]
    public = replace(extracts, figures=(*figures, *totals), left_out=(), remarks=(), quality=None)
    return Suppression(_by_hand(catalogue, account), public, replace(account, withheld=held))


def _public(catalogue: Catalogue, figure: Figure, account: Account) -> Figure:
    """A figure as it is, or without any of its numbers."""
    if given(catalogue, figure).id not in account.withheld:
        return figure
    return replace(figure, value=Symbol.CONFIDENTIAL, numerator=None, denominator=None)


def _totals(
    ledger: Ledger, fed: set[FigureId], account: Account, extracts: Extracts
) -> Iterator[Figure]:
    """Totals of a breakdown, where a part is withheld: the total itself may often be shown."""
    places = {one.indicator: one.place for one in extracts.figures}
    hidden = {(code, period) for code, breakdown, period in account.withheld if breakdown}
    for one in ledger.given.values():
        code, breakdown, period = one.id
        if breakdown or not one.indicator.total_of or one.id in fed:
            continue
        withheld = one.id in account.withheld
        if withheld or (code, period) in hidden:
            value = Symbol.CONFIDENTIAL if withheld else one.value
            yield Figure(code, "", period, value, None, None, places[code])


def _by_hand_ids(catalogue: Catalogue) -> set[FigureId]:
    return {_override_id(catalogue, one) for one in catalogue.overrides if _is_figure(one)}


def _is_figure(override: Override) -> bool:
    return override.what is OverrideOf.FIGURE


def _override_id(catalogue: Catalogue, override: Override) -> FigureId:
    indicator = catalogue.indicator(override.indicator)
    return (override.indicator, "", override_period(catalogue, indicator, override.period))


def _by_hand(catalogue: Catalogue, account: Account) -> Catalogue:
    """The catalogue, without the numbers of withheld figures set by hand or told as baselines."""
    overrides = tuple(
        one.model_copy(update={"value": Symbol.CONFIDENTIAL.value})
        if _is_figure(one) and _override_id(catalogue, one) in account.withheld
        else one
        for one in catalogue.overrides
    )
    hidden = {code for code, breakdown, _ in account.withheld if not breakdown}
    targets = tuple(
        _without_baseline(one) if one.indicator in hidden else one for one in catalogue.targets
    )
    return catalogue.model_copy(update={"overrides": overrides, "targets": targets})


def _without_baseline(target: Target) -> Target:
    """A target that says nothing of an earlier figure, which may be one that is withheld.

    A milestone begins at its baseline, so that each of its months would tell it: only its words
    stay, and nothing is judged by it.
    """
    if target.baseline is None and not target.baseline_words:
        return target
    without: dict[str, object] = {
        "baseline": None,
        "baseline_words": Symbol.CONFIDENTIAL.shown,
    }
    if target.kind is TargetKind.MILESTONE and target.baseline is not None:
        without["kind"] = TargetKind.WORDS
    return target.model_copy(update=without)
