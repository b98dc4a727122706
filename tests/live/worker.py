"""A build or a refresh in a process of its own, to be killed at any moment.

python -m tests.live.worker build|refresh FOLDER OUT MONTH
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.building import STAMP
from tests.live import engine
from tests.live.office import VARIABLE, Office
from workbook_builder import app


def main() -> None:
    what, folder, out, month = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    if what == "refresh":
        engine.register(Office(os.environ[VARIABLE]))
    # What is slow to import is imported before the parent starts to wait.
    import workbook_builder.app.preparing
    import workbook_builder.history
    import workbook_builder.writers.xlsx  # noqa: F401

    print("ready", flush=True)
    if what == "refresh":
        app.refresh(stamp=STAMP)
    else:
        app.build(folder, month, out, stamp=STAMP)
    print("done", flush=True)


if __name__ == "__main__":
    main()
