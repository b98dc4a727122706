"""A file for one person's eyes: new, never over another, and readable by its owner alone.

It is made in a closed folder beside its place and moved in one step, so that no part of it ever
lies anywhere else. Windows has no such permissions: there the folder's own rights hold.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbook_builder.errors import Fault, Place, UserError

UNFINISHED = ".records-"
OWNER_ALONE = 0o600
HOUR = 3600


def write_privately(target: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file, then put it in its place.

    Raises UserError where something stands there already or the folder cannot be written to; no
    part of the file is left then.
    """
    _claim(target)
    try:
        _clear(target.parent)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=UNFINISHED) as closed:
            made = Path(closed) / target.name
            write(made)
            made.chmod(OWNER_ALONE)
            with made.open("r+b") as stream:
                os.fsync(stream.fileno())
            made.replace(target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise UserError([_closed(target, error)]) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _claim(target: Path) -> None:
    """An empty file in the place, unless there is one."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ALONE))
    except FileExistsError as error:
        raise UserError([taken(target)]) from error
    except OSError as error:
        raise UserError([_closed(target, error)]) from error


def taken(target: Path) -> Fault:
    """The fault of a place where something stands already."""
    what = "The file is there already, and records are never written over a file."
    fix = "Delete it if you are done with it, or name another with --out."
    return Fault("WB403", what, Place(str(target)), fix=fix)


def _closed(target: Path, error: OSError) -> Fault:
    what = f"The file cannot be written ({error.strerror})."
    fix = "Name a file in another folder with --out."
    return Fault("WB402", what, Place(str(target)), fix=fix)


def _clear(folder: Path) -> None:
    """Take away what a killed run left, once nobody can be writing it any more."""
    before = dt.datetime.now().timestamp() - HOUR
    for path in folder.glob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if path.is_dir() and path.stat().st_mtime < before:
                shutil.rmtree(path)
