"""The Haringey scorecard, built once."""

from __future__ import annotations

import pytest

from tests.building import TEMPLATES, Example, build_example


@pytest.fixture(scope="session")
def haringey(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return build_example(TEMPLATES / "haringey", tmp_path_factory.mktemp("haringey"))
