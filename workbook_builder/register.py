"""Which folder a scorecard is in: a workbook carries only its id, never a path.

Two files say so: IT's for everybody on the machine, which wins, and the user's own, which `new`,
`build` and `register` write.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook_builder.errors import Fault, Place, UserError, did_you_mean

NAME = "Workbook Builder"
FILE = "register.json"
# Replaces the user's file: for a portable folder, and for tests.
VARIABLE = "WORKBOOK_BUILDER_REGISTER"
IT, USER = "IT", "user"


@dataclass(frozen=True)
class Registered:
    """Where a scorecard is. `replaced` is the folder that its id led to before."""

    id: str
    folder: Path
    workbook: Path | None = None
    source: str = USER
    replaced: Path | None = None


def user_folder() -> Path:
    """Where this user's settings are."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / NAME
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "workbook-builder"


def machine_folder() -> Path:
    """Where IT puts settings for everybody."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData") / NAME
    return Path("/etc/workbook-builder")


def user_file() -> Path:
    """The user's register."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_folder() / FILE


def machine_file() -> Path:
    """IT's register."""
    return machine_folder() / FILE


def registered() -> tuple[Registered, ...]:
    """Every scorecard that either register knows. Raises UserError for a damaged file."""
    of_machine = _entries(machine_file(), IT)
    of_user = _entries(user_file(), USER)
    known = {one.id for one in of_machine}
    return (*of_machine, *(one for one in of_user if one.id not in known))


def find(scorecard: str) -> Registered:
    """The folder of a scorecard. Raises UserError where there is none, or another one there."""
    known = {one.id: one for one in registered()}
    if scorecard not in known:
        what = f'No folder is registered for the scorecard "{scorecard}".'
        fix = (
            "Run once: workbook-builder register FOLDER, with the folder that holds its "
            f"scorecard.toml. {did_you_mean(scorecard, known)}"
        ).strip()
        raise UserError([Fault("WB701", what, fix=fix)])
    found = known[scorecard]
    there = scorecard_id(found.folder)
    if there != scorecard:
        state = f'holds the scorecard "{there}" now' if there else "is not there any more"
        what = f'The folder registered for the scorecard "{scorecard}" {state}.'
        fix = "Run: workbook-builder register FOLDER, with the folder where it is now."
        raise UserError([Fault("WB702", what, Place(str(found.folder)), fix=fix)])
    return found


def register(scorecard: str, folder: Path, workbook: Path | None = None) -> Registered:
    """Remember where a scorecard is, and its last workbook. Raises UserError.

    Where the same id led to another folder, the newest wins and the answer says which it replaced.
    """
    from filelock import Timeout

    try:
        return _register(scorecard, folder, workbook)
    except (OSError, Timeout) as error:
        what = f"The register of scorecards cannot be written to ({type(error).__name__})."
        fix = "Ask for the right to write there; then run: workbook-builder register FOLDER."
        raise UserError([Fault("WB704", what, Place(str(user_file())), fix=fix)]) from error


def _register(scorecard: str, folder: Path, workbook: Path | None) -> Registered:
    from filelock import FileLock

    path = user_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock"), timeout=10):
        whole = _read(path)
        before = whole.get(scorecard, {})
        entry = {**before, "folder": str(folder), "registered": _now()}
        if workbook is not None:
            entry["workbook"] = str(workbook)
        elif before.get("folder") != str(folder):
            entry.pop("workbook", None)
        whole[scorecard] = entry
        _write(path, whole)
    old = before.get("folder")
    replaced = Path(old) if old and old != str(folder) else None
    return Registered(scorecard, folder, workbook, USER, replaced)


def scorecard_id(folder: Path) -> str:
    """The id in a folder's scorecard.toml; empty where there is none to read."""
    try:
        text = (folder / "scorecard.toml").read_text(encoding="utf-8-sig")
        return str(tomllib.loads(text).get("id", ""))
    except (OSError, ValueError):
        return ""


def _entries(path: Path, source: str) -> tuple[Registered, ...]:
    return tuple(
        Registered(
            id=key,
            folder=Path(str(one.get("folder", ""))),
            workbook=Path(str(one["workbook"])) if one.get("workbook") else None,
            source=source,
        )
        for key, one in _read(path).items()
        if isinstance(one, dict)
    )


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UserError([_damaged(path)]) from error
    if not isinstance(found, dict):
        raise UserError([_damaged(path)])
    return found


def _damaged(path: Path) -> Fault:
    what = "The register of scorecards cannot be read."
    fix = "Delete or rename the file; then run: workbook-builder register FOLDER, once for each."
    return Fault("WB703", what, Place(str(path)), fix=fix)


def _write(path: Path, whole: dict[str, dict[str, Any]]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".register-")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(whole, stream, indent=2, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    Path(name).replace(path)


def _now() -> str:
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
