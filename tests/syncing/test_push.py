"""What a phone is told about the changes it sends, and that the township has them."""

from __future__ import annotations

import copy
import json

import pytest

from tests.syncing.smalltown import (
    GRID_1,
    GRID_2,
    LEADER_1,
    LEADER_2,
    Phone,
    SmallTown,
    edit,
    household,
    now,
    visit,
)

A_DEEP_LIST = json.loads("[" * 200 + "]" * 200)


def test_the_answer_has_what_the_contract_says_and_nothing_else(leader: Phone):
    one = visit()

    answer = leader.send(one)

    assert set(answer) == {
        "protocol", "epoch", "server_time", "cursor", "more", "reset", "results", "records",
    }  # fmt: skip
    assert answer["protocol"] == 1
    assert answer["results"] == [{"id": one["id"], "status": "accepted", "errors": {}}]
    assert answer["records"] == [
        {"kind": "visit", "record": one["record"], "version": 1, "grid": GRID_1, "gone": False,
         "fields": one["fields"]}
    ]  # fmt: skip
    assert (answer["more"], answer["reset"]) == (False, False)


def test_what_was_accepted_is_what_the_township_exports(any_town: SmallTown):
    leader, one = any_town.phone(LEADER_1), visit({"remark": "门口有狗，𠮷家 👍"})
    leader.send(one)

    [record] = any_town.records("visit")

    received = record.pop("received_at")
    assert now(seconds=-30) <= received <= now()
    assert record.pop("made_at") <= received
    assert record == {
        "record": one["record"],
        "version": 1,
        "grid": GRID_1,
        "author": LEADER_1,
        "flagged": False,
        "fields": one["fields"],
    }


def test_every_change_is_answered_in_the_order_it_came(leader: Phone):
    bad = visit({"result": "perhaps"})
    changes = [visit(), bad, visit(), "not a change", visit(kind="census"), visit()]

    results = leader.send(*changes)["results"]

    assert [one["id"] for one in results] == [
        one["id"] if isinstance(one, dict) else None for one in changes
    ]
    assert [one["status"] for one in results] == [
        "accepted", "held", "accepted", "held", "held", "accepted",
    ]  # fmt: skip


def test_sending_again_after_a_lost_answer_gives_duplicates_and_no_second_record(
    any_town: SmallTown,
):
    leader, changes = any_town.phone(LEADER_1), [visit() for _ in range(3)]

    assert leader.statuses(*changes) == ["accepted"] * 3
    assert leader.statuses(*changes) == ["duplicate"] * 3

    assert len(any_town.records("visit")) == 3


def test_the_order_of_keys_does_not_make_a_change_another_one(leader: Phone):
    one = visit()
    turned = dict(reversed(one.items())) | {"fields": dict(reversed(one["fields"].items()))}

    assert leader.statuses(one) + leader.statuses(turned) == ["accepted", "duplicate"]


def test_an_id_used_for_something_else_is_held_and_the_first_stands(town: SmallTown, leader: Phone):
    first = visit()
    other = copy.deepcopy(first)
    other["fields"]["result"] = "nobody_home"
    leader.send(first)

    [result] = leader.send(other)["results"]

    assert (result["status"], result["errors"]) == ("held", {"id": ["already_used"]})
    assert town.records("visit")[0]["fields"]["result"] == "normal"
    assert town.held()[0]["change"] == other


def test_another_member_cannot_take_an_id_over(town: SmallTown, leader: Phone, neighbour: Phone):
    one = visit()
    leader.send(one)

    stolen = one | {"grid": GRID_2, "record": "0c0c0c0c-0000-4000-8000-000000000001"}
    [result] = neighbour.send(stolen)["results"]

    assert result["status"] == "held"


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"kind": "census"}, {"kind": ["unknown_kind"]}),
        ({"form": 7}, {"form": ["from_the_future"]}),
        ({"form": 0}, {"form": ["unknown_form"]}),
        ({"form": "1"}, {"form": ["wrong_type"]}),
        ({"form": 1.0}, {"form": ["wrong_type"]}),
        ({"form": True}, {"form": ["wrong_type"]}),
        ({"grid": "123456789012"}, {"grid": ["unknown_grid"]}),
        ({"grid": None}, {"grid": ["wrong_type"]}),
        ({"grid": GRID_2}, {"grid": ["not_yours"]}),
        ({"grid": "9" * 10_000}, {"grid": ["wrong_type"]}),
        ({"base": 10**6}, {"base": ["from_the_future"]}),
        ({"base": -1}, {"base": ["wrong_type"]}),
        ({"base": 2**63}, {"base": ["wrong_type"]}),
        ({"base": 10**400}, {"base": ["wrong_type"]}),
        ({"base": "1"}, {"base": ["wrong_type"]}),
        ({"made_at": "yesterday"}, {"made_at": ["not_a_time"]}),
        ({"made_at": "2020-02-05T09:00:00"}, {"made_at": ["not_a_time"]}),
        ({"made_at": 1580864400}, {"made_at": ["wrong_type"]}),
        ({"id": "visit-1"}, {"id": ["bad_reference"]}),
        ({"id": 5}, {"id": ["bad_reference"]}),
        ({"record": "x' OR '1'='1"}, {"record": ["bad_reference"]}),
        ({"fields": []}, {"fields": ["wrong_type"]}),
        ({"fields": None}, {"fields": ["wrong_type"]}),
        ({"kind": ["visit"]}, {"kind": ["wrong_type"]}),
        ({"kind": A_DEEP_LIST}, {"kind": ["wrong_type"]}),
    ],
)
def test_what_cannot_be_a_change_is_held_with_the_reason(
    town: SmallTown, leader: Phone, wrong: dict[str, object], errors: dict[str, list[str]]
):
    odd, good = visit() | wrong, visit()

    answer = leader.send(odd, good)

    assert answer["results"][0]["status"] == "held"
    assert answer["results"][0]["errors"] == errors
    assert answer["results"][1]["status"] == "accepted"
    [kept] = town.held()
    assert kept["author"] == LEADER_1
    assert kept["errors"] == errors
    assert {k: v for k, v in kept["change"].items() if k not in wrong} == {
        k: v for k, v in odd.items() if k not in wrong
    }


