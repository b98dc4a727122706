"""A copy of a publication: workbook and results.csv as they were, under names of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbook_builder.errors import CommandError, UserError
from workbook_builder.progress import Progress, Silent

COPY_STEPS = 3


@dataclass(frozen=True)
class Copied:
    """What was written, and who published it when. otherwise counts the lines that this version
    of the program would judge another way: results is as published, Notes lists them.
    """

    workbook: Path
    results: Path
    sentence: str
    otherwise: int


def copy_publication(
    folder: Path,
    month: str,
    edition: int,
    out: Path | None = None,
    progress: Progress | None = None,
    *,
    macros: bool = False,
) -> Copied:
    """Write a publication of a month again, 1 being the first, and touch nothing else.

    The files have names of their own, and the history is only read. Raises CommandError where there
    is no such publication, and UserError.
    """
    from workbook_builder.app.building import place_of, write_book
    from workbook_builder.app.content import content_then, plan_content
    from workbook_builder.app.folders import month_of
    from workbook_builder.app.published import frozen_month
    from workbook_builder.app.saying_published import published_sentence
    from workbook_builder.app.tables import files_of
    from workbook_builder.catalogue.load import load_settings
    from workbook_builder.history import read_history
    from workbook_builder.writers.safe import check_free, write_safely

    listener = progress or Silent()
    listener.step(1, COPY_STEPS, "Reading the publication")
    settings = load_settings(folder)
    chosen = month_of(month) if month else settings.report_month
    settings = settings.model_copy(update={"report_month": chosen})
    with read_history(folder, settings.id, settings.history) as history:
        frozen = frozen_month(history, str(chosen), edition)
        if frozen is None:
            known = history.publications(str(chosen))
            raise CommandError(_no_such(str(chosen), edition, len(known)))
        listener.step(2, COPY_STEPS, "Planning the workbook")
        events = [e for e in history.events() if e.number <= frozen.publication.event]
        workbook = plan_content(content_then(frozen, history), events, macros).workbook
    place = place_of(settings, out, ".xlsm" if macros else ".xlsx")
    target = place.with_stem(f"{place.stem} publication {edition}")
    files = {
        target.with_name(
            f"{Path(name).stem} {chosen} publication {edition}{Path(name).suffix}"
        ): one
        for name, one in files_of(frozen.prepared.scorecard, frozen.results).items()
    }
    faults = [fault for path in (target, *files) for fault in check_free(path)]
    if faults:
        raise UserError(faults)
    listener.step(3, COPY_STEPS, f"Writing {target.name}")
    write_safely([(target, write_book(workbook, macros)), *files.items()])
    results = next(iter(files))
    return Copied(target, results, published_sentence(frozen), len(frozen.otherwise))


def _no_such(month: str, edition: int, known: int) -> str:
    if not known:
        return f"{month} is not published, so there is no publication of it."
    there = "1" if known == 1 else f"1 to {known}"
    return f"{month} has no publication {edition}. There is: {there}."
