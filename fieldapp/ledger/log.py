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
from fieldapp.ledger.keys import Keys
from fieldapp.ledger.kind import kinds
from fieldapp.ledger.masking import shown
from fieldapp.ledger.models import (
    ChangeRow,
    ConflictRow,
    DepartureRow,
    HeldRow,
    RecordRow,
    SecretRow,
)
from fieldapp.ledger.sealing import seal
from sync import Arrival, Departure, Entry, Mark, Record
from sync.change import Errors, Key

_RECORD = ", ".join(column.name for column in RecordRow.table().columns)


class SqlLog:
    """Takes part in the caller's transaction, and never commits."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: Keys | None = None

    def turn(self) -> int:
        self._found = Keys.turn(self._session)
        return self._found.state.head

    def seen(self, ids: Collection[str]) -> Mapping[str, str]:
        return self._keys.digests(ids)

    def records(self, keys: Collection[Key]) -> Mapping[Key, Record]:
        numbers = self._keys.numbers(keys).values()
        if not numbers:
            return {}
        rows = database.among(self._session, _RECORD, "record", "number", numbers)
        return {(one.kind, one.id): one for one in map(read_record, rows)}

    def append(
        self, entries: Sequence[Entry], records: Sequence[Record], departures: Sequence[Departure]
    ) -> None:
        session = self._session
        changes = [_change_row(entry) for entry in entries]
        # A new record is what its first change says: the same text, written once.
        texts = {
            id(entry.arrival.change.fields): row[-1]
            for entry, row in zip(entries, changes, strict=True)
        }
        database.write(session, ChangeRow.table(), changes)
        kept = [_record_row(one, texts.get(id(one.fields))) for one in records]
        database.write(session, RecordRow.table(), kept, overwrite=True)
        if departures:
            rows = [_departure_row(one) for one in departures]
            database.insert(session, DepartureRow.table(), rows)
        if conflicts := [row for one in entries if one.conflicts for row in _conflict_rows(one)]:
            database.insert(session, ConflictRow.table(), conflicts)
        if secrets := [row for one in entries if one.arrival.secrets for row in _secret_rows(one)]:
            database.insert(session, SecretRow.table(), secrets)
        self._keys.written(
            entries[-1].seq,
            {entry.arrival.change.id: entry.arrival.digest for entry in entries},
            {(one.kind, one.id): one.number for one in records},
        )

    def hold(self, held: Sequence[tuple[Arrival, Errors]]) -> None:
        for arrival, errors in held:
            row = _held_row(arrival, errors)
            same = (HeldRow.change == row["change"]) & (HeldRow.digest == row["digest"])
            if not self._session.scalar(sa.select(sa.exists().where(same))):
                database.insert(self._session, HeldRow.table(), [row])

    @property
    def _keys(self) -> Keys:
        if self._found is None:
            self._found = Keys.turn(self._session)
        return self._found


def _names(text: str) -> frozenset[str]:
    return frozenset(orjson.loads(text))


def read_record(row: Sequence[Any]) -> Record:
    """A row of the `record` table as a value."""
    (number, id_, kind, version, place, fields, writer,
     author, made_ms, received_ms, disputed, marks) = row  # fmt: skip
    return Record(
        kind, id_, version, place, json.loads(fields), writer,
        number, author, made_ms, received_ms,
        _names(disputed) if disputed else frozenset(),
        {name: Mark(*mark) for name, mark in orjson.loads(marks).items()} if marks else {},
    )  # fmt: skip


def as_text(value: object) -> str:
    """JSON without spaces."""
    return orjson.dumps(value).decode()


def _change_row(entry: Entry) -> tuple[Any, ...]:
    """In the order of the columns of `ChangeRow`."""
    arrival = entry.arrival
    id_, kind, record, base, form, _grid, made_at, fields = arrival.change
    member, clerk, device = arrival.origin
    return (
        entry.seq, id_, arrival.digest, kind, record, entry.previous, base, form, arrival.place,
        member, clerk, device,
        made_at[:40],  # fractions of a second may be as long as one likes
        arrival.made_ms, arrival.received_ms, arrival.skew_ms, as_text(fields),
    )  # fmt: skip


def _record_row(record: Record, text: str | None) -> tuple[Any, ...]:
    """In the order of the columns of `RecordRow`. text: of its fields, where it is known."""
    (kind, id_, version, place, fields, writer,
     number, author, made_ms, received_ms, disputed, marks) = record  # fmt: skip
    return (
        number, id_, kind, version, place, text or as_text(fields), writer,
        author, made_ms, received_ms,
        as_text(sorted(disputed)) if disputed else None,
        as_text({name: list(mark) for name, mark in marks.items()}) if marks else None,
    )  # fmt: skip


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
