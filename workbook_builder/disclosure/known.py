"""Everything that a reader can reckon with, gathered: the figures, their cells, the relations."""

from __future__ import annotations

from workbook_builder.catalogue.model import Catalogue
from workbook_builder.disclosure.alike import alike, flows
from workbook_builder.disclosure.cells import Ledger, ledger_of
from workbook_builder.disclosure.groups import by_group, by_name, totals_worked_out
from workbook_builder.disclosure.over_time import earlier_years_to_date, over_time
from workbook_builder.disclosure.printed import as_printed, counts_of_printed
from workbook_builder.disclosure.relations import (
    Kind,
    Relation,
    all_others,
    beside,
    computed,
    within_figures,
)
from workbook_builder.extracts.model import Extracts

# To add a kind of relation, write it and put it here. Earlier ones give later ones their cells.
KINDS: tuple[Kind, ...] = (
    computed,
    beside,
    by_group,
    by_name,
    over_time,
    all_others,
    alike,
    flows,
    within_figures,
    as_printed,
)


def known(catalogue: Catalogue, extracts: Extracts) -> tuple[Ledger, list[Relation]]:
    """The ledger of all figures, and every relation between its cells."""
    ledger = ledger_of(catalogue, extracts)
    totals_worked_out(ledger)
    earlier_years_to_date(ledger)
    counts_of_printed(ledger)
    relations = [relation for kind in KINDS for relation in kind(ledger)]
    return ledger, relations
