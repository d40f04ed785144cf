"""Phones that keep, send, offer again and forget as the real one does, in a few lines."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Exchange = Callable[[Json], Json]

BATCH = 3  # small, so that few edits already need several messages


@dataclass
class Phone:
    """One member's phone. It believes only answers; what it was not told, it sends again.

    kept: changes that were answered. A phone keeps them for 30 days, in case of a restore.
    roster: what it was told of its grids, by kind and record.
    """

    name: str
    fresh_id: Callable[[], str]
    outbox: list[Json] = field(default_factory=list)
    kept: list[Json] = field(default_factory=list)
    roster: dict[tuple[str, str], Json] = field(default_factory=dict)
    cursor: str | None = None
    epoch: str | None = None

    def write(self, kind: str, record: str, grid: str, fields: Json) -> Json:
        """Save a change; what the phone last heard of the record is its base."""
        known = self.roster.get((kind, record))
        change = {
            "id": self.fresh_id(),
            "kind": kind,
            "record": record,
            "base": known["version"] if known else None,
            "form": 1,
            "grid": grid,
            "made_at": "2020-02-05T09:00:00+08:00",
            "fields": fields,
        }
        self.outbox.append(change)
        return change

    def message(self) -> Json:
        """The next thing to send: some of the outbox, in order."""
        batch = self.outbox[:BATCH]
        return {
            "protocol": 1,
            "device": "0a0a0a0a-0000-4000-8000-000000000001",
            "cursor": self.cursor,
            "epoch": self.epoch,
            "pending": len(self.outbox) - len(batch),
            "changes": list(batch),
        }

    def hears(self, answer: Json) -> None:
        """Take in an answer: results first, then the news, then a change of history."""
        answered = {result["id"] for result in answer["results"]}
        self.kept += [change for change in self.outbox if change["id"] in answered]
        self.outbox = [change for change in self.outbox if change["id"] not in answered]
        if answer["reset"]:
            self.roster.clear()
        for told in answer["records"]:
            self._learn(told)
        self.cursor = answer["cursor"]
        if self.epoch not in (None, answer["epoch"]):
            self._offer_again(answered)
        self.epoch = answer["epoch"]

    def _learn(self, told: Json) -> None:
        key = (told["kind"], told["record"])
        if told["gone"]:
            self.roster.pop(key, None)
        else:
            self.roster[key] = told

    def _offer_again(self, just_answered: set[str]) -> None:
        """The server forgot what came in since its backup: everything kept is offered again."""
        again = [change for change in self.kept if change["id"] not in just_answered]
        self.kept = [change for change in self.kept if change["id"] in just_answered]
        self.outbox = again + self.outbox

    def syncs(self, exchange: Exchange) -> None:
        """Talk to a server that answers until there is nothing left to say on either side."""
        for _ in range(1000):
            answer = exchange(self.message())
            self.hears(answer)
            if not self.outbox and not answer["more"]:
                return
        raise AssertionError(f"{self.name} never gets to the end")


def ids(prefix: str = "0") -> Callable[[], str]:
    """Ids as phones make them, but the same ones every time."""
    numbers = itertools.count(1)
    return lambda: f"{prefix * 8}-0000-4000-8000-{next(numbers):012x}"
