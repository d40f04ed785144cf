"""How long a whole town's boards take to print, how large the file is, and what that needs.

151 invented boards with six people each, from the order to the file. The press is a process of
its own, as in the product; nobody else asks for anything meanwhile.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.figures import Figure, median
from bench.product import ROOT
from fieldapp.app import create_app
from fieldapp.posters import jobs, orders
from fieldapp.posters.jobs import Job

BOARDS, TURNS = 151, 5


def measure() -> list[Figure]:
    cards = importlib.import_module("tests.posters.cards").town(BOARDS)
    with _at_work():
        sheets = [_printed(orders.of_sheets(cards, size="a4", tone="red")) for _ in range(TURNS)]
        largest = _printed(orders.of_sheets(cards, size="60x90", tone="red"))
        one = _printed(orders.of_sheets(cards[:1], size="a4", tone="red"))
        picture = _printed(orders.of_pictures(cards[:1], tone="red"))
        pictures = _printed(orders.of_pictures(cards, tone="red"))
    seconds = [each.seconds for each in sheets]
    note = f"{min(seconds):.1f} to {max(seconds):.1f}"
    return [
        Figure(f"{BOARDS} A4 sheets as one PDF", median(seconds), "s", 60, note=note),
        Figure(f"{BOARDS} A4 sheets: size of the file", sheets[0].megabytes, "MB", 20),
        Figure(f"{BOARDS} A4 sheets: most memory of the press", sheets[0].peak_mb, "MB"),
        Figure(f"{BOARDS} sheets of 60 x 90 cm: size of the file", largest.megabytes, "MB", 20),
        Figure("one A4 sheet", one.seconds, "s"),
        Figure("one picture for WeChat", picture.seconds, "s"),
        Figure("one picture for WeChat: size of the file", picture.megabytes, "MB", 1),
        Figure(f"{BOARDS} pictures", pictures.seconds, "s"),
    ]


class _Made:
    """A finished job: how long it took, how large its file is, what its process needed at most."""

    def __init__(self, job: Job, seconds: float, peak_mb: float) -> None:
        self.seconds, self.peak_mb = seconds, peak_mb
        self.megabytes = job.file.stat().st_size / 1e6


def _printed(work: Mapping[str, Any]) -> _Made:
    job_id, started, peak_mb = uuid.uuid4(), time.perf_counter(), 0.0
    jobs.order(job_id, "boards", work)
    while True:
        job = jobs.job(job_id)
        if job is None or job.state == "failed":
            raise RuntimeError(f"not printed: {job}")
        if job.state == "ready":
            return _Made(job, time.perf_counter() - started, peak_mb)
        peak_mb = max(peak_mb, _peak_mb(job))
        time.sleep(0.02)


def _peak_mb(job: Job) -> float:
    """The most resident memory that the press of a job has had so far; 0 when it has ended."""
    try:
        pid = (job.file.parent / "lock").read_text()
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line[:5] == "VmHWM"), 0.0)


@contextmanager
def _at_work() -> Iterator[None]:
    """An application with a folder of its own that goes away afterwards."""
    scratch = ROOT / "build" / "bench"
    scratch.mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="posters", dir=scratch)
    try:
        app = create_app({"INSTANCE": folder, "BASE_URL": "https://grids.example.cn"})
        with app.test_request_context("/?lang=zh"):
            yield
    finally:
        shutil.rmtree(folder)
