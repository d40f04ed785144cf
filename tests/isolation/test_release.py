"""A release counts when it is time, when who says so may, and when no alert is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import clock, ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from tests.isolation.isolated import case, check, day, doctor, release
from tests.syncing.smalltown import HEAD, LEADER_1, Json, Phone, SmallTown, edit


def answer(phone: Phone, *changes: Json) -> list[tuple[str, Json]]:
    return [(one["status"], one["errors"]) for one in phone.send(*changes)["results"]]


def state(town: SmallTown) -> str:
    [record] = town.records("isolation_case")
    return str(record["fields"]["state"])


def test_the_doctor_releases_who_has_stayed_to_the_end(any_town: SmallTown):
    one = case()
    any_town.phone(LEADER_1).send(one)

    assert answer(doctor(any_town), release(one)) == [("accepted", {})]
    assert state(any_town) == "released"


def test_the_head_may_as_well(town: SmallTown, leader: Phone, head: Phone):
    one = case()
    leader.send(one)
    assert answer(head, release(one)) == [("accepted", {})]


def test_a_leader_may_not_and_the_township_looks_at_it(any_town: SmallTown):
    leader, one = any_town.phone(LEADER_1), case()
    leader.send(one)
    said = release(one)

    assert answer(leader, said) == [("held", {"state": ["release_not_yours"]})]
    assert state(any_town) == "isolating"

    [held] = any_town.held()
    with any_town.app.app_context(), writing() as session:
        clerk = ledger.Origin(clerk=1)
        intake = ledger.Intake(ledger.kinds(), scope.grid_of, clerk, None, ledger.now_ms())
        ledger.release(session, held["id"], intake=intake)
    assert state(any_town) == "released"
    assert answer(leader, said) == [("duplicate", {})]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Hold the clock at a time of the township's day."""

    def hold(text: str) -> None:
        moment = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
        monkeypatch.setattr(clock, "_now", lambda: moment)

    return hold


def test_not_one_minute_before_the_end(town: SmallTown, leader: Phone, head: Phone):
    one, early = case(began=13), None
    leader.send(one)

    early = release(one)
    assert answer(head, early) == [("held", {"state": ["before_planned_end"]})]


def test_the_end_is_midnight_after_the_last_day(town: SmallTown, at):
    at("2030-01-01T09:00:00")
    leader, head, one = town.phone(LEADER_1), town.phone(HEAD), case(began=0)
    leader.send(one)

    at("2030-01-15T23:59:00")
    assert answer(head, release(one)) == [("held", {"state": ["before_planned_end"]})]
    at("2030-01-16T00:00:00")
    assert answer(head, release(one)) == [("accepted", {})]


def test_it_counts_when_it_was_said_and_not_when_it_arrived(town: SmallTown, at):
    at("2030-01-01T09:00:00")
    leader, head, one = town.phone(LEADER_1), town.phone(HEAD), case(began=0)
    leader.send(one)

    at("2030-01-15T20:00:00")
    too_early = release(one)
    at("2030-01-17T08:00:00")
    assert answer(head, too_early) == [("held", {"state": ["before_planned_end"]})]


def test_not_while_an_alert_is_open(any_town: SmallTown):
    head, one = any_town.phone(HEAD), case()
    fever = check(one, {"temp": "37.3"})
    any_town.phone(LEADER_1).send(one, fever)

    assert answer(head, release(one)) == [("held", {"state": ["alert_open"]})]

    done = {"action": "told_doctor"}
    assert answer(head, edit(fever, None, done), release(one))[1][0] == "held"
    done = {"outcome": "watched_at_home"}
    assert answer(head, edit(fever, None, done), release(one)) == [("accepted", {})] * 2


def test_check_outcome_and_release_may_come_in_one_message(any_town: SmallTown):
    """As from a phone that had no network all day."""
    one = case()
    fever = check(one, {"temp": "38.5"})
    action = edit(fever, None, {"action": "ambulance", "outcome": "mistaken_reading"})

    assert (
        answer(doctor(any_town), one, fever, action, release(one), check(one))
        == [("accepted", {})] * 5
    )
    assert state(any_town) == "released"


def test_an_alert_that_comes_behind_the_release_does_not_undo_it(town: SmallTown, head: Phone):
    one = case()
    late = check(one, {"temp": "38.0", "slot": "evening"})
    assert [status for status, _ in answer(head, one, release(one), late)] == ["accepted"] * 3
    assert state(town) == "released"


def test_without_the_number_of_the_paper_it_waits(town: SmallTown, leader: Phone, head: Phone):
    one = case()
    leader.send(one)
    bare = edit(one, None, {"state": "released"}, form=2)

    assert answer(head, bare) == [
        ("held", {"released_on": ["required"], "release_no": ["required"]})
    ]


def test_doctor_and_head_may_both_have_released_somebody(town: SmallTown, head: Phone):
    one, other = case(), None
    head.send(one)
    other = doctor(town)
    assert answer(head, release(one)) == [("accepted", {})]

    again = release(one, fields={"release_no": "虎解0008"})
    assert answer(other, again) == [("accepted", {})]
    [record] = town.records("isolation_case")
    assert (record["fields"]["release_no"], record["flagged"]) == ("虎解0008", True)


def test_a_phone_that_sends_a_release_twice_hears_duplicate(town: SmallTown, head: Phone):
    one, said = case(), None
    said = release(one)
    assert answer(head, one, said, said) == [("accepted", {})] * 2 + [("duplicate", {})]


def test_the_office_reads_the_reasons_in_both_languages(town: SmallTown, leader: Phone):
    from fieldapp.forms import sentence
    from fieldapp.i18n import say

    with town.app.app_context():
        form = ledger.kinds()["isolation_case"].newest
        for code in ("release_not_yours", "before_planned_end", "alert_open"):
            told = {
                lang: sentence(form, "state", code, say=say, language=lang, today=clock.today())
                for lang in ("zh", "en")
            }
            assert told["zh"] != told["en"]
            assert len(told["zh"]) > 10


def test_a_check_of_a_clock_a_day_ahead_counts_for_the_day_it_was_made(any_town: SmallTown):
    one = case(began=3)
    phone = any_town.phone(LEADER_1)
    phone.send(one)
    ahead = (clock.utc_now() + timedelta(days=1)).astimezone(clock.LOCAL)
    wrong = ahead.isoformat(timespec="milliseconds")
    said = {"occurred_at": wrong, "date": ahead.date().isoformat()}

    told = phone.send(check(one, said, made_at=wrong), sent_at=wrong)["results"]

    assert [result["status"] for result in told] == ["accepted"]
    [record] = any_town.records("health_check")
    assert record["fields"]["date"] == day()


def test_two_phones_may_record_the_same_slot_and_both_stay(town: SmallTown, leader: Phone):
    from fieldapp.isolation import HealthCheck

    one = case(began=3)
    first, second = check(one), check(one, {"temp": "36.8"})
    assert [status for status, _ in answer(leader, one, first, second)] == ["accepted"] * 3

    with town.app.app_context():
        rows = db.session().query(HealthCheck).filter_by(case_id=one["record"]).all()
        assert sorted(row.temp_tenths or 0 for row in rows) == [365, 368]
