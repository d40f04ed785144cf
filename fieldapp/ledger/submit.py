"""The one way anything that is synced is ever written."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock, database
from fieldapp.ledger.intake import Intake
from fieldapp.ledger.kind import Settled, kinds
from fieldapp.ledger.log import SqlLog, read_record
from fieldapp.ledger.models import Ledger, RecordRow, SecretRow
from fieldapp.ledger.review import judged, stretches
from fieldapp.ledger.sealing import unseal
from sync import Arrival, Json, Origin, Outcome, Record, push

# After a restore, numbers that a lost history may have given out must not be given out again:
# then "I saw version 105" can never mean another 105. A county makes 10,000 changes a day.
RESTORE_GAP = 100_000_000

_CHUNK = 500  # below the number of variables any SQLite allows in one statement (999)


def submit(session: Session, arrivals: Sequence[Arrival]) -> list[Outcome]:
    """Take `arrivals` into the ledger, in order, and bring the features' tables up to date.

    Inside `database.writing()`, which commits: an outcome may be told to anyone only after that.
    """
    outcomes: list[Outcome] = []
    for some in stretches(arrivals):
        told, changed = push(SqlLog(session), judged(session, some))
        outcomes += told
        if changed:
            project(session, changed)
    return outcomes


def submit_items(
    session: Session,
    items: Sequence[Mapping[str, object]],
    *,
    origin: Origin,
    grid_of: Callable[[str], int | None],
) -> list[Outcome]:
    """`submit` for the township's own forms and imports, which reach every grid."""
    received_ms = now_ms()
    intake = Intake(kinds(), grid_of, origin, None, received_ms)
    return submit(session, intake.arrivals(items))


def project(session: Session, records: Iterable[Record]) -> None:
    """Write each record over its row in its feature's table."""
    known = kinds()
    by_kind = sorted(records, key=lambda record: record.kind)
    for name, group in groupby(by_kind, key=lambda record: record.kind):
        some = list(group)
        secrets = _secrets(session, some) if known[name].sensitive else {}
        known[name].project(session, [_settled(one, secrets.get(one.id, {})) for one in some])


def rebuild(session: Session) -> int:
    """Write all projections anew from the ledger; returns how many records there are.

    The features' tables are emptied first, so that what the ledger does not know is gone.
    """
    for kind in kinds().values():
        for table in kind.tables:
            session.execute(sa.delete(table))
    rows = session.execute(sa.select(RecordRow.table()).order_by(RecordRow.version)).all()
    for start in range(0, len(rows), _CHUNK):
        project(session, [read_record(row) for row in rows[start : start + _CHUNK]])
    return len(rows)


def settled(
    session: Session, kind: str, *, places: frozenset[int] | None = None
) -> Iterator[Settled]:
    """All records of a kind as they stand, in the order they last changed."""
    table = RecordRow.table()
    query = sa.select(table).where(table.c.kind == kind).order_by(table.c.version)
    if places is not None:
        query = query.where(table.c.place.in_(places))
    for some in session.execute(query).partitions(_CHUNK):
        records = [read_record(row) for row in some]
        secrets = _secrets(session, records)
        yield from (_settled(one, secrets.get(one.id, {})) for one in records)


def begin_history(session: Session) -> None:
    """Give a new database its identity; one that has it keeps it."""
    if session.get(Ledger, 1) is None:
        session.add(Ledger(id=1, epoch=str(uuid.uuid4()), head=0))
        session.flush()


def new_history(session: Session) -> str:
    """Give a database that was restored from a backup an identity of its own; returns it."""
    ledger = session.get_one(Ledger, 1)
    ledger.epoch = str(uuid.uuid4())
    # The time too, for when the same backup is restored a second time.
    ledger.head = max(ledger.head + RESTORE_GAP, now_ms())
    session.flush()
    return ledger.epoch


def epoch(where: database.Where) -> str:
    """Which history this is."""
    found: str = database.ask(where, _EPOCH)[0][0]
    return found


def now_ms() -> int:
    """The present moment in milliseconds since 1970 UTC."""
    return int(clock.utc_now().timestamp() * 1000)


_EPOCH = "SELECT epoch FROM ledger WHERE id = 1"


def _settled(record: Record, secrets: Mapping[str, Json]) -> Settled:
    fields = record.fields
    if secrets:  # one that was taken back since is null
        fields = {**fields, **{n: it for n, it in secrets.items() if fields.get(n) is not None}}
    return Settled(
        record.id, record.number, record.version, record.place, fields,
        record.author, record.made_ms, record.received_ms, record.flagged,
    )  # fmt: skip


def _secrets(session: Session, records: Sequence[Record]) -> dict[str, dict[str, Json]]:
    wanted = {
        one.id: one for one in records if not kinds()[one.kind].sensitive.isdisjoint(one.fields)
    }
    found: dict[str, dict[str, Json]] = {}
    ids = list(wanted)
    for start in range(0, len(ids), _CHUNK):
        query = (
            sa.select(SecretRow.table())
            .where(SecretRow.record.in_(ids[start : start + _CHUNK]))
            .order_by(SecretRow.seq)
        )
        for row in session.execute(query):
            if row.kind == wanted[row.record].kind:
                text = unseal(row.sealed, f"{row.kind}/{row.record}/{row.name}")
                found.setdefault(row.record, {})[row.name] = text
    return found
