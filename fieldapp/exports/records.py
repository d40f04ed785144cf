"""Settled records of a kind as plain values, in the order they last changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.grids import scope
from fieldapp.grids.models import Member


def records(session: Session, kind: str, *, grid: int | None = None) -> Iterator[dict[str, Any]]:
    """One mapping a record, sensitive values in full; of a grid and all below it, if given.

    author is the phone number of the member who began the record, null for the township.
    """
    places = None if grid is None else frozenset(scope.at_or_below(grid))
    phones = _phones(session)
    for one in ledger.settled(session, kind, places=places):
        yield {
            "record": one.id,
            "version": one.version,
            "grid": scope.code_of(one.place),
            "author": phones.get(one.author) if one.author is not None else None,
            "made_at": iso(one.made_ms),
            "received_at": iso(one.received_ms),
            "flagged": one.flagged,
            "fields": dict(one.fields),
        }


def held_changes(session: Session) -> Iterator[dict[str, Any]]:
    """Every open held change; `reason` names what is wrong, field by field."""
    phones = _phones(session)
    for one in ledger.held(session, limit=1_000_000):
        yield {
            "id": one.id,
            "author": phones.get(one.member) if one.member is not None else None,
            "reason": "; ".join(f"{name}: {', '.join(it)}" for name, it in one.errors.items()),
            "errors": dict(one.errors),
            "received_at": iso(one.received_ms),
            "change": one.content,
        }


def iso(milliseconds: int) -> str:
    """A time of the ledger as ISO 8601 on the township's clock."""
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.astimezone(clock.LOCAL).isoformat(timespec="milliseconds")


def _phones(session: Session) -> dict[int, str]:
    return {row.id: row.phone for row in session.execute(sa.select(Member.id, Member.phone))}
