"""The blocks that a tab may carry. To add one, add its module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from workbook_builder.catalogue.definition import Definition
from workbook_builder.catalogue.model import Block, Catalogue
from workbook_builder.catalogue.words import HOMES, OverrideOf, PeriodType
from workbook_builder.errors import Fault, Place, did_you_mean
from workbook_builder.plan.actions import NEEDED as ACTIONS_COLUMNS
from workbook_builder.plan.actions import ActionsOptions, plan_actions
from workbook_builder.plan.breakdown import (
    BreakdownOptions,
    breakdown_columns,
    breakdown_roles,
    plan_breakdown,
)
from workbook_builder.plan.card import COLUMNS_NEEDED as CARD_COLUMNS
from workbook_builder.plan.card import LABEL_WIDTH as CARD_WIDTH
from workbook_builder.plan.card import CardOptions, card_charted, card_roles, plan_card
from workbook_builder.plan.chart_data import Feed, FeedRow
from workbook_builder.plan.charts import ChartsOptions, charts_charted, charts_roles, plan_charts
from workbook_builder.plan.commentary import CommentaryOptions, plan_commentary
from workbook_builder.plan.contents import ContentsOptions, plan_contents
from workbook_builder.plan.context import BlockPlace
from workbook_builder.plan.crosstab import (
    CrosstabOptions,
    crosstab_columns,
    crosstab_roles,
    plan_crosstab,
)
from workbook_builder.plan.dated_figures import NEEDED as DATED_COLUMNS
from workbook_builder.plan.dated_figures import DatedFiguresOptions, plan_dated_figures
from workbook_builder.plan.distribution import DistributionOptions, plan_distribution
from workbook_builder.plan.grid import GridOptions, grid_judged, grid_roles, plan_grid
from workbook_builder.plan.highlights import NEEDED as HIGHLIGHTS_COLUMNS
from workbook_builder.plan.highlights import HighlightsOptions, plan_highlights
from workbook_builder.plan.key_measures import (
    KeyMeasuresOptions,
    measures_columns,
    measures_roles,
    plan_key_measures,
)
from workbook_builder.plan.model import Part
from workbook_builder.plan.months import (
    MonthsOptions,
    months_columns,
    months_judged,
    months_roles,
    plan_months,
)
from workbook_builder.plan.panel import (
    COLUMNS_NEEDED,
    PanelOptions,
    panel_charted,
    panel_roles,
    plan_panel,
)
from workbook_builder.plan.tab_columns import (
    ALWAYS_COLUMNS,
    LABEL_WIDTH,
    MEASURES_COLUMNS,
    PERIOD_WIDTH,
)
from workbook_builder.scorecard import Scorecard

# A contents page stands alone on its tab as a rule: wide lines, and room for the sheet's name.
CONTENTS_WIDTH, CONTENTS_COLUMNS = 100.0, 3

# Thirteen months leave less room for names.
MONTHS_LABEL_WIDTH, MONTHS_PERIOD_WIDTH = 46.0, 7.7


@dataclass(frozen=True)
class BlockType:
    """What a type of block may be told, how it is planned, and what it needs.

    columns is how many columns it needs after the label and the one beside it, roles which periods
    it looks up, charted what its charts draw. judged are the columns after the periods that a block
    with arrow, target and status in each row needs.
    """

    options: type[Definition]
    plan: Callable[[BlockPlace, Block, Feed], Part]
    needs_indicators: bool = True
    judged: Callable[[Block], tuple[str, ...]] = lambda _: ()
    columns: Callable[[Block, Scorecard], int] = lambda _, __: 0
    roles: Callable[[Block, Scorecard], Iterable[str]] = lambda _, __: ()
    charted: Callable[[Block, Scorecard], Iterable[FeedRow]] = lambda _, __: ()
    label_width: float | None = LABEL_WIDTH
    target_width: float = 11.0
    period_width: float = PERIOD_WIDTH


BLOCKS = {
    "grid": BlockType(
        GridOptions,
        lambda place, block, _: plan_grid(place, block),
        judged=grid_judged,
        columns=lambda _, scorecard: scorecard.catalogue.settings.defaults.months_shown,
        roles=grid_roles,
    ),
    "panel": BlockType(
        PanelOptions,
        plan_panel,
        columns=lambda _, __: COLUMNS_NEEDED,
        roles=panel_roles,
        charted=panel_charted,
    ),
    "card": BlockType(
        CardOptions,
        plan_card,
        columns=lambda _, __: CARD_COLUMNS,
        roles=card_roles,
        charted=card_charted,
        label_width=CARD_WIDTH,
    ),
    "contents": BlockType(
        ContentsOptions,
        lambda place, block, _: plan_contents(place, block),
        needs_indicators=False,
        columns=lambda _, __: CONTENTS_COLUMNS,
        label_width=CONTENTS_WIDTH,
    ),
    "actions": BlockType(
        ActionsOptions,
        lambda place, block, _: plan_actions(place, block),
        needs_indicators=False,
        columns=lambda _, __: ACTIONS_COLUMNS,
    ),
    "months": BlockType(
        MonthsOptions,
        lambda place, block, _: plan_months(place, block),
        judged=months_judged,
        columns=months_columns,
        roles=months_roles,
        label_width=MONTHS_LABEL_WIDTH,
        period_width=MONTHS_PERIOD_WIDTH,
    ),
    "key measures": BlockType(
        KeyMeasuresOptions,
        lambda place, block, _: plan_key_measures(place, block),
        judged=lambda _: MEASURES_COLUMNS,
        columns=measures_columns,
        roles=measures_roles,
        period_width=MONTHS_PERIOD_WIDTH,
    ),
    "dated figures": BlockType(
        DatedFiguresOptions,
        lambda place, block, _: plan_dated_figures(place, block),
        columns=lambda _, __: DATED_COLUMNS,
    ),
    "crosstab": BlockType(
        CrosstabOptions,
        lambda place, block, _: plan_crosstab(place, block),
        columns=crosstab_columns,
        roles=crosstab_roles,
    ),
    "breakdown": BlockType(
        BreakdownOptions,
        lambda place, block, _: plan_breakdown(place, block),
        judged=lambda _: ALWAYS_COLUMNS,
        columns=breakdown_columns,
        roles=breakdown_roles,
        label_width=None,
    ),
    "charts": BlockType(
        ChartsOptions, plan_charts, roles=charts_roles, charted=charts_charted, label_width=None
    ),
    "distribution": BlockType(
        DistributionOptions, lambda place, block, _: plan_distribution(place, block)
    ),
    "commentary": BlockType(
        CommentaryOptions,
        lambda place, block, _: plan_commentary(place, block),
        needs_indicators=False,
        label_width=None,
    ),
    "highlights": BlockType(
        HighlightsOptions,
        lambda place, block, _: plan_highlights(place, block),
        needs_indicators=False,
        columns=lambda _, __: HIGHLIGHTS_COLUMNS,
    ),
}


def check_blocks(catalogue: Catalogue) -> list[Fault]:
    """Every block of an unknown type, and every option that a block does not have."""
    faults = []
    for tab in catalogue.settings.tabs:
        for number, block in enumerate(tab.blocks, start=1):
            where = Place(file="scorecard.toml", field=f"tab {tab.name}, block {number}")
            if block.type not in BLOCKS:
                faults.append(_unknown_type(block, where))
                continue
            kind = BLOCKS[block.type]
            if kind.needs_indicators and not block.indicators:
                what = f"A {block.type} block needs indicators and this one names none."
                faults.append(Fault("WB152", what, where, fix='Add indicators = ["..."].'))
            faults += _option_faults(kind, block, where)
            if block.type == "highlights":
                faults += _unknown_themes(catalogue, block, where)
            if block.type in ("grid", "months", "key measures"):
                faults += _mixed_grid(catalogue, block, where)
    return [*faults, *_statuses_without_a_grid(catalogue), *_keys_used_twice(catalogue)]


def _keys_used_twice(catalogue: Catalogue) -> list[Fault]:
    """Two blocks with one key would take each other's commentary."""
    faults, seen = [], dict[str, str]()
    for tab in catalogue.settings.tabs:
        for number, block in enumerate(tab.blocks, start=1):
            key, where = block.options.get("key"), f"tab {tab.name}, block {number}"
            if isinstance(key, str) and seen.setdefault(key, where) != where:
                what = f'The key "{key}" is that of {seen[key]} too.'
                place = Place(file="scorecard.toml", field=where)
                faults.append(Fault("WB157", what, place, fix="Give each block its own key."))
    return faults


