"""What works on this computer and what to mend, in plain words."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook_builder import __version__
from workbook_builder.errors import UserError
from workbook_builder.register import machine_folder, registered, scorecard_id, user_folder

BUTTON_COMMAND = "workbook-builder-button"
LIBRARIES = ("openpyxl", "pandas", "xlsxwriter", "xlwings", "sqlalchemy")
OFFICE = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
DEFENDER = r"Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
# Microsoft's rule "Block all Office applications from creating child processes".
CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"

Registry = Callable[[str, str, str], object]


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ok is None where it could not be tried on this system."""

    what: str
    ok: bool | None
    found: str
    to_do: str = ""


def diagnose(folder: Path | None = None, registry: Registry | None = None) -> tuple[Finding, ...]:
    """Look at everything that a refresh needs. Changes nothing and never starts Excel."""
    read = registry or registry_value
    return (
        *_program(),
        *_excel(),
        *_macros(read),
        *_launcher(),
        *_scorecards(folder),
    )


def report(findings: tuple[Finding, ...]) -> str:
    """The findings as text, what is to be mended last."""
    words = {True: "ok", False: "MEND", None: "not tried"}
    wide = max(len(finding.what) for finding in findings)
    lines = [f"{words[one.ok]:>9}   {one.what:<{wide}}   {one.found}".rstrip() for one in findings]
    to_do = [f"{one.what}: {one.to_do}" for one in findings if one.ok is False and one.to_do]
    if not to_do:
        return "\n".join([*lines, "", "Nothing to mend."])
    return "\n".join([*lines, "", "What to do:", *(f"  {line}" for line in to_do)])


def registry_value(hive: str, path: str, name: str) -> object:
    """A value of the Windows registry; None where there is none, and on other systems."""
    if sys.platform != "win32":
        return None
    import winreg

    root = winreg.HKEY_LOCAL_MACHINE if hive == "machine" else winreg.HKEY_CURRENT_USER
    try:
        with winreg.OpenKey(root, path) as key:
            return winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None


def _program() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")
    where = Path(__file__).resolve().parent
    yield Finding("Workbook Builder", True, f"{__version__} in {where}")
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
    found = f"missing: {', '.join(missing)}" if missing else "all there"
    yield Finding("Libraries", not missing, found, "Install Workbook Builder again.")


def _excel() -> Iterator[Finding]:
    if sys.platform not in ("win32", "darwin"):
        yield Finding("Excel", None, "Excel does not run on this system")
        return
    from workbook_builder.writers.live import open_books

    books = open_books()
    found = f"open: {', '.join(books)}" if books else "no workbook is open in Excel"
    yield Finding("Excel", True if books else None, found)


def _macros(read: Registry) -> Iterator[Finding]:
    """Whether buttons can work; without them the command does the same."""
    instead = (
        "Use the command instead of buttons: workbook-builder refresh. Or ask IT (docs/for-it.md)."
    )
    if sys.platform != "win32" and read is registry_value:
        yield Finding("Macros in workbooks", None, "asked of Windows only")
        return
    warnings = read("user", POLICY, "VBAWarnings") or read("user", OFFICE, "VBAWarnings")
    shown = {1: "allowed", 2: "allowed after a question", 3: "only signed ones", 4: "switched off"}
    number = warnings if isinstance(warnings, int) else 2
    yield Finding("Macros in workbooks", number in (1, 2), shown.get(number, "unknown"), instead)
    blocked = read("user", POLICY, "BlockContentExecutionFromInternet")
    yield Finding(
        "Macros in files from the internet",
        None,
        "blocked by policy" if blocked else "blocked unless the file is unblocked or trusted",
    )
    rule = str(read("machine", DEFENDER, CHILD_PROCESSES) or "0")
    said = {"1": "blocked by Defender", "2": "noted by Defender", "6": "Defender asks first"}
    yield Finding("Programs started by Excel", rule != "1", said.get(rule, "not blocked"), instead)


def _launcher() -> Iterator[Finding]:
    for folder in (machine_folder(), user_folder()):
        file = folder / "launcher.txt"
        if file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            command = lines[0].strip().removeprefix("\ufeff") if lines else ""
            program = _program_of(command)
            there = bool(program) and shutil.which(program) is not None
            to_do = (
                f"The first line of {file} has to be a program that is there; a path with blanks "
                'goes into double quotes: "C:\\Program Files\\...".'
            )
            yield Finding("What buttons start", there, f"{command} ({file})", to_do)
            return
    found = shutil.which(BUTTON_COMMAND)
    to_do = (
        f"Put the full path of {BUTTON_COMMAND}, in double quotes, into "
        f"{user_folder() / 'launcher.txt'}."
    )
    yield Finding("What buttons start", found is not None, found or "not on the path", to_do)


def _program_of(command: str) -> str:
    """The program in a launcher's line: what the quotes hold, or the text up to the first blank."""
    if command.startswith('"'):
        return command[1:].partition('"')[0]
    return command.partition(" ")[0]


def _may_write(folder: Path) -> bool:
    """Tried, since Windows' access lists are not in a file's mode."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _scorecards(folder: Path | None) -> Iterator[Finding]:
    try:
        known = registered()
    except UserError as error:
        yield Finding("Register", False, str(error.faults[0].what), error.faults[0].fix)
        return
    yield Finding("Register", True, f"{len(known)} scorecards")
    folders = [(one.id, one.folder) for one in known]
    if folder is not None:
        folders = [(scorecard_id(folder) or folder.name, folder)]
    for name, where in folders:
        yield from _scorecard(name, where)


def _scorecard(name: str, folder: Path) -> Iterator[Finding]:
    there = scorecard_id(folder) == name
    to_do = "Run: workbook-builder register FOLDER, with the folder where it is now."
    yield Finding(f'Scorecard "{name}"', there, str(folder), to_do)
    if not there:
        return
    ok = _may_write(folder)
    to_do = "Ask for the right to write into the folder."
    yield Finding(f'"{name}": writing', ok, "allowed" if ok else "not allowed", to_do)
    try:
        yield Finding(f'"{name}": history', True, _history(name, folder))
    except UserError as error:
        fault = error.faults[0]
        yield Finding(f'"{name}": history', False, fault.what, fault.fix)


def _history(name: str, folder: Path) -> str:
    from workbook_builder.history import read_history
    from workbook_builder.listed import load_scorecard

    url = load_scorecard(folder, None).settings.history
    with read_history(folder, name, url) as history:
        events = history.events()
    if not events:
        return "empty"
    last = events[0]
    return f"{len(events)} entries, the last by {last.stamp.who} on {last.stamp.at:%d %B %Y}"
