"""No kind of leak without a planted one."""

from __future__ import annotations

import importlib
import pkgutil

from tests.screen import (
    test_against_lists,
    test_planted_in_documents,
    test_planted_in_workbooks,
    test_shapes,
)
from workbook_builder import screen
from workbook_builder.screen.model import Kind


def test_every_kind_of_leak_is_planted() -> None:
    planted = {
        *(case[1] for case in test_planted_in_workbooks.MADE.values()),
        *(case[1] for case in test_planted_in_workbooks.CHANGED.values()),
        *(case[2] for case in test_planted_in_documents.IN_DOCUMENTS.values()),
        *(code for case in test_planted_in_documents.ON_SLIDES.values() for code, _ in case[2]),
        *(case[2] for case in test_planted_in_documents.IN_PDF.values()),
        *(case[1] for case in test_against_lists.PLANTED.values()),
        *(code for _, codes in test_shapes.TEXTS for code in codes),
    }
    kinds = {
        one.code
        for module in pkgutil.iter_modules(screen.__path__)
        for one in vars(importlib.import_module(f"{screen.__name__}.{module.name}")).values()
        if isinstance(one, Kind)
    }
    assert kinds - planted == set()
    assert len(kinds) > 40
