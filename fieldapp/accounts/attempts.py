"""How often somebody may guess a password. Kept in the database: a restart forgives nothing."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from fieldapp import clock
from fieldapp.accounts.models import LoginAttempt
from fieldapp.accounts.tokens import kept
from fieldapp.extensions import db

MOST_FOR_A_NAME = 5
MOST_FROM_AN_ADDRESS = 50
COUNTED_FOR = timedelta(minutes=15)


def claim(name: str, address: str) -> int | None:
    """Count one attempt; or after how many seconds to come back. In `writing()`."""
    session, now = db.session(), clock.utc_now()
    session.execute(sa.delete(LoginAttempt).where(LoginAttempt.at <= now - COUNTED_FOR))
    name_hash, address_hash = _hash(name), kept(address)
    waits = (
        _wait(LoginAttempt.name_hash, name_hash, MOST_FOR_A_NAME, now),
        _wait(LoginAttempt.address_hash, address_hash, MOST_FROM_AN_ADDRESS, now),
    )
    longest = max(waits)
    if longest:
        return longest
    session.add(LoginAttempt(name_hash=name_hash, address_hash=address_hash, at=now))
    return None


def forgive(name: str) -> None:
    """The password was right: forget the attempts for this name. In `writing()`."""
    db.session().execute(sa.delete(LoginAttempt).where(LoginAttempt.name_hash == _hash(name)))


def _wait(column: InstrumentedAttribute[str], value: str, most: int, now: datetime) -> int:
    times = sorted(db.session().scalars(sa.select(LoginAttempt.at).where(column == value)))
    if len(times) < most:
        return 0
    return int((times[-most] + COUNTED_FOR - now).total_seconds()) + 1


def _hash(name: str) -> str:
    return kept(unicodedata.normalize("NFKC", name).casefold())
