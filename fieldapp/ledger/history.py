"""What was said about a record, and where two people said different things."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.ledger.keys import number_of
from fieldapp.ledger.log import read_record
from fieldapp.ledger.models import ChangeRow, ConflictRow, RecordRow, SecretRow
from fieldapp.ledger.sealing import unseal
from sync import Fields, Json, Record


@dataclass(frozen=True, slots=True)
class Said:
    """One change in a record's history, by a member, by a clerk, or by neither: imported."""

    seq: int
    member: int | None
    clerk: int | None
    made_ms: int
    received_ms: int
    skew_ms: int
    made_at: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field for which two people gave two values. `arrived` is what stands until it is settled.

    seq: of the change that brought `arrived`. kept_by and arrived_by: members, None for the
    township.
    """

    kind: str
    record: str
    place: int
    version: int
    name: str
    seq: int
    kept: Json
    arrived: Json
    kept_by: int | None
    arrived_by: int | None
    at_ms: int


def history(session: Session, kind: str, record: str) -> list[Said]:
    """Everything said about a record, in order of arrival."""
    newest = sa.select(RecordRow.version).where(
        RecordRow.number == number_of(session, kind, record)
    )
    rows: list[ChangeRow] = []
    seq = session.scalar(newest)
    while seq is not None:
        row = session.get_one(ChangeRow, seq)
        rows.append(row)
        seq = row.previous
    return [
        Said(
            row.seq, row.member, row.clerk, row.made_ms, row.received_ms, row.skew_ms,
            row.made_at, json.loads(row.fields),
        )
        for row in reversed(rows)
    ]  # fmt: skip


def record(session: Session, kind: str, record_id: str) -> Record | None:
    """The record as it stands, sensitive values masked."""
    number = number_of(session, kind, record_id)
    row = session.execute(
        sa.select(RecordRow.table()).where(RecordRow.number == number)
    ).one_or_none()
    return read_record(row) if row else None


def flagged(session: Session, *, limit: int = 200) -> list[Dispute]:
    """Open disputes, the newest first."""
    rows = session.execute(
        sa.select(RecordRow.table())
        .where(RecordRow.disputed.is_not(None))
        .order_by(RecordRow.version.desc())
        .limit(limit)
    ).all()
    found = [read_record(row) for row in rows]
    return [_dispute(session, one, name) for one in found for name in sorted(one.disputed)]


def in_full(session: Session, dispute: Dispute) -> tuple[Json, Json]:
    """Both values of a dispute, kept and arrived, unmasked, so that one can be submitted again."""
    name = dispute.name
    query = (
        sa.select(SecretRow.sealed)
        .where(
            SecretRow.record == dispute.record,
            SecretRow.kind == dispute.kind,
            SecretRow.name == name,
            SecretRow.seq <= dispute.seq,
        )
        .order_by(SecretRow.seq.desc())
        .limit(2)
    )
    newest_first = iter(session.scalars(query).all())
    arrived, kept = (
        unseal(sealed, f"{dispute.kind}/{dispute.record}/{name}")
        if value is not None and (sealed := next(newest_first, None)) is not None
        else value  # it was never sealed, or taken back
        for value in (dispute.arrived, dispute.kept)
    )
    return kept, arrived


def count_flagged(session: Session) -> int:
    """How many records wait for somebody to settle them."""
    query = sa.select(sa.func.count()).where(RecordRow.disputed.is_not(None))
    return session.scalar(query) or 0


def _dispute(session: Session, one: Record, name: str) -> Dispute:
    query = (
        sa.select(ConflictRow)
        .where(ConflictRow.record == one.id, ConflictRow.kind == one.kind, ConflictRow.name == name)
        .order_by(ConflictRow.seq.desc())
        .limit(1)
    )
    conflict = session.scalars(query).one()
    said = [change for change in history(session, one.kind, one.id) if name in change.fields]
    arrived = next(change for change in said if change.seq == conflict.seq)
    kept = [change for change in said if change.seq < conflict.seq]
    return Dispute(
        one.kind, one.id, one.place, one.version, name, conflict.seq,
        json.loads(conflict.kept), json.loads(conflict.arrived),
        kept[-1].member if kept else None, arrived.member, arrived.received_ms,
    )  # fmt: skip
