"""A ledger in lists and dicts: the reference the SQL one is held to, and the one tests use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sync.change import Arrival, Departure, Errors, Key, Record
from sync.log import Entry


class MemoryLog:
    """Keeps everything in the process; a copy of it (`copy.deepcopy`) is a backup."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.kept: dict[Key, Record] = {}
        self.held: dict[tuple[str, str], tuple[Arrival, Errors]] = {}
        self.departed: list[Departure] = []
        self.head = 0

    def turn(self) -> int:
        return self.head

    def seen(self, ids: Collection[str]) -> Mapping[str, str]:
        wanted = set(ids)
        arrivals = (entry.arrival for entry in self.entries)
        return {one.change.id: one.digest for one in arrivals if one.change.id in wanted}

    def records(self, keys: Collection[Key]) -> Mapping[Key, Record]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def append(
        self, entries: Sequence[Entry], records: Sequence[Record], departures: Sequence[Departure]
    ) -> None:
        self.entries += entries
        self.kept |= {(record.kind, record.id): record for record in records}
        self.departed += departures
        self.head = max([self.head, *(entry.seq for entry in entries)])

    def hold(self, held: Sequence[tuple[Arrival, Errors]]) -> None:
        for arrival, errors in held:
            self.held.setdefault((arrival.change.id, arrival.digest), (arrival, errors))

    def changed_after(
        self, seq: int, places: frozenset[int], limit: int
    ) -> Sequence[Record | Departure]:
        everything: list[Record | Departure] = [*self.kept.values(), *self.departed]
        new = (one for one in everything if one.version > seq and one.place in places)
        return sorted(new, key=lambda one: (one.version, isinstance(one, Record)))[:limit]
