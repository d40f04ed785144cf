"""The cases that phone and server check alike, straight at POST /sync: the same codes, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from fieldapp import clock
from fieldapp.ledger import kinds
from fieldapp.ledger.canonical import storable
from tests.forms.definitions import CASES, NOW, OURS, RECORDS, given
from tests.syncing.smalltown import LEADER_1, SmallTown, change

Json = dict[str, Any]
AT_ONCE = 60


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallTown]:
    """The town at the time of the cases."""
    folder = tmp_path_factory.mktemp("that-morning")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: NOW)
        town = SmallTown.found(folder, f"sqlite:///{folder}/fieldapp.sqlite")
        yield town
        town.close()


@pytest.mark.parametrize("kind", OURS)
def test_what_a_form_refuses_is_held_with_the_same_codes_and_the_rest_accepted(
    town: SmallTown, kind: str
) -> None:
    leader = town.phone(LEADER_1)
    cases = {
        str(uuid4()): case
        for case in CASES
        if case["kind"] == kind and "now" not in case and can_travel(given(case))
    }
    said: dict[str, Json] = {}
    for changes in batches(town, cases):
        said |= {one["id"]: one for one in leader.send(*changes)["results"]}

    differing = {
        case["says"]: said[one]["errors"]
        for one, case in cases.items()
        if not fits(case, said[one]["errors"])
    }

    assert differing == {}
    held = {one for one, answer in said.items() if answer["status"] == "held"}
    assert held == {one for one, answer in said.items() if answer["errors"]}
    assert held <= {one["change"]["id"] for one in town.held()}, "kept word for word"


def batches(town: SmallTown, cases: dict[str, Json]) -> Iterator[list[Json]]:
    """The cases as changes; one that corrects a record comes after a good record of its own."""
    changes: list[Json] = []
    for one, case in cases.items():
        kind, record = case["kind"], str(uuid4())
        form = newest(town, kind)
        if not case.get("whole", True):
            changes.append(change(kind, RECORDS[kind], record=record, form=form))
        changes.append(change(kind, given(case), id=one, record=record, form=form))
        if len(changes) >= AT_ONCE:
            yield changes
            changes = []
    yield changes


def can_travel(fields: Any) -> bool:
    """JSON keeps no whole number beyond 2^53; what becomes of one, test_bad_input.py tells."""
    values = fields.values() if isinstance(fields, dict) else ()
    return not any(type(one) is int and abs(one) > 2**53 for one in values)


def fits(case: Json, errors: Json) -> bool:
    """Whether the server's answer is what the table says."""
    due = {storable(key): codes for key, codes in case["errors"].items()}
    fields = given(case)
    if not isinstance(fields, dict):  # then the change has no fields, and says so
        return errors == {"fields": due[""]}
    if fields.get("state") == "released":  # what else a release needs, the ledger knows
        return all(set(codes) <= set(errors.get(key, ())) for key, codes in due.items())
    return errors == due


def newest(town: SmallTown, kind: str) -> int:
    with town.app.app_context():
        return kinds()[kind].newest.version
