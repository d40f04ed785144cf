"""`sync.ChangeLog`, kept in SQL.

Core statements in bulk, not the ORM: a batch of fifty is a handful of statements.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import database
from fieldapp.ledger.kind import kinds
from fieldapp.ledger.masking import shown
from fieldapp.ledger.models import (
    ChangeRow,
    ConflictRow,
    DepartureRow,
    HeldRow,
    Ledger,
    RecordRow,
    SecretRow,
)
from fieldapp.ledger.sealing import seal
from sync import Arrival, Departure, Entry, Mark, Record
from sync.change import Errors, Key

_TURN = sa.select(Ledger.head).where(Ledger.id == 1).with_for_update()
_SET_HEAD = sa.update(Ledger).where(Ledger.id == 1)
_RECORDS = sa.select(RecordRow.table()).where(RecordRow.id.in_(sa.bindparam("ids", expanding=True)))


def _news() -> sa.CompoundSelect[Any]:
    """What is new in some places: records, and departures, which have no fields.

    One statement and not two, because on PostgreSQL each statement sees what was committed before
    it: the second could see a departure that is newer than a record which the first had missed.
    """
    record, left = RecordRow.table().c, DepartureRow.table().c
    columns = (record.kind, record.id, record.version, record.place, record.fields, record.writer)
    nothing = sa.cast(sa.null(), sa.Text)
    halves = (
        sa.select(*columns),
        sa.select(
            left.kind, left.record, left.version, left.place,
            nothing.label("fields"), nothing.label("writer"),
        ),
    )  # fmt: skip
    return sa.union_all(*(sa.select(_first_after(half).subquery()) for half in halves))


def _first_after(half: sa.Select[Any]) -> sa.Select[Any]:
    table = half.selected_columns
    return (
        half.where(table.place.in_(sa.bindparam("places", expanding=True)))
        .where(table.version > sa.bindparam("seq", type_=sa.BigInteger))
        .order_by(table.version)
        .limit(sa.bindparam("limit", type_=sa.Integer))
    )


_NEWS = _news()


class SqlLog:
    """Takes part in the caller's transaction, and never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connection()

    def turn(self) -> int:
        return self._connection.execute(_TURN).scalar_one()

    def seen(self, ids: Collection[str]) -> Mapping[str, str]:
        rows = database.among(self._session, ChangeRow.table(), "id", ids)
        return {row.id: row.digest for row in rows}

    def records(self, keys: Collection[Key]) -> Mapping[Key, Record]:
        ids = [record for _, record in keys]
        rows = database.among(self._session, RecordRow.table(), "id", ids)
        found = (read_record(row) for row in rows)
        return {key: one for one in found if (key := (one.kind, one.id)) in keys}

    def append(
        self, entries: Sequence[Entry], records: Sequence[Record], departures: Sequence[Departure]
    ) -> None:
        session = self._session
        database.insert(session, ChangeRow.table(), [_change_row(entry) for entry in entries])
        database.upsert(session, RecordRow.table(), [_record_row(one) for one in records])
        if departures:
            rows = [_departure_row(one) for one in departures]
            database.insert(session, DepartureRow.table(), rows)
        if conflicts := [row for entry in entries for row in _conflict_rows(entry)]:
            database.insert(session, ConflictRow.table(), conflicts)
        if secrets := [row for entry in entries for row in _secret_rows(entry)]:
            database.insert(session, SecretRow.table(), secrets)
        self._connection.execute(_SET_HEAD, {"head": entries[-1].seq})

    def hold(self, held: Sequence[tuple[Arrival, Errors]]) -> None:
        for arrival, errors in held:
            row = _held_row(arrival, errors)
            same = (HeldRow.change == row["change"]) & (HeldRow.digest == row["digest"])
            if not self._connection.scalar(sa.select(sa.exists().where(same))):
                self._connection.execute(sa.insert(HeldRow), row)

    def changed_after(
        self, seq: int, places: frozenset[int], limit: int
    ) -> Sequence[Record | Departure]:
        asked = {"seq": seq, "places": list(places), "limit": limit}
        rows, read = self._connection.execute(_NEWS, asked).all(), self.read_fields
        found = [
            Departure(kind, record, version, place) if fields is None
            else Record(kind, record, version, place, read(fields), writer)
            for kind, record, version, place, fields, writer in rows
        ]  # fmt: skip
        found.sort(key=_order)
        return found[:limit]

    def read_fields(self, text: str) -> Any:
        """How the fields of what `changed_after` finds are read."""
        return orjson.loads(text)


