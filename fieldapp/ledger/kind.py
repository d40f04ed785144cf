"""What a feature declares to have its records kept in the ledger, and the register of all kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from fieldapp.forms import Form
    from sync import Arrival, Fields, Record
    from sync.change import Errors


class Settled(NamedTuple):
    """A record as a feature gets it, with sensitive values readable.

    number: one for each record, growing with time: a key that costs less to index than the id.
    place: the grid's id. author: the member who began the record, None for the township.
    made_ms (corrected), received_ms: of that first change, milliseconds since 1970 UTC.
    gone: it was deleted; remove its row.
    """

    id: str
    number: int
    version: int
    place: int
    fields: Fields
    author: int | None
    made_ms: int
    received_ms: int
    flagged: bool = False
    gone: bool = False


Project = Callable[[Session, Sequence[Settled]], None]


class Review(NamedTuple):
    """What only the ledger as it stands can say about some changes of a kind.

    concerns: whether a change with these answers is one of them. object_to: the codes of what a
    person has to look at, by field, given the change and its record; in the write transaction.
    """

    concerns: Callable[[Fields], bool]
    object_to: Callable[[Session, Arrival, Record | None], Errors]


@dataclass(frozen=True)
class Kind:
    """A sort of record.

    name: as it appears in changes, e.g. "visit"; stable for ever.
    forms: by version; the newest is the one that is filled in now, older ones still count.
    project: writes records over their rows in the feature's own table; must not commit.
    tables: the tables it writes, emptied before they are written anew from the ledger.
    keep_days: how long a record is kept after it was made; None for as long as it is used.
    ended: the ids of records whose purpose ended so long ago that they go before `keep_days`.
    review: what is to be asked of changes that their form alone cannot judge.
    hand_over: whether who serves some grids may put a record of theirs into another one.
    """

    name: str
    forms: Mapping[int, Form]
    project: Project
    tables: tuple[sa.Table, ...] = ()
    keep_days: int | None = None
    ended: Callable[[Session], Sequence[str]] | None = None
    review: Review | None = None
    hand_over: Callable[[int, frozenset[int]], bool] | None = None

    @cached_property
    def newest(self) -> Form:
        """The form as it is filled in now."""
        return self.forms[max(self.forms)]

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The keys of fields that are sealed, in any version."""
        fields = (one for form in self.forms.values() for one in form.fields)
        return frozenset(one.key for one in fields if one.sensitive)


def register(app: Flask, kinds: Sequence[Kind]) -> None:
    """Make the kinds known to the ledger of `app`."""
    app.extensions["kinds"] = {kind.name: kind for kind in kinds}


def kinds() -> Mapping[str, Kind]:
    """All kinds, by name."""
    known: Mapping[str, Kind] = current_app.extensions["kinds"]
    return known
