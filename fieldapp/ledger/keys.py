"""Where a change or a record is found by its id: two tables of ids, which are written late.

Ids are random, so an index of them is written all over: fifty new ids are fifty pages, which costs
more than everything else about fifty changes. Therefore the newest ids wait in memory
until there are enough to be written in order, many to a page. Nothing depends on that memory: the
rows themselves are on disk, and `indexed` in the ledger's row says from which number on their ids
are to be read from them.

On PostgreSQL, where several processes may write, ids are written at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from fieldapp import database
from fieldapp.ledger.models import ChangeKey, ChangeRow, Ledger
from sync.change import Key

MOST_LATE = 3000  # changes; to write so many ids takes about 20 ms

_STATE = "SELECT epoch, head, indexed FROM ledger WHERE id = 1"
_LATE_CHANGES = "SELECT id, digest FROM change WHERE seq > ?"
_LATE_RECORDS = "SELECT kind, id, number FROM record WHERE number > ?"
_INDEX_CHANGES = """
INSERT INTO change_key (id, seq) SELECT id, seq FROM change WHERE seq > ? ORDER BY id
ON CONFLICT DO NOTHING
"""
_INDEX_RECORDS = """
INSERT INTO record_key (id, kind, number) SELECT id, kind, number FROM record WHERE number > ?
ORDER BY id ON CONFLICT DO NOTHING
"""
INDEX = (_INDEX_CHANGES, _INDEX_RECORDS)
_SET_HEAD = "UPDATE ledger SET head = ? WHERE id = 1"
_SET_INDEXED = "UPDATE ledger SET indexed = ? WHERE id = 1"
_NUMBER = "SELECT number FROM record_key WHERE kind = ? AND id = ?"
_LATE_NUMBER = """
SELECT number FROM record
WHERE number > (SELECT indexed FROM ledger WHERE id = 1) AND kind = ? AND id = ?
"""


class State(NamedTuple):
    """The ledger's row. head: the newest number. indexed: up to which the ids are in the tables."""

    epoch: str
    head: int
    indexed: int


@dataclass(slots=True)
class _Ids:
    """The ids of what came after `indexed`, up to `head`: digests and numbers."""

    epoch: str = ""
    indexed: int = 0
    head: int = 0
    changes: dict[str, str] = field(default_factory=dict)
    records: dict[Key, int] = field(default_factory=dict)

    def read_up_to(self, session: Session, head: int) -> None:
        """Read what another process has written, or this one before it was started anew."""
        if head > self.head:
            self.changes.update(database.ask(session, _LATE_CHANGES, (self.head,)))
            for kind, one, number in database.ask(session, _LATE_RECORDS, (self.head,)):
                self.records[kind, one] = number
            self.head = head


class Keys:
    """Finds changes and records by their ids, in a write turn."""

    def __init__(self, session: Session, state: State) -> None:
        self._session = session
        self.state = state
        self._late = _committed(session, state)
        # What this transaction adds is not among what others may rely on before it is committed.
        self._own = _Ids(head=state.head)
        database.when_committed(session, self._hand_on)

    @classmethod
    def turn(cls, session: Session) -> Keys:
        """Wait for the turn to write, if this transaction does not have it already."""
        state = State(*database.ask_locked(session, _STATE)[0])
        keys = _of_this_turn(session)
        if keys is None:
            keys = cls(session, state)
            session.info["keys"] = (session.get_transaction(), keys)
        keys.state = state
        return keys

    def digests(self, ids: Collection[str]) -> dict[str, str]:
        """The digests of those changes that are in the ledger, by id."""
        columns, tables = "one.id, digest", "change_key AS one JOIN change ON change.seq = one.seq"
        found: dict[str, str] = dict(database.among(self._session, columns, tables, "one.id", ids))
        for late in (self._late.changes, self._own.changes):
            found.update({one: late[one] for one in ids if one in late})
        return found

    def numbers(self, keys: Collection[Key]) -> dict[Key, int]:
        """The numbers of those records that exist."""
        ids = [record for _, record in keys]
        rows = database.among(self._session, "kind, id, number", "record_key", "id", ids)
        found = {(kind, one): number for kind, one, number in rows if (kind, one) in keys}
        for late in (self._late.records, self._own.records):
            found.update({key: late[key] for key in keys if key in late})
        return found

    def written(self, head: int, changes: Mapping[str, str], records: Mapping[Key, int]) -> None:
        """Note that the ledger goes up to `head` now, and write ids where enough are late.

        changes, records: the digests and numbers, by id, that were added.
        """
        self._own.changes.update(changes)
        self._own.records.update(records)
        self._own.head = head
        database.change(self._session, _SET_HEAD, (head,))
        self.state = self.state._replace(head=head)
        late = head - self.state.indexed
        if late >= MOST_LATE or not database.is_sqlite(self._session.get_bind()):
            index(self._session, self.state)
            self.state = self.state._replace(indexed=head)

    def _hand_on(self) -> None:
        """What was added may be relied on: nobody has to read it from the tables again."""
        own, late = self._own, self._late
        if own.head > late.head and (late.epoch, late.indexed) == (
            self.state.epoch,
            self.state.indexed,
        ):
            late.changes.update(own.changes)
            late.records.update(own.records)
            late.head = own.head


def index(session: Session, state: State | None = None) -> None:
    """Write all ids that are late. In `database.writing()`."""
    if state is None:
        state = State(*database.ask_locked(session, _STATE)[0])
    for statement in INDEX:
        database.change(session, statement, (state.indexed,))
    database.change(session, _SET_INDEXED, (state.head,))


def number_of(session: Session, kind: str, record: str) -> int | None:
    """The number of a record, asked at any time; None if there is none."""
    asked = (kind, record)
    found = database.ask(session, _NUMBER, asked) or database.ask(session, _LATE_NUMBER, asked)
    return found[0][0] if found else None


def accepted(change: Any, digest: Any) -> sa.ColumnElement[bool]:
    """Whether a change with this id and this content is in the ledger, for a query of others."""
    known: sa.ColumnElement[bool] = sa.exists().where(
        ChangeKey.id == change, ChangeRow.seq == ChangeKey.seq, ChangeRow.digest == digest
    )
    indexed = sa.select(Ledger.indexed).where(Ledger.id == 1).scalar_subquery()
    late = sa.select(ChangeRow.id + ChangeRow.digest).where(ChangeRow.seq > indexed)
    return sa.or_(known, (change + digest).in_(late))


def _of_this_turn(session: Session) -> Keys | None:
    known: tuple[object, Keys] | None = session.info.get("keys")
    return known[1] if known and known[0] is session.get_transaction() else None


def _committed(session: Session, state: State) -> _Ids:
    """What is late, with what this process or another one has written since. In a write turn."""
    late: _Ids = current_app.extensions.setdefault("ledger.late", _Ids())
    if (late.epoch, late.indexed) != (state.epoch, state.indexed) or late.head > state.head:
        late.epoch, late.indexed, late.head = state.epoch, state.indexed, state.indexed
        late.changes.clear()
        late.records.clear()
    late.read_up_to(session, state.head)
    return late
