"""Steps in processes of their own, one after another or two in turn."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.authority import ROOT

STEPS = Path(__file__).with_name("steps.py")


@dataclass(frozen=True)
class Took:
    """What a step took: seconds by the wall and of the processor, rows, the peak in MB.

    parts: the seconds, by the wall and of the processor, of what the step itself told apart.
    """

    wall: float
    processor: float
    rows: int
    peak: float
    parts: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Ratio:
    """How many times as long one step takes as another, from runs in turn."""

    median: float
    least: float
    most: float


def run(step: str, source: Path, program: Path = ROOT) -> Took:
    """Run a step on a source with the program of a checkout, this one unless said."""
    with tempfile.TemporaryDirectory() as own:
        environment = {
            **os.environ,
            "PYTHONPATH": str(program),
            "WORKBOOK_BUILDER_REGISTER": str(Path(own) / "register.json"),
        }
        done = subprocess.run(
            [sys.executable, str(STEPS), step, str(source)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    told = json.loads(done.stdout)
    told["parts"] = {name: tuple(seconds) for name, seconds in told["parts"].items()}
    return Took(**told)


def in_turn(
    first: tuple[str, Path], second: tuple[str, Path], times: int, program: Path = ROOT
) -> Ratio:
    """First and second in turn, `times` each; the ratio is taken within each turn.

    program: the checkout whose program the second step runs. Processor time counts, since other
    work on the machine does not change it much.
    """
    ratios = []
    for _ in range(times):
        one = run(*first).processor
        ratios.append(one / max(run(*second, program).processor, 1e-6))
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))
