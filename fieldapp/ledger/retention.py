"""Deleting on time: what a kind may not be kept longer, its history and all copies included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.ledger import keys
from fieldapp.ledger.kind import Kind, Settled, kinds
from fieldapp.ledger.log import SqlLog
from fieldapp.ledger.models import (
    ChangeKey,
    ChangeRow,
    ConflictRow,
    DepartureRow,
    HeldRow,
    Ledger,
    RecordKey,
    RecordRow,
    SecretRow,
)
from fieldapp.ledger.submit import now_ms

DAY_MS = 24 * 60 * 60 * 1000
HELD_DAYS = 30  # after somebody settled it

_CHUNK = 400


def purge(session: Session) -> dict[str, int]:
    """Delete what is over its time; how many records of each kind went. In `writing()`.

    Phones are told with the next pull that the records are gone.
    """
    deleted = {kind.name: _purge_kind(session, kind) for kind in kinds().values()}
    cutoff = now_ms() - HELD_DAYS * DAY_MS
    settled = session.execute(sa.delete(HeldRow).where(HeldRow.settled_ms < cutoff))
    deleted["held"] = settled.rowcount  # type: ignore[attr-defined]  # a DELETE has one
    return deleted


def _purge_kind(session: Session, kind: Kind) -> int:
    if kind.keep_days is None:
        return 0
    cutoff = now_ms() - kind.keep_days * DAY_MS
    old = (
        sa.select(RecordRow.id, RecordRow.number, RecordRow.place)
        .where(RecordRow.kind == kind.name, RecordRow.received_ms < cutoff)
        .limit(_CHUNK)
    )
    count = 0
    while rows := session.execute(old).all():
        _remove(session, kind, rows)
        count += len(rows)
    return count + _purge_ended(session, kind)


def _purge_ended(session: Session, kind: Kind) -> int:
    """Delete records whose purpose ended; returns how many."""
    ids = list(kind.ended(session)) if kind.ended else []
    for start in range(0, len(ids), _CHUNK):
        rows = session.execute(
            sa.select(RecordRow.id, RecordRow.number, RecordRow.place).where(
                RecordRow.kind == kind.name, RecordRow.id.in_(ids[start : start + _CHUNK])
            )
        ).all()
        if rows:
            _remove(session, kind, rows)
    return len(ids)


def _remove(session: Session, kind: Kind, rows: Sequence[Any]) -> None:
    ids, numbers = [row.id for row in rows], [row.number for row in rows]
    head = SqlLog(session).turn()
    keys.index(session)  # so that no id of what is deleted waits to be written
    gone = [
        Settled(row.id, row.number, version, row.place, {}, None, 0, 0, gone=True)
        for version, row in enumerate(rows, start=head + 1)
    ]
    kind.project(session, gone)
    session.execute(
        sa.insert(DepartureRow),
        [
            {"place": one.place, "version": one.version, "kind": kind.name, "record": one.id}
            for one in gone
        ],
    )
    _forget_history(session, numbers)
    for table in (SecretRow, ConflictRow):
        session.execute(sa.delete(table).where(table.record.in_(ids), table.kind == kind.name))
    session.execute(sa.delete(RecordKey).where(RecordKey.id.in_(ids), RecordKey.kind == kind.name))
    session.execute(sa.delete(RecordRow).where(RecordRow.number.in_(numbers)))
    session.execute(sa.update(Ledger).values(head=head + len(gone)))


def _forget_history(session: Session, numbers: Sequence[int]) -> None:
    """Delete all that was ever said about the records, from the last change to each backwards."""
    versions = sa.select(RecordRow.version).where(RecordRow.number.in_(numbers))
    seqs = list(session.scalars(versions))
    while seqs:
        these = ChangeRow.seq.in_(seqs)
        before = sa.select(ChangeRow.previous).where(these, ChangeRow.previous.is_not(None))
        earlier = [seq for seq in session.scalars(before) if seq is not None]
        ids = sa.select(ChangeRow.id).where(these)
        session.execute(sa.delete(ChangeKey).where(ChangeKey.id.in_(ids)))
        session.execute(sa.delete(ChangeRow).where(these))
        seqs = earlier
