"""The page for performance officers names every field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from workbook_builder.catalogue.faults import THING, field_names, words_of

PAGE = Path(__file__).parents[3] / "docs" / "catalogue.md"


@pytest.mark.parametrize("model", list(THING))
def test_every_field_and_word_is_on_the_page(model: type[BaseModel]) -> None:
    page = re.sub(r"```.*?```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    quoted = set(re.findall(r"`([^`]+)`", page))
    names = set(field_names(model))
    words = {word for field in model.model_fields.values() for word in words_of(field)}
    missing = (names | words) - quoted
    assert not missing, f"docs/catalogue.md does not explain {sorted(missing)}"
