"""A form of the console counts once, however often the browser sends it.

Chromium repeats a POST by itself when the connection breaks before the answer (measured; HTTP/1.1),
so each form carries an id that was made when the page was drawn.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask import Response, redirect, request
from sqlalchemy.orm import Session

from fieldapp import clock, database
from fieldapp.township.models import TakenForm

FIELD = "request_id"
KEPT = timedelta(days=7)  # no browser repeats a form of last week


def new_id() -> str:
    """An id for a form about to be drawn."""
    return str(uuid.uuid4())


def once(work: Callable[[Session], str]) -> Response:
    """Do `work` in one write transaction and go where it says; sent again, only go there.

    A form without an id is taken as new: scripts and tests may do without.
    """
    key = request.form.get(FIELD, "")[:36] or new_id()
    with database.writing() as session:
        taken = session.get(TakenForm, key)
        if taken is None:
            _forget_old(session)
            taken = TakenForm(id=key, answer=work(session), taken_at=clock.utc_now())
            session.add(taken)
        answer = taken.answer
    return see(answer)


def _forget_old(session: Session) -> None:
    forgotten = clock.utc_now() - KEPT
    session.execute(sa.delete(TakenForm).where(TakenForm.taken_at < forgotten))


def see(address: str) -> Response:
    """After a form was taken: the browser fetches `address`, and reloading repeats nothing."""
    response = redirect(address, code=303)
    assert isinstance(response, Response)  # noqa: S101 - Flask types it more widely
    return response
