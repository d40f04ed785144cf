"""A press that tests can order from, and what they see of what it made."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from fieldapp import clock
from fieldapp.posters import jobs
from fieldapp.posters.jobs import Job

BASE = "https://grids.example.cn"
Print = Callable[[Mapping[str, Any]], bytes]


@pytest.fixture
def app(make_app, sqlite_url) -> Flask:
    """The whole application, at the address that stands on the boards."""
    return make_app(sqlite_url, BASE_URL=BASE)


@pytest.fixture
def at_work(app: Flask):
    """Inside the application, with Chinese as the language of the reader."""
    with app.test_request_context("/?lang=zh"):
        yield app


@pytest.fixture
def printed(at_work) -> Print:
    """What the press makes of an order; fails with the sentence that a clerk would read."""

    def printed(work: Mapping[str, Any]) -> bytes:
        job = finished(work)
        assert job.state == "ready", (job.failure, job.about)
        return job.file.read_bytes()

    return printed


def finished(work: Mapping[str, Any], *, within_s: float = 280) -> Job:
    """The job of an order, when it is over."""
    job_id = uuid.uuid4()
    jobs.order(job_id, "boards", work)
    return over(job_id, within_s=within_s)


def over(job_id: uuid.UUID, *, within_s: float = 280) -> Job:
    until = clock.utc_now().timestamp() + within_s
    while True:
        job = jobs.job(job_id)
        assert job is not None
        if job.is_over:
            return job
        assert clock.utc_now().timestamp() < until, job
        time.sleep(0.05)


def ended(job: Job) -> None:
    """Wait until the process of a job is gone."""
    while is_running(int((job.file.parent / "lock").read_text())):
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether there is such a process, and it is not only waiting to be counted."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
    return "\nState:\tZ" not in status
