"""Putting the answer to a phone together, small and without reading what is only passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Response, request
from zlib_ng import gzip_ng

from fieldapp import clock, database
from fieldapp.grids import scope
from fieldapp.ledger import epoch
from fieldapp.ledger.log import SqlLog
from fieldapp.syncing.envelope import PROTOCOL, Envelope
from sync import Departure, Outcome, Page, Record, pull, scope_tag

WORTH_ZIPPING_BYTES = 500  # below that the answer leaves in one packet either way
_LEVEL = 5  # of 9; a roster of 500 records takes 0.7 ms at 5, 1.3 ms at 7 for 2 % less


class WireLog(SqlLog):
    """A ledger whose records' fields stay the JSON text they are kept as."""

    read_fields = staticmethod(orjson.Fragment)


def news(where: database.Where, envelope: Envelope, member: int) -> dict[str, Any]:
    """What the phone does not have yet of the grids its member serves now."""
    day, tree = clock.today(), scope.tree_in(where)
    places = tree.served_on(day, member)
    present = epoch(where)
    lost_history = envelope.epoch is not None and envelope.epoch != present
    cursor = None if lost_history else envelope.cursor
    page = pull(WireLog(where), places, scope_tag(present, places), cursor)
    return {
        "protocol": PROTOCOL,
        "epoch": present,
        "server_time": clock.utc_now().astimezone(clock.LOCAL).isoformat(timespec="milliseconds"),
        "cursor": str(page.cursor),
        "more": page.more,
        "reset": page.reset or lost_history,
        "records": _records(page, tree),
        "duty": tree.duty_tag(day, member),  # leaves as a header
    }


def results(changes: Sequence[object], outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """One for every change, in order, under the id it came with."""
    return [
        {"id": _id(change), "status": outcome.status, "errors": outcome.errors}
        for change, outcome in zip(changes, outcomes, strict=True)
    ]


def as_response(answer: Mapping[str, Any]) -> Response:
    """The answer as JSON, zipped where that is worth it and understood."""
    body = orjson.dumps(answer)
    response = Response(mimetype="application/json")
    if len(body) > WORTH_ZIPPING_BYTES and request.accept_encodings["gzip"]:
        body = gzip_ng.compress(body, _LEVEL, mtime=0)  # type: ignore[no-untyped-call]  # has none
        response.headers["Content-Encoding"] = "gzip"
    response.set_data(body)
    return response


def _records(page: Page, tree: scope.Tree) -> list[dict[str, Any]]:
    """A record that came back on the same page has not gone."""
    back = {(one.kind, one.id) for one in page.items if isinstance(one, Record)}
    codes = {place: tree.units[place].code for place in {one.place for one in page.items}}
    return [
        _departed(one, codes[one.place])
        if isinstance(one, Departure)
        else _present(one, codes[one.place])
        for one in page.items
        if isinstance(one, Record) or (one.kind, one.id) not in back
    ]


def _present(one: Record, code: str) -> dict[str, Any]:
    said = {
        "kind": one.kind,
        "record": one.id,
        "version": one.version,
        "grid": code,
        "gone": False,
        "fields": one.fields,
    }
    if one.disputed:
        said["disputed"] = sorted(one.disputed)
    return said


def _departed(one: Departure, code: str) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "record": one.id,
        "version": one.version,
        "grid": code,
        "gone": True,
        "fields": {},
    }


def _id(change: object) -> object:
    said = change.get("id") if isinstance(change, dict) else None
    # A lone surrogate cannot be written as UTF-8; such an id is answered as none.
    return said if isinstance(said, str) and said.isascii() else None
