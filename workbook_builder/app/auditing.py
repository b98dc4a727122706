"""Holding a table of published conclusions against what a scorecard's figures support."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.errors import Fault, UserError
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.audit.model import Finding

COLUMNS = (
    "code",
    "breakdown",
    "period_kind",
    "period",
    "result_kind",
    "published",
    "verdict",
    "figures give",
    "rule",
    "missing",
)


@dataclass(frozen=True)
class Audited:
    """The answer to every published conclusion, one tuple of texts for each of COLUMNS."""

    rows: tuple[tuple[str, ...], ...]
    counts: dict[str, int]
    exported: Path | None


def audit(
    folder: Path,
    against: Path,
    month: str = "",
    export: Path | None = None,
    progress: Progress | None = None,
) -> Audited:
    """Say of each conclusion in the table `against` whether the folder's figures support it.

    `export` is a CSV file to write. Raises UserError with every fault of the folder and the table.
    """
    from workbook_builder.app.folders import read_scorecard
    from workbook_builder.audit.model import Outcome
    from workbook_builder.audit.reading import read_claims
    from workbook_builder.audit.registry import RULES, audit_claims
    from workbook_builder.audit.relations import read_relations
    from workbook_builder.scorecard import build_scorecard

    listener = progress or Silent()
    listener.step(1, 2, "Reading the scorecard and the published conclusions")
    catalogue, extracts = read_scorecard(folder, month)
    faults: list[Fault] = []
    relations = read_relations(folder, catalogue, faults)
    claims = read_claims(against, catalogue, RULES, faults)
    if faults:
        raise UserError(faults)
    listener.step(2, 2, "Holding each conclusion against the figures")
    findings = audit_claims(build_scorecard(catalogue, extracts), claims, relations)
    rows = tuple(_row(finding) for finding in findings)
    counts = {
        outcome.value: sum(1 for one in findings if one.answer.outcome is outcome)
        for outcome in Outcome
    }
    if export is not None:
        _export(export, rows)
    return Audited(rows, counts, export)


def _row(finding: Finding) -> tuple[str, ...]:
    claim, answer = finding.claim, finding.answer
    return (
        claim.code,
        claim.breakdown,
        claim.period.kind.value,
        claim.period.text,
        claim.kind,
        claim.value,
        answer.outcome.value,
        answer.ours,
        answer.rule,
        answer.missing,
    )


def _export(path: Path, rows: Iterable[Sequence[str]]) -> None:
    from workbook_builder.writers.safe import write_safely

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows([_harmless(text) for text in row] for row in rows)

    write_safely([(path, write)])


def _harmless(text: str) -> str:
    """Text that a spreadsheet program will not take for a formula; -23% stays as it is."""
    signed = text[:1] == "-" and text[1:].rstrip("%").replace(".", "", 1).isdigit()
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r") and text != "-" and not signed
    return f"'{text}" if risky else text
