"""What a phone is told without asking for it by name: all of its grids, and of no other."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.syncing.smalltown import (
    GRID_1,
    GRID_2,
    GRID_3,
    LEADER_1,
    Phone,
    SmallTown,
    change,
    edit,
    household,
    visit,
)


def told(answer: dict) -> dict[str, str]:
    """grid by record, of what is there."""
    return {one["record"]: one["grid"] for one in answer["records"] if not one["gone"]}


def gone(answer: dict) -> list[str]:
    return [one["record"] for one in answer["records"] if one["gone"]]


def test_a_phone_gets_records_of_its_own_grids_only(
    town: SmallTown, leader: Phone, neighbour: Phone, head: Phone
):
    here, there = visit(), visit(grid=GRID_2)
    leader.send(here)
    neighbour.send(there)

    assert told(town.phone(LEADER_1).send()) == {here["record"]: GRID_1}
    assert told(head.send()) == {here["record"]: GRID_1, there["record"]: GRID_2}
    assert neighbour.send()["records"] == []


def test_who_asks_again_gets_nothing_twice(leader: Phone):
    leader.send(visit())

    answer = leader.send()

    assert (answer["records"], answer["more"], answer["reset"]) == ([], False, False)


def test_a_record_that_moves_is_gone_for_those_who_do_not_serve_the_new_grid(
    head: Phone, leader: Phone, neighbour: Phone
):
    one = household()
    version = leader.send(one)["records"][0]["version"]
    neighbour.send()
    head.send(edit(one, version, {"nickname": "老王"}, grid=GRID_2))

    left, came = leader.send(), neighbour.send()

    assert left["records"] == [
        {"kind": "household", "record": one["record"], "version": 2, "grid": GRID_1, "gone": True,
         "fields": {}}
    ]  # fmt: skip
    assert told(came) == {one["record"]: GRID_2}
    assert gone(head.send()) == []


def test_when_the_grids_change_the_roster_begins_anew_once(
    town: SmallTown, leader: Phone, head: Phone
):
    here, there = visit(), visit(grid=GRID_2)
    head.send(here, there)
    assert told(leader.send()) == {here["record"]: GRID_1}

    town.serves(LEADER_1, GRID_2, GRID_3)
    first, second = leader.send(), leader.send()

    assert (first["reset"], told(first)) == (True, {there["record"]: GRID_2})
    assert (second["reset"], second["records"]) == (False, [])


def test_who_serves_nothing_any_more_is_told_to_forget(town: SmallTown, leader: Phone):
    leader.send(visit())

    town.serves(LEADER_1)
    answer = leader.send()

    assert (answer["reset"], answer["records"]) == (True, [])


def test_what_was_recorded_before_the_grid_changed_hands_is_held_and_not_lost(
    town: SmallTown, leader: Phone
):
    offline = [visit() for _ in range(5)]
    town.serves(LEADER_1, GRID_2)

    results = leader.send(*offline)["results"]

    assert [one["errors"] for one in results] == [{"grid": ["not_yours"]}] * 5
    assert [one["change"] for one in town.held()[::-1]] == offline


@pytest.mark.parametrize(
    "cursor", ["", "garbage", "c1.0123456789ab", "\x00", "\ud800", 5, [], {}, True, "x" * 10_000]
)
def test_a_bookmark_that_is_none_means_beginning_anew(leader: Phone, cursor: object):
    one = visit()
    leader.send(one)

    answer = leader.send(cursor=cursor)

    assert (answer["reset"], told(answer)) == (True, {one["record"]: GRID_1})
    assert not leader.send()["reset"]


@pytest.mark.parametrize("epoch", ["another", "", 5, [], "\ud800"])
def test_another_history_means_beginning_anew(leader: Phone, epoch: object):
    one = visit()
    leader.send(one)

    answer = leader.send(epoch=epoch)

    assert (answer["reset"], told(answer)) == (True, {one["record"]: GRID_1})


def test_a_phone_that_has_nothing_yet_is_not_told_to_forget(leader: Phone):
    assert leader.send(cursor=None, epoch=None)["reset"] is False


def test_a_restored_town_gets_again_what_came_in_since_its_backup(town: SmallTown, leader: Phone):
    before, since = visit(), visit()
    leader.send(before)
    epoch = leader.epoch
    town.prints("backup", str(town.folder / "copy"))
    leader.send(since)

    town.prints("restore", str(town.folder / "copy"))
    answer = leader.send()

    assert answer["epoch"] != epoch
    assert (answer["reset"], set(told(answer))) == (True, {before["record"]})
    assert leader.statuses(before, since) == ["duplicate", "accepted"]
    assert len(town.records("visit")) == 2


def test_numbers_that_a_lost_history_gave_out_are_never_given_out_again(
    town: SmallTown, leader: Phone
):
    leader.send(visit())
    town.prints("backup", str(town.folder / "copy"))
    versions = []
    for _ in range(3):
        answer = leader.send(visit())
        versions.append(max(one["version"] for one in answer["records"]))
        town.prints("restore", str(town.folder / "copy"))

    assert len(set(versions)) == 3


def test_nothing_new_costs_one_request_and_at_most_600_bytes(leader: Phone):
    leader.send(*(visit() for _ in range(50)))
    leader.send()

    response = leader.post(
        json.dumps(leader.envelope()).encode(), headers=[("Accept-Encoding", "gzip")]
    )

    head = f"HTTP/1.1 200 OK\r\n{response.headers}\r\nDate: {'x' * 29}\r\nServer: waitress\r\n"
    assert len(head) + len(response.data) <= 600
    assert response.json["more"] is False


def test_a_grid_of_120_households_and_380_people_comes_in_one_answer_of_at_most_25_kb(
    town: SmallTown, leader: Phone
):
    households, people = roster(120, 380)
    changes = households + people
    for start in range(0, len(changes), 200):
        assert set(leader.statuses(*changes[start : start + 200])) == {"accepted"}

    fresh = town.phone(LEADER_1)
    response = fresh.post(
        json.dumps(fresh.envelope()).encode(), headers=[("Accept-Encoding", "gzip")]
    )

    answer = json.loads(gzip.decompress(response.data))
    assert (len(answer["records"]), answer["more"]) == (500, False)
    assert len(response.data) + len(str(response.headers)) <= 25 * 1024


def roster(n_households: int, n_people: int) -> tuple[list[dict], list[dict]]:
    """Households and their people as a real grid has them, all invented."""
    surnames, given = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    households = [
        household(
            {
                "hh_no": f"{n:03}",
                "address_text": f"柳树村1组{n}号",
                "head_name": surnames[n % 10] + given[n % 19] + given[n % 7],
                "walk_no": n,
                "resident_n": 1 + n % 5,
                "no_phone": False,
                "head_phone": f"154{n * 7919 % 10**8:08}",
            }
        )
        for n in range(n_households)
    ]
    people = [
        change(
            "person",
            {
                "hh": households[n % n_households]["record"],
                "name": surnames[n % 10] + given[n * 7 % 20] + given[n * 3 % 20],
                "sex": "12"[n % 2],
                "birth_year": 1930 + n % 88,
                "relation": ("head", "spouse", "son", "daughter")[n // n_households],
            },
        )
        for n in range(n_people)
    ]
    return households, people
