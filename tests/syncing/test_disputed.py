"""Two people gave two answers: the phones of the grid are told which, until somebody settles it."""

from __future__ import annotations

from tests.syncing.smalltown import HEAD, LEADER_1, SmallTown, edit, household


def test_an_answer_that_two_people_gave_differently_is_named_until_it_is_settled(
    town: SmallTown,
) -> None:
    leader, head = town.phone(LEADER_1), town.phone(HEAD)
    door = household()
    seen = leader.send(door)["records"][0]["version"]
    head.send()

    head.send(edit(door, seen, {"nickname": "老王家"}))
    [record] = leader.send(edit(door, seen, {"nickname": "王木匠家", "walk_no": 7}))["records"]

    assert record["disputed"] == ["nickname"]
    assert record["fields"]["nickname"] == "王木匠家"
    [told] = head.send()["records"]
    assert told["disputed"] == ["nickname"]

    [settled] = head.send(edit(door, told["version"], {"nickname": "老王家"}))["records"]
    assert "disputed" not in settled
