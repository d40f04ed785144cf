"""What the engine is tried with: something that can be written, and asked for what is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from fieldapp.ledger.log import SqlLog
from fieldapp.syncing.wire import New, WireNews
from sync import ChangeLog, Departure, News, Record


class Log(ChangeLog, News[Record | Departure], Protocol):
    """As the one in memory is."""


class ReadSqlLog(SqlLog):
    """The one in SQL, and as values the JSON of what is new in it."""

    def changed_after(
        self, seq: int, places: frozenset[int], limit: int
    ) -> Sequence[Record | Departure]:
        news = WireNews(self._session, code_of=str)
        return [read(one) for one in news.changed_after(seq, places, limit)]


def read(new: New) -> Record | Departure:
    """What a phone learns of it; a grid's code is the text of its id here."""
    said = json.loads(new[20:])
    known = (said["kind"], said["record"], said["version"], int(said["grid"]))
    assert (said["version"], said["gone"]) == (new.version, not new.is_present)
    if said["gone"]:
        return Departure(*known)
    return Record(*known, said["fields"], disputed=frozenset(said.get("disputed", ())), writer="")
