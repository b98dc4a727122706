"""One way of telling a person how far the work is: terminal, Excel's status bar, or silence."""

from __future__ import annotations

import sys
from typing import Protocol, TextIO


class Progress(Protocol):
    """Receives the steps of a long piece of work."""

    def step(self, number: int, of: int, what: str) -> None:
        """Step `number` of `of` begins; `what` is a short phrase in plain English."""


class Silent:
    """Says nothing."""

    def step(self, number: int, of: int, what: str) -> None:
        """Nobody is listening."""


class Terminal:
    """A line for each step on standard error, so that standard output stays for results."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr

    def step(self, number: int, of: int, what: str) -> None:
        """Print the step."""
        print(f"[{number}/{of}] {what}", file=self._stream, flush=True)
