"""Board papers: a copy of a month for people who only read it, looked through before it leaves.

WB873  a tab that the workbook does not have
WB874  a figure that would be withheld but can be worked out from earlier copies
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder.catalogue.words import OverrideOf
from workbook_builder.errors import Fault, InternalError, LeakError, Place, UserError, did_you_mean
from workbook_builder.progress import Progress, Silent

if TYPE_CHECKING:
    from workbook_builder.app.content import Content
    from workbook_builder.board import BoardMaking
    from workbook_builder.catalogue.model import Catalogue, Settings
    from workbook_builder.disclosure.account import FigureId, Why
    from workbook_builder.lists.private import Private
    from workbook_builder.periods import Period
    from workbook_builder.plan.model import Workbook

STEPS = 5
# What a PDF is called after the file that it is printed from.
PRINTED = {".xlsx": "", ".docx": " paper", ".pptx": " slides"}


@dataclass(frozen=True)
class Wanted:
    """What a person asked for: which tabs, which kinds of file, for whom.

    template is the council's own Word file, whose styles the document takes.
    """

    public: bool = False
    tabs: tuple[str, ...] = ()
    pdf: bool = False
    word: bool = False
    slides: bool = False
    template: Path | None = None


@dataclass(frozen=True)
class Boarded:
    """What was made, the workbook first.

    status and marking are as the cover says them; typed_in is the workbook whose comments are in
    it; compared says where the lists were whose ids and names were looked for.
    """

    files: tuple[Path, ...]
    month: str
    status: str
    marking: str
    sheets: tuple[str, ...]
    withheld: int = 0
    unjudged: int = 0
    typed_in: Path | None = None
    compared: Path | None = None
    pdf_by: str = ""


def board(
    folder: Path,
    month: str = "",
    out: Path | None = None,
    progress: Progress | None = None,
    *,
    wanted: Wanted | None = None,
    source: Path | None = None,
) -> Boarded:
    """Make the board copy of a month, and of it what else is wanted; nothing else is changed.

    A published month is as it was published, another as the folder's files and the workbook have
    it now. Raises UserError, and LeakError where a file holds what may not leave: nothing was
    written then.
    """
    listener, asked = progress or Silent(), wanted or Wanted()
    listener.step(1, STEPS, "Reading the month and what people typed")
    reading = _read(folder, month, out, source)
    listener.step(2, STEPS, "Planning the copy")
    making = _making(reading, asked)
    workbook = _planned(making)
    listener.step(3, STEPS, "Reading the lists that nothing may be left of")
    return _Handing(folder, reading, making, asked, listener).over(workbook, out)


@dataclass(frozen=True)
class _Reading:
    """The month with what was typed, and where."""

    settings: Settings
    content: Content
    typed_in: Path | None


def _read(folder: Path, month: str, out: Path | None, source: Path | None) -> _Reading:
    from workbook_builder.app.building import present_month
    from workbook_builder.app.content import content_now, content_then
    from workbook_builder.app.published import frozen_month
    from workbook_builder.app.standing import Standing, missing_source, workbook_of
    from workbook_builder.history import read_history

    settings, present = present_month(folder, month)
    if faults := missing_source(source):
        raise UserError(faults)
    book = workbook_of(settings, folder, out, source)
    with read_history(folder, settings.id, settings.history) as history:
        frozen = frozen_month(history, str(settings.report_month))
        if frozen is not None:
            return _Reading(settings, content_then(frozen, history), None)
        catalogue = present.definitions
        typing = Standing(folder, book, source, catalogue, history).typing()
        content = content_now(catalogue, present.extracts, typing, history, book.name)
        file = source or book
        return _Reading(settings, content, file if file.exists() else None)


def _making(reading: _Reading, asked: Wanted) -> BoardMaking:
    """The month as a board may have it: all figures, and what was typed."""
    from workbook_builder.app.preparing import slots_of
    from workbook_builder.board import BoardMaking
    from workbook_builder.board.pages import Status
    from workbook_builder.plan.carried import carry
    from workbook_builder.plan.workbook import Surroundings, plan_workbook

    if asked.public:
        return _making_public(reading, asked)
    content = reading.content
    scorecard = content.prepared.scorecard
    plan = plan_workbook(scorecard, Surroundings(last_month=content.last_month))
    typed = (*content.remembered, *content.records)
    carried = carry(plan, typed, slots_of(scorecard.catalogue)).workbook
    status = Status(published=content.frozen is not None)
    return BoardMaking(scorecard, carried, status, asked.tabs)


def _making_public(reading: _Reading, asked: Wanted) -> BoardMaking:
    """The month as anybody may have it: small counts withheld, and no words of people.

    Raises UserError where earlier copies gave away too much for that.
    """
    from workbook_builder.app.withheld import still_told, up_to_what_is_shown
    from workbook_builder.board import BoardMaking
    from workbook_builder.board.pages import Status
    from workbook_builder.disclosure import suppressed
    from workbook_builder.plan.workbook import plan_workbook
    from workbook_builder.results import results_table
    from workbook_builder.scorecard import build_scorecard

    known = reading.content.prepared.scorecard
    made = suppressed(known.catalogue, known.extracts)
    if made.account.unprotected:
        raise UserError([_told_already(*one) for one in made.account.unprotected])
    made = up_to_what_is_shown(made, known)
    catalogue = _without_words(made.catalogue, made.account.withheld)
    hidden = {(code, breakdown, one.key) for code, breakdown, one in made.account.withheld}
    first = {key: one for key, one in known.reported.first.items() if key not in hidden}
    scorecard = build_scorecard(catalogue, made.extracts, replace(known.reported, first=first))
    planned = plan_workbook(scorecard)
    if told := still_told(scorecard, results_table(scorecard), planned, made.account):
        places = "; ".join(one.partition(",")[0] for one in told[:5])
        raise InternalError(f"withheld figures stand in the copy at {len(told)} places: {places}")
    limits = catalogue.settings.disclosure
    published = reading.content.frozen is not None
    status = Status(published, (limits.smallest, limits.largest), made.account)
    return BoardMaking(scorecard, planned, status, asked.tabs)


def _told_already(code: str, breakdown: str, period: Period) -> Fault:
    what = (
        "This figure is small and would be withheld, but what earlier months' copies show is "
        "enough to work it out."
    )
    fix = "Make no public copy of this month, or leave the indicator out of the scorecard."
    place = Place(indicator=": ".join(filter(None, (code, breakdown, period.label))))
    return Fault("WB874", what, place, fix=fix)


def _without_words(catalogue: Catalogue, withheld: Mapping[FigureId, Why]) -> Catalogue:
    """Without statuses by hand for indicators with a withheld figure: a light tells its size."""
    hidden = {code for code, _, _ in withheld}
    kept = [
        one
        for one in catalogue.overrides
        if one.what is not OverrideOf.STATUS or one.indicator not in hidden
    ]
    return catalogue.model_copy(update={"overrides": tuple(kept)})


def _planned(making: BoardMaking) -> Workbook:
    """The copy as it is written. Raises UserError for a tab that is not there."""
    from workbook_builder.board import board_workbook, report_sheets

    known = [one.name for one in report_sheets(making.planned)]
    strange = [name for name in making.tabs if name not in known]
    if strange:
        allowed = ", ".join(known)
        raise UserError(
            [
                Fault(
                    "WB873",
                    f'There is no tab "{name}".',
                    allowed=allowed,
                    fix=did_you_mean(name, known),
                )
                for name in strange
            ]
        )
    return board_workbook(making)


@dataclass(frozen=True)
class _Handing:
    """Making the files where nobody sees them, looking through each, and only then moving them."""

    folder: Path
    reading: _Reading
    making: BoardMaking
    asked: Wanted
    listener: Progress

    def over(self, workbook: Workbook, out: Path | None) -> Boarded:
        from workbook_builder.app.building import place_of
        from workbook_builder.app.screening import private_of
        from workbook_builder.writers.safe import write_safely

        private = private_of(self.folder, self.listener)
        kind = "Public" if self.asked.public else "Board"
        target = place_of(self.reading.settings, out)
        target = target.with_name(f"{kind} {self.reading.settings.report_month}.xlsx")
        with tempfile.TemporaryDirectory(prefix="workbook-builder-board-") as hidden:
            made, pdf_by = self._made(workbook, Path(hidden), target.stem)
            self.listener.step(STEPS, STEPS, "Looking through what was made")
            _screen(made, private)
            write_safely([(target.with_name(one.name), _copied(one)) for one in made])
        status = self.making.status
        return Boarded(
            tuple(target.with_name(one.name) for one in made),
            self.making.scorecard.month.long_label,
            status.said,
            status.marking,
            tuple(one.name for one in workbook.sheets),
            len(status.account.withheld) if status.account else 0,
            len(status.account.unjudged) if status.account else 0,
            None if self.asked.public else self.reading.typed_in,
            self.folder if private is not None else None,
            pdf_by,
        )

    def _made(self, workbook: Workbook, folder: Path, stem: str) -> tuple[list[Path], str]:
        """Every file that is wanted, in a folder of their own, and which program made the PDFs."""
        from workbook_builder.writers.pdf import write_pdf
        from workbook_builder.writers.xlsx import write_xlsx

        self.listener.step(4, STEPS, f"Writing {stem}.xlsx")
        made = [folder / f"{stem}.xlsx"]
        write_xlsx(workbook, made[0])
        made += self._papers(folder, stem)
        if not self.asked.pdf:
            return made, ""
        # Each of them printed; a document and a workbook of one name need PDFs of two.
        printed = {one: folder / f"{one.stem}{PRINTED[one.suffix]}.pdf" for one in made}
        by = [write_pdf(one, target) for one, target in printed.items()]
        return [*made, *printed.values()], " and ".join(dict.fromkeys(by))

    def _papers(self, folder: Path, stem: str) -> list[Path]:
        """The Word document and the slides, where they are wanted."""
        from workbook_builder.board.pack import PackMaking, pack_of

        if not (self.asked.word or self.asked.slides):
            return []
        making = self.making
        pack = pack_of(
            PackMaking(
                making.scorecard,
                making.planned,
                making.status,
                making.tabs,
                comments=not self.asked.public,
            )
        )
        made = []
        if self.asked.word:
            from workbook_builder.writers.docx import write_docx

            made.append(folder / f"{stem}.docx")
            self.listener.step(4, STEPS, f"Writing {made[-1].name}")
            write_docx(pack, made[-1], self.asked.template)
        if self.asked.slides:
            from workbook_builder.writers.pptx import write_pptx

            made.append(folder / f"{stem}.pptx")
            self.listener.step(4, STEPS, f"Writing {made[-1].name}")
            write_pptx(pack, made[-1])
        return made


def _screen(made: Sequence[Path], private: Private | None) -> None:
    """Raise LeakError where a file holds what may not leave."""
    from workbook_builder.screen import leaks

    found = [(one, leak) for one in made for leak in leaks(one, private)]
    if found:
        listed = "\n\n".join(str(leak) for _, leak in found)
        names = ", ".join(dict.fromkeys(one.name for one, _ in found))
        count = "1 leak was" if len(found) == 1 else f"{len(found)} leaks were"
        what = f"{count} found in {names}, so nothing was handed over."
        raise LeakError(f"{what} Mend it in the workbook and try again.\n\n{listed}")


def _copied(file: Path) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(file.read_bytes())

    return write
