"""Changes as they reach the engine, written down in one line each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from sync import Arrival, Change, Json, Origin, Outcome, Record, push
from tests.sync.logs import Log

VILLAGE_1, VILLAGE_2 = 1, 2
EVERYWHERE = frozenset({VILLAGE_1, VILLAGE_2})

ANNA = Origin(member=1, device=11)
BERTA = Origin(member=2, device=21)
BERTAS_OTHER_PHONE = Origin(member=2, device=22)
CLERK = Origin(clerk=7)


def told(
    record: str,
    by: Origin = ANNA,
    *,
    base: int | None = None,
    at: int | None = VILLAGE_1,
    reach: frozenset[int] | None = EVERYWHERE,
    called: str | None = None,
    wrong: Mapping[str, list[str]] | None = None,
    wrong_as_edit: Mapping[str, list[str]] | None = None,
    **fields: Json,
) -> Arrival:
    """`told("r1", ANNA, temp="36.5")`: Anna says that of record r1; the same words, the same id."""
    content = json.dumps([record, by, base, at, fields], sort_keys=True)
    change_id = called or hashlib.sha256(content.encode()).hexdigest()[:36]
    digest = hashlib.sha256((change_id + content).encode()).hexdigest()[:32]
    change = Change(change_id, "visit", record, base, 1, f"G{at}", "2020-02-05T09:00Z", fields)
    errors = wrong or {}
    edit_errors = errors if wrong_as_edit is None else wrong_as_edit
    raw = json.dumps(change._asdict()).encode()
    return Arrival(change, by, at, reach, digest, 1_000, 2_000, errors, edit_errors, raw=raw)


def say(log: Log, *arrivals: Arrival) -> list[Outcome]:
    """Push `arrivals`, and only tell what was answered."""
    return push(log, arrivals)[0]


def statuses(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def record(log: Log, name: str) -> Record:
    """The record as the log keeps it."""
    return log.records({("visit", name)})["visit", name]


def fields(log: Log, name: str) -> dict[str, Json]:
    return dict(record(log, name).fields)