def _unknown_themes(catalogue: Catalogue, block: Block, where: Place) -> list[Fault]:
    known = list(dict.fromkeys(one.theme for one in catalogue.indicators))
    given = block.options.get("themes", ())
    return [
        Fault(
            "WB168",
            f'There is no theme "{theme}".',
            where,
            allowed=", ".join(known),
            fix=did_you_mean(str(theme), known),
        )
        for theme in (given if isinstance(given, (list, tuple)) else ())
        if theme not in known
    ]


def _mixed_grid(catalogue: Catalogue, block: Block, where: Place) -> list[Fault]:
    """A grid has one head, so its rows are all by month or all by quarter; others are by month."""
    quarterly = [
        code
        for code in block.indicators
        if catalogue.indicator(code).period_type is PeriodType.QUARTERLY
    ]
    if block.type != "grid" and quarterly:
        what = f"A {block.type} block shows months, and {', '.join(quarterly)} are quarterly."
        return [Fault("WB155", what, where, fix="Put quarterly indicators into a grid.")]
    if len(quarterly) in (0, len(block.indicators)):
        return []
    what = f"A grid shows months or quarters; of these only {', '.join(quarterly)} are quarterly."
    return [
        Fault("WB155", what, where, fix="Put the quarterly indicators into a grid of their own.")
    ]


