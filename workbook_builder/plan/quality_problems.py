"""The problems of the latest extract one by one, as rows of the Data quality sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_builder.extracts.quality import ListProblem
from workbook_builder.plan.quality_said import CSV, Said, file_of
from workbook_builder.plan.written_pages import EMPTY
from workbook_builder.plan.written_rows import RowKind, WrittenRow

# More than these nobody reads on a sheet; all of them are in the CSV file.
MOST_SHOWN, MOST_ALIKE = 150, 20
HEADS = (
    "Problem",
    "Cells",
    "Sheet",
    "Column",
    "Row",
    "Heading",
    "What was found",
    "What was done",
)


def problem_rows(said: Said) -> Iterator[WrittenRow]:
    """The problems by list, some of each kind and column where there are very many."""
    problems = said.latest.problems if said.quality.extracts else ()
    if not problems:
        return
    shown = _some_of_each(problems)
    yield WrittenRow(RowKind.HEADING, ("Problems of the latest extract, one by one",))
    if len(shown) < len(problems):
        yield from said.words(
            f"{len(shown):,} of {len(problems):,} lines are shown, some of each kind in each "
            f"column. The file {CSV}, beside the workbook, has all of them."
        )
    yield from said.words(f"The problems of earlier extracts are in {CSV}.")
    for (name, file), group in _groups(shown).items():
        named = name or "Sheets that are no list"
        where = "" if file == file_of(said.latest) else f" ({file})"
        yield WrittenRow(RowKind.SUBHEADING, (f"{named}{where}",))
        yield WrittenRow(RowKind.HEAD, HEADS)
        yield from (WrittenRow(RowKind.ROW, _row(one)) for one in group)
        yield EMPTY


def _row(one: ListProblem) -> tuple[str | int, ...]:
    row = "" if one.row is None else one.row
    return one.kind, one.count, one.sheet, one.column, row, one.heading, one.found, one.done


def _groups(problems: Sequence[ListProblem]) -> dict[tuple[str, str], list[ListProblem]]:
    found: dict[tuple[str, str], list[ListProblem]] = {}
    for one in sorted(problems, key=lambda one: not one.list):
        found.setdefault((one.list, one.file), []).append(one)
    return found


def _some_of_each(problems: Sequence[ListProblem]) -> list[ListProblem]:
    """The first of each kind in each column, then the second, and so on."""
    seen: dict[tuple[str, str, str], int] = {}
    turns = []
    for at, one in enumerate(problems):
        key = (one.kind, one.list, one.column)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= MOST_ALIKE:
            turns.append((seen[key], at))
    chosen = sorted(at for _, at in sorted(turns)[:MOST_SHOWN])
    return [problems[at] for at in chosen]
