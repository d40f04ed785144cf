"""The township's clerks: a name, a password, and logins that can be ended."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface
from flask_login import UserMixin
from sqlalchemy.exc import OperationalError

from fieldapp import clock
from fieldapp.accounts import attempts
from fieldapp.accounts.models import Clerk, ConsoleSession
from fieldapp.accounts.tokens import kept, new_token
from fieldapp.database import writing
from fieldapp.extensions import db, login
from fieldapp.forms import texts
from fieldapp.grids.refused import Refused
from fieldapp.i18n import N_

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200

_SEEN = "fieldapp.console_session"

# Argon2id with 19 MiB: one of the settings that OWASP's cheat sheet on password storage calls equal
# against guessing. The library's own 64 MiB, in eight threads, is more than a small server has.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when nobody has the name, so that the answer takes as long as for a wrong password.
_NOBODYS_HASH = _hasher.hash(new_token())


@dataclass(frozen=True)
class LoggedIn(UserMixin):
    """A clerk at work: what Flask-Login's `current_user` is on the township's pages."""

    clerk_id: int
    name: str
    token: str

    def get_id(self) -> str:
        """What the session cookie holds: this login, not this person."""
        return self.token


class _Sessions(SecureCookieSessionInterface):
    """Flask's own, except that a login made over HTTPS never travels in the clear."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


@dataclass(frozen=True, slots=True)
class TooManyFailures:
    """The name has to wait, whoever tries, and whether or not it exists."""

    retry_after_s: int


def init_app(app: Flask) -> None:
    """Keep a login alive while it is used."""
    app.session_interface = _Sessions()
    login.user_loader(_load)
    app.after_request(_note_use)


def add_clerk(name: str, password: str) -> bool:
    """Make a login, or give a known clerk this password and end their sessions. In `writing()`.

    Returns whether the clerk is new. Raises Refused for a name or password that will not do.
    """
    name = name.strip()
    if not 0 < len(name) <= 50 or texts.unwelcome(name, lines=False):
        raise Refused.because(N_("“%(name)s” cannot be a name."), name=name)
    _refuse_weak(password, name)
    session = db.session()
    clerk = _find(name)
    if clerk is None:
        session.add(Clerk(name=name, password_hash=_hash(password)))
        return True
    clerk.password_hash = _hash(password)
    now = clock.utc_now()
    open_ones = sa.update(ConsoleSession).where(
        ConsoleSession.clerk_id == clerk.id, ConsoleSession.ended_at.is_(None)
    )
    session.execute(open_ones.values(ended_at=now))
    return False


def log_in(
    name: str, password: str, *, request_id: str, address: str
) -> LoggedIn | TooManyFailures | None:
    """A new login if name and password belong together; None if not. Not inside `writing()`.

    The form sent twice (`request_id`) is one login. The attempt is counted before the password is
    looked at, so that many at once are not more than one after the other.
    """
    name = name.strip()
    with writing():
        clerk = _find(name, lock=True)
        wait = attempts.claim(name, address)
    if wait is not None:
        return TooManyFailures(wait)
    right = _verify(clerk.password_hash if clerk else _NOBODYS_HASH, password)
    if clerk is None or not right:
        return None
    with writing():
        attempts.forgive(name)
        return _begin(clerk, request_id)


def log_out(token: str) -> None:
    """End this login; its cookie opens nothing any more. In `writing()`."""
    ending = sa.update(ConsoleSession).where(ConsoleSession.token_hash == kept(token))
    db.session().execute(ending.values(ended_at=clock.utc_now()))


def not_in_use() -> None:
    """This request was made by a page on its own: it does not keep the login alive."""
    request.environ.pop(_SEEN, None)


def _begin(clerk: Clerk, request_id: str) -> LoggedIn:
    session, now, token = db.session(), clock.utc_now(), new_token()
    repeated = sa.update(ConsoleSession).where(
        ConsoleSession.clerk_id == clerk.id, ConsoleSession.request_id == request_id
    )
    session.execute(repeated.values(ended_at=now))
    session.add(
        ConsoleSession(
            token_hash=kept(token),
            clerk_id=clerk.id,
            request_id=request_id,
            created_at=now,
            last_seen_at=now,
        )
    )
    return LoggedIn(clerk.id, clerk.name, token)


def _load(token: str) -> LoggedIn | None:
    """Flask-Login asks once a request who the session cookie stands for."""
    query = (
        sa.select(ConsoleSession, Clerk.name)
        .join(Clerk, Clerk.id == ConsoleSession.clerk_id)
        .where(ConsoleSession.token_hash == kept(token))
    )
    row = db.session().execute(query).one_or_none()
    if row is None:
        return None
    present, name = row
    now = clock.utc_now()
    if (
        present.ended_at
        or now - present.last_seen_at >= IDLE
        or now - present.created_at >= LONGEST
    ):
        return None
    request.environ[_SEEN] = (present.token_hash, present.last_seen_at)
    return LoggedIn(present.clerk_id, name, token)


def _note_use(response: Response) -> Response:
    seen = cast("tuple[str, datetime] | None", request.environ.get(_SEEN))
    now = clock.utc_now()
    if seen is not None and now - seen[1] >= SEEN_EVERY:
        with suppress(OperationalError), writing() as session:  # else the next page notes it
            used = sa.update(ConsoleSession).where(ConsoleSession.token_hash == seen[0])
            session.execute(used.values(last_seen_at=now))
    return response


def _find(name: str, *, lock: bool = False) -> Clerk | None:
    """The clerk of this name; locked, attempts for one name are counted one after the other."""
    query = sa.select(Clerk).where(Clerk.name == name)
    return db.session().scalars(query.with_for_update() if lock else query).one_or_none()


def _refuse_weak(password: str, name: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        sentence = N_("A password has at least %(least)s characters, and at most %(most)s.")
        raise Refused.because(sentence, least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    if password.isdigit() or len(set(password)) < 5 or name.lower() in password.lower():
        raise Refused.because(
            N_("This password is too easy to guess: not only digits, not the name, not all alike.")
        )


def _hash(password: str) -> str:
    return _hasher.hash(_plain(password))


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, _plain(password)[: LONGEST_PASSWORD * 4])
    except VerifyMismatchError:
        return False


def _plain(password: str) -> bytes:
    """The same bytes however the keyboard composed the characters (RFC 8265 §4.2)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
