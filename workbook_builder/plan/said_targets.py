"""How a report puts an indicator's target and baseline in the report month."""

from __future__ import annotations

from workbook_builder.judgement.targets import said_baseline, said_target
from workbook_builder.scorecard import Scorecard


def target_words(scorecard: Scorecard, code: str) -> str:
    """How the report puts the target in force; nothing where it only has a number."""
    target = said_target(scorecard.catalogue, code, scorecard.month)
    return target.words if target else ""


def baseline(scorecard: Scorecard, code: str) -> float | None:
    """The number that a target starts from, where one is given."""
    target = said_baseline(scorecard.catalogue, code, scorecard.month)
    return target.baseline if target else None


def baseline_words(scorecard: Scorecard, code: str) -> str:
    """How the report puts the baseline."""
    target = said_baseline(scorecard.catalogue, code, scorecard.month)
    return target.baseline_words if target else ""
