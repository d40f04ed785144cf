"""The product with a town, served from a folder that goes away afterwards."""

from __future__ import annotations

import atexit
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
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Leader:
    """One enrolled phone: its grid's code, its cookie, its households' record ids.

    links: invitations for more phones, each good for one; only the first leader has some.
    """

    grid: str
    token: str
    homes: list[str]
    links: list[str] = field(default_factory=list)


class Product:
    """One folder with a town in it, and a server process."""

    def __init__(self, folder: Path, leaders: list[Leader]) -> None:
        self.folder, self.leaders = folder, leaders
        self.port = free_port()
        self._start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "fieldapp.sqlite"

    def flask(self, *words: str) -> str:
        """What one of the product's commands printed; raises if it failed."""
        return run(self.folder, "-m", "flask", "--app", "wsgi", *words)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Nobody serves meanwhile."""
        self.stop()
        yield
        self._start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def cpu_s(self) -> float:
        """Processor time that all threads of the server have used so far, in seconds."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in tasks) / 1e9

    def memory_mb(self) -> dict[str, float]:
        """Resident memory of the server and of all its children, by name, in MB (10^6 bytes)."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return {f"{_name(pid)} ({pid})": _resident_bytes(pid) / 1e6 for pid in pids}

    def _start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "tools/serve.py"],
            cwd=ROOT,
            env=_environment(self.folder) | {"PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "server.log").open("ab"),
        )
        wait_until_open(self.port, self.process, self.folder / "server.log")


@contextmanager
def product(*, households: int = 0, people: int = 0) -> Iterator[Product]:
    """A server of its own on a fresh copy of the demo town.

    Or, where sizes are given, on one of a small town whose first grid has that size.
    """
    prepared, leaders = _prepared(households, people)
    with served(prepared, deepcopy(leaders)) as running:
        yield running


@contextmanager
def served(prepared: Path, leaders: list[Leader]) -> Iterator[Product]:
    """A server on a copy of a folder."""
    folder = Path(tempfile.mkdtemp(prefix="bench", dir=_scratch()))
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    running = Product(folder, leaders)
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


@cache
def _prepared(households: int, people: int) -> tuple[Path, list[Leader]]:
    """A town, loaded once for all benchmarks of a run."""
    folder = Path(tempfile.mkdtemp(prefix="town", dir=_scratch()))
    atexit.register(shutil.rmtree, folder)
    size = ("small", str(households), str(people)) if households else ("demo",)
    found = json.loads(run(folder, "-m", "bench.prepare", *size).splitlines()[-1])
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


def wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the process listens. Raises RuntimeError with its log if it ended."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError("the server ended:\n" + log.read_text()) from None
            time.sleep(0.05)


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in text for one in (int(child), *_children(int(child)))]


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return " ".join(Path(word).name for word in words[:2])


def _resident_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
