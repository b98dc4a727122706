"""docs/measures.md says what the declarations say."""

from __future__ import annotations

import re
import tomllib

from tests.counting.manual import PAGE, PARTS, parts_of, written
from workbook_builder.counting.load import load_library


def test_the_page_follows_the_declarations() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(parts_of(page)) == sorted(part.__name__ for part in PARTS)
    assert page == written(page), "python -m tests.counting.manual writes the page anew"


def test_the_pages_own_example_can_be_loaded(tmp_path) -> None:  # type: ignore[no-untyped-def]
    example = re.search(r"```toml\n(\[\[measure\]\].*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert example is not None
    (tmp_path / "own.toml").write_text(example[1], encoding="utf-8")
    codes = [table["code"] for table in tomllib.loads(example[1])["measure"]]
    library = load_library(tmp_path)
    assert [library.measure(code).code for code in codes] == codes
