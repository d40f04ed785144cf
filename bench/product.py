"""The product with the demo town, served from a folder that goes away afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Enrols one phone for each leader of a villager group; prints what a client needs to be it.
_ENROL = """
import json
from fieldapp.accounts import enrolment
from fieldapp.app import create_app
from fieldapp.database import writing
from fieldapp.exports.records import records
from fieldapp.extensions import db
from fieldapp.grids import scope

app = create_app()
with app.app_context():
    homes = {}
    for one in records(db.session(), "household"):
        homes.setdefault(one["grid"], []).append(one["record"])
    leaders = {}
    for member, duties in scope.tree().duties.items():
        for duty in duties:
            code = scope.code_of(duty.grid_id)
            if duty.role == "leader" and code in homes:
                leaders[code] = member
    found = []
    with writing():
        for code, member in sorted(leaders.items()):
            joined = enrolment.join(enrolment.invite(member), device_token=None, browser="bench")
            found.append({"grid": code, "token": joined.token, "homes": homes[code]})
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Leader:
    """One enrolled phone: its grid's code, its cookie, its households' record ids."""

    grid: str
    token: str
    homes: list[str]


class Product:
    """One folder with the demo town in it, and a server process."""

    def __init__(self, folder: Path, leaders: list[Leader]) -> None:
        self.folder, self.leaders = folder, leaders
        self.port = _free_port()
        self.process = subprocess.Popen(
            [sys.executable, "tools/serve.py"],
            cwd=ROOT,
            env=_environment(folder) | {"PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
            stderr=(folder / "server.log").open("ab"),
        )
        self._wait()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "fieldapp.sqlite"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def cpu_s(self) -> float:
        """Processor time the server has used so far, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory of the server and all its children, in MB (10^6 bytes)."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_resident_bytes(pid) for pid in pids) / 1e6

    def _wait(self) -> None:
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    log = (self.folder / "server.log").read_text()
                    raise RuntimeError("the server ended:\n" + log) from None
                time.sleep(0.05)


@contextmanager
def product() -> Iterator[Product]:
    """A server of its own on a fresh copy of the demo town."""
    prepared, leaders = _prepared()
    folder = Path(tempfile.mkdtemp(prefix="bench", dir=_scratch()))
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    running = Product(folder, leaders)
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


@cache
def _prepared() -> tuple[Path, list[Leader]]:
    """The demo town, loaded once for all benchmarks of a run."""
    folder = Path(tempfile.mkdtemp(prefix="town", dir=_scratch()))
    run(folder, "-m", "flask", "--app", "wsgi", "load-demo")
    found = json.loads(run(folder, "-c", _ENROL).splitlines()[-1])
    return folder, [Leader(**one) for one in found]


def run(folder: Path, *words: str) -> str:
    """What a Python command printed that was run on the database in `folder`."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=_environment(folder), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def _scratch() -> Path:
    """On the disk that the project is on: a file system in memory would make every sync free."""
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _environment(folder: Path) -> dict[str, str]:
    outside = {name: it for name, it in os.environ.items() if not name.startswith("FLASK_")}
    return outside | {"FLASK_INSTANCE": str(folder)}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in text for one in (int(child), *_children(int(child)))]


def _resident_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
