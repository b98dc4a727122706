"""What a button in the workbook starts: a thin shell over the verbs that shows its own messages.

    workbook-builder-button VERB --wb="Scorecard 2014-02.xlsm" --from_xl=1 --hwnd=1234

The exit codes are those of the command line. The button's macro waits and says nothing itself
unless the program could not be started.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from workbook_builder.errors import EXIT_COMMAND, EXIT_DONE, EXIT_INTERNAL, WorkbookBuilderError
from workbook_builder.message import show

TITLE = "Workbook Builder"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what a button says and tell how it went. Returns the exit code."""
    given = tuple(sys.argv[1:] if arguments is None else arguments)
    verb = given[0] if given else ""
    owner = _owner(given)
    if verb not in VERBS:
        show(TITLE, f'"{verb}" is not one of: {", ".join(VERBS)}.', True, owner)
        return EXIT_COMMAND
    try:
        said = VERBS[verb](given)
    except WorkbookBuilderError as error:
        show(f"{TITLE}: {verb}", str(error), True, owner)
        return error.exit_code
    except Exception as error:
        from workbook_builder.errors import keep_report

        report = keep_report(error)
        text = (
            "Something went wrong inside Workbook Builder. What you typed is safe. The details for "
            f"support are in {report}"
        )
        show(TITLE, text, True, owner)
        return EXIT_INTERNAL
    if said:
        show(f"{TITLE}: {verb}", said, False, owner)
    return EXIT_DONE


def _owner(given: Sequence[str]) -> int:
    found = next((one[7:] for one in given if one.startswith("--hwnd=")), "")
    return int(found) if found.isdigit() else 0


def _refresh(given: Sequence[str]) -> str:
    from workbook_builder import app

    done = app.refresh(arguments=given)
    return done.remark if done.cells else f"{done.sentence}. {done.remark}".strip()


def _undo(given: Sequence[str]) -> str:
    from workbook_builder import app

    done = app.undo(arguments=given)
    if done.cells:
        return done.remark
    return f"The figures are those from before the last refresh already. {done.remark}".strip()


def _check(given: Sequence[str]) -> str:
    from workbook_builder import app

    found = app.check_open(given)
    problems = f", {found.problem_count} problems in lists" if found.problem_count else ""
    return (
        f"No faults: {found.title}, {found.month}. {found.figures} figures for {found.indicators} "
        f"indicators; {found.rows_left_out} rows left out{problems}, {found.remarks} remarks "
        "(see Notes)."
    )


def _log(given: Sequence[str]) -> str:
    from workbook_builder import app

    app.open_log(given)
    return ""


def _next_month(given: Sequence[str]) -> str:
    from workbook_builder import app

    done = app.next_month_open(given)
    return f"{done.month} is started: {done.workbook}. This workbook stays as it is."


def _publish(given: Sequence[str]) -> str:
    from workbook_builder import app

    done = app.publish_open(given)
    return f"{done.month}: {done.sentence}. Refresh, and the workbook says so."


def _import(given: Sequence[str]) -> str:
    from workbook_builder import app
    from workbook_builder.commands.annotations import import_lines

    copy = next((one[7:] for one in given if one.startswith("--copy=")), "")
    done = app.import_copy(Path(copy), arguments=given)
    told = "\n".join(import_lines(done))
    return f"{told}\n{done.hindered}" if done.hindered else told


VERBS: dict[str, Callable[[Sequence[str]], str]] = {
    "refresh": _refresh,
    "undo": _undo,
    "check": _check,
    "log": _log,
    "next-month": _next_month,
    "publish": _publish,
    "import": _import,
}

if __name__ == "__main__":
    sys.exit(main())
