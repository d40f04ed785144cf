"""What `make run` and the service of a real server start: tools/serve.py."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENDS_WITHIN_S = 10

# In a process of its own: how much memory SQLite says it has, where it was told not to count.
COUNTED = """
import ctypes, importlib.util, sqlite3, sys
from tools.serve import count_no_memory
done = count_no_memory() if sys.argv[1:] else None
connection = sqlite3.connect(":memory:")
connection.execute("SELECT ?", ("text",)).fetchall()
library = ctypes.CDLL(importlib.util.find_spec("_sqlite3").origin)
library.sqlite3_memory_used.restype = ctypes.c_int64
print(done, library.sqlite3_memory_used() > 0)
"""

pytestmark = pytest.mark.slow


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _start(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "tools/serve.py"],
        cwd=ROOT,
        env=os.environ | {"FLASK_INSTANCE": str(folder / "data"), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = _free_port()
    with _start(folder, port) as process:
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _get(address: str) -> bytes:
    """The answer, as soon as there is a server to give one."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.URLError:
            time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_serves_until_it_is_told_to_end_and_then_ends_well(tmp_path, how):
    with _serving(tmp_path) as (process, address):
        assert _get(f"{address}/healthz") == b'{"status":"ok"}\n'
        process.send_signal(how)
        assert process.wait(ENDS_WITHIN_S) == 0


def test_what_it_keeps_is_nobody_elses_to_read(tmp_path):
    with _serving(tmp_path) as (_, address):
        _get(f"{address}/healthz")
        kept = [tmp_path / "data", *(tmp_path / "data").iterdir()]
        assert {path.name for path in kept} >= {"data.key", "session.key", "fieldapp.sqlite"}
        assert [p.name for p in kept if stat.S_IMODE(p.stat().st_mode) & 0o077] == []


def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with _start(tmp_path, port) as process:
            said, _ = process.communicate(timeout=ENDS_WITHIN_S)
    assert process.returncode == 1
    assert said == (
        f"Cannot listen on 127.0.0.1:{port}: Address already in use. PORT=8001 chooses another.\n"
    )


@pytest.mark.parametrize(("words", "said"), [([], "None True"), (["told"], "True False")])
def test_sqlite_counts_its_memory_only_where_it_was_not_told_otherwise(words, said):
    command = [sys.executable, "-c", COUNTED, *words]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == said
