"""Somebody moves to another grid of the town: the case leaves one phone and appears on another."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.database import writing
from fieldapp.grids import scope
from fieldapp.grids.load import load
from fieldapp.grids.models import GridCode
from tests.isolation.isolated import case, check, day
from tests.syncing.smalltown import (
    GRID_1,
    GRID_2,
    GRID_3,
    LEADER_1,
    LEADER_2,
    Json,
    SmallTown,
    change,
    edit,
)

HANDED = {
    "state": "waiting",
    "handed_from": GRID_1,
    "handed_slot": "evening",
    "carried_slots": 1,
}


OTHER_TOWN = """\
grid_code,parent_code,level,kind,level_name_zh,display_name_zh
999999107000,,1,town,管理网格,别镇
999999107200,999999107000,2,village,责任网格,别村
"""


def handed(of: Json, version: int | None = None, grid: str = GRID_2) -> Json:
    return edit(of, version, HANDED | {"handed_on": day()}, form=2, grid=grid)


def seen(answer: Json) -> list[tuple[str, bool]]:
    return [(one["record"], one["gone"]) for one in answer["records"]]


def test_the_case_leaves_one_phone_and_waits_on_the_other(any_town: SmallTown):
    mine, theirs, one = any_town.phone(LEADER_1), any_town.phone(LEADER_2), case(began=3)
    first = check(one)
    mine.send(one, first)
    assert theirs.send()["records"] == []

    told = mine.send(handed(one))

    assert told["results"][0]["status"] == "accepted"
    assert (one["record"], True) in seen(told)
    [arrived] = [r for r in theirs.send()["records"] if r["kind"] == "isolation_case"]
    assert (arrived["record"], arrived["grid"], arrived["gone"]) == (one["record"], GRID_2, False)
    assert arrived["fields"]["state"] == "waiting"
    assert arrived["fields"]["carried_slots"] == 1


def test_the_new_leader_confirms_the_arrival_and_goes_on(any_town: SmallTown):
    mine, theirs, one = any_town.phone(LEADER_1), any_town.phone(LEADER_2), case(began=3)
    mine.send(one)
    mine.send(handed(one))
    [arrived] = theirs.send()["records"]

    new_home = {"state": "isolating", "hh": "0b0b0b0b-0000-4000-8000-000000000002"}
    confirmed = edit(one, arrived["version"], new_home, form=2, grid=GRID_2)
    later = check(one, {"slot": "evening"}, grid=GRID_2)

    assert theirs.statuses(confirmed, later) == ["accepted"] * 2
    [record] = any_town.records("isolation_case")
    assert (record["grid"], record["fields"]["state"]) == (GRID_2, "isolating")


def test_what_was_handed_over_is_no_longer_ours_to_change(town: SmallTown):
    mine, one = town.phone(LEADER_1), case(began=3)
    mine.send(one)
    mine.send(handed(one))

    [result] = mine.send(edit(one, None, {"remark": "x"}, form=2))["results"]
    assert (result["status"], result["errors"]) == ("held", {"grid": ["not_yours"]})


def test_a_lost_answer_makes_it_no_second_hand_over(any_town: SmallTown):
    mine, one = any_town.phone(LEADER_1), case(began=3)
    mine.send(one)
    said = handed(one)
    assert mine.statuses(said) == ["accepted"]
    assert mine.statuses(said) == ["duplicate"]


@pytest.mark.parametrize("kind", ["person", "returnee"])
def test_person_and_returnee_move_along(town: SmallTown, kind: str):
    mine, theirs = town.phone(LEADER_1), town.phone(LEADER_2)
    hh = "0b0b0b0b-0000-4000-8000-000000000001"
    fields = {
        "person": {"hh": hh, "name": "孙丽"},
        "returnee": {
            "name": "孙丽", "sex": "2", "age": 29, "id_kind": "not_given", "id_reason": "lost",
            "no_phone": True, "stay_at": hh, "origin": "wuhan", "wuhan_link": "none",
            "arrived_at": day(1), "transport": "rail", "contact_case": "no",
            "health_now": "normal", "measure": "home_isolation",
        },
    }[kind]  # fmt: skip
    one = change(kind, fields)
    mine.send(one)

    assert mine.statuses(edit(one, None, {"remark": "搬走"}, grid=GRID_2)) == ["accepted"]
    assert (one["record"], False) in seen(theirs.send())


def test_nothing_new_can_be_put_into_another_grid(town: SmallTown):
    mine = town.phone(LEADER_1)
    [result] = mine.send(case(grid=GRID_2))["results"]
    assert (result["status"], result["errors"]) == ("held", {"grid": ["not_yours"]})


def test_nobody_can_take_what_is_not_theirs(town: SmallTown):
    mine, theirs, one = town.phone(LEADER_1), town.phone(LEADER_2), case(began=3)
    mine.send(one)
    assert theirs.statuses(handed(one, grid=GRID_2)) == ["held"]
    assert theirs.statuses(handed(one, grid=GRID_3)) == ["held"]


def test_a_household_is_not_handed_over(town: SmallTown):
    from tests.syncing.smalltown import household

    mine, one = town.phone(LEADER_1), household()
    mine.send(one)
    assert mine.statuses(edit(one, None, {"nickname": "老王"}, grid=GRID_2)) == ["held"]


def test_neither_another_town_nor_a_grid_that_is_no_more_takes_it(town: SmallTown):
    other = OTHER_TOWN.encode()
    with town.app.app_context(), writing() as session:
        load(other, as_of=date(2020, 1, 1))
        session.query(GridCode).filter_by(code=GRID_3).update({"valid_to": date(2020, 2, 1)})
        scope.changed()
    mine, one = town.phone(LEADER_1), case(began=3)
    mine.send(one)

    for grid in ("999999107200", GRID_3):
        [result] = mine.send(handed(one, grid=grid))["results"]
        assert (result["status"], result["errors"]) == ("held", {"grid": ["not_yours"]}), grid
