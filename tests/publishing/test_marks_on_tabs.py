"""What a person sees: [r] beside a restated figure, [p] where a month is not published."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.oracles.pictures import print_to_pdf
from tests.publishing.desk import Desk, small_desk

pytestmark = pytest.mark.in_ci

JUNE, JULY = "2024-06", "2024-07"


def printed(desk: Desk, month: str, place: Path) -> str:
    """The text of all printed pages, laid out as on paper."""
    pdf = print_to_pdf(desk.book(month), place)
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def line_of(text: str, name: str) -> str:
    """The line of a grid that begins with an indicator's name: no line has more figures."""
    lines = [line for line in text.splitlines() if line.strip().startswith(name)]
    lines = [line for line in lines if "the scorecard of" not in line]
    return max(lines, key=lambda line: len(re.findall(r"\d+", line)))


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """June was published; then one of its figures changed and July's came."""
    desk = small_desk(tmp_path_factory.mktemp("marks"))
    desk.build(JUNE)
    desk.publish(JUNE)
    desk.give("contacts,,Jun-24,,,430", "contacts,,Jun-24,,,444")
    desk.add("referrals,,Jul-24,,,77", "contacts,,Jul-24,,,412")
    desk.build(JULY)
    return desk


@pytest.fixture(scope="module")
def text(restated: Desk, tmp_path_factory: pytest.TempPathFactory) -> str:
    return printed(restated, JULY, tmp_path_factory.mktemp("pages"))


def test_a_restated_figure_says_so_where_it_stands(restated: Desk, text: str) -> None:
    assert "444 [r]" in line_of(text, "=Contacts received")
    assert "[r]" not in line_of(text, "Referrals per 10,000")
    said = restated.results()
    assert said["contacts", "month", JUNE]["restated"] == "yes"
    assert said["contacts", "month", JUNE]["first_reported"] == "430"


def test_a_computed_figure_is_restated_with_its_part(text: str) -> None:
    assert "1654 [r]" in line_of(text, "Contacts and referrals")


def test_a_month_that_is_not_published_says_so_once_in_its_head(text: str) -> None:
    assert "Jul-24 [p]" in text
    assert "Jun-24 [p]" not in text
    assert "77 [p]" not in text


def test_publishing_takes_the_mark_of_the_month_away(restated: Desk, tmp_path: Path) -> None:
    desk = restated.copy(tmp_path)
    desk.publish(JULY, 1)
    desk.build(JULY)
    text = printed(desk, JULY, tmp_path / "pdf")
    assert "Jul-24" in text
    assert "[p]" not in text.replace("[p]  ", "", 1)
    assert "444 [r]" in line_of(text, "=Contacts received")


def test_nothing_is_marked_before_anything_is_published(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    desk.build(JUNE)
    text = printed(desk, JUNE, tmp_path / "pdf")
    assert "Jun-24" in text
    assert re.findall(r"\d ?\[[rp]\]", text) == []


def test_a_restated_year_says_so_in_the_table_of_years(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "data" / "mixed", tmp_path / "folder")
    desk = Desk(tmp_path / "folder", tmp_path / "out")
    desk.build(JUNE)
    desk.publish(JUNE)
    desk.change("extracts/figures.csv", "timely,,2022/23,,,82.4", "timely,,2022/23,,,84.1")
    desk.build(JULY)
    text = printed(desk, JULY, tmp_path)
    assert "84.1% [r]" in text
    assert desk.results()["timely", "year", "2022/23"]["first_reported"] == "82.4"
