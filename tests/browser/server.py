"""The real server as a process: started, killed, started again on the same port and database."""

from __future__ import annotations

import json
import os
import shutil
import socket
import textwrap
import time
import urllib.request
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.browser import program


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class Server:
    """One folder with one database, and at most one process that serves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: BaseProcess | None = None
        self._settings: dict[str, str] = {}

    @classmethod
    def from_copy(cls, prepared: Path, folder: Path) -> Server:
        """A server of its own for one story, with the town that was prepared once."""
        shutil.copytree(prepared, folder)
        return cls(folder)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **settings: str) -> None:
        """Serve. Settings (FLASK_…) given here stay for later starts."""
        assert self._process is None, "it runs already"
        self._settings |= settings
        self._process = program.serve(self.port, self._environment(), self.folder / "server.log")
        self._wait_until_it_answers()

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    def restart(self, **settings: str) -> None:
        self.kill()
        self.start(**settings)

    def new_release(self, name: str) -> None:
        """The same data, served by a program whose build is another one."""
        self.restart(FLASK_RELEASE=name)

    def flask(self, *words: str, stdin: str = "") -> str:
        """What one of the product's commands printed, run on this server's database."""
        return program.command(list(words), self._environment(), self.folder, stdin)

    def runs(self, code: str) -> str:
        """What `code` printed, run inside the program in one write transaction."""
        inside = textwrap.indent(textwrap.dedent(code).strip(), "    ")
        begin = "from fieldapp.database import writing\nwith writing():\n"
        return self.flask("shell", stdin=f"{begin}{inside}\n\n")

    def lines(self, *words: str) -> list[dict[str, Any]]:
        """The same, for commands that print JSON lines."""
        return [json.loads(line) for line in self.flask(*words).splitlines()]

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def _environment(self) -> dict[str, str]:
        own = {"FLASK_INSTANCE": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        outside = {k: v for k, v in os.environ.items() if not k.startswith("FLASK_")}
        return outside | own | self._settings

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        while True:
            assert self._process.is_alive(), "the server ended:\n" + self.log()
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=20) as answer:
                    assert answer.status == 200
                return
            except OSError:
                time.sleep(0.05)
