"""The program's processes, begun from one that has read all its modules already.

Importing them takes a second and a half, and the stories start some hundreds of processes. Each is
a real process of its own, with nothing shared but what was imported; that the program also starts
from nothing is what tests/test_serving.py asks.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

import flask.cli
import waitress.runner

ROOT = Path(__file__).parents[2]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.browser.preloaded"])


def serve(port: int, environment: Mapping[str, str], log: Path) -> BaseProcess:
    """`python -m waitress wsgi:app` on that port, as a process that was just started."""
    words = ["waitress", f"--listen=127.0.0.1:{port}", "wsgi:app"]
    return _start(words, environment, Path(os.devnull), log, log)


def command(words: list[str], environment: Mapping[str, str], folder: Path, stdin: str) -> str:
    """What `flask --app wsgi …` printed. `folder` is for what comes and goes."""
    given, said, complained = (folder / f"flask.{name}" for name in ("in", "out", "err"))
    given.write_text(stdin)
    for file in (said, complained):
        file.unlink(missing_ok=True)
    process = _start(["flask", "--app", "wsgi", *words], environment, given, said, complained)
    process.join()
    out, err = said.read_text(), complained.read_text()
    failed = process.exitcode != 0 or "Traceback" in err
    assert not failed, f"flask {' '.join(words)}\n{out}{err}"
    return out


def _start(
    words: list[str], environment: Mapping[str, str], stdin: Path, stdout: Path, stderr: Path
) -> BaseProcess:
    given = (words, dict(environment), stdin, stdout, stderr)
    process = _processes.Process(target=_run, args=given)
    process.start()
    return process


def _run(
    words: list[str], environment: dict[str, str], stdin: Path, stdout: Path, stderr: Path
) -> None:
    """In the new process: become the program."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, file, how in (
        (0, stdin, os.O_RDONLY),
        (1, stdout, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
        (2, stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND),
    ):
        os.dup2(os.open(file, how, 0o600), number)
    sys.stdin = os.fdopen(0, closefd=False)  # multiprocessing has put an empty one there
    sys.argv = words
    if words[0] == "flask":
        flask.cli.main()
    else:
        waitress.runner.run(words)
