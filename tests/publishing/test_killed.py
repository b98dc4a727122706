"""Killed at any moment, publishing is whole or has not happened, and the next run completes."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.amount import amount_in_ci
from tests.building import ROOT
from tests.publishing.desk import BOX, cells, small_desk
from workbook_builder.history import read_history

pytestmark = pytest.mark.in_ci

MONTH = "2024-06"


def test_publishing_killed_at_random_moments(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    desk, chance = small_desk(tmp_path), random.Random(8)
    desk.build(MONTH)
    rounds, at_work, editions = amount_in_ci(request.config, 3, 100), 0, 0
    for number in range(rounds):
        text = f"Typed before round {number}"
        desk.type(MONTH, {BOX: text})
        again = [] if not editions else ["--again", f"Round {number}"]
        command = [sys.executable, "-m", "workbook_builder", "publish", str(desk.folder), MONTH]
        process = subprocess.Popen(
            [*command, "--out", str(desk.out), *again],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        # The last step but one is told; what is slow to start is not waited for in vain.
        while process.stderr.readline().startswith(("[1/4]", "[2/4]")):
            pass
        time.sleep(chance.uniform(0.0, 0.4))
        process.send_signal(signal.SIGKILL)
        at_work += process.wait() == -signal.SIGKILL
        with read_history(desk.folder, "small") as history:
            publications = history.publications(MONTH)
            assert history.unfinished() == ()
            assert len(publications) in (editions, editions + 1)
            # What was typed was saved before anything was published.
            assert text in {one.content for one in history.typed(MONTH)}
            editions = len(publications)
    assert at_work > 0
    text = "Typed at last"
    desk.type(MONTH, {BOX: text})
    done = desk.publish(MONTH, again="At last" if editions else None)
    assert done.edition == editions + 1
    desk.build(MONTH)
    assert any(text in str(one) for one in cells(desk.book(MONTH)).values())
