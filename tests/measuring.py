"""Coverage rests while work of the tests' own is done.

Measuring slows all Python code down, also code whose coverage nobody asks for: the slow recounts,
the rules of the file format, the reading of what was written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unmeasured() -> Iterator[None]:
    """What runs inside is not measured; `@unmeasured()` does it for a function.

    Not for a generator, which would go on measured, nor where the program itself is called.
    """
    measuring = sys.gettrace()
    if measuring is None:
        yield
        return
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(measuring)
