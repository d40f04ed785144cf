"""Changes about which only the ledger as it stands can say whether a person has to look at them.

A release is one: whether it is time, who may, and whether an alert is open. Each is judged when all
that came before it in the same message has been written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from fieldapp.ledger.kind import Review, kinds
from fieldapp.ledger.log import SqlLog
from sync import Arrival
from sync.change import Errors


def stretches(arrivals: Sequence[Arrival]) -> Iterator[Sequence[Arrival]]:
    """The same in their order, cut before each that is to be judged."""
    reviewed = {name for name, kind in kinds().items() if kind.review is not None}
    if reviewed.isdisjoint(arrival.change.kind for arrival in arrivals):
        if arrivals:
            yield arrivals
        return
    begun = 0
    for at, arrival in enumerate(arrivals):
        if at > begun and _review(arrival) is not None:
            yield arrivals[begun:at]
            begun = at
    if begun < len(arrivals):
        yield arrivals[begun:]


def judged(session: Session, arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """A stretch, what is to be objected to its first change added to its errors."""
    first = arrivals[0]
    review = _review(first)
    if review is None:
        return arrivals
    log = SqlLog(session)
    log.turn()  # so that nothing is written between looking and deciding
    key = first.change.kind, first.change.record
    found = review.object_to(session, first, log.records([key]).get(key))
    if not found:
        return arrivals
    errors, edit_errors = (_and(some, found) for some in (first.errors, first.edit_errors))
    return [first._replace(errors=errors, edit_errors=edit_errors), *arrivals[1:]]


def _review(arrival: Arrival) -> Review | None:
    """What the change's kind wants to know of it; nothing of what the township says itself."""
    kind = kinds().get(arrival.change.kind)
    if kind is None or kind.review is None or arrival.origin.member is None:
        return None
    if arrival.origin.clerk is not None or not kind.review.concerns(arrival.change.fields):
        return None
    return kind.review


def _and(errors: Errors, more: Errors) -> Errors:
    return {name: [*errors.get(name, ()), *more.get(name, ())] for name in {**errors, **more}}
