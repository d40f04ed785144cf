"""Messages that arrive while another is being written share the next transaction.

A synced commit costs the same for one message as for ten. Whoever gets the write turn takes along
everybody who waits for it; nobody is answered before that one commit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import Flask, current_app
from sqlalchemy.orm import Session

from fieldapp import database
from fieldapp.ledger.submit import submit
from sync import Arrival, Outcome

MOST_TOGETHER = 16  # messages; more would let the first of them wait too long

Also = Callable[[Session], object]


@dataclass(slots=True, eq=False)
class _Message:
    arrivals: Sequence[Arrival]
    also: Also
    outcomes: list[Outcome] = field(default_factory=list)
    written: bool = False


@dataclass(slots=True)
class _Queue:
    """Who waits for the write turn of one application."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    mutex: threading.Lock = field(default_factory=threading.Lock)
    waiting: list[_Message] = field(default_factory=list)


def open_queue(app: Flask) -> None:
    """Give the application its queue: two in one process have two databases."""
    app.extensions["ledger.queue"] = _Queue()


def submit_together(arrivals: Sequence[Arrival], also: Also) -> list[Outcome]:
    """Take a message's arrivals into the ledger, and do `also` in the same transaction.

    Returns when it is on disk. Raises what the database raises; then nothing of it was kept.
    """
    queue: _Queue = current_app.extensions["ledger.queue"]
    message = _Message(arrivals, also)
    with queue.mutex:
        queue.waiting.append(message)
    with queue.turn:
        if not message.written:
            _write_with_others(message, queue)
    return message.outcomes


def _write_with_others(mine: _Message, queue: _Queue) -> None:
    with queue.mutex:
        others = [one for one in queue.waiting if one is not mine][: MOST_TOGETHER - 1]
        together = [mine, *others]
        queue.waiting = [one for one in queue.waiting if one not in together]
    try:
        _write(together)
    except Exception:
        if not others:
            raise
        # One of them may be to blame: each goes alone, and the others when it is their turn.
        with queue.mutex:
            queue.waiting.extend(others)
        _write([mine])


def _write(together: Sequence[_Message]) -> None:
    with database.writing() as session:
        # The ledger's row is locked first, everywhere: two processes never wait for each other.
        arrivals = [arrival for message in together for arrival in message.arrivals]
        outcomes = iter(submit(session, arrivals) if arrivals else [])
        for message in together:
            message.outcomes = [next(outcomes) for _ in message.arrivals]
            message.also(session)
    for message in together:
        message.written = True
