"""The two things a device can ask: take my changes (push), give me what is new (pull).

The numbers are those of docs/sync.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple

from sync.change import Arrival, Departure, Errors, Key, Mark, Outcome, Record
from sync.cursor import Cursor
from sync.errors import BadCursor
from sync.log import ChangeLog, Entry, Item, News
from sync.merge import Conflict, merge, move

PAGE = 1000  # records; about 150 KB of JSON, 40 KB on the wire


class Page(NamedTuple, Generic[Item]):
    """One answer to a pull.

    items: in order of version. more: ask again at once. reset: forget what you had before.
    """

    items: tuple[Item, ...]
    cursor: Cursor
    more: bool
    reset: bool


def push(log: ChangeLog, arrivals: Sequence[Arrival]) -> tuple[list[Outcome], list[Record]]:
    """Take `arrivals` into the log in their order; returns an outcome each, and what changed.

    Safe to repeat: what the log already has is a `duplicate` and has no further effect. What cannot
    be accepted is held, and does not stop those behind it. The promise in an outcome holds once the
    caller has committed.
    """
    batch = _Batch(log, arrivals)
    outcomes = [batch.take(arrival) for arrival in arrivals]
    batch.write()
    return outcomes, list(batch.changed.values())


def pull(
    log: News[Item], places: frozenset[int], scope: str, after: str | None, limit: int = PAGE
) -> Page[Item]:
    """What a device that serves `places` does not have yet.

    `after` is the cursor it was last given. 7: one that was issued for other grids, for another
    history, or by nobody, is answered from the beginning, with `reset`.
    """
    start, reset = _start(scope, after)
    found = log.changed_after(start, places, limit + 1)
    more = len(found) > limit
    # A move writes a record and its departure under one version: both belong on one page.
    items = _whole_versions(found, limit) if more else tuple(found)
    cursor = Cursor(items[-1].version if items else start, scope)
    return Page(items, cursor, more, reset)


class _Batch:
    """One push: reads what it needs at once, decides change by change, writes at once."""

    def __init__(self, log: ChangeLog, arrivals: Sequence[Arrival]) -> None:
        self._log = log
        self._head = log.turn()
        self._seen = dict(log.seen([one.change.id for one in arrivals]))
        keys = {(one.change.kind, one.change.record) for one in arrivals}
        self._records = dict(log.records(keys))
        self._entries: list[Entry] = []
        self._held: list[tuple[Arrival, Errors]] = []
        self._departures: list[Departure] = []
        self.changed: dict[Key, Record] = {}

    def take(self, arrival: Arrival) -> Outcome:
        change = arrival.change
        known = self._seen.get(change.id)
        if known == arrival.digest:  # 3
            return Outcome(change.id, "duplicate", {})

        record = self._records.get((change.kind, change.record))
        errors = self._objections(arrival, record, reused=known is not None)
        if errors:  # 5
            self._held.append((arrival, errors))
            return Outcome(change.id, "held", errors)

        self._accept(arrival, record)
        return Outcome(change.id, "accepted", {})

    def write(self) -> None:
        if self._held:
            self._log.hold(self._held)
        if self._entries:
            self._log.append(self._entries, list(self.changed.values()), self._departures)

    def _objections(self, arrival: Arrival, record: Record | None, *, reused: bool) -> Errors:
        """4: why a person has to look at this; empty if nobody has to."""
        change, reach = arrival.change, arrival.reach
        if reused:
            return {"id": ["already_used"]}
        if arrival.place is None:
            return {"grid": ["unknown_grid"], **arrival.errors}
        if reach is not None and not _within(reach, arrival, record):
            return {"grid": ["not_yours"], **(arrival.edit_errors if record else arrival.errors)}
        if change.base is not None and change.base > self._head:
            return {"base": ["from_the_future"]}
        return arrival.errors if record is None else arrival.edit_errors

    def _accept(self, arrival: Arrival, record: Record | None) -> None:
        """6: the change gets the next number and is laid over the record."""
        change, place = arrival.change, arrival.place
        assert place is not None  # noqa: S101 - `_objections` has held it otherwise
        seq = self._head + len(self._entries) + 1
        writer = arrival.origin.writer
        conflicts: tuple[Conflict, ...] = ()
        previous = record.version if record else None

        if record is None:
            record = Record(
                change.kind, change.record, seq, place, change.fields, writer,
                seq, arrival.origin.member, arrival.made_ms, arrival.received_ms,
            )  # fmt: skip
        else:
            before, mark = record.place, Mark(seq, writer)
            record, conflicts = merge(record, change.fields, base=change.base, mark=mark)
            record = move(record, place, base=change.base, mark=mark)
            if record.place != before:
                self._departures.append(Departure(change.kind, change.record, seq, before))

        key = (change.kind, change.record)
        self._entries.append(Entry(seq, arrival, previous, conflicts))
        self._seen[change.id] = arrival.digest
        self._records[key] = self.changed[key] = record


def _within(reach: frozenset[int], arrival: Arrival, record: Record | None) -> bool:
    """Whether the author may say this about the record, there."""
    if record is None:
        return arrival.place in reach
    return record.place in reach and (arrival.place in reach or arrival.hands_over)


def _start(scope: str, after: str | None) -> tuple[int, bool]:
    if after is None:
        return 0, False
    try:
        cursor = Cursor.parse(after)
    except BadCursor:
        return 0, True
    return (cursor.seq, False) if cursor.scope == scope else (0, True)


def _whole_versions(found: Sequence[Item], limit: int) -> tuple[Item, ...]:
    last = found[limit].version
    end = limit
    while end > 0 and found[end - 1].version == last:
        end -= 1
    return tuple(found[:end])
