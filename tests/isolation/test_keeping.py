"""What was measured goes thirty days after somebody was released; a number stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.isolation.standing import flows
from tests.isolation.isolated import case, check, day, release
from tests.syncing.smalltown import HEAD, Json, SmallTown, edit


@pytest.fixture
def in_days(monkeypatch: pytest.MonkeyPatch):
    def later(days: int) -> None:
        moment = datetime.now(UTC) + timedelta(days=days)
        monkeypatch.setattr(clock, "_now", lambda: moment)

    return later


def left(town: SmallTown) -> tuple[int, int]:
    return len(town.records("isolation_case")), len(town.records("health_check"))


def flow(town: SmallTown) -> tuple[int, ...]:
    with town.app.app_context():
        [found] = flows(db.session()).values()
        return tuple(found)


def test_a_case_goes_thirty_days_after_its_release_with_all_its_checks(
    any_town: SmallTown, in_days
):
    phone, one, other = any_town.phone(HEAD), case(), case(began=3)
    remark = {"remark": "canary"}
    sent: list[Json] = [one, check(one, remark), other, check(other, {"slot": "evening"})]
    assert set(phone.statuses(*sent, release(one))) == {"accepted"}
    assert flow(any_town) == (2, 1, 0, 1)

    in_days(29)
    any_town.prints("purge")
    assert left(any_town) == (2, 2)

    in_days(31)
    any_town.prints("purge")
    assert left(any_town) == (1, 1)
    assert flow(any_town) == (2, 1, 0, 1)
    any_town.prints("purge")
    assert flow(any_town) == (2, 1, 0, 1)
    assert "well" in any_town.prints("check-integrity")
    for file in any_town.folder.glob("fieldapp.sqlite*"):
        assert b"canary" not in file.read_bytes()


def test_who_was_taken_elsewhere_is_kept_by_the_plan_and_who_is_here_stays(
    town: SmallTown, in_days
):
    phone, away, here = town.phone(HEAD), case(began=14), case(began=14)
    phone.send(away, here, edit(away, None, {"state": "to_hospital"}, form=2))
    phone.send(check(away), check(here))

    in_days(31)
    town.prints("purge")
    assert left(town) == (1, 1)
    assert [one["record"] for one in town.records("isolation_case")] == [here["record"]]
    assert flow(town) == (2, 0, 1, 1)


def test_phones_are_told_that_it_is_gone(town: SmallTown, in_days):
    phone, one = town.phone(HEAD), case()
    phone.send(one, check(one), release(one))
    in_days(25)
    phone.send()
    in_days(31)
    town.prints("purge")

    gone = {record["kind"] for record in phone.send()["records"] if record["gone"]}
    assert gone == {"isolation_case", "health_check"}
    assert day(0) > one["fields"]["count_from"]