@pytest.mark.parametrize("missing", ["id", "kind", "record", "form", "grid", "made_at", "fields"])
def test_a_change_without_something_is_held(town: SmallTown, leader: Phone, missing: str):
    one = visit()
    del one[missing]

    [result] = leader.send(one)["results"]

    assert result["status"] == "held"
    assert set(result["errors"]) == {missing}
    assert result["id"] == one.get("id")
    assert town.held()[0]["change"] == one


def test_a_change_without_a_base_is_about_something_new(leader: Phone):
    one = visit()
    del one["base"]

    assert leader.statuses(one) == ["accepted"]


def test_what_is_no_change_at_all_is_held_once_and_stops_nothing(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    odd = [None, 1, -1.5, True, "", "change", [], [[]], {}]

    assert leader.statuses(visit(), *odd, *odd, visit()) == ["accepted", *["held"] * 18, "accepted"]

    assert [one["change"] for one in any_town.held()[::-1]] == odd


def test_a_held_change_that_comes_again_is_held_once(any_town: SmallTown):
    leader, bad = any_town.phone(LEADER_1), visit({"remark": "x" * 10_000})

    assert leader.statuses(bad, bad) + leader.statuses(bad) == ["held"] * 3

    assert len(any_town.held()) == 1


def test_a_correction_is_a_change_of_its_own(town: SmallTown, leader: Phone):
    first = visit()
    version = leader.send(first)["records"][0]["version"]

    answer = leader.send(edit(first, version, {"result": "nobody_home"}))

    assert answer["results"][0]["status"] == "accepted"
    assert answer["records"][0]["fields"] == first["fields"] | {"result": "nobody_home"}
    assert town.records("visit")[0]["version"] == 2


def test_two_who_changed_one_field_unseen_are_flagged_with_both_values_kept(
    town: SmallTown, leader: Phone, head: Phone
):
    first = household()
    version = leader.send(first)["records"][0]["version"]

    head.send(edit(first, version, {"nickname": "二哥", "walk_no": 7}))
    leader.send(edit(first, version, {"nickname": "二叔", "resident_n": 3}))

    [record] = town.records("household")
    assert record["flagged"]
    assert record["fields"]["nickname"] == "二叔"
    assert (record["fields"]["walk_no"], record["fields"]["resident_n"]) == (7, 3)


def test_an_edit_that_saw_both_values_settles_them(town: SmallTown, leader: Phone, head: Phone):
    first = household()
    version = leader.send(first)["records"][0]["version"]
    head.send(edit(first, version, {"nickname": "二哥"}))
    seen = leader.send(edit(first, version, {"nickname": "二叔"}))["records"][-1]["version"]

    head.send(edit(first, seen, {"nickname": "二哥"}))

    assert not town.records("household")[0]["flagged"]


def test_the_author_and_the_time_of_a_record_are_those_of_its_beginning(
    town: SmallTown, leader: Phone, head: Phone
):
    first = visit(made_at=now(hours=-5))
    version = leader.send(first)["records"][0]["version"]

    head.send(edit(first, version, {"result": "refused"}))

    [record] = town.records("visit")
    assert record["author"] == LEADER_1
    assert record["made_at"] < now(hours=-4)


def test_a_record_of_another_grid_cannot_be_edited_or_taken_over(
    town: SmallTown, leader: Phone, neighbour: Phone
):
    first = visit()
    leader.send(first)

    takes_it = edit(first, None, {"result": "refused"}, grid=GRID_2)
    answer = neighbour.send(edit(first, None, {"result": "refused"}), takes_it)

    assert [one["errors"] for one in answer["results"]] == [{"grid": ["not_yours"]}] * 2
    assert town.records("visit")[0]["fields"]["result"] == "normal"
    assert {one["author"] for one in town.held()} == {LEADER_2}
