"""`flask export` and `flask held`: what programs read, a line for each record or change."""

from __future__ import annotations

import json

import pytest

from tests.syncing.smalltown import (
    GRID_2,
    LEADER_1,
    LEADER_2,
    VILLAGE,
    Phone,
    SmallTown,
    edit,
    household,
    instant,
    now,
    visit,
)


def test_each_line_is_one_record_with_the_keys_of_the_contract(town: SmallTown, leader: Phone):
    leader.send(visit(), visit())

    lines = town.prints("export", "visit").splitlines()

    assert len(lines) == 2
    for line in lines:
        record = json.loads(line)
        assert list(record) == [
            "record", "version", "grid", "author", "made_at", "received_at", "flagged", "fields",
        ]  # fmt: skip
        assert record["author"] == LEADER_1
        assert instant(record["made_at"]) <= instant(record["received_at"]) <= instant(now())


def test_chinese_is_written_as_it_is_read(town: SmallTown, leader: Phone):
    leader.send(household({"head_name": "欧阳娜娜"}))

    assert "欧阳娜娜" in town.prints("export", "household")


def test_a_grid_gives_its_own_records_and_those_below_it(
    town: SmallTown, leader: Phone, neighbour: Phone
):
    leader.send(visit())
    neighbour.send(visit(grid=GRID_2))

    assert [one["grid"] for one in town.records("visit", "--grid", GRID_2)] == [GRID_2]
    assert len(town.records("visit", "--grid", VILLAGE)) == 2
    assert len(town.records("visit")) == 2


def test_a_record_appears_once_however_often_it_was_corrected(
    town: SmallTown, leader: Phone, head: Phone
):
    first = visit()
    version = leader.send(first)["records"][0]["version"]
    head.send(edit(first, version, {"result": "refused"}))

    [record] = town.records("visit")

    assert (record["version"], record["author"]) == (2, LEADER_1)
    assert record["fields"]["result"] == "refused"


def test_more_records_than_fit_one_page_are_all_exported(town: SmallTown, head: Phone):
    sent = [visit() for _ in range(1_200)]
    for start in range(0, len(sent), 200):
        head.send(*sent[start : start + 200])

    assert [one["record"] for one in town.records("visit")] == [one["record"] for one in sent]


@pytest.mark.parametrize("command", [("export", "census"), ("export", "visit", "--grid", "1")])
def test_what_there_is_not_is_said_and_what_there_is_named(
    town: SmallTown, command: tuple[str, ...]
):
    done = town.app.test_cli_runner().invoke(args=list(command))

    assert done.exit_code == 2
    assert "no such" in done.output
    assert command[1] != "census" or "visit" in done.output


def test_held_changes_are_listed_with_author_reason_and_change(
    town: SmallTown, leader: Phone, neighbour: Phone
):
    bad, foreign = visit({"result": "perhaps"}), visit()
    leader.send(bad)
    neighbour.send(foreign)

    newest, first = town.held()

    assert (first["author"], newest["author"]) == (LEADER_1, LEADER_2)
    assert first["reason"] == "result: not_a_choice"
    assert newest["reason"] == "grid: not_yours"
    assert (first["change"], newest["change"]) == (bad, foreign)
    assert first["id"] != newest["id"]
