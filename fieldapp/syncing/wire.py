"""What is new, as the JSON that phones are sent.

The database puts it together: nothing is read only to be passed on, and a new phone's five hundred
records cost a third less than as values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import orjson

from fieldapp import database

# All numbers with this added have the same number of digits, so their texts sort as they do.
_SORTED = 10**18
_DIGITS = len(str(_SORTED))
_PRESENT = ord("1")

# Kinds are names of ours and ids are UUIDs, so neither has anything that JSON would escape; the
# fields, and the names of those that are disputed, are kept as JSON. One statement and not two,
# because on PostgreSQL each statement sees what was committed before it: the second could see a
# departure that is newer than a record which the first had missed.
_NEWS = """(
SELECT * FROM (
    SELECT (:sorted + version) || '1{"kind":"' || kind || '","record":"' || id
        || '","version":' || version || ',"grid":"' || CASE place :codes END
        || '","gone":false,"fields":' || fields
        || CASE WHEN disputed IS NULL THEN '' ELSE ',"disputed":' || disputed END || '}' AS line
    FROM record WHERE place IN (:places) AND version > ? ORDER BY version LIMIT ?) AS there
UNION ALL SELECT * FROM (
    SELECT (:sorted + version) || '0{"kind":"' || kind || '","record":"' || record
        || '","version":' || version || ',"grid":"' || CASE place :codes END
        || '","gone":true,"fields":{}}'
    FROM departure WHERE place IN (:places) AND version > ? ORDER BY version LIMIT ?) AS gone
) AS news"""


class New(bytes):
    """A record or a departure: number, whether it is there, and the JSON; sorted as it is told."""

    __slots__ = ()

    @property
    def version(self) -> int:
        return int(self[:_DIGITS]) - _SORTED

    @property
    def is_present(self) -> bool:
        return self[_DIGITS] == _PRESENT

    @property
    def name(self) -> bytes:
        """Kind and id, as they begin the JSON."""
        return self[_DIGITS + 1 :].partition(b',"version"')[0]


class WireNews:
    """What a pull reads from the ledger's tables, in the caller's transaction.

    code_of: a grid's, by its id.
    """

    def __init__(self, where: database.Where, code_of: Callable[[int], str]) -> None:
        self._where = where
        self._code_of = code_of

    def changed_after(self, seq: int, places: frozenset[int], limit: int) -> Sequence[New]:
        if not places:
            return []
        codes = [part for place in places for part in (place, self._code_of(place))]
        values = [*codes, *places, seq, limit] * 2
        found = database.lines(self._where, "line", _news(len(places)), values)
        return sorted(map(New, found))[:limit]


def as_json(items: Sequence[New]) -> orjson.Fragment:
    """A list of records. A record that came back on the same page has not gone."""
    if not all(one.is_present for one in items):
        back = {one.name for one in items if one.is_present}
        items = [one for one in items if one.is_present or one.name not in back]
    return orjson.Fragment(b"[%b]" % b",".join([one[_DIGITS + 1 :] for one in items]))


@cache
def _news(places: int) -> str:
    codes = " ".join(["WHEN ? THEN ?"] * places)
    sql = _NEWS.replace(":sorted", str(_SORTED)).replace(":codes", codes)
    return sql.replace(":places", ", ".join("?" * places))
