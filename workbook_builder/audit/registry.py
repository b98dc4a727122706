"""Every kind of conclusion and its rule. The first line of a rule's docstring describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_builder.audit import (
    change_rules,
    headline_rules,
    link_rules,
    status_rule,
    table_rules,
)
from workbook_builder.audit.evidence import Evidence
from workbook_builder.audit.model import Claim, Finding, Rule
from workbook_builder.audit.relations import Relation
from workbook_builder.scorecard import Scorecard

RULES: Mapping[str, Rule] = {
    "target_met": headline_rules.target_met,
    "status": status_rule.status,
    "arrow": headline_rules.arrow,
    "direction": headline_rules.arrow,
    "year_actual": headline_rules.year_actual,
    "ytd": headline_rules.ytd,
    "full_year": headline_rules.full_year,
    "front_page_this_period": headline_rules.front_page_figure,
    "front_page_ytd": headline_rules.front_page_figure,
    "front_page_target": headline_rules.front_page_target,
    "front_page_status": headline_rules.front_page_status,
    "front_page_arrow": headline_rules.arrow,
    "total": table_rules.total,
    "grand_total": table_rules.grand_total,
    "percentage": table_rules.percentage,
    "cross_table_check": table_rules.cross_table_check,
    "distribution_sum": table_rules.distribution_sum,
    "weighted_mean": table_rules.weighted_mean,
    "pct_change_on_last_year": change_rules.pct_change_on_last_year,
    "cumulative_pct_change": change_rules.cumulative_pct_change,
    "net": link_rules.net,
    "roll_forward": link_rules.roll_forward,
    "rate_from_count": link_rules.rate_from_count,
    "percentage_attainable": link_rules.percentage_attainable,
    "target_total": link_rules.target_total,
}


def audit_claims(
    scorecard: Scorecard, claims: Sequence[Claim], relations: Sequence[Relation] = ()
) -> tuple[Finding, ...]:
    """What the figures of a scorecard say to each published conclusion, in their order."""
    evidence = Evidence(scorecard, tuple(claims), tuple(relations))
    return tuple(Finding(claim, RULES[claim.kind](evidence, claim)) for claim in claims)
