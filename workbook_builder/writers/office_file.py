"""What documents and slides share: names that nobody has, texts that XML takes, the same bytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from workbook_builder.board.pack_model import Pack

# What XML 1.0 does not take, save tab and new line.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# The moment of every part in the package, so that the same content is the same file.
MOMENT = (1980, 1, 1, 0, 0, 0)


def plain(text: str) -> str:
    """A text without what XML does not take; a line may end as Windows ends it."""
    return ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def set_properties(properties: Any, pack: Pack) -> None:
    """Title, subject and language; nobody made it, at a moment that is always the same."""
    properties.title = plain(pack.label)
    properties.subject = plain(f"Board pack of {pack.month}")
    properties.language = pack.language
    properties.author = properties.last_modified_by = ""
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = pack.made
    properties.revision = 1


def with_fixed_dates(path: Path) -> None:
    """Pack the file again with one date for all of its parts."""
    beside = path.with_name(f"{path.name}.packed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(beside, "w") as new:
        for entry in old.infolist():
            again = zipfile.ZipInfo(entry.filename, MOMENT)
            again.compress_type = zipfile.ZIP_DEFLATED
            again.external_attr = 0o600 << 16
            new.writestr(again, old.read(entry))
    beside.replace(path)
