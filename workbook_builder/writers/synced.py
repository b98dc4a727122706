"""Whether a folder is kept alike by a sync program, such as OneDrive.

There a file that is exchanged while a colleague works in theirs becomes two files, and the sync
program decides whose is called what. A lock file of Excel on another machine is not seen in time.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

# What the folders of sync programs are called, alone or followed by the name of an organisation.
FOLDERS = {
    "OneDrive": re.compile(r"onedrive( - .+|-.+)?", re.IGNORECASE),
    "SharePoint": re.compile(r"sharepoint( - .+)?|.+\.sharepoint\.com(@ssl)?", re.IGNORECASE),
    "Dropbox": re.compile(r"dropbox( \(.+\))?", re.IGNORECASE),
    "Google Drive": re.compile(
        r"google ?drive(-.+| \(.+\))?|googledrivefs|my drive|shared drives", re.IGNORECASE
    ),
    "iCloud Drive": re.compile(r"icloud ?drive|com~apple~clouddocs", re.IGNORECASE),
    "Box": re.compile(r"box( sync|-box)?", re.IGNORECASE),
    "Nextcloud": re.compile(r"nextcloud|owncloud", re.IGNORECASE),
}
# What sync programs leave in the topmost folder that they look after.
MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
}
# Where OneDrive tells other programs what it looks after.
VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
REGISTERED = r"Software\SyncEngines\Providers\OneDrive"


def sync_program(path: Path) -> str:
    """The program that keeps the folder of a file alike elsewhere; empty where none is known."""
    folders = path.resolve().parents
    for root in _looked_after():
        if root in folders:
            return "OneDrive or SharePoint"
    for folder in folders:
        for part in (folder.name, *re.split(r"[\\/]", folder.anchor)):
            for program, called in FOLDERS.items():
                if called.fullmatch(part):
                    return program
        for mark, program in MARKS.items():
            if (folder / mark).exists():
                return program
    return ""


def _looked_after() -> Iterable[Path]:
    """The folders that OneDrive says it keeps, libraries of SharePoint among them."""
    for name in VARIABLES:
        if os.environ.get(name):
            yield Path(os.environ[name]).resolve()
    if sys.platform == "win32":
        yield from _registered()


if sys.platform == "win32":

    def _registered() -> Iterable[Path]:
        import contextlib
        import winreg

        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, REGISTERED) as providers,
        ):
            for at in range(winreg.QueryInfoKey(providers)[0]):
                with (
                    contextlib.suppress(OSError),
                    winreg.OpenKey(providers, winreg.EnumKey(providers, at)) as one,
                ):
                    yield Path(str(winreg.QueryValueEx(one, "MountPoint")[0])).resolve()
