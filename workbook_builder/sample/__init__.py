"""A synthetic authority over time, cut into monthly extracts in the layout of Ofsted's Annex A.

Nothing here is about real people. `simulate` gives the truth as tables, `extract` what an authority
would export of it at a month's end, `generate` writes consecutive extracts to a folder, with the
faults of real files where they are asked for. The same seed gives the same bytes.
"""

from __future__ import annotations

from workbook_builder.sample.authority import Authority
from workbook_builder.sample.extracting import extract
from workbook_builder.sample.generating import Generated, generate
from workbook_builder.sample.simulating import simulate

__all__ = ["Authority", "Generated", "extract", "generate", "simulate"]
