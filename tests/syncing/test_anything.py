"""Any JSON there can be, sent as a message: no crash, an answer to every change, all of it kept."""

from __future__ import annotations

import hashlib
import json

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.extensions import db
from fieldapp.ledger.canonical import canonical
from fieldapp.ledger.models import ChangeRow, HeldRow
from fieldapp.syncing import envelope
from tests.syncing.smalltown import (
    GRID_1,
    GRID_2,
    LEADER_1,
    VILLAGE,
    Phone,
    SmallTown,
    read,
)

UUIDS = st.uuids().map(str)
texts = st.text(max_size=20) | st.sampled_from(["\x00", "\ud800", "\u202e", "999999********0018"])
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.integers().map(str) | UUIDS
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)
KINDS = ("visit", "household", "person", "returnee", "isolation_case", "health_check", "census")
FIELDS = (
    "hh", "mode", "result", "asked_q1", "asked_q2", "remark", "temp", "occurred_at", "id_no",
    "name", "head_id", "arrived_at", "care_tags", "symptoms", "resident_n", "voided",
)  # fmt: skip
answers = scalars | st.sampled_from(
    ["normal", "indoors", "36.5", "2020-02-05", "2020-02-05T09:00:00+08:00", ["fever"], [[]], {}]
)
one_change = st.fixed_dictionaries(
    {},
    optional={
        "id": UUIDS | anything,
        "kind": st.sampled_from(KINDS) | anything,
        "record": UUIDS | anything,
        "base": st.none() | st.integers(0, 5) | anything,
        "form": st.just(1) | anything,
        "grid": st.sampled_from([GRID_1, GRID_2, VILLAGE]) | anything,
        "made_at": st.datetimes().map(lambda it: it.isoformat() + "+08:00") | anything,
        "fields": st.dictionaries(st.sampled_from(FIELDS), answers, max_size=5) | anything,
        "more": anything,
    },
)
messages = st.fixed_dictionaries(
    {
        "protocol": st.just(1),
        "device": texts,
        "changes": st.lists(one_change | anything, max_size=5),
    },
    optional={
        "sent_at": st.datetimes().map(lambda it: it.isoformat() + "Z") | anything,
        "cursor": texts | anything,
        "epoch": texts | anything,
        "pending": st.integers() | anything,
        "more": anything,
    },
)


AGAIN = {
    "accepted": {"duplicate"},
    "duplicate": {"duplicate"},
    "held": {"held", "accepted"},  # what it needed may have come after it
}


@pytest.mark.slow
@given(message=messages)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_message_is_answered_change_by_change_and_kept(any_town: SmallTown, message: dict):
    phone, body = fuzzer(any_town), json.dumps(message).encode()

    response = phone.post(body)

    assert response.status_code == 200, response.data
    results = read(response)["results"]
    assert len(results) == len(message["changes"])
    for change, result in zip(message["changes"], results, strict=True):
        assert (result["status"] == "held") == bool(result["errors"])
        name = change.get("id") if isinstance(change, dict) else None
        if isinstance(name, str) and name.isascii():
            assert result["id"] == name
    assert not missing(any_town, body)
    again = read(phone.post(body))["results"]
    for first, second in zip(results, again, strict=True):
        assert second["status"] in AGAIN[first["status"]]


@pytest.mark.slow
@given(body=st.binary() | anything.map(lambda it: json.dumps(it).encode()))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_are_answered(any_town: SmallTown, body: bytes):
    assert fuzzer(any_town).post(body).status_code in {200, 400, 413}


def fuzzer(town: SmallTown) -> Phone:
    """The one phone that sends all of it."""
    if town not in _phones:
        _phones.clear()
        _phones[town] = town.phone(LEADER_1)
    return _phones[town]


_phones: dict[SmallTown, Phone] = {}


def missing(town: SmallTown, body: bytes) -> list[object]:
    """Changes of a message that are neither in the ledger nor held."""
    changes = envelope.read(body).changes
    digests = [hashlib.blake2b(canonical(one), digest_size=16).hexdigest() for one in changes]
    with town.app.app_context():
        kept = {
            digest
            for table in (ChangeRow, HeldRow)
            for digest in db.session().scalars(
                sa.select(table.digest).where(table.digest.in_(digests))
            )
        }
    return [one for one, digest in zip(changes, digests, strict=True) if digest not in kept]
