"""The values that travel: what was said (Change), by whom (Origin), what came of it (Record)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

# Named tuples, not dataclasses: a batch makes hundreds of them, and these cost a third as much.

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Fields: TypeAlias = Mapping[str, Json]
Errors: TypeAlias = Mapping[str, list[str]]
Status: TypeAlias = Literal["accepted", "duplicate", "held"]
Key: TypeAlias = tuple[str, str]  # kind, record


class Change(NamedTuple):
    """What one author said about one record, with an id the author's device chose.

    base: the version of the record that the author saw; None where they saw none.
    form: the version of the form it was filled in on.
    grid: the code of the grid, as sent.
    made_at: ISO 8601, by the device's own clock.
    """

    id: str
    kind: str
    record: str
    base: int | None
    form: int
    grid: str
    made_at: str
    fields: Fields


class Origin(NamedTuple):
    """Who says so, by the session and never by the message: a member's device, or a clerk."""

    member: int | None = None
    clerk: int | None = None
    device: int | None = None

    @property
    def writer(self) -> str:
        """Whom a field's value is ascribed to: edits by one writer never conflict with each other.

        A device and not a person, because one person's two phones may well contradict each other.
        """
        if self.device is not None:
            return f"d{self.device}"
        return f"c{self.clerk}" if self.clerk is not None else "t"


class Arrival(NamedTuple):
    """A change as it reached the server, with all that was found out about it on the way in.

    place: the grid it names, as the tree's own id; None where no grid has such a code.
    reach: the grids its author serves; None for the township, which reaches all.
    digest: over the content as sent, so that a repetition can be told from a reuse of the id.
    errors: what is wrong with it as a new record, by field.
    edit_errors: what is wrong with it as an edit of a record that exists, by field.
    made_ms, received_ms: corrected and server time, milliseconds since 1970 UTC.
    raw: the change word for word. secrets: sealed values that `change.fields` has only masked.
    hands_over: the author may put a record of theirs into `place`, though it is not in `reach`.
    """

    change: Change
    origin: Origin
    place: int | None
    reach: frozenset[int] | None
    digest: str
    made_ms: int
    received_ms: int
    errors: Errors
    edit_errors: Errors
    skew_ms: int = 0
    raw: bytes = b""
    secrets: Mapping[str, bytes] = {}
    hands_over: bool = False


class Mark(NamedTuple):
    """When a field was last set, and by whose hand."""

    seq: int
    writer: str


class Record(NamedTuple):
    """A record as the changes have made it. `version` is the seq of the last change to it.

    number: the seq of the change that began it; author, made_ms and received_ms are of that one.
    marks: by field, and for the place under PLACE; empty means that the last change, made by
        `writer`, set them all.
    disputed: fields for which two people gave two values, until someone who saw both settles them.
    """

    kind: str
    id: str
    version: int
    place: int
    fields: Fields
    writer: str
    number: int = 0
    author: int | None = None
    made_ms: int = 0
    received_ms: int = 0
    disputed: frozenset[str] = frozenset()
    marks: Mapping[str, Mark] = {}

    @property
    def flagged(self) -> bool:
        return bool(self.disputed)

    def mark(self, name: str) -> Mark:
        """When `name` was last set; version 0 if never."""
        if self.marks:
            return self.marks.get(name, NEVER)
        known = name in self.fields or name == PLACE
        return Mark(self.version, self.writer) if known else NEVER


class Departure(NamedTuple):
    """A record that left a place at `version`: moved to another grid, or deleted."""

    kind: str
    id: str
    version: int
    place: int


class Outcome(NamedTuple):
    """The answer to one change. `accepted` and `duplicate` are promises that it is on disk."""

    id: str
    status: Status
    errors: Errors


NEVER = Mark(0, "")
PLACE = ""  # no field has this name
