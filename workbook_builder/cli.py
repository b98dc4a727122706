"""The command line: a thin shell over app.py that reads arguments and says what was done."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_builder import __version__
from workbook_builder.commands.addin import add_addin
from workbook_builder.commands.annotations import add_annotations
from workbook_builder.commands.drill import add_drill
from workbook_builder.commands.next_month import add_next_month
from workbook_builder.commands.publish import add_publish, copy_publication
from workbook_builder.commands.refresh import add_refresh
from workbook_builder.commands.sample import add_sample
from workbook_builder.errors import (
    EXIT_COMMAND,
    EXIT_DONE,
    EXIT_INTERNAL,
    UserError,
    WorkbookBuilderError,
    keep_report,
)
from workbook_builder.progress import Terminal

if TYPE_CHECKING:
    from workbook_builder.app import Built, Checked

DESCRIPTION = """\
Builds the monthly Excel scorecard of a children's social care service from its extracts.

A scorecard is a folder: scorecard.toml, indicators/*.toml, targets.csv and the other tables, and
extracts/ with the month's files. Start one from a template, put your files in, check, build."""

EPILOG = """\
exit codes: 0 done; 1 the files have faults, all listed, nothing written; 2 wrong command;
3 a fault of the program"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return EXIT_COMMAND if stop.code else EXIT_DONE
    if "run" not in options:
        parser.print_help()
        return EXIT_COMMAND
    run: Callable[[argparse.Namespace], None] = options.run
    try:
        run(options)
    except UserError as error:
        _say_faults(error)
        return error.exit_code
    except WorkbookBuilderError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except Exception as error:
        _say_internal(error)
        return EXIT_INTERNAL
    return EXIT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbook-builder",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Workbook Builder {__version__}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    new = verbs.add_parser("new", help="start a scorecard folder from a template")
    new.add_argument("name", metavar="NAME", type=Path, help="the folder to make")
    new.add_argument("--from", dest="template", metavar="TEMPLATE", required=True)
    new.set_defaults(run=_new)
    check = verbs.add_parser("check", help="list every fault in a scorecard folder")
    check.add_argument("folder", metavar="FOLDER", type=Path)
    check.add_argument("--month", metavar="YYYY-MM", default="", help="another report month")
    check.set_defaults(run=_check)
    build = verbs.add_parser("build", help="build the workbook and results.csv")
    build.add_argument("folder", metavar="FOLDER", type=Path)
    build.add_argument("--month", metavar="YYYY-MM", default="", help="another report month")
    build.add_argument(
        "--out", metavar="DIR", type=Path, help="where to (output/<scorecard> unless given)"
    )
    build.add_argument(
        "--macros",
        action="store_true",
        help="an .xlsm with buttons (Refresh, Undo, Start next month, Check, Log)",
    )
    build.add_argument(
        "--from",
        dest="source",
        metavar="WORKBOOK",
        type=Path,
        help="take what people typed from this workbook instead of the one that is replaced",
    )
    build.add_argument(
        "--publication",
        metavar="N",
        type=int,
        help="a copy of what was published, under a name of its own; 1 is the first publication",
    )
    build.set_defaults(run=_build)
    add_publish(verbs)
    audit = verbs.add_parser("audit", help="hold published conclusions against the figures")
    audit.add_argument("folder", metavar="FOLDER", type=Path)
    audit.add_argument("--against", metavar="FILE", type=Path, required=True)
    audit.add_argument("--month", metavar="YYYY-MM", default="", help="another report month")
    audit.add_argument("--csv", metavar="FILE", type=Path, help="write the answers to a CSV file")
    audit.set_defaults(run=_audit)
    add_drill(verbs)
    add_addin(verbs)
    add_refresh(verbs)
    add_next_month(verbs)
    _other_verbs(verbs)
    return parser


def _other_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    register = verbs.add_parser("register", help="tell where a scorecard's folder is")
    register.add_argument("folder", metavar="FOLDER", type=Path)
    register.set_defaults(run=_register)
    add_annotations(verbs)
    add_sample(verbs)
    doctor = verbs.add_parser("doctor", help="say what works on this computer and what to mend")
    doctor.add_argument("folder", metavar="FOLDER", type=Path, nargs="?")
    doctor.set_defaults(run=_doctor)


def _new(options: argparse.Namespace) -> None:
    from workbook_builder import app

    folder = app.new(options.name, options.template)
    print(f"A new scorecard is in {folder}.")
    print(f"Put the month's files into {folder / app.EXTRACTS}, set the report month in")
    print(f"{folder / app.SCORECARD_FILE}, then run: workbook-builder build {folder}")


def _check(options: argparse.Namespace) -> None:
    from workbook_builder import app

    found = app.check(options.folder, options.month)
    print(f"No faults: {found.title}, {found.month}.")
    _counts(found)


def _build(options: argparse.Namespace) -> None:
    from workbook_builder import app

    if options.publication is not None:
        copy_publication(options)
        return
    built = app.build(
        options.folder,
        options.month,
        options.out,
        Terminal(),
        macros=options.macros,
        source=options.source,
    )
    _say_built(built)


def _audit(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.audit(options.folder, options.against, options.month, options.csv, Terminal())
    for code, breakdown, _, period, kind, published, verdict, ours, rule, missing in done.rows:
        about = f"{code} ({breakdown})" if breakdown else code
        print(f"{verdict:<16}  {about}   {period}   {kind}   {published}")
        if verdict == "contradicts":
            print(f"{'':<18}the figures give {ours}: {rule}")
        elif missing:
            print(f"{'':<18}{missing}{f' ({rule})' if rule else ''}")
    counts = "   ".join(f"{verdict}: {count}" for verdict, count in done.counts.items())
    print(f"Conclusions: {len(done.rows)}   {counts}")
    if done.exported:
        print(f"Written to {done.exported}")


def _register(options: argparse.Namespace) -> None:
    from workbook_builder import app

    done = app.register_folder(options.folder)
    print(f'The scorecard "{done.id}" is in {done.folder}.')
    if done.replaced:
        print(f"Before, it was registered in {done.replaced}.")


def _doctor(options: argparse.Namespace) -> None:
    from workbook_builder.doctor import diagnose, report

    print(report(diagnose(options.folder)))


def _say_built(built: Built) -> None:
    print(f"{built.title}, {built.month}")
    print(f"Workbook: {built.workbook}")
    print(f"Results:  {built.results}")
    if built.problems is not None:
        print(f"Problems: {built.problems}")
    if built.backup is not None:
        print(f"The workbook that was there before is kept as {built.backup}")
    if built.replaced_folder is not None:
        print(f"This scorecard was registered in another folder before: {built.replaced_folder}")
    if built.published:
        print(built.published)
    _counts(built)
    if built.carried or built.left:
        print(f"Typed entries carried over from the workbook before: {built.carried}")
    for said in built.left:
        print(f"  not carried over, kept in the backup and the history: {said}")
    if built.disagreements:
        print(f"Totals that do not agree with their parts: {built.disagreements} (see Notes)")
    print(f"Statuses by hand that contradict the rule: {len(built.contradictions)}")
    for said in built.contradictions:
        print(f"  {said}")


def _counts(done: Built | Checked) -> None:
    left_out = f"Rows left out: {done.rows_left_out}"
    print(f"Indicators: {done.indicators}   Figures: {done.figures}   {left_out}")
    if done.problem_count:
        print(f"Problems in lists: {done.problem_count} (see the sheet Data quality)")
    if done.remarks:
        print(f"Remarks on figures: {done.remarks} (listed on the sheet Notes)")


def _say_faults(error: UserError) -> None:
    count = len(error.faults)
    faults = "1 fault was" if count == 1 else f"{count} faults were"
    said = "" if error.interrupted else " Nothing was written."
    print(f"{faults} found.{said}\n", file=sys.stderr)
    print(error, file=sys.stderr)


def _say_internal(error: Exception) -> None:
    """A fault of ours: say so, and keep the details for whoever mends it."""
    report = keep_report(error)
    print(
        "Something went wrong inside Workbook Builder; your files are as they were.",
        file=sys.stderr,
    )
    print(f"The details for support are in {report}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
