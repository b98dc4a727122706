"""The table of published conclusions. Columns that hold somebody's own answers are never read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from workbook_builder.audit.model import Claim
from workbook_builder.audit.table import Row, Shape, read_rows
from workbook_builder.catalogue.model import Catalogue
from workbook_builder.errors import Fault, did_you_mean
from workbook_builder.extracts.headings import read_period
from workbook_builder.periods import FinancialYear, Kind, Month, Period

SHAPE = Shape(
    names={
        "code": "code",
        "indicator": "code",
        "period": "period",
        "result_kind": "result_kind",
        "value": "value",
        "value_text": "value",
    },
    optional={"breakdown": "breakdown", "period_kind": "period_kind"},
    unread=frozenset({"consistent", "reason", "rule", "recomputed", "note", "notes"}),
)
KINDS = {kind.value: kind for kind in Kind} | {"snapshot_date": Kind.SNAPSHOT}


def read_claims(
    path: Path, catalogue: Catalogue, rules: Collection[str], faults: list[Fault]
) -> tuple[Claim, ...]:
    """The conclusions of a table; faults are added."""
    codes = {one.code.casefold(): one.code for one in catalogue.indicators}
    settings = catalogue.settings
    claims = []
    for row in read_rows(path, path.name, SHAPE, faults):
        found = list(_faults(row, codes, rules))
        period = _period(row, settings.years, settings.report_month, found)
        faults.extend(found)
        if period is not None and not found:
            code = codes[row["code"].casefold()]
            kind, value = row["result_kind"], row["value"]
            claims.append(Claim(code, row["breakdown"], period, kind, value, row.place))
    return tuple(claims)


def _faults(row: Row, codes: dict[str, str], rules: Collection[str]) -> Iterator[Fault]:
    if row["code"].casefold() not in codes:
        what = f'There is no indicator "{row["code"]}".'
        fix = did_you_mean(row["code"], codes.values())
        yield Fault("WB313", what, row.at("code"), fix=fix)
    if row["result_kind"] not in rules:
        what = f'"{row["result_kind"]}" is not a kind of conclusion that can be tested.'
        fix = did_you_mean(row["result_kind"], rules)
        yield Fault("WB314", what, row.at("result_kind"), ", ".join(sorted(rules)), fix)
    if not row["value"]:
        what = "There is no published value."
        fix = "Write what the report prints, or (not printed)."
        yield Fault("WB317", what, row.at("value"), fix=fix)


def _period(row: Row, years: FinancialYear, month: Month, faults: list[Fault]) -> Period | None:
    """The period of a row; the year to date of the report's year goes to the report month."""
    kind, text = row["period_kind"], row["period"]
    if kind and kind not in KINDS:
        what = f'"{kind}" is not a kind of period.'
        allowed = ", ".join(KINDS)
        faults.append(
            Fault("WB315", what, row.at("period_kind"), allowed, did_you_mean(kind, KINDS))
        )
        return None
    try:
        period = read_period(f"{KINDS[kind].value} {text}" if kind else text, years)
    except ValueError as error:
        faults.append(Fault("WB315", str(error), row.at("period")))
        return None
    if kind and period.kind is not KINDS[kind]:
        what = f'"{text}" is not a {kind}.'
        faults.append(Fault("WB315", what, row.at("period")))
        return None
    if period.kind is Kind.YTD and period.text == years.label(month):
        return years.ytd(month)
    return period
