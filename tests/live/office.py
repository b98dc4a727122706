"""One headless LibreOffice that tests, and programs started by a pressed button, can work in."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.oracles.calc import DEBIAN_PACKAGES, INSTALL, SETTINGS, CalcMissing, find_calc

# How a program that a button started finds the same LibreOffice.
VARIABLE = "WORKBOOK_BUILDER_CALC"
START_SECONDS = 90
ALWAYS_EXECUTE = 4


def load_uno() -> Any:
    """The bridge to LibreOffice, which only loads into the Python it was built for."""
    try:
        import uno
    except ImportError:
        sys.path.append(str(DEBIAN_PACKAGES))
        try:
            import uno
        except ImportError as error:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            said = f"Python {version} cannot load LibreOffice's bridge; needed: {INSTALL}"
            raise CalcMissing(said) from error
    return uno


def options(**values: Any) -> tuple[Any, ...]:
    """Named options in the form that UNO takes."""
    load_uno()
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    found = []
    for name, value in values.items():
        option = PropertyValue()
        option.Name, option.Value = name, value
        found.append(option)
    return tuple(found)


def url(path: Path | str) -> str:
    """The file address of a path."""
    return str(load_uno().systemPathToFileUrl(str(Path(path).resolve())))


class Office:
    """A connection to a LibreOffice: one of our own, or the one that a variable names."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.context = _connect(address)
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """A service of the running LibreOffice."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path: Path, read_only: bool = False) -> Any:
        """Open a workbook as a person does: shown, with its macros."""
        document = self.desktop.loadComponentFromURL(
            url(path),
            "_blank",
            0,
            options(MacroExecutionMode=ALWAYS_EXECUTE, ReadOnly=read_only),
        )
        assert document is not None, f"LibreOffice could not open {path}"
        document.calculateAll()
        return document

    def close_all(self) -> None:
        """Close every document without saving."""
        components = self.desktop.Components.createEnumeration()
        found = []
        while components.hasMoreElements():
            found.append(components.nextElement())
        for document in found:
            with contextlib.suppress(Exception):
                document.close(True)


def _connect(address: str) -> Any:
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class OwnOffice(Office):
    """A LibreOffice started here, with a profile and a home of its own."""

    def __init__(self) -> None:
        load_uno()
        installation = find_calc()
        self._folder = tempfile.TemporaryDirectory(prefix="calc-live-")
        profile = Path(self._folder.name) / "profile"
        self.home = Path(self._folder.name) / "home"
        self.home.mkdir()
        (profile / "user").mkdir(parents=True)
        settings = SETTINGS.format(mode=0)
        (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        address = f"pipe,name=workbook_builder_live_{os.getpid()}_{id(self)}"
        command = [
            str(installation.soffice),
            f"-env:UserInstallation={url(profile)}",
            f"--accept={address};urp;",
            "--headless",
            "--nologo",
            "--nodefault",
            "--norestore",
            "--nolockcheck",
            "--nofirststartwizard",
        ]
        quiet = subprocess.DEVNULL
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            VARIABLE: address,
        }
        self._process = subprocess.Popen(
            command,
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
            env=environment,
        )
        super().__init__(address)

    def alive(self) -> bool:
        """Whether LibreOffice is still there."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask LibreOffice to end, and see that it does."""
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._folder.cleanup()