def _statuses_without_a_grid(catalogue: Catalogue) -> list[Fault]:
    """A status by hand is typed in a grid's row, so the indicator needs one."""
    in_grids = {
        code
        for tab in catalogue.settings.tabs
        for block in tab.blocks
        if block.type in HOMES
        for code in block.indicators
    }
    return [
        Fault(
            "WB156",
            "A status is set by hand for an indicator that stands in no grid, panel or card.",
            Place(file="overrides.csv", indicator=override.indicator),
            fix="Put the indicator into such a block, or take the row out.",
        )
        for override in catalogue.overrides
        if override.what is OverrideOf.STATUS and override.indicator not in in_grids
    ]


def _unknown_type(block: Block, where: Place) -> Fault:
    return Fault(
        "WB150",
        f'"{block.type}" is not a type of block.',
        where,
        allowed=", ".join(BLOCKS),
        fix=did_you_mean(block.type, BLOCKS),
    )


def _option_faults(kind: BlockType, block: Block, where: Place) -> list[Fault]:
    try:
        kind.options(**block.options)
    except ValidationError as error:
        return [_option_fault(kind, block, where, dict(found)) for found in error.errors()]
    return []


def _option_fault(kind: BlockType, block: Block, where: Place, found: dict[str, object]) -> Fault:
    path = found.get("loc")
    option = str(path[0]) if isinstance(path, tuple) and path else ""
    known = ["type", "heading", "indicators", *kind.options.model_fields]
    if option not in kind.options.model_fields:
        return Fault(
            "WB151",
            f'A {block.type} block has no option "{option}".',
            where,
            allowed=", ".join(known),
            fix=did_you_mean(option, known),
        )
    if found.get("type") == "missing":
        return Fault("WB153", f'A {block.type} block needs the option "{option}".', where)
    what = f'"{found.get("input")}" cannot be used for the option "{option}".'
    context = found.get("ctx")
    expected = context.get("expected", "") if isinstance(context, dict) else ""
    return Fault("WB154", what, where, allowed=str(expected))
