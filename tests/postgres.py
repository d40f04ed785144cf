"""A private PostgreSQL server for tests and benchmarks: a real one, in a folder of its own."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

OWNER = "fieldapp"
START_TIMEOUT_S = 60


@dataclass(frozen=True)
class PostgresServer:
    """A running server; it has no password, because only its socket's folder leads to it."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of `template`, and return its name."""
        name = f"t{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(
            dbname="postgres", user=OWNER, host=str(self.folder), autocommit=True
        ) as connection:
            connection.execute(statement)  # type: ignore[call-overload] # names are our own


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server, stop it in the end. `durable`: commits wait for the disk, as in real life."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="fieldapp-postgres-"))
    data = folder / "data"
    as_user = _somebody_else(folder) if os.geteuid() == 0 else {}
    process = None
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8",
             "--locale=C.UTF-8", "--no-sync"],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user,
        )  # fmt: skip
        settings = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=60"]
        if not durable:
            settings += ["fsync=off", "full_page_writes=off"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *(f"-c{setting}" for setting in settings)],
                cwd=folder, stdout=log, stderr=log, **as_user,
            )  # fmt: skip
        _wait_until_ready(folder, process)
        yield PostgresServer(folder)
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # "fast": ends sessions instead of waiting for them
            process.wait(timeout=START_TIMEOUT_S)
        shutil.rmtree(folder)


def _programs() -> Path:
    """The newest installed server's folder; Debian keeps them off the PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    assert on_path, "No PostgreSQL server is installed; `make packages` says what to do."
    return Path(on_path).resolve().parent


def _wait_until_ready(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while True:
        try:
            psycopg.connect(dbname="postgres", user=OWNER, host=str(folder)).close()
        except psycopg.OperationalError:
            gave_up = process.poll() is not None or time.monotonic() > deadline
            assert not gave_up, (folder / "log").read_text()
            time.sleep(0.05)
        else:
            return


def _somebody_else(folder: Path) -> dict[str, Any]:
    """Who runs the server for root, as whom PostgreSQL refuses to run; `folder` becomes theirs."""
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
