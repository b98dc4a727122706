"""Writing the add-in with the Scorecard tab."""

from __future__ import annotations

from pathlib import Path


def build_addin(folder: Path) -> Path:
    """Write workbook-builder.xlam into a folder, in place of an older one. Raises UserError."""
    from workbook_builder.writers.addin import NAME, write_addin
    from workbook_builder.writers.safe import write_safely

    target = folder / NAME
    write_safely([(target, write_addin)])
    return target
