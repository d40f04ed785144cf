"""Printing in the background: once, in turn, to be watched and ended, with nothing left behind."""

from __future__ import annotations

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app

from fieldapp import clock
from fieldapp.posters import jobs, orders
from tests.posters import cards
from tests.posters.conftest import ended, is_running, over


@pytest.fixture
def place(at_work) -> Path:
    """Where jobs leave their files."""
    return Path(at_work.instance_path) / "posters"


def sheets(boards: int = 1) -> dict[str, object]:
    return orders.of_sheets(cards.town(boards), size="a4", tone="red")


def begun(boards: int = 60) -> uuid.UUID:
    """A job that takes a while, and has got somewhere."""
    job_id = uuid.uuid4()
    jobs.order(job_id, "long", sheets(boards))
    while not jobs.job(job_id).done:
        time.sleep(0.02)
    return job_id


def pid_of(place: Path, job_id: uuid.UUID) -> int:
    return int((place / str(job_id) / "lock").read_text())


def test_a_form_that_is_sent_twice_prints_once(place):
    job_id = uuid.uuid4()
    jobs.order(job_id, "first", sheets())
    first = pid_of(place, job_id)
    jobs.order(job_id, "second", sheets())

    assert pid_of(place, job_id) == first
    assert over(job_id).title == "first"
    assert [folder.name for folder in place.iterdir() if folder.is_dir()] == [str(job_id)]


@pytest.mark.slow
def test_it_says_how_far_it_is_and_counts_upwards(place):
    job_id = uuid.uuid4()
    jobs.order(job_id, "boards", sheets(12))
    seen = []
    while not (job := jobs.job(job_id)).is_over:
        seen.append((job.state, job.done, job.of))
        time.sleep(0.01)

    assert job.state == "ready"
    assert seen[0][0] == "waiting"
    counts = [done for state, done, of in seen if state == "working" and of == 12]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3


def test_only_the_file_is_left_behind(place):
    job_id = uuid.uuid4()
    jobs.order(job_id, "boards", sheets())
    ended(over(job_id))

    left = {path.name for path in (place / str(job_id)).iterdir()}
    assert left == {"about.json", "boards.pdf", "lock", "progress.json"}


@pytest.mark.slow
def test_two_jobs_take_turns(place):
    first, second = begun(20), uuid.uuid4()
    jobs.order(second, "second", sheets())
    assert jobs.job(second).state == "waiting"
    assert over(first).state == over(second).state == "ready"


def test_a_cancelled_job_ends_at_once_and_is_gone(place):
    job_id = begun()
    pid = pid_of(place, job_id)

    jobs.cancel(job_id)
    jobs.cancel(job_id)

    assert jobs.job(job_id) is None
    assert not (place / str(job_id)).exists()
    while is_running(pid):
        time.sleep(0.02)


def test_a_press_that_is_killed_is_told_of(place):
    job_id = begun()
    os.kill(pid_of(place, job_id), 9)
    assert (over(job_id, within_s=10).state, jobs.job(job_id).failure) == ("failed", "stopped")


@pytest.mark.slow
def test_a_press_that_never_ends_is_ended(place, monkeypatch):
    monkeypatch.setattr(jobs, "LIMIT_S", 1)
    job_id = uuid.uuid4()
    jobs.order(job_id, "boards", sheets(151))
    assert over(job_id, within_s=60).failure == "stopped"


@pytest.mark.slow
def test_other_pages_are_answered_while_a_town_is_printed(place, client):
    job_id = begun(151)
    took = []
    for _ in range(40):
        started = time.perf_counter()
        assert client.get("/healthz").status_code == 200
        took.append(time.perf_counter() - started)
    assert not jobs.job(job_id).is_over
    jobs.cancel(job_id)
    assert sorted(took)[20] < 0.1


def test_after_a_day_the_file_is_gone(place, monkeypatch):
    job_id = uuid.uuid4()
    jobs.order(job_id, "boards", sheets())
    over(job_id)

    assert jobs.sweep() == 0
    tomorrow = clock.utc_now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "_now", lambda: tomorrow)
    assert jobs.sweep() == 1
    assert jobs.job(job_id) is None


def test_the_nightly_purge_removes_it_too(place, monkeypatch):
    over(begun(2))
    later = clock.utc_now() + timedelta(days=2)
    monkeypatch.setattr(clock, "_now", lambda: later)
    done = current_app.test_cli_runner().invoke(args=["purge"])
    assert "printed file: 1" in done.output
    assert list(place.glob("*-*")) == []


def test_a_job_nobody_ordered_is_not_there(at_work):
    assert jobs.job(uuid.uuid4()) is None
    assert jobs.sweep() == 0
