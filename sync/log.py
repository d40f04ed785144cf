"""What the engine needs from whatever keeps the changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from sync.change import Arrival, Departure, Errors, Key, Record
from sync.merge import Conflict


class Entry(NamedTuple):
    """One accepted change, the seq of its record's change before it, and what it contradicted."""

    seq: int
    arrival: Arrival
    previous: int | None = None
    conflicts: tuple[Conflict, ...] = ()


class Versioned(Protocol):
    """Whatever stands under a number of the history."""

    @property
    def version(self) -> int: ...


Item = TypeVar("Item", bound=Versioned)
_Item_co = TypeVar("_Item_co", bound=Versioned, covariant=True)


class ChangeLog(Protocol):
    """An append-only history and the records it makes; what is due: tests/sync/test_contract.py.

    Every method takes part in the caller's transaction. Sequence numbers must become visible in
    order: who has read number n can rely on it that no lower number will still appear.
    """

    def turn(self) -> int:
        """Wait for one's turn to append, and return the newest sequence number, 0 at first."""

    def seen(self, ids: Collection[str]) -> Mapping[str, str]:
        """The digests of those changes that were accepted before, by id."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Record]:
        """Those of the records that exist."""

    def append(
        self, entries: Sequence[Entry], records: Sequence[Record], departures: Sequence[Departure]
    ) -> None:
        """Keep the changes as history and `records` as their present state."""

    def hold(self, held: Sequence[tuple[Arrival, Errors]]) -> None:
        """Keep changes that a person has to look at; one that is held already stays as it is."""


class News(Protocol[_Item_co]):
    """What a pull reads, in whatever form the answer needs: records, or texts of them."""

    def changed_after(self, seq: int, places: frozenset[int], limit: int) -> Sequence[_Item_co]:
        """The records and departures that are new in these places, at most `limit`.

        In order of version; a departure before the record that came under the same number.
        """
