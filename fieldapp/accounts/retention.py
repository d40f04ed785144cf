"""Links and logins that are over and that nobody will ask about again."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from fieldapp import clock
from fieldapp.accounts.models import ConsoleSession, Enrolment, LoginAttempt
from fieldapp.extensions import db

LINKS_KEPT_FOR = timedelta(days=30)
LOGINS_KEPT_FOR = timedelta(days=180)  # who was in the console, for whoever has to find out


def purge() -> dict[str, int]:
    """Delete what is over its time; how many of each went. In `writing()`."""
    now = clock.utc_now()
    over = {
        "join link": sa.delete(Enrolment).where(Enrolment.expires_at < now - LINKS_KEPT_FOR),
        "console login": sa.delete(ConsoleSession).where(
            ConsoleSession.last_seen_at < now - LOGINS_KEPT_FOR
        ),
        "login attempt": sa.delete(LoginAttempt).where(LoginAttempt.at < now - timedelta(days=1)),
    }
    session = db.session()
    deleted = {}
    for name, statement in over.items():
        result = session.execute(statement)
        deleted[name] = int(result.rowcount)  # type: ignore[attr-defined]  # a DELETE has one
    return deleted
