"""Printing as something with a life: ordered, under way, ready, failed or cancelled.

A job is a folder named by the id of the form that ordered it, so that a form sent twice is one job.
The work is done by `press.py` in a process of its own, whose memory goes back when it ends; it
holds the folder's lock as long as it lives. No process of the server has to remember anything.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from flask import current_app

from fieldapp import clock
from fieldapp.i18n import N_

ROOT = Path(__file__).parents[2]
LIMIT_S = 300  # 151 pictures take a minute on a slow machine
KEPT = timedelta(days=1)

FAILURES = {
    "no_chinese_font": N_(
        "This server has no Chinese font, so the boards would be empty boxes. Whoever looks after"
        " it installs one (on Debian: apt-get install fonts-noto-cjk fonts-noto-core); then print"
        " again."
    ),
    "no_glyph": N_(
        "“%(text)s” on the board of %(board)s is in no font of this server. Write it differently,"
        " or have fonts for it installed (on Debian: apt-get install fonts-noto-core)."
    ),
    "too_much_text": N_(
        "The board of %(board)s says more than a sheet can hold. Shorten its texts, then print"
        " again."
    ),
    "stopped": N_("Printing was interrupted. Nothing is lost: print again."),
}

State = Literal["waiting", "working", "ready", "failed"]


class Job(NamedTuple):
    """What is known of a job.

    file: what it makes. failure: a code of `FAILURES`; about: what goes into its sentence.
    """

    id: str
    state: State
    title: str
    file: Path
    done: int = 0
    of: int = 0
    failure: str = ""
    about: Mapping[str, str] = {}

    @property
    def is_over(self) -> bool:
        return self.state in ("ready", "failed")


def order(
    job_id: uuid.UUID,
    title: str,
    work: Mapping[str, Any],
    photos: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Begin to print, unless this id has been ordered already.

    `title` names the file that people get; `work` is what `press.py` reads, and `photos` are the
    pictures that it names.
    """
    sweep()
    folder = _place() / str(job_id)
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        return
    for name, photo in photos.items():
        (folder / name).write_bytes(photo)
    settings = {"fonts": current_app.config["FONTS"], "limit_s": LIMIT_S}
    text = json.dumps({**work, **settings, "title": title}, ensure_ascii=True)
    (folder / "order.json").write_text(text, encoding="utf-8")
    (folder / "about.json").write_text(json.dumps({"title": title, "file": work["file"]}))
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes over to the process, and ends with it
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "fieldapp.posters.press", str(folder.absolute())],
            cwd=ROOT,
            env={"MALLOC_ARENA_MAX": "1", "PATH": os.defpath},
            pass_fds=[lock.fileno()],
            stdin=subprocess.DEVNULL,
        )
        lock.write(str(process.pid))
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay a zombie


def job(job_id: uuid.UUID) -> Job | None:
    """How a job stands; None if there is none of this id (any more)."""
    folder = _place() / str(job_id)
    about = _read(folder / "about.json")
    if not about:
        return None
    alive = _is_alive(folder)  # asked first: whatever it leaves behind is there when it has ended
    known = Job(str(job_id), "waiting", about["title"], folder / about["file"])
    if known.file.exists():
        return known._replace(state="ready")
    if told := _read(folder / "failure.json"):
        return known._replace(state="failed", failure=told.pop("code"), about=told)
    if not alive:
        return known._replace(state="failed", failure="stopped")
    progress = _read(folder / "progress.json")
    return known._replace(state="working", **progress) if progress else known


def cancel(job_id: uuid.UUID) -> None:
    """End a job and forget all about it. Cancelled twice, it is gone all the same."""
    _remove(_place() / str(job_id))


def sweep() -> int:
    """Remove what was made more than a day ago; how many went."""
    old = [
        one
        for one in _folders()
        if clock.utc_now().timestamp() - one.stat().st_mtime > KEPT.total_seconds()
    ]
    for folder in old:
        _remove(folder)
    return len(old)


def _place() -> Path:
    return Path(current_app.instance_path) / "posters"


def _folders() -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from [one for one in _place().iterdir() if one.is_dir()]


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _is_alive(folder: Path) -> bool:
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _remove(folder: Path) -> None:
    if _is_alive(folder):
        with suppress(ProcessLookupError, ValueError):
            os.kill(int((folder / "lock").read_text()), signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
