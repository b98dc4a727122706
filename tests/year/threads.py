"""Threaded comments put into a closed workbook in the form in which Excel keeps them."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from openpyxl.comments import Comment

from tests.closed.planted import PERSON_LINK, PERSONS, THREAD_LINK, THREADS
from tests.oracles.planting import read_parts, write_parts

PERSON = "{10000000-0000-4000-8000-000000000001}"


@dataclass(frozen=True)
class Thread:
    """A thread of one comment on a cell."""

    sheet: str
    cell: str
    text: str

    @property
    def id(self) -> str:
        return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, self.text)).upper() + "}"

    def legacy(self) -> Comment:
        """What Excel keeps beside it for older programs."""
        return Comment(f"[Threaded comment] {self.text}", f"tc={self.id}")

    def xml(self) -> str:
        return (
            f'<threadedComment ref="{self.cell}" dT="2024-07-02T10:15:00.00" personId="{PERSON}" '
            f'id="{self.id}"><text>{self.text}</text></threadedComment>'
        )


def put_threads(path: Path, threads: list[Thread]) -> None:
    """Put the threads into a file that has their legacy notes already."""
    if not threads:
        return
    parts = read_parts(path)
    book = parts["xl/workbook.xml"].decode()
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    kinds = [
        '<Override PartName="/xl/persons/person.xml" '
        'ContentType="application/vnd.ms-excel.person+xml"/>'
    ]
    for number, sheet in enumerate(sorted({one.sheet for one in threads}), start=1):
        own = "".join(one.xml() for one in threads if one.sheet == sheet)
        part = f"xl/threadedComments/threadedComment{number}.xml"
        parts[part] = f'<ThreadedComments xmlns="{THREADS}">{own}</ThreadedComments>'.encode()
        (id_,) = re.findall(rf'<sheet [^>]*name="{sheet}"[^>]*r:id="(\w+)"', book)
        (link,) = (
            one for one in re.findall(r"<Relationship [^>]*>", links) if f'Id="{id_}"' in one
        )
        target = re.findall(r'Target="/?(?:xl/)?([^"]+)"', link)[0]
        rels = f"xl/worksheets/_rels/{Path(target).name}.rels"
        more = f'<Relationship Id="rIdThread" Type="{THREAD_LINK}" Target="/{part}"/>'
        parts[rels] = _within(parts[rels], "</Relationships>", more)
        kinds.append(
            f'<Override PartName="/{part}" '
            'ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
        )
    parts["xl/persons/person.xml"] = PERSONS.encode()
    person = f'<Relationship Id="rIdPerson" Type="{PERSON_LINK}" Target="persons/person.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = _within(links.encode(), "</Relationships>", person)
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = _within(types, "</Types>", "".join(kinds))
    write_parts(path, parts)


def _within(part: bytes, end: str, more: str) -> bytes:
    return part.replace(end.encode(), f"{more}{end}".encode())
