"""Putting a finished file in place: never half written, never over a file that is open.

A file is written beside its place, flushed to the disk and moved in one step. What stood there
before is kept as a dated backup unless it is byte for byte the same.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError

BACKUPS = "backups"
UNFINISHED = ".writing-"
HOUR = 3600
RIGHTS = "See that there is room on the disk and that you may write there."


def check_free(target: Path) -> list[Fault]:
    """A fault where somebody has the file open, or where its folder cannot be written to."""
    fix = "Close it in Excel and run the command again."
    for mark in (target.with_name(f"~${target.name}"), target.with_name(f".~lock.{target.name}#")):
        if mark.exists():
            who = _owner(mark)
            what = f"The workbook is open{who} and cannot be replaced. Nothing was written."
            left = f" Where nobody has it open, a crash left {mark.name} there: delete that file."
            return [Fault("WB401", what, Place(file=str(target)), fix=fix + left)]
    if target.exists():
        try:
            with target.open("r+b"):
                pass
        except OSError:
            what = "The file is locked by another program and cannot be replaced."
            return [Fault("WB401", what, Place(file=str(target)), fix=fix)]
    return []


def _owner(mark: Path) -> str:
    """Who has the file open, where the lock file says so."""
    try:
        data = mark.read_bytes()
    except OSError:
        return ""
    if mark.name.startswith("~$"):
        length = data[0] if data else 0
        name = data[1 : 1 + length].decode("cp1252", "replace").strip()
    else:
        name = data.decode("utf-8", "replace").split(",")[0].strip()
    return f" (in use by {name})" if name.isprintable() and name else ""


Writing = tuple[Path, Callable[[Path], None]]


def write_safely(writings: Sequence[Writing]) -> list[Path | None]:
    """Make every file beside its place, then move all of them in. Returns each one's backup.

    Raises UserError when a place cannot be written to; what stood there is untouched then.
    """
    faults = [fault for target, _ in writings for fault in check_free(target)]
    if faults:
        raise UserError(faults)
    made: list[Path] = []
    try:
        for target, write in writings:
            made.append(_beside(target))
            write(made[-1])
            _flush(made[-1])
        pairs = list(zip(writings, made, strict=True))
        backups = [_keep(target, temporary) for (target, _), temporary in pairs]
        for (target, _), temporary in pairs:
            _move(temporary, target)
    finally:
        for temporary in made:
            temporary.unlink(missing_ok=True)
    return backups


def write_new(target: Path, write: Callable[[Path], None]) -> None:
    """Make a file in a place where nothing stands, whole or not at all.

    Raises UserError where something stands there, also where it came while the file was made.
    """
    temporary = _beside(target)
    try:
        write(temporary)
        _flush(temporary)
        _move_new(temporary, target)
    except FileExistsError as error:
        raise UserError([there_already(target)]) from error
    finally:
        temporary.unlink(missing_ok=True)


def there_already(target: Path) -> Fault:
    """The fault of a place that must be free and is not."""
    what = "There is such a workbook already. It stands as it is, and nothing was written."
    fix = (
        "Work in that one. To make it anew, move it to another folder first, or choose another "
        "place with --out."
    )
    return Fault("WB414", what, Place(file=str(target)), fix=fix)


def _move_new(temporary: Path, target: Path) -> None:
    """Move a file in one step that fails where the target exists. Raises FileExistsError."""
    if os.name == "nt":
        temporary.rename(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A place without links, such as some network drives.
        if target.exists():
            raise FileExistsError(str(target)) from None
        _move(temporary, target)


def replace_unchanged(target: Path, before: bytes, after: bytes) -> Path | None:
    """Put other contents in the place of a file that still holds `before`; its backup.

    Raises UserError where somebody has opened or saved the file meanwhile, or where its folder
    cannot be written to; the file is as it was then.
    """
    temporary = _beside(target, RIGHTS)
    backup: Path | None = None
    try:
        temporary.write_bytes(after)
        shutil.copymode(target, temporary)
        _flush(temporary)
        backup = _keep(target, temporary)
        faults = check_free(target) or _saved_meanwhile(target, before)
        if faults:
            raise UserError(faults)
        _move(temporary, target)
    except BaseException as error:
        if backup is not None:
            backup.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UserError([_cannot_write(target.parent, error, RIGHTS)]) from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def _saved_meanwhile(target: Path, before: bytes) -> list[Fault]:
    try:
        now = hashlib.sha256(target.read_bytes()).digest()
    except OSError:
        now = b""
    if now == hashlib.sha256(before).digest():
        return []
    what = (
        "Somebody saved the workbook while it was being refreshed. Their file stands as it is, and "
        "nothing was written."
    )
    return [Fault("WB411", what, Place(file=str(target)), fix="Run the command again.")]


def _cannot_write(folder: Path, error: OSError, fix: str) -> Fault:
    what = f"The folder cannot be written to ({error.strerror})."
    return Fault("WB402", what, Place(file=str(folder)), fix=fix)


def _beside(target: Path, fix: str = "Choose another with --out.") -> Path:
    """An empty file in the folder of the target, which is made where it is missing."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target.parent)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED, suffix=target.suffix)
    except OSError as error:
        raise UserError([_cannot_write(target.parent, error, fix)]) from error
    os.close(handle)
    _like_any_new_file(Path(name))
    return Path(name)


def _clear(folder: Path) -> None:
    """Take away what a killed run left half written, once nobody can be writing it any more."""
    before = dt.datetime.now().timestamp() - HOUR
    for path in folder.glob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


def _move(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        what = "The file is locked by another program and cannot be replaced."
        raise UserError([Fault("WB401", what, Place(file=str(target)))]) from error


def _like_any_new_file(path: Path) -> None:
    """Temporary files are private; what they become should be as readable as other new files."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _flush(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _keep(target: Path, new: Path) -> Path | None:
    """Copy what stands at the target to the backups, unless it is the same as the new file."""
    if not target.exists() or target.read_bytes() == new.read_bytes():
        return None
    backup = backup_of(target)
    _clear(backup.parent)
    # Made beside its place as well: a backup that is there is whole.
    temporary = backup.with_name(f"{UNFINISHED}{backup.name}")
    shutil.copyfile(target, temporary)
    _flush(temporary)
    _move(temporary, backup)
    shutil.copystat(target, backup)
    return backup


def backup_of(target: Path) -> Path:
    """A free name among the backups of a file, with the time in it."""
    stamp = dt.datetime.now().strftime("%Y-%m-%d %H%M%S")
    folder = target.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    backup = folder / f"{target.stem} ({stamp}){target.suffix}"
    count = 1
    while backup.exists():
        count += 1
        backup = folder / f"{target.stem} ({stamp}, {count}){target.suffix}"
    return backup
