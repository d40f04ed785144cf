"""Is it the same person? Two members may register one returnee, and the town counts people."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Trace(NamedTuple):
    """What one registration tells about who it is: hashes, never the values."""

    record: str
    id_key: str | None
    contact_key: str | None


@dataclass(slots=True)
class _Person:
    first: str
    ids: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)


def first_of_each(traces: Iterable[Trace]) -> Mapping[str, str | None]:
    """For every record the earliest one of the same person, None where it is that one itself.

    `traces` come in the order of their arrival. The ID number decides; name and phone decide only
    where one of the two was registered without a number, as father and son may share a phone.
    """
    by_id: dict[str, _Person] = {}
    by_contact: dict[str, list[_Person]] = {}
    same: dict[str, str | None] = {}
    for trace in traces:
        person = by_id.get(trace.id_key or "") or _by_contact(trace, by_contact)
        same[trace.record] = person.first if person else None
        person = person or _Person(trace.record)
        if trace.id_key:
            person.ids.add(trace.id_key)
            by_id[trace.id_key] = person
        if trace.contact_key and trace.contact_key not in person.contacts:
            person.contacts.add(trace.contact_key)
            by_contact.setdefault(trace.contact_key, []).append(person)
    return same


def id_key(secret: bytes, number: object) -> str | None:
    """A keyed hash of an ID number, however its last letter was typed; None without a number."""
    text = str(number or "").strip().upper()
    return _hash(secret, "id", text) if text else None


def contact_key(secret: bytes, name: object, phone: object) -> str | None:
    """A keyed hash of a name with a phone; None where either is missing."""
    who, where = "".join(str(name or "").split()), "".join(str(phone or "").split())
    return _hash(secret, "contact", who, where) if who and where else None


def _by_contact(trace: Trace, by_contact: Mapping[str, list[_Person]]) -> _Person | None:
    for person in by_contact.get(trace.contact_key or "", ()):
        if trace.id_key is None or not person.ids:
            return person
    return None


def _hash(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:32]
