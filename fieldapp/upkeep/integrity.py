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
from fieldapp.ledger.models import ChangeRow, Ledger, RecordRow


def faults(session: Session) -> Iterator[str]:
    """A sentence for everything that is not as it must be; nothing when all is well."""
    yield from database.damage(session)
    yield from _head(session)
    yield from _records(session)
    yield from _projections(session)


def _head(session: Session) -> Iterator[str]:
    ledger = session.get_one(Ledger, 1)
    newest = session.scalar(sa.select(sa.func.max(ChangeRow.seq))) or 0
    if newest > ledger.head:
        yield f"the ledger's head is {ledger.head}, but change {newest} exists"


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
