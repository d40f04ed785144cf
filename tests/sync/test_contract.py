"""What every keeper of changes owes the engine, in memory as in any database."""

from __future__ import annotations

import pytest

from sync import Departure, Entry, Mark, Record, pull, push
from tests.sync.arrivals import (
    ANNA,
    BERTA,
    VILLAGE_1,
    VILLAGE_2,
    fields,
    record,
    say,
    statuses,
    told,
)
from tests.sync.logs import Log

BOTH = frozenset({VILLAGE_1, VILLAGE_2})
ONLY_1 = frozenset({VILLAGE_1})
TAG = "0123456789ab"
MARKED = Record(
    "visit", "r1", 3, VILLAGE_1, {"temp": "36.5", "who": "李"}, "d11", 1, 1, 1_000, 2_000,
    frozenset({"temp"}), {"temp": Mark(3, "d11"), "who": Mark(1, "c7")},
)  # fmt: skip


def test_a_new_history_begins_at_nothing(log: Log):
    assert log.turn() == 0
    assert log.seen(["x"]) == {}
    assert log.records({("visit", "r1")}) == {}
    assert list(log.changed_after(0, BOTH, 10)) == []


def test_the_head_is_the_newest_number_given_out(log: Log):
    log.append([Entry(1, told("r1")), Entry(2, told("r2"))], [], [])

    assert log.turn() == 2


def test_a_change_is_known_again_by_its_id_and_content(log: Log):
    arrival = told("r1", temp="36.5")
    log.append([Entry(1, arrival)], [], [])

    assert log.seen([arrival.change.id, "another"]) == {arrival.change.id: arrival.digest}


def test_a_record_comes_back_as_it_was_given(log: Log):
    log.append([Entry(3, told("r1"))], [MARKED], [])

    assert log.records({MARKED[:2], ("visit", "r2")}) == {("visit", "r1"): MARKED}


def test_a_record_is_found_by_its_kind_too(log: Log):
    log.append([Entry(3, told("r1"))], [MARKED], [])

    assert log.records({("household", "r1")}) == {}


def test_the_newest_state_of_a_record_replaces_the_older_one(log: Log):
    newer = MARKED._replace(version=4, disputed=frozenset(), fields={"temp": None})
    log.append([Entry(3, told("r1"))], [MARKED], [])
    log.append([Entry(4, told("r1", temp=None))], [newer], [])

    assert log.records({MARKED[:2]}) == {("visit", "r1"): newer}
    assert [one.version for one in log.changed_after(0, BOTH, 10)] == [4]


def test_what_is_new_comes_in_order_of_version_from_the_places_asked_for(log: Log):
    records = [
        Record("visit", f"r{n}", n, place, {"temp": str(n)}, "d11", number=n)
        for n, place in ((3, VILLAGE_1), (1, VILLAGE_1), (2, VILLAGE_2))
    ]
    log.append([Entry(n, told(f"r{n}")) for n in (1, 2, 3)], records, [])

    assert [one.id for one in log.changed_after(0, BOTH, 10)] == ["r1", "r2", "r3"]
    assert [one.id for one in log.changed_after(0, ONLY_1, 10)] == ["r1", "r3"]
    assert [one.id for one in log.changed_after(1, BOTH, 1)] == ["r2"]
    assert list(log.changed_after(0, frozenset(), 10)) == []


def test_a_departure_is_told_where_the_record_left_and_before_what_came_with_it(log: Log):
    moved = Record("visit", "r1", 2, VILLAGE_2, {}, "d11")
    left = Departure("visit", "r1", 2, VILLAGE_1)
    log.append([Entry(2, told("r1"))], [moved], [left])

    assert list(log.changed_after(0, ONLY_1, 10)) == [left]
    assert [type(one) for one in log.changed_after(0, BOTH, 10)] == [Departure, Record]


def test_what_is_held_changes_nothing_else(log: Log):
    arrival = told("r1", wrong={"temp": ["too_high"]}, temp="45.0")
    log.hold([(arrival, arrival.errors)])
    log.hold([(arrival, arrival.errors)])

    assert log.turn() == 0
    assert log.seen([arrival.change.id]) == {}


def test_text_of_every_script_survives(log: Log):
    words = {
        "who": "𠮷田 \U0001f468\u200d\U0001f469 אב \u200f 'x'\"\\\n",
        "list": ["a", {"b": [None, True, 1.5, 2**53 - 1]}],
    }
    say(log, told("r1", **words))

    assert fields(log, "r1") == words


@pytest.mark.parametrize("size", [1, 200])
def test_a_batch_is_taken_in_order_and_taken_once(log: Log, size: int):
    batch = [told(f"r{n}", temp="36.5") for n in range(size)]

    first, changed = push(log, batch)
    second, changed_again = push(log, batch)

    assert statuses(first) == ["accepted"] * size
    assert statuses(second) == ["duplicate"] * size
    assert [one.version for one in changed] == list(range(1, size + 1))
    assert changed_again == []
    assert log.turn() == size


def test_two_edits_of_one_record_in_one_batch_are_both_kept(log: Log):
    say(log, told("r1", temp="36.5"), told("r1", base=None, who="李"))

    assert fields(log, "r1") == {"temp": "36.5", "who": "李"}
    assert record(log, "r1").version == 2


def test_the_first_author_stays_the_author(log: Log):
    say(log, told("r1", ANNA, temp="36.5"))
    say(log, told("r1", BERTA, base=1, temp="36.6"))

    assert record(log, "r1").author == ANNA.member
    assert record(log, "r1").writer == BERTA.writer


def test_page_after_page_gives_everything_once(log: Log):
    say(log, *(told(f"r{n}", temp="36.5") for n in range(7)))
    say(log, told("r3", base=4, at=VILLAGE_2, temp="37.0"))

    for size in range(1, 10):
        items, after, more = [], f"c0.{TAG}", True
        while more:
            page = pull(log, BOTH, TAG, after, limit=size + 1)
            items += page.items
            after, more = str(page.cursor), page.more
        assert [one.id for one in items if isinstance(one, Record)] == [
            "r0", "r1", "r2", "r4", "r5", "r6", "r3",
        ]  # fmt: skip
