"""Ids that are not written down yet are found as surely as those that are."""

from __future__ import annotations

from contextlib import suppress

import pytest
import sqlalchemy as sa

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.ledger import keys
from fieldapp.ledger.models import ChangeKey, Ledger, RecordKey
from fieldapp.upkeep import integrity
from tests.syncing.smalltown import LEADER_1, SmallTown, visit


def submitted(town: SmallTown, *visits: dict) -> list[str]:
    """What the office's forms are answered, from a process of their own or not."""
    with town.app.app_context(), writing() as session:
        origin = ledger.Origin(clerk=1)
        said = ledger.submit_items(session, visits, origin=origin, grid_of=scope.grid_of)
        return [one.status for one in said]


def late(town: SmallTown) -> int:
    """How many numbers there are whose ids are not written down."""
    with town.app.app_context():
        one = db.session.get_one(Ledger, 1)
        return one.head - one.indexed


def faults(town: SmallTown) -> list[str]:
    with town.app.app_context():
        return list(integrity.faults(db.session()))


def another_process(town: SmallTown) -> SmallTown:
    """The same database, opened by a program that knows nothing of this one."""
    return SmallTown(town.folder, f"sqlite:///{town.folder}/fieldapp.sqlite")


def test_a_change_whose_id_is_late_is_known_again(any_town: SmallTown):
    one = visit()

    assert submitted(any_town, one) == ["accepted"]
    assert submitted(any_town, one) == ["duplicate"]
    assert submitted(any_town, one | {"grid": "other"}) == ["held"]
    assert len(any_town.records("visit")) == 1


def test_a_new_start_finds_what_is_late(town: SmallTown):
    one = visit()
    submitted(town, one)
    assert late(town) > 0

    town.starts_again()

    assert submitted(town, one) == ["duplicate"]
    assert faults(town) == []


def test_two_programs_know_what_the_other_has_written(town: SmallTown):
    other, first, second, third = another_process(town), visit(), visit(), visit()
    submitted(town, first)

    assert submitted(other, first, second) == ["duplicate", "accepted"]
    assert submitted(town, second, third) == ["duplicate", "accepted"]
    assert submitted(other, third) == ["duplicate"]
    other.close()


def test_what_was_undone_is_not_known(town: SmallTown):
    class Undone(Exception):
        pass

    one, another = visit(), visit()
    with suppress(Undone), town.app.app_context(), writing() as session:
        for _ in range(2):  # the second turn of one transaction sees what the first has written
            said = ledger.submit_items(
                session, [one], origin=ledger.Origin(clerk=1), grid_of=scope.grid_of
            )
        assert [outcome.status for outcome in said] == ["duplicate"]
        raise Undone

    assert submitted(another_process(town), another) == ["accepted"]
    assert submitted(town, one, another) == ["accepted", "duplicate"]


def test_what_was_undone_in_between_is_not_known(town: SmallTown):
    one, another = visit(), visit()
    with town.app.app_context(), writing() as session:
        for item in (one, another):
            ledger.submit_items(
                session, [item], origin=ledger.Origin(clerk=1), grid_of=scope.grid_of
            )
            if item is one:
                session.rollback()
                session.connection(execution_options={"writing": True})

    assert submitted(town, one, another) == ["accepted", "duplicate"]
    assert faults(town) == []


def test_ids_are_written_when_there_are_enough(town: SmallTown, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "MOST_LATE", 5)
    some = [visit() for _ in range(12)]
    for one in some:
        submitted(town, one)

    assert late(town) < 5
    assert submitted(town, *some) == ["duplicate"] * 12
    assert faults(town) == []
    assert len(town.records("visit")) == 12


def test_several_processes_on_postgresql_rely_on_no_memory(postgresql_town: SmallTown):
    submitted(postgresql_town, visit(), visit())

    assert late(postgresql_town) == 0
    assert faults(postgresql_town) == []


def test_an_id_that_leads_astray_is_told(town: SmallTown):
    submitted(town, visit())
    with town.app.app_context(), writing() as session:
        keys.index(session)
        session.execute(sa.update(ChangeKey).values(seq=ChangeKey.seq + 1000))
        session.execute(sa.delete(RecordKey))

    told = faults(town)

    assert any(one.startswith("change: ") and "lead nowhere" in one for one in told)
    assert any(one.startswith("record: ") and "not found" in one for one in told)


def test_the_history_of_a_late_record_is_found(any_town: SmallTown):
    one = visit()
    any_town.phone(LEADER_1).send(one)

    with any_town.app.app_context():
        assert len(ledger.history(db.session(), "visit", one["record"])) == 1
        assert ledger.record(db.session(), "visit", one["record"]) is not None
        assert ledger.history(db.session(), "returnee", one["record"]) == []
