"""What phones talk to in the stories of many phones; here the smallest such town, in memory."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sync import Arrival, Change, Departure, MemoryLog, Origin, Record, pull, push, scope_tag

Json = dict[str, Any]
GRIDS = ("999999000001", "999999000002", "999999000003")
KIND = "household"
HIGHEST = 30  # of resident_n, as the form has it
RESTORE_GAP = 100_000_000

# What a household's form asks for, as far as these stories do not change it.
WHOLE = {
    "hh_no": "1",
    "address_text": "村东第二家",
    "head_name": "王大爷",
    "no_phone": True,
    "occupied": "resident",
    "resident_n": 0,
    "away_n": 0,
}


class Said(NamedTuple):
    """One accepted change, as the history has it."""

    seq: int
    id: str
    record: str
    writer: str
    base: int | None
    grid: str
    fields: Json


class Kept(NamedTuple):
    """A record as the server has it."""

    version: int
    grid: str
    fields: Json
    disputed: frozenset[str]


class Town(Protocol):
    """A server with four phones: who may see what, what it was told, what it makes of it."""

    def exchange(self, phone: str, message: Json) -> Json:
        """Answer a message; whatever is answered is committed."""

    def starts_again(self) -> None:
        """The process died after its last commit, and was started again."""

    def appoint(self, member: str, grids: frozenset[str]) -> None:
        """From now on the member serves these grids and no others."""

    def clerk_writes(self, record: str, grid: str, base: int, fields: Json) -> None:
        """The township's own edit."""

    def back_up(self) -> None: ...

    def restore(self) -> None:
        """Go back to the last backup, under a new epoch."""

    def history(self) -> list[Said]: ...

    def conflicts(self) -> set[tuple[int, str, str, str]]:
        """seq, field, and as JSON the value that stood and the one that arrived."""

    def held(self) -> list[str]:
        """The ids of changes that wait for a person."""

    def records(self) -> dict[str, Kept]: ...


@dataclass
class _State:
    log: MemoryLog
    epoch: str


class MemoryTown:
    """The engine over a log in memory, with just enough around it to answer messages."""

    def __init__(self, owners: dict[str, str], scopes: dict[str, frozenset[str]]) -> None:
        self._devices = {phone: n for n, phone in enumerate(owners, 1)}
        self._members = {member: n for n, member in enumerate(scopes, 1)}
        self._owners = owners
        self._scopes = dict(scopes)
        self._state = _State(MemoryLog(), "epoch 0")
        self._backup = copy.deepcopy(self._state)
        self._histories = 0

    def exchange(self, phone: str, message: Json) -> Json:
        member = self._owners[phone]
        places = frozenset(GRIDS.index(code) for code in self._scopes[member])
        origin = Origin(self._members[member], device=self._devices[phone])
        arrivals = [_arrival(change, origin, places) for change in message["changes"]]
        outcomes, _ = push(self._state.log, arrivals)

        epoch = self._state.epoch
        lost = message["epoch"] not in (None, epoch)
        cursor = None if lost else message["cursor"]
        page = pull(self._state.log, places, scope_tag(epoch, places), cursor, limit=4)
        return {
            "epoch": epoch,
            "cursor": str(page.cursor),
            "more": page.more,
            "reset": page.reset or lost,
            "results": [one._asdict() for one in outcomes],
            "records": [_told(one) for one in page.items],
        }

    def starts_again(self) -> None:
        """Nothing is lost: all of it was committed."""

    def appoint(self, member: str, grids: frozenset[str]) -> None:
        self._scopes[member] = grids

    def clerk_writes(self, record: str, grid: str, base: int, fields: Json) -> None:
        change = {"id": f"clerk {len(self._state.log.entries)} {self._histories}", "base": base,
                  "record": record, "grid": grid, "fields": fields}  # fmt: skip
        push(self._state.log, [_arrival(change, Origin(clerk=1), None)])

    def back_up(self) -> None:
        self._backup = copy.deepcopy(self._state)

    def restore(self) -> None:
        self._histories += 1
        self._state = copy.deepcopy(self._backup)
        self._state.epoch = f"epoch {self._histories}"
        self._state.log.head += RESTORE_GAP * self._histories

    def history(self) -> list[Said]:
        return [
            Said(seq, one.change.id, one.change.record, one.origin.writer, one.change.base,
                 one.change.grid, dict(one.change.fields))
            for seq, one, *_ in self._state.log.entries
        ]  # fmt: skip

    def conflicts(self) -> set[tuple[int, str, str, str]]:
        return {
            (entry.seq, one.name, json.dumps(one.kept), json.dumps(one.arrived))
            for entry in self._state.log.entries
            for one in entry.conflicts
        }

    def held(self) -> list[str]:
        accepted = {said.id for said in self.history()}
        return [change for change, _ in self._state.log.held if change not in accepted]

    def records(self) -> dict[str, Kept]:
        return {
            one.id: Kept(one.version, GRIDS[one.place], dict(one.fields), one.disputed)
            for one in self._state.log.kept.values()
        }


def _arrival(said: Json, origin: Origin, reach: frozenset[int] | None) -> Arrival:
    fields = said["fields"]
    change = Change(said["id"], KIND, said["record"], said["base"], 1, said["grid"], "", fields)
    wrong = {k: ["too_high"] for k, v in fields.items() if isinstance(v, int) and v > HIGHEST}
    missing = {name: ["required"] for name in WHOLE if name not in fields}
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    place = GRIDS.index(change.grid)
    return Arrival(change, origin, place, reach, digest, 0, 0, {**missing, **wrong}, wrong)


def _told(one: Record | Departure) -> Json:
    told = {"kind": one.kind, "record": one.id, "version": one.version, "grid": GRIDS[one.place]}
    if isinstance(one, Departure):
        return told | {"gone": True, "fields": {}}
    return told | {"gone": False, "fields": dict(one.fields)}
