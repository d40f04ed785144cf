"""From what a message says to an `Arrival`: everything that can be found out before the write turn.

Nothing raises here, and nothing is thrown away: what is wrong is written down in `errors`, and the
engine will hold the change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any

from fieldapp import clock
from fieldapp.forms import is_masked, masked
from fieldapp.ledger.canonical import canonical, storable
from fieldapp.ledger.kind import Kind
from fieldapp.ledger.sealing import seal
from sync import Arrival, Change, Origin
from sync.change import Errors

SKEW_MARKED_MS = 10 * 60 * 1000  # a clock that is further off is told to its owner and to the town

# Without a repeated group it is found in four fifths of the time.
_UUID = re.compile("-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12)))
_PARTS = itemgetter("id", "record", "kind", "grid", "made_at", "form", "fields")
_HIGHEST = 2**53 - 1  # the largest integer that every JSON reader keeps exactly (RFC 8259 §6)
_LONGEST = 64  # characters of a code or a time
_NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class Intake:
    """What is the same for all changes of one message.

    reach: the grids the author serves; None for the township.
    skew_ms: server clock minus the device's; 0 where it is not known.
    """

    kinds: Mapping[str, Kind]
    grid_of: Callable[[str], int | None]
    origin: Origin
    reach: frozenset[int] | None
    received_ms: int
    skew_ms: int = 0

    def arrivals(self, items: Sequence[object]) -> list[Arrival]:
        """One arrival for each item of a message, in order, whatever the items are."""
        return [self.arrival(item) for item in items]

    def arrival(self, item: object) -> Arrival:
        """`item` should be a change as docs/sync.md describes it."""
        raw = canonical(item)
        digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
        said = item if isinstance(item, dict) else {}
        errors = {} if _is_shaped(said) else _shape_errors(said)
        if errors:
            return self._unusable(said, raw, digest, errors)

        change = Change(
            said["id"], said["kind"], said["record"], said.get("base"),
            said["form"], said["grid"], said["made_at"], said["fields"],
        )  # fmt: skip
        made_ms = self._corrected(change.made_at)
        if made_ms is None:
            return self._unusable(said, raw, digest, {"made_at": ["not_a_time"]})

        kind = self.kinds.get(change.kind)
        if abs(self.skew_ms) > SKEW_MARKED_MS and "occurred_at" in change.fields:
            fields = _put_right(change.fields, change.made_at, self.skew_ms)
            change = change._replace(fields=fields)
        new, edit = _form_errors(kind, change, made_ms)
        secrets: dict[str, bytes] = {}
        if kind is not None and not kind.sensitive.isdisjoint(change.fields):
            change, secrets = _seal(kind, change)

        place = self.grid_of(change.grid)
        return Arrival(
            change, self.origin, place, self.reach, digest,
            made_ms, self.received_ms, new, edit, self.skew_ms, raw, secrets,
            self._hands_over(kind, place),
        )  # fmt: skip

    def _hands_over(self, kind: Kind | None, place: int | None) -> bool:
        """Whether the author may hand a record of this kind over to another grid, this one."""
        if kind is None or kind.hand_over is None or place is None or self.reach is None:
            return False
        return place not in self.reach and kind.hand_over(place, self.reach)

    def _corrected(self, made_at: str) -> int | None:
        """When the change was made by the server's clock: not before 1970, not after it arrived."""
        try:
            moment = datetime.fromisoformat(made_at)
            if moment.tzinfo is None:
                return None
            made_ms = int(moment.timestamp() * 1000) + self.skew_ms
        except (ValueError, OverflowError):
            return None
        if made_ms < 0:
            return 0
        return made_ms if made_ms < self.received_ms else self.received_ms

    def _unusable(
        self, said: Mapping[str, Any], raw: bytes, digest: str, errors: Errors
    ) -> Arrival:
        """An arrival that can only be held, since it does not even have the shape of a change."""
        grid = said.get("grid")
        grid = grid if isinstance(grid, str) else ""
        name = said.get("id")
        name = storable(name[:_LONGEST])[:_LONGEST] if isinstance(name, str) else ""
        change = Change(name, "", _NOBODY, None, 0, grid[:_LONGEST], "", {})
        return Arrival(
            change, self.origin, self.grid_of(grid), self.reach, digest,
            self.received_ms, self.received_ms, errors, errors, self.skew_ms, raw,
        )  # fmt: skip


