"""What a pressed button starts in the tests: the program's own entry, working in the tests' Calc.

Only the engine is put in place here; everything after that is what runs on a council's laptop.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.live import engine
from tests.live.office import VARIABLE, Office
from workbook_builder import buttons

if __name__ == "__main__":
    engine.register(Office(os.environ[VARIABLE]))
    sys.exit(buttons.main())
