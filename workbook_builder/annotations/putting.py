"""Where the entries of a copy stand in the workbook, and what each cell and note says then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbook_builder.annotations.book import BookRead
from workbook_builder.annotations.merging import ONE_THING, Merge, Pair
from workbook_builder.history.model import TypedRecord
from workbook_builder.plan.carried import LONGEST_NOTE, content_of
from workbook_builder.plan.model import Content, Note
from workbook_builder.plan.slots import BESIDE, COMMENT, INPUT, MANUAL, NOTE, REASON, STATUS

# Row and column from 0, on the sheet of a title.
At = tuple[str, int, int]
# The kind of an entry of a copy that the workbook has no place for beside its own.
IN_A_COPY = "typed in a copy"
LONGEST_TEXT = 32_000


@dataclass(frozen=True)
class Put:
    """What is to be written. replaced are the cells of notes that stand there and change.

    taken, both and kept are lines for the person; aside are the entries of the lines of kept.
    """

    cells: Mapping[At, Content] = field(default_factory=dict)
    notes: Mapping[At, Note] = field(default_factory=dict)
    replaced: frozenset[At] = frozenset()
    taken: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    aside: tuple[TypedRecord, ...] = ()


def put(
    found: Merge,
    book: BookRead,
    theirs: str,
    ours: Callable[[TypedRecord], str],
    known: Collection[tuple[str, str, str]] = (),
    frozen: bool = False,
) -> Put:
    """Place what a merge found. theirs and ours say who wrote something and when.

    known are key, slot and content of what copies brought before and has no place; frozen, that the
    month is published, so that no figure and no status may change.
    """
    putting = _Putting(book, theirs, ours, known, frozen)
    for one in found.taken:
        putting.take(one)
    for pair in found.both:
        putting.keep_both(pair)
    return putting.done()


class _Putting:
    def __init__(
        self,
        book: BookRead,
        theirs: str,
        ours: Callable[[TypedRecord], str],
        known: Collection[tuple[str, str, str]],
        frozen: bool,
    ) -> None:
        self.theirs, self.ours, self.known, self.frozen = theirs, ours, known, frozen
        self.inputs = dict(_inputs(book))
        self.places = dict(_places(book))
        self.noted = {
            (one.sheet, one.cell): one for one in book.typed if one.kind in (NOTE, COMMENT)
        }
        self.filled = {(one.sheet, one.cell) for one in book.typed if one.kind == BESIDE}
        self.cells: dict[At, Content] = {}
        self.notes: dict[At, Note] = {}
        self.replaced: set[At] = set()
        self.lines: dict[str, list[str]] = {"taken": [], "both": [], "kept": []}
        self.aside: list[TypedRecord] = []

    def take(self, theirs: TypedRecord) -> None:
        at = self._at(theirs)
        if at is not None and theirs.kind == COMMENT and self._spoken(theirs) in self._noted(at):
            return
        if at is None or not self._has_room(theirs, at):
            self._aside(theirs)
        elif theirs.kind in (NOTE, COMMENT):
            said = theirs.content if theirs.kind == NOTE else self._spoken(theirs)
            self._note(at, said, theirs.author)
            self._say("taken", theirs)
        else:
            self.cells[at] = content_of(theirs)
            self._say("taken", theirs)

    def keep_both(self, pair: Pair) -> None:
        ours, theirs = pair.ours, pair.theirs
        at = self._at(theirs)
        words = theirs.kind in (INPUT, NOTE) and not ONE_THING.fullmatch(theirs.slot)
        said = f"[{self.ours(ours)}]\n{ours.content}\n\n[{self.theirs}]\n{theirs.content}"
        longest = LONGEST_NOTE if theirs.kind == NOTE else LONGEST_TEXT
        if at is None or not words or self._settled(theirs) or len(said) > longest:
            self._aside(theirs)
            return
        if theirs.kind == NOTE:
            self._note(at, said, "")
        else:
            self.cells[at] = said
        self._say("both", theirs)

    def done(self) -> Put:
        return Put(
            cells=self.cells,
            notes=self.notes,
            replaced=frozenset(self.replaced),
            taken=tuple(self.lines["taken"]),
            both=tuple(self.lines["both"]),
            kept=tuple(self.lines["kept"]),
            aside=tuple(self.aside),
        )

    def _at(self, record: TypedRecord) -> At | None:
        if record.kind in (INPUT, MANUAL):
            return self.inputs.get((record.key, record.slot))
        slot = record.slot.partition(", comment ")[0] if record.kind == COMMENT else record.slot
        return self.places.get((record.key, slot))

    def _has_room(self, record: TypedRecord, at: At) -> bool:
        """A formula of ours gives way to nobody, and no program adds words to a thread."""
        here = (at[0], _address(at))
        if self._settled(record):
            return False
        if record.kind == COMMENT:
            return here not in self.noted
        if record.kind == NOTE:
            standing = self.noted.get(here)
            return standing is None or standing.kind == NOTE
        if record.kind == BESIDE:
            return here not in self.filled
        return record.kind in (INPUT, MANUAL)

    def _settled(self, record: TypedRecord) -> bool:
        """Whether a publication has settled what an entry would change."""
        judged = record.kind == INPUT and record.slot in (STATUS, REASON)
        return self.frozen and (judged or record.kind == MANUAL)

    def _noted(self, at: At) -> str:
        """The words of the note on a cell."""
        standing = self.noted.get((at[0], _address(at)))
        return standing.content if standing is not None else ""

    def _note(self, at: At, said: str, author: str) -> None:
        if (at[0], _address(at)) in self.noted:
            self.replaced.add(at)
        before = self.notes.get(at)
        text = f"{before.text}\n\n{said}" if before is not None else said
        self.notes[at] = Note(at[1], at[2], text[:LONGEST_NOTE], author)

    def _spoken(self, comment: TypedRecord) -> str:
        when = f", {comment.written[:16].replace('T', ' ')}" if comment.written else ""
        return f"{comment.author}{when}: {comment.content}"

    def _aside(self, record: TypedRecord) -> None:
        slot = f"{record.slot}, {record.kind} in the copy of {self.theirs}"
        said = f"{record.content} ({self.theirs})"
        if (record.key, slot, said) in self.known:
            return
        self.aside.append(replace(record, kind=IN_A_COPY, slot=slot, content=said))
        self._say("kept", record)

    def _say(self, which: str, record: TypedRecord) -> None:
        said = " ".join(record.content.split())
        shown = said if len(said) <= 60 else f"{said[:59]}…"
        self.lines[which].append(f"{record.kind} on {record.sheet} ({record.key}): {shown}")


def _inputs(book: BookRead) -> Iterator[tuple[tuple[str, str], At]]:
    for sheet in book.keyed.values():
        for (row, col), keys in sheet.inputs.items():
            yield keys, (sheet.title, row - 1, col - 1)


def _places(book: BookRead) -> Iterator[tuple[tuple[str, str], At]]:
    """Every cell of our sheets by what it is about; of a copied row, the first."""
    for sheet in book.keyed.values():
        for row in sorted(sheet.rows, reverse=True):
            for col in sheet.columns:
                yield sheet.at(row, col), (sheet.title, row - 1, col - 1)


def _address(at: At) -> str:
    from workbook_builder.plan.addresses import cell

    return cell(at[1], at[2])