def _is_shaped(said: Mapping[str, Any]) -> bool:
    """Whether `said` is a change, as nearly all are: `_shape_errors`, in a third of its time."""
    try:
        name, record, kind, grid, made_at, form, fields = _PARTS(said)
    except KeyError:
        return False
    return (
        type(name) is type(record) is type(kind) is type(grid) is type(made_at) is str
        and type(form) is int
        and type(fields) is dict
        and said.get("base") is None
        and _UUID.fullmatch(name) is not None
        and _UUID.fullmatch(record) is not None
        and len(kind) <= _LONGEST
        and len(grid) <= _LONGEST
        and len(made_at) <= _LONGEST
        and abs(form) <= _HIGHEST
    )


def _shape_errors(said: Mapping[str, Any]) -> Errors:
    """What keeps `said` from being a change at all."""
    return {
        name: ["bad_reference" if name in {"id", "record"} else "wrong_type"]
        for name in _misshapen(said)
    }


def _misshapen(said: Mapping[str, Any]) -> Iterator[str]:
    get = said.get
    for name in ("id", "record"):
        value = get(name)
        if not (type(value) is str and _UUID.fullmatch(value)):
            yield name
    for name in ("kind", "grid", "made_at"):
        value = get(name)
        if not (type(value) is str and len(value) <= _LONGEST):
            yield name
    base, form = get("base"), get("form")
    if base is not None and not (type(base) is int and 0 <= base <= _HIGHEST):
        yield "base"
    if not (type(form) is int and abs(form) <= _HIGHEST):
        yield "form"
    if type(get("fields")) is not dict:
        yield "fields"


def _form_errors(kind: Kind | None, change: Change, made_ms: int) -> tuple[Errors, Errors]:
    """What is wrong with the change as a new record, and as an edit of an existing one."""
    if kind is None:
        errors: Errors = {"kind": ["unknown_kind"]}
        return errors, errors
    form = kind.forms.get(change.form)
    if form is None:
        newer = change.form > kind.newest.version
        errors = {"form": ["from_the_future" if newer else "unknown_form"]}
        return errors, errors

    now = datetime.fromtimestamp(made_ms / 1000, UTC)
    errors = form.check(change.fields, now=now, whole=True)
    if not errors and change.fields:
        return errors, errors
    as_edit = form.check(change.fields, now=now, whole=False)
    return _sayable(errors), _sayable(as_edit)


def _sayable(errors: Errors) -> Errors:
    """The same; the name of a field that nobody asked for may be anything."""
    return {storable(name): codes for name, codes in errors.items()}


def _seal(kind: Kind, change: Change) -> tuple[Change, dict[str, bytes]]:
    """Take sensitive values out of the change; a mask that was sent back means "unchanged"."""
    fields = dict(change.fields)
    secrets = {}
    for name in kind.sensitive & fields.keys():
        value = fields[name]
        if not isinstance(value, str):
            continue
        if is_masked(value):
            del fields[name]
        elif _is_text(value):
            secrets[name] = seal(value, f"{change.kind}/{change.record}/{name}")
            fields[name] = masked(value)
    return change._replace(fields=fields), secrets


def _is_text(value: str) -> bool:
    """Whether it can be written as UTF-8; a lone surrogate cannot, and is held by the form."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _put_right(fields: Mapping[str, Any], made_at: str, skew_ms: int) -> Mapping[str, Any]:
    """The time when it happened, put right if a wrong clock told it; `skew_ms` is kept beside it.

    The day that was written beside it (`date`) moves by as many days.

    A phone that knows how far off it is tells the right time, and so do people who look at another
    clock. Which clock it was is seen by what it is nearer to, of the two that `made_at` could mean.
    """
    skew = timedelta(milliseconds=skew_ms)
    try:
        moment = datetime.fromisoformat(fields["occurred_at"])
        before = datetime.fromisoformat(made_at) - moment
        if abs(before + skew) <= abs(before):
            return fields
        shifted = moment + skew
        days = clock.local_day(shifted) - clock.local_day(moment)
        day = date.fromisoformat(fields["date"]) + days if days and "date" in fields else None
    except (TypeError, ValueError, OverflowError):
        return fields
    right = {**fields, "occurred_at": shifted.isoformat(timespec="seconds")}
    return right | {"date": day.isoformat()} if day else right
