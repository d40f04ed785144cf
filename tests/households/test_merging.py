"""Two files about one household or person: one remains, and everything counts for that one."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp import clock, ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.households import Household, Person
from fieldapp.households.survivors import survivors
from fieldapp.visits.coverage import Coverage, coverage
from tests.township.town import WILLOW_1, Town


@pytest.fixture
def town(any_database_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Town:
    town = Town(any_database_app)
    monkeypatch.setattr(clock, "_now", lambda: town.now)
    return town.build()


def test_a_record_that_was_not_merged_remains():
    assert survivors({}) == {}


def test_merges_that_follow_on_each_other_lead_to_the_last_one():
    assert survivors({"a": "b", "b": "c", "x": "c"}) == {"a": "c", "b": "c", "x": "c"}


def test_of_files_merged_into_each_other_the_smallest_id_remains():
    assert survivors({"b": "a", "a": "b"}) == {"b": "a"}
    assert survivors({"c": "a", "a": "b", "b": "c", "z": "c"}) == {"c": "a", "b": "a", "z": "a"}


def test_a_file_merged_into_itself_remains():
    assert survivors({"a": "a"}) == {}


def test_two_files_of_one_household_count_as_one_with_the_best_of_their_visits(town: Town):
    first, second, *_ = town.households[WILLOW_1]
    town.visit(WILLOW_1, second)
    merge(town, "household", second, first)

    assert covered(town) == Coverage(visited=1, not_yet=3)

    town.visit(WILLOW_1, second, "nobody_home")  # from a phone that has not heard of it
    assert covered(town) == Coverage(visited=1, not_yet=3)


def test_a_merge_that_is_taken_back_leaves_both_as_they_were(town: Town):
    first, second, *_ = town.households[WILLOW_1]
    town.visit(WILLOW_1, second)
    merge(town, "household", second, first)

    say(town, "household", second, voided=False, merged_into=None)

    assert covered(town) == Coverage(visited=1, not_yet=4)
    assert standing(town, second) == (None, None, False)


def test_a_merge_of_a_merge_follows_to_the_file_that_remains(town: Town):
    first, second, third, *_ = town.households[WILLOW_1]
    merge(town, "household", third, second)
    merge(town, "household", second, first)

    assert standing(town, third) == (second, first, True)
    say(town, "household", second, voided=False, merged_into=None)
    assert standing(town, third) == (second, second, True)


def test_two_phones_that_merge_into_each_other_leave_one_file(town: Town):
    first, second, *_ = sorted(town.households[WILLOW_1])
    merge(town, "household", first, second)
    merge(town, "household", second, first)

    assert covered(town).occupied == 4
    assert standing(town, second)[1] == first
    assert standing(town, first)[1] is None


def test_a_person_with_two_files_is_one_row_that_stands(town: Town):
    hh = town.households[WILLOW_1][0]
    one, other = str(uuid.uuid4()), str(uuid.uuid4())
    for record in (one, other):
        say(town, "person", record, hh=hh, name="王小明")
    merge(town, "person", other, one)

    with town.app.app_context():
        rows = db.session().scalars(sa.select(Person.id).where(Person.standing(), Person.hh == hh))
        assert list(rows) == [one]


def test_rows_written_anew_from_the_ledger_know_the_merges(town: Town):
    first, second, third, *_ = town.households[WILLOW_1]
    merge(town, "household", second, first)
    merge(town, "household", third, second)

    with town.app.app_context(), writing() as session:
        ledger.rebuild(session)

    assert standing(town, third) == (second, first, True)
    assert covered(town).occupied == 3


def test_a_form_of_the_first_version_still_counts(town: Town):
    hh = town.households[WILLOW_1][0]

    assert say(town, "household", hh, form=1, nickname="王木匠") == "accepted"


def merge(town: Town, kind: str, record: str, into: str) -> None:
    assert say(town, kind, record, voided=True, merged_into=into) == "accepted"


def say(town: Town, kind: str, record: str, form: int = 2, **fields: object) -> str:
    """The township says this about a record."""
    item = {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "record": record,
        "base": None,
        "form": form,
        "grid": WILLOW_1,
        "made_at": clock.utc_now().isoformat(),
        "fields": fields,
    }
    with town.app.app_context(), writing() as session:
        (outcome,) = ledger.submit_items(
            session, [item], origin=ledger.Origin(clerk=1), grid_of=scope.grid_of
        )
    return outcome.status


def covered(town: Town) -> Coverage:
    with town.app.app_context():
        grid = scope.grid_of(WILLOW_1)
        assert grid is not None
        return coverage(db.session(), since_ms=0, heard=frozenset({grid}))[grid]


def standing(town: Town, household: str) -> tuple[str | None, str | None, bool]:
    with town.app.app_context():
        row = db.session().get_one(Household, household)
        return row.merged_into, row.survivor, row.voided