def _order(one: Record | Departure) -> tuple[int, bool]:
    return one[2], type(one) is Record


def read_record(row: Any) -> Record:
    """A row of the `record` table as a value."""
    marks: dict[str, list[Any]] = orjson.loads(row.marks) if row.marks else {}
    return Record(
        row.kind, row.id, row.version, row.place, json.loads(row.fields), row.writer,
        row.number, row.author, row.made_ms, row.received_ms,
        frozenset(orjson.loads(row.disputed)) if row.disputed else frozenset(),
        {name: Mark(seq, writer) for name, (seq, writer) in marks.items()},
    )  # fmt: skip


def as_text(value: object) -> str:
    """JSON without spaces."""
    return orjson.dumps(value).decode()


def _change_row(entry: Entry) -> dict[str, Any]:
    arrival = entry.arrival
    change, origin = arrival.change, arrival.origin
    return {
        "seq": entry.seq,
        "id": change.id,
        "digest": arrival.digest,
        "kind": change.kind,
        "record": change.record,
        "previous": entry.previous,
        "base": change.base,
        "form": change.form,
        "place": arrival.place,
        "member": origin.member,
        "clerk": origin.clerk,
        "device": origin.device,
        "made_at": change.made_at[:40],  # fractions of a second may be as long as one likes
        "made_ms": arrival.made_ms,
        "received_ms": arrival.received_ms,
        "skew_ms": arrival.skew_ms,
        "fields": as_text(change.fields),
    }


def _record_row(record: Record) -> dict[str, Any]:
    marks, disputed = record.marks, record.disputed
    return {
        "id": record.id,
        "kind": record.kind,
        "version": record.version,
        "place": record.place,
        "fields": as_text(record.fields),
        "writer": record.writer,
        "number": record.number,
        "author": record.author,
        "made_ms": record.made_ms,
        "received_ms": record.received_ms,
        "disputed": as_text(sorted(disputed)) if disputed else None,
        "marks": as_text({name: list(mark) for name, mark in marks.items()}) if marks else None,
    }


def _conflict_rows(entry: Entry) -> list[dict[str, Any]]:
    change = entry.arrival.change
    return [
        {
            "seq": entry.seq,
            "name": conflict.name,
            "kind": change.kind,
            "record": change.record,
            "kept": as_text(conflict.kept),
            "arrived": as_text(conflict.arrived),
        }
        for conflict in entry.conflicts
    ]


def _secret_rows(entry: Entry) -> list[dict[str, Any]]:
    change = entry.arrival.change
    return [
        {"seq": entry.seq, "name": name, "kind": change.kind, "record": change.record, "sealed": it}
        for name, it in entry.arrival.secrets.items()
    ]


def _held_row(arrival: Arrival, errors: Errors) -> dict[str, Any]:
    raw = arrival.raw.decode()
    sensitive = {name for kind in kinds().values() for name in kind.sensitive}
    content = shown(raw, sensitive)
    return {
        "change": arrival.change.id[:64],
        "digest": arrival.digest,
        "member": arrival.origin.member,
        "device": arrival.origin.device,
        "place": arrival.place,
        "errors": as_text(dict(errors)),
        "content": content,
        "sealed": seal(raw, "held/" + arrival.digest) if content != raw else None,
        "made_ms": arrival.made_ms,
        "received_ms": arrival.received_ms,
        "skew_ms": arrival.skew_ms,
    }


def _departure_row(one: Departure) -> dict[str, Any]:
    return {"place": one.place, "version": one.version, "kind": one.kind, "record": one.id}
