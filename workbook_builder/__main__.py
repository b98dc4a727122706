"""python -m workbook_builder."""

import sys

from workbook_builder.cli import main

sys.exit(main())
