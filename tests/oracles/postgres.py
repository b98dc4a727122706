"""A real PostgreSQL server for the tests, thrown away afterwards."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

START_SECONDS = 60
INSTALL = "apt-get install --no-install-recommends postgresql"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database. No server here: a failure in CI, a loud skip elsewhere."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        said = f"PostgreSQL is not installed; run: {INSTALL}"
        if os.environ.get("CI"):
            pytest.fail(said)
        warnings.warn(f"the tests on PostgreSQL were skipped: {said}", stacklevel=1)
        pytest.skip(said)
    with (
        tempfile.TemporaryDirectory(prefix="postgres-") as place,
        _server(binaries[-1], Path(place)) as address,
    ):
        yield address


@contextlib.contextmanager
def _server(binaries: Path, place: Path) -> Iterator[str]:
    """Make a cluster, run it on a socket in its own folder, stop it."""
    place.chmod(0o755)
    data = place / "data"
    as_user: list[str] = []
    if getpass.getuser() == "root":
        # The server refuses to run as root.
        shutil.chown(place, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    make = [
        *as_user,
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "tests",
        "--auth=trust",
        "-N",
    ]
    subprocess.run(make, check=True, cwd=place, **quiet)  # type: ignore[call-overload]
    command = [
        *as_user,
        str(binaries / "postgres"),
        *("-D", str(data)),
        *("-k", str(place)),
        *("-c", "listen_addresses="),
        *("-c", "fsync=off"),
    ]
    server = subprocess.Popen(command, cwd=place, start_new_session=True, **quiet)  # type: ignore[call-overload]
    socket = place / ".s.PGSQL.5432"
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _ready(binaries, place):
            assert server.poll() is None, "PostgreSQL ended"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.1)
        yield f"postgresql+pg8000://tests@/postgres?unix_sock={socket}"
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=30)


def _ready(binaries: Path, place: Path) -> bool:
    done = subprocess.run([str(binaries / "pg_isready"), "-h", str(place), "-q"], check=False)
    return done.returncode == 0
