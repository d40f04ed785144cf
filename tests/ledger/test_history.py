"""What was said about a record, what contradicts, and that rows can always be made anew."""

from __future__ import annotations

import sqlalchemy as sa

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.ledger.models import RecordRow
from tests.syncing.smalltown import (
    GRID_2,
    HEAD,
    LEADER_1,
    Phone,
    SmallTown,
    checked,
    edit,
    household,
    instant,
    now,
    visit,
)


def said(town: SmallTown, first: dict) -> list[ledger.Said]:
    with town.app.app_context():
        return ledger.history(db.session(), first["kind"], first["record"])


def disputes(town: SmallTown) -> list[ledger.Dispute]:
    with town.app.app_context():
        return ledger.flagged(db.session())


def feature_rows(town: SmallTown) -> dict[str, list[tuple]]:
    """Every row of every table that a kind writes."""
    with town.app.app_context():
        return {
            table.name: sorted(map(tuple, db.session().execute(sa.select(table))))
            for kind in ledger.kinds().values()
            for table in kind.tables
        }


def test_a_history_tells_every_change_in_order(town: SmallTown, leader: Phone, head: Phone):
    first = household()
    version = leader.send(first)["records"][0]["version"]
    head.send(edit(first, version, {"nickname": "二哥"}))
    leader.send(edit(first, version, {"nickname": "二叔"}))

    told = said(town, first)

    assert [one.seq for one in told] == [1, 2, 3]
    assert [one.fields.get("nickname") for one in told] == [None, "二哥", "二叔"]
    assert told[0].fields == first["fields"]
    assert told[0].made_at == first["made_at"]
    assert told[0].member == told[2].member != told[1].member


def test_a_dispute_names_both_values_and_both_people(town: SmallTown, leader: Phone, head: Phone):
    first = household()
    version = leader.send(first)["records"][0]["version"]
    head.send(edit(first, version, {"nickname": "二哥", "walk_no": 1}))
    leader.send(edit(first, version, {"nickname": "二叔", "walk_no": 1}))

    [dispute] = disputes(town)

    assert (dispute.name, dispute.kept, dispute.arrived) == ("nickname", "二哥", "二叔")
    by_seq = {one.seq: one.member for one in said(town, first)}
    assert (dispute.kept_by, dispute.arrived_by) == (by_seq[2], by_seq[3])
    with town.app.app_context():
        assert ledger.count_flagged(db.session()) == 1


def test_a_settled_dispute_is_no_longer_told_and_still_in_the_history(
    town: SmallTown, leader: Phone, head: Phone
):
    first = household()
    version = leader.send(first)["records"][0]["version"]
    head.send(edit(first, version, {"nickname": "二哥"}))
    seen = leader.send(edit(first, version, {"nickname": "二叔"}))["records"][-1]["version"]

    head.send(edit(first, seen, {"nickname": "二哥"}))

    assert disputes(town) == []
    assert [one.fields.get("nickname") for one in said(town, first)][1:] == ["二哥", "二叔", "二哥"]


def test_a_disputed_number_is_told_in_full_and_one_taken_back_stays_so(
    town: SmallTown, leader: Phone, head: Phone
):
    number, other = checked("99999919900101001"), checked("99999919850505002")
    for kept, arrived in ((number, other), (None, other), (other, None)):
        first = household({"head_id": checked("99999919700101003")})
        version = leader.send(first)["records"][-1]["version"]
        head.send(edit(first, version, {"head_id": kept}))
        leader.send(edit(first, version, {"head_id": arrived}))

        dispute = disputes(town)[0]
        with town.app.app_context():
            assert ledger.in_full(db.session(), dispute) == (kept, arrived)
        assert other not in (dispute.kept, dispute.arrived)


def test_a_wrong_clock_is_put_right_and_both_times_are_kept(any_town: SmallTown):
    phone = any_town.phone(LEADER_1)
    for days in (-365, 1, 0.1, -0.001):
        one = visit(made_at=now(days=days, hours=-2))
        assert phone.send(one, sent_at=now(days=days))["results"][0]["status"] == "accepted"

        [told] = said(any_town, one)
        assert told.made_at == one["made_at"]
        off = told.made_ms / 1000 - instant(now(hours=-2)).timestamp()
        assert abs(off) < 5, days
        assert abs(told.skew_ms + days * 86_400_000) < 5_000


def test_no_change_is_refused_for_a_clock_that_is_absurd(any_town: SmallTown):
    phone = any_town.phone(LEADER_1)
    times = (
        "0001-01-01T00:00:00+14:00",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "2020-02-05T09:00:00.123456789123456789123456789+08:00",
        "20200205T090000Z",
    )
    for sent_at in (*times, "soon", None, 5, ""):
        for made_at in times:
            answer = phone.send(visit(made_at=made_at), sent_at=sent_at)
            assert answer["results"][0]["status"] == "accepted", (sent_at, made_at)


def test_a_time_in_the_answers_is_put_right_with_the_clock_it_was_told_by(
    town: SmallTown, leader: Phone
):
    one = visit({"occurred_at": now(days=-365, hours=-3)}, made_at=now(days=-365, hours=-2))

    assert leader.send(one, sent_at=now(days=-365))["results"][0]["status"] == "accepted"

    happened = instant(town.records("visit")[0]["fields"]["occurred_at"])
    assert abs((happened - instant(now(hours=-3))).total_seconds()) < 5
    assert said(town, one)[0].fields["occurred_at"] != one["fields"]["occurred_at"]


def test_a_time_told_by_the_right_clock_is_left_as_it_is(town: SmallTown, leader: Phone):
    """The phone knows by how much it is off, or its owner looked at the clock on the wall."""
    for days in (-365, -1, 1):
        happened = now(hours=-3)
        one = visit({"occurred_at": happened}, made_at=now(days=days, hours=-2))

        [result] = leader.send(one, sent_at=now(days=days))["results"]

        assert result["errors"] == {}
        assert town.records("visit")[-1]["fields"]["occurred_at"] == happened


def test_making_all_rows_anew_changes_nothing(any_town: SmallTown):
    head = any_town.phone(HEAD)
    first, second = household(), visit()
    version = head.send(first, second, visit(grid=GRID_2))["records"][0]["version"]
    head.send(edit(first, version, {"nickname": "二哥"}, grid=GRID_2))
    before = feature_rows(any_town)
    assert sum(map(len, before.values())) == 3

    any_town.prints("rebuild-projections")

    assert feature_rows(any_town) == before


def test_rows_that_the_ledger_does_not_know_are_gone_after_that(town: SmallTown, leader: Phone):
    leader.send(household())
    before = feature_rows(town)
    with town.app.app_context(), writing() as session:
        for kind in ledger.kinds().values():
            for table in kind.tables:
                session.execute(sa.delete(table))

    town.prints("rebuild-projections")

    assert feature_rows(town) == before


def test_integrity_is_well_until_somebody_meddles(town: SmallTown, leader: Phone):
    leader.send(household(), visit())
    assert "well" in town.prints("check-integrity")

    with town.app.app_context(), writing() as session:
        session.execute(sa.update(RecordRow).values(fields="{}"))

    assert town.app.test_cli_runner().invoke(args=["check-integrity"]).exit_code == 1


def test_every_connection_waits_for_the_disk_and_writes_ahead(town: SmallTown):
    with town.app.app_context():
        connections = [db.engine.connect() for _ in range(3)]
        for connection in connections:
            asked = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("synchronous", "journal_mode", "foreign_keys", "secure_delete")
            }
            connection.close()
            assert asked == {
                "synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1,
            }  # fmt: skip
