"""Does the database still say what was said? Compares history, records and projections."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import database
from fieldapp.ledger import kinds
from fieldapp.ledger.models import ChangeKey, ChangeRow, Ledger, RecordKey, RecordRow


def faults(session: Session) -> Iterator[str]:
    """A sentence for everything that is not as it must be; nothing when all is well."""
    yield from database.damage(session)
    yield from _head(session)
    yield from _keys(session)
    yield from _records(session)
    yield from _projections(session)


def _head(session: Session) -> Iterator[str]:
    ledger = session.get_one(Ledger, 1)
    newest = session.scalar(sa.select(sa.func.max(ChangeRow.seq))) or 0
    if newest > ledger.head:
        yield f"the ledger's head is {ledger.head}, but change {newest} exists"


def _keys(session: Session) -> Iterator[str]:
    """Every id up to `indexed` must lead to its change or record, and only there."""
    indexed = session.get_one(Ledger, 1).indexed
    change_key, record_key = ChangeKey.table().c, RecordKey.table().c
    for table, key, number in (
        (ChangeRow.table(), change_key, change_key.seq),
        (RecordRow.table(), record_key, record_key.number),
    ):
        [own] = table.primary_key
        right = (number == own) & (key.id == table.c.id)
        joined = table.outerjoin(key.id.table, right)
        lost = sa.select(sa.func.count()).select_from(joined)
        if count := session.scalar(lost.where(own <= indexed, key.id.is_(None))):
            yield f"{table.name}: {count} ids are not found"
        astray = sa.select(sa.func.count()).select_from(key.id.table.outerjoin(table, right))
        if count := session.scalar(astray.where(own.is_(None))):
            yield f"{table.name}: {count} ids lead nowhere"


def _records(session: Session) -> Iterator[str]:
    """Every record must be what its changes, laid over each other in order, make of it."""
    told: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    newest: dict[tuple[str, str], int] = {}
    changes = sa.select(ChangeRow.kind, ChangeRow.record, ChangeRow.seq, ChangeRow.fields)
    for row in session.execute(changes.order_by(ChangeRow.seq)):
        told[row.kind, row.record].update(json.loads(row.fields))
        newest[row.kind, row.record] = row.seq

    columns = sa.select(RecordRow.kind, RecordRow.id, RecordRow.version, RecordRow.fields)
    for row in session.execute(columns):
        key = (row.kind, row.id)
        if newest.pop(key, None) != row.version:
            yield f"{row.kind} {row.id}: version {row.version} is not that of its last change"
        elif told[key] != json.loads(row.fields):
            yield f"{row.kind} {row.id}: differs from what its changes say"
    for kind, record in newest:
        yield f"{kind} {record}: has changes, but is not there"


def _projections(session: Session) -> Iterator[str]:
    """Every record must have its row in its feature's table, of the same version."""
    for kind in kinds().values():
        for table in kind.tables[:1]:
            missing = (
                sa.select(sa.func.count())
                .select_from(RecordRow.table().outerjoin(table, table.c.id == RecordRow.id))
                .where(RecordRow.kind == kind.name)
                .where(table.c.version.is_distinct_from(RecordRow.version))
            )
            if count := session.scalar(missing):
                yield f"{table.name}: {count} rows are missing or old; run rebuild-projections"
