"""Who serves which grid today: the question that every exchange with a phone asks."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp import clock
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused, duties, scope
from fieldapp.grids.load import load
from fieldapp.grids.models import Duty, Member

HUZHUANG = (Path("fieldapp") / "data" / "huzhuang_grids.csv").read_bytes()
GROUP, AREA, VILLAGE, TOWN = "210882106200001", "210882106200P01", "210882106200", "210882106000"


@pytest.fixture
def town(app: Flask) -> Flask:
    with app.app_context(), writing():
        load(HUZHUANG, as_of=date(2020, 1, 1))
    return app


def put_on_duty(role: str, code: str, phone: str = "15400000001") -> int:
    with writing():
        return duties.add_member(name="张丽", phone=phone, duty=role, grid_code=code).id


def served_codes(member_id: int) -> set[str]:
    return {scope.code_of(grid) for grid in scope.served_grids(member_id)}


def test_a_leader_serves_one_grid_and_nothing_beside_or_above_it(town: Flask) -> None:
    with town.app_context():
        assert served_codes(put_on_duty("leader", GROUP)) == {GROUP}


def test_a_village_head_serves_the_village_and_all_below_it(town: Flask) -> None:
    with town.app_context():
        codes = served_codes(put_on_duty("head", VILLAGE))

        assert len(codes) == 1 + 3 + 8
        assert all(code.startswith(VILLAGE) for code in codes)


def test_the_chief_serves_every_grid_of_the_town(town: Flask) -> None:
    with town.app_context():
        assert len(served_codes(put_on_duty("chief_head", TOWN))) == 151


def test_somebody_unknown_serves_nothing(town: Flask) -> None:
    with town.app_context():
        assert scope.served_grids(999) == frozenset()


def test_two_duties_are_served_together(town: Flask) -> None:
    with town.app_context():
        member = put_on_duty("leader", GROUP)
        put_on_duty("leader", "210882106201001")

        assert served_codes(member) == {GROUP, "210882106201001"}


def test_a_duty_that_ends_is_over_at_once(town: Flask) -> None:
    with town.app_context():
        member = put_on_duty("leader", GROUP)
        with writing():
            assert duties.end_duties(member) == 1

        assert scope.served_grids(member) == frozenset()


def test_a_grid_changes_hands_from_one_moment_to_the_next(town: Flask) -> None:
    with town.app_context():
        old = put_on_duty("leader", GROUP)
        new = put_on_duty("leader", "210882106200002", phone="15400000002")
        with writing():
            duties.end_duties(old)
            duties.move(scope.duties_of(new)[0].id, grid_id=scope.grid_of(GROUP) or 0)

        assert served_codes(old) == set()
        assert served_codes(new) == {GROUP}


def test_duties_begin_and_end_with_the_townships_day(
    town: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime(2020, 2, 3, 15, 59, tzinfo=UTC)]  # 23:59 in the town
    monkeypatch.setattr(clock, "_now", lambda: now[0])
    with town.app_context(), writing() as session:
        member = duties.add_member(name="张丽", phone="15400000001", duty="leader", grid_code=GROUP)
        session.execute(
            sa.update(Duty).values(valid_from=date(2020, 2, 4), valid_to=date(2020, 2, 5))
        )
        scope.changed()
        member_id = member.id

    def serves() -> bool:
        with town.app_context():
            return bool(scope.served_grids(member_id))

    assert not serves()
    now[0] += timedelta(minutes=1)
    assert serves()
    now[0] += timedelta(days=1)
    assert not serves()


def test_what_is_rolled_back_was_never_served(town: Flask) -> None:
    with town.app_context():
        member = put_on_duty("leader", GROUP)
        with suppress(ZeroDivisionError), writing():
            duties.end_duties(member)
            assert scope.served_grids(member) == frozenset()
            raise ZeroDivisionError

        assert served_codes(member) == {GROUP}


def test_a_change_by_another_process_is_seen_by_the_next_request(town: Flask) -> None:
    with town.app_context():
        member = put_on_duty("leader", GROUP)
        assert scope.served_grids(member)

    with db_of(town).begin() as connection:
        connection.execute(sa.text("UPDATE duty SET valid_to = valid_from"))
        connection.execute(sa.text("UPDATE tree_edition SET token = 'another'"))

    with town.app_context():
        assert scope.served_grids(member) == frozenset()


def test_asking_again_costs_one_short_query_a_transaction(town: Flask) -> None:
    with town.app_context():
        member = put_on_duty("head", VILLAGE)
        scope.served_grids(member)
        db.session.rollback()
        statements: list[str] = []
        driver = db.session.connection().connection.driver_connection
        driver.set_trace_callback(statements.append)

        for _ in range(100):
            scope.served_grids(member)
            scope.code_of(scope.grid_of(GROUP) or 0)

        (asked,) = (one for one in statements if one != "BEGIN")
        assert "tree_edition" in asked


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("leader", "leader"),
        ("LEADER", "leader"),
        ("grid_team_leader", "leader"),
        ("grid team leader", "leader"),
        ("Grid-Team-Leader", "leader"),
        ("team_leader", "leader"),
        ("网格组长", "leader"),
        ("grid_head", "head"),
        ("网格长", "head"),
        ("总网格长", "chief_head"),
        ("chief grid head", "chief_head"),
        ("网格员", "member"),
        ("grid member", "member"),
        ("village_doctor", "doctor"),
        ("村医", "doctor"),
        ("包村干部", "officer"),
        ("volunteer", "volunteer"),
    ],
)
def test_a_duty_may_be_called_what_people_call_it(said: str, role: str) -> None:
    assert duties.role_of(said) == role


def test_an_unknown_duty_is_refused_with_those_that_exist() -> None:
    with pytest.raises(Refused) as refused:
        duties.role_of("mayor")

    assert "leader (组长)" in str(refused.value)


@pytest.mark.parametrize("typed", ["154 0000 0001", "+86 154-0000-0001", "１５４０００００００１"])
def test_a_telephone_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert duties.phone_of(typed) == "15400000001"


@pytest.mark.parametrize("typed", ["", "123", "phone", "25400000001", "154000000012"])
def test_what_cannot_be_a_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        duties.phone_of(typed)


def test_adding_somebody_twice_changes_nothing(town: Flask) -> None:
    with town.app_context():
        first = put_on_duty("leader", GROUP)
        token = scope.tree().token

        assert put_on_duty("leader", GROUP) == first
        assert scope.tree().token == token
        assert db.session().scalar(sa.select(sa.func.count()).select_from(Duty)) == 1


def test_one_telephone_number_cannot_be_two_people(town: Flask) -> None:
    with town.app_context():
        put_on_duty("leader", GROUP)

        with pytest.raises(Refused), writing():
            duties.add_member(name="王强", phone="15400000001", duty="leader", grid_code=GROUP)

        assert db.session().scalars(sa.select(Member.name)).all() == ["张丽"]


def db_of(app: Flask) -> sa.Engine:
    with app.app_context():
        return db.engine
