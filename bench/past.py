"""Gives a town a past: a ledger of any length, written past the program to be quick.

Visits in other grids than the one that is measured, one in five of them corrected a minute later;
and between them corrections to the measured grid's own households. What the program would have
written is written here row by row, so `flask check-integrity` must find nothing wrong.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from fieldapp.ledger.keys import INDEX

DAYS = 300  # that the past goes back
CORRECTED, OWN_GRID = 0.2, 0.02  # shares
CHUNK = 20_000
WRITER, MEMBER, DEVICE = "d2", 2, 2

Row = Mapping[str, Any]


def give_past(database: Path, changes: int, own: str) -> None:
    """Let the ledger in `database` hold so many changes. own: the code of the measured grid."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=DELETE", "journal_mode=OFF", "cache_size=-1000000"):
            connection.execute("PRAGMA " + pragma)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        past = _Past(connection, changes, own)
        while chunk := list(islice(past.rows, CHUNK)):
            for table in ("change", "record", "visit"):
                _insert(connection, table, [row for name, row in chunk if name == table])
        past.finish()
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


class _Past:
    """Makes the rows, in the order of their numbers."""

    def __init__(self, connection: sqlite3.Connection, changes: int, own: str) -> None:
        self._connection = connection
        self._dice = Random(changes)
        [(self._seq,)] = connection.execute("SELECT head FROM ledger")
        self._first, self._last = self._seq, changes
        self._now_ms = int(time.time() * 1000)
        [(place,)] = connection.execute("SELECT grid_id FROM grid_code WHERE code = ?", (own,))
        found = connection.execute("SELECT * FROM record WHERE kind = 'household'").fetchall()
        self._own = [dict(row) for row in found if row["place"] == place]
        self._others = [dict(row) for row in found if row["place"] != place]
        self.rows = self._rows()

    def finish(self) -> None:
        """Bring what the corrections changed in the measured grid, and the head, up to date."""
        for row in self._own:
            fields = json.loads(row["fields"])
            self._connection.execute(
                "UPDATE record SET version = ?, fields = ?, writer = ?, marks = ? WHERE number = ?",
                (row["version"], row["fields"], row["writer"], row["marks"], row["number"]),
            )
            self._connection.execute(
                "UPDATE household SET version = ?, nickname = ? WHERE id = ?",
                (row["version"], fields.get("nickname"), row["id"]),
            )
        indexed = self._connection.execute("SELECT indexed FROM ledger").fetchone()
        for statement in INDEX:
            self._connection.execute(statement, tuple(indexed))
        self._connection.execute("UPDATE ledger SET head = ?, indexed = head", (self._seq,))

    def _rows(self) -> Iterator[tuple[str, Row]]:
        while self._seq < self._last:
            if self._dice.random() < OWN_GRID:
                yield "change", self._correct_own()
            else:
                yield from self._visit()

    def _visit(self) -> Iterator[tuple[str, Row]]:
        """A visit, and perhaps its correction."""
        home = self._dice.choice(self._others)
        record, number, at = self._uuid(), self._seq + 1, self._next_ms()
        fields = {
            "hh": home["id"],
            "mode": "indoors",
            "result": "nobody_home",
            "asked_q1": False,
            "asked_q2": False,
            "occurred_at": _iso(at),
        }
        place = home["place"]
        yield "change", self._change("visit", record, place, at, fields, previous=None)
        marks = None
        if self._dice.random() < CORRECTED and self._seq < self._last:
            said = {"result": "normal"}
            later = self._next_ms()
            yield "change", self._change("visit", record, place, later, said, previous=number)
            marks = _marks((*fields, ""), number, WRITER) | _marks(said, self._seq, WRITER)
            fields |= said
        yield "record", self._record(record, place, at, fields, number, marks)
        yield "visit", self._projected(record, place, at, fields, number)

    def _correct_own(self) -> Row:
        row = self._dice.choice(self._own)
        fields, before = json.loads(row["fields"]), row["version"]
        said = {"nickname": f"老{self._dice.choice('王李张刘陈杨')}{self._seq % 100}"}
        marks = json.loads(row["marks"] or "null") or _marks((*fields, ""), before, row["writer"])
        change = self._change(
            "household", row["id"], row["place"], self._next_ms(), said, previous=before
        )
        row |= {
            "version": self._seq,
            "fields": _text(fields | said),
            "writer": WRITER,
            "marks": _text(marks | _marks(said, self._seq, WRITER)),
        }
        return change

    def _change(
        self, kind: str, record: str, place: int, at: int, fields: Row, *, previous: int | None
    ) -> Row:
        self._seq += 1
        return {
            "seq": self._seq,
            "id": self._uuid(),
            "digest": f"{self._dice.getrandbits(128):032x}",
            "kind": kind,
            "record": record,
            "previous": previous,
            "base": previous,
            "form": 1,
            "place": place,
            "member": MEMBER,
            "clerk": None,
            "device": DEVICE,
            "made_at": _iso(at),
            "made_ms": at,
            "received_ms": at,
            "skew_ms": 0,
            "fields": _text(fields),
        }

    def _record(
        self, record: str, place: int, at: int, fields: Row, number: int, marks: Row | None
    ) -> Row:
        return {
            "id": record,
            "kind": "visit",
            "version": self._seq,
            "place": place,
            "fields": _text(fields),
            "writer": WRITER,
            "number": number,
            "author": MEMBER,
            "made_ms": at,
            "received_ms": at,
            "disputed": None,
            "marks": _text(marks) if marks else None,
        }

    def _projected(self, record: str, place: int, at: int, fields: Row, number: int) -> Row:
        return {
            "number": number,
            "id": record,
            "version": self._seq,
            "grid_id": place,
            "hh": fields["hh"],
            "mode": fields["mode"],
            "result": fields["result"],
            "asked_q1": 0,
            "asked_q2": 0,
            "occurred_ms": at // 1000 * 1000,
            "received_ms": at,
            "author": MEMBER,
            "voided": 0,
            "flagged": 0,
        }

    def _next_ms(self) -> int:
        """The time of the next change: the past is as even as a calendar."""
        done = (self._seq - self._first) / max(1, self._last - self._first)
        return self._now_ms - int((1 - done) * DAYS * 86_400_000)

    def _uuid(self) -> str:
        digits = f"{self._dice.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        connection.executemany(statement, [tuple(row.values()) for row in rows])


def _marks(names: Sequence[str] | Row, seq: int, writer: str) -> dict[str, Any]:
    return {name: [seq, writer] for name in names}


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).isoformat()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
