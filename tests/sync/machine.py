"""Anything that can happen between four phones, a network and a town, in any order.

Hypothesis plays the weather: it tears messages apart, lets them arrive twice or late, kills the
server after it has committed, hands grids to others, restores yesterday's backup. After each step
nothing that was acknowledged is missing and nothing foreign was told; in the end all agree.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sync.oracle import replay
from tests.sync.phones import Json, Phone, ids
from tests.sync.towns import GRIDS, KIND, WHOLE, Town

G1, G2, G3 = GRIDS
OWNERS = {"anna": "anna", "berta": "berta", "berta 2": "berta", "carla": "carla"}
SCOPES = {
    "anna": frozenset({G1}),
    "berta": frozenset({G1, G2}),
    "carla": frozenset({G2, G3}),
}
NAMES = ("walk_no", "resident_n", "away_n")

phones = st.sampled_from(sorted(OWNERS))
grids = st.sampled_from(GRIDS)
values = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2), min_size=1)
numbers = st.integers(0, 1_000)


class Sent(NamedTuple):
    """A message on its way; `turn` says which attempt of its phone it was."""

    phone: str
    turn: int
    message: Json


class ManyPhones(RuleBasedStateMachine):
    """Subclasses say which town it is that the phones talk to."""

    make_town: Callable[[dict[str, str], dict[str, frozenset[str]]], Town]

    @initialize()
    def begin(self) -> None:
        self.town = self.make_town(OWNERS, SCOPES)
        self.scopes = dict(SCOPES)
        fresh_id = ids("1")
        self.phones = {name: Phone(name, fresh_id) for name in OWNERS}
        self.attempt = dict.fromkeys(OWNERS, 0)
        self.on_the_way: list[Sent] = []
        self.written: set[str] = set()
        self.fresh_record = ids("2")
        for name, grid in (("anna", G1), ("berta", G2)):
            self._write(name, self.fresh_record(), grid, dict(WHOLE))
        self._all_sync()

    # What people do

    @rule(name=phones, which=numbers, fields=values)
    def somebody_records(self, name: str, which: int, fields: Json) -> None:
        grid = self._own_grid(name, which)
        self._write(name, self.fresh_record(), grid, WHOLE | fields)

    @rule(name=phones, grid=grids)
    def somebody_records_anywhere(self, name: str, grid: str) -> None:
        self._write(name, self.fresh_record(), grid, dict(WHOLE))

    @rule(name=phones, which=numbers, fields=values)
    def somebody_edits(self, name: str, which: int, fields: Json) -> None:
        if known := self._known_to(name):
            record, grid = known[which % len(known)]
            self._write(name, record, grid, fields)

    @rule(name=phones, which=numbers, grid=grids)
    def somebody_moves_a_household(self, name: str, which: int, grid: str) -> None:
        if known := self._known_to(name):
            self._write(name, known[which % len(known)][0], grid, {"walk_no": 9})

    @rule(name=phones, which=numbers)
    def somebody_mistypes(self, name: str, which: int) -> None:
        if known := self._known_to(name):
            self._write(name, *known[which % len(known)], {"resident_n": 99})

    @rule(which=numbers, fields=values, grid=grids, moves=st.booleans())
    def the_township_settles(self, which: int, fields: Json, grid: str, moves: bool) -> None:
        records = sorted(self.town.records().items())
        if records:
            record, kept = records[which % len(records)]
            self.town.clerk_writes(record, grid if moves else kept.grid, kept.version, fields)

    @rule(member=st.sampled_from(sorted(SCOPES)), served=st.frozensets(grids, max_size=3))
    def a_grid_changes_hands(self, member: str, served: frozenset[str]) -> None:
        self.town.appoint(member, served)
        self.scopes[member] = served

    # What the network does

    @rule(name=phones)
    def a_phone_has_a_good_network(self, name: str) -> None:
        self.attempt[name] += 1
        self.phones[name].syncs(lambda message: self._exchange(name, message))

    @rule(name=phones)
    def a_phone_sends(self, name: str) -> None:
        self.attempt[name] += 1
        message = copy.deepcopy(self.phones[name].message())
        self.on_the_way.append(Sent(name, self.attempt[name], message))

    @precondition(lambda self: self.on_the_way)
    @rule(which=numbers, again=st.booleans())
    def a_message_arrives(self, which: int, again: bool) -> None:
        sent, answer = self._arrives(which, again=again)
        if self.attempt[sent.phone] == sent.turn:  # later ones it has given up waiting for
            self.phones[sent.phone].hears(answer)
            self.attempt[sent.phone] += 1

    @precondition(lambda self: self.on_the_way)
    @rule(which=numbers, again=st.booleans())
    def an_answer_is_lost(self, which: int, again: bool) -> None:
        self._arrives(which, again=again)

    @precondition(lambda self: self.on_the_way)
    @rule(which=numbers)
    def the_server_dies_before_it_answers(self, which: int) -> None:
        self._arrives(which, again=False)
        self.town.starts_again()

    @precondition(lambda self: self.on_the_way)
    @rule(which=numbers)
    def a_message_is_lost(self, which: int) -> None:
        self.on_the_way.pop(which % len(self.on_the_way))

    # What happens to the database

    @rule()
    def the_town_is_backed_up(self) -> None:
        self.town.back_up()

    @rule()
    def the_town_is_restored(self) -> None:
        self.town.restore()

    # What must hold

    def teardown(self) -> None:
        if not hasattr(self, "town"):
            return
        self._all_sync()
        self._everything_is_there_once()
        self._records_are_what_was_said()
        self._all_phones_agree()

    def _all_sync(self) -> None:
        for name in [*OWNERS, *OWNERS]:  # the second time they get what others sent in the first
            self.a_phone_has_a_good_network(name)

    def _everything_is_there_once(self) -> None:
        accepted, held = [said.id for said in self.town.history()], self.town.held()
        assert len(accepted) == len(set(accepted))
        assert len(held) == len(set(held))
        assert set(accepted).isdisjoint(held)
        assert self.written <= set(accepted) | set(held)

    def _records_are_what_was_said(self) -> None:
        records, clashes = replay(self.town.history())
        assert self.town.records() == records
        assert self.town.conflicts() == clashes

    def _all_phones_agree(self) -> None:
        kept = self.town.records()
        for name, phone in self.phones.items():
            served = self.scopes[OWNERS[name]]
            told = {
                record: (it["version"], it["grid"], it["fields"])
                for (_, record), it in phone.roster.items()
            }
            assert told == {key: one[:3] for key, one in kept.items() if one.grid in served}, name

    def _exchange(self, name: str, message: Json) -> Json:
        before = {said.id for said in self.town.history()}
        answer = self.town.exchange(name, message)
        assert [one["id"] for one in answer["results"]] == [c["id"] for c in message["changes"]]
        for one in answer["results"]:
            assert (one["status"] == "duplicate") == (one["id"] in before)
        served = self.scopes[OWNERS[name]]
        assert {one["grid"] for one in answer["records"]} <= served, f"{name} was told too much"
        kept = {said.id for said in self.town.history()} | set(self.town.held())
        assert {one["id"] for one in answer["results"]} <= kept
        return answer

    def _arrives(self, which: int, *, again: bool) -> tuple[Sent, Json]:
        at = which % len(self.on_the_way)
        sent = self.on_the_way[at] if again else self.on_the_way.pop(at)
        return sent, self._exchange(sent.phone, copy.deepcopy(sent.message))

    def _write(self, name: str, record: str, grid: str, fields: Json) -> None:
        self.written.add(self.phones[name].write(KIND, record, grid, fields)["id"])

    def _own_grid(self, name: str, which: int) -> str:
        served = sorted(self.scopes[OWNERS[name]]) or list(GRIDS)
        return served[which % len(served)]

    def _known_to(self, name: str) -> list[tuple[str, str]]:
        """Records the phone was told or has begun, with the grid it believes them in."""
        phone = self.phones[name]
        told = {key[1]: it["grid"] for key, it in phone.roster.items()}
        own = {change["record"]: change["grid"] for change in phone.outbox}
        return sorted((own | told).items())
