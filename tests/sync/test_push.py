"""What becomes of one change: accepted, known already, or held for a person to look at."""

from __future__ import annotations

import pytest

from sync import MemoryLog, Origin, Outcome
from tests.sync.arrivals import (
    ANNA,
    BERTA,
    CLERK,
    VILLAGE_1,
    VILLAGE_2,
    fields,
    record,
    say,
    statuses,
    told,
)
from tests.sync.logs import Log

ONLY_1 = frozenset({VILLAGE_1})


def test_the_same_change_again_is_a_duplicate_without_any_effect(log: Log):
    say(log, told("r1", ANNA, temp="36.5"))
    say(log, told("r1", BERTA, base=1, temp="37.0"))

    [again] = say(log, told("r1", ANNA, temp="36.5"))

    assert again.status == "duplicate"
    assert fields(log, "r1") == {"temp": "37.0"}


def test_the_same_change_twice_in_one_message_is_taken_once(log: Log):
    outcomes = say(log, told("r1", temp="36.5"), told("r1", temp="36.5"))

    assert statuses(outcomes) == ["accepted", "duplicate"]
    assert log.turn() == 1


@pytest.mark.parametrize("in_one_message", [True, False])
def test_an_id_that_comes_again_with_other_content_is_held(log: Log, in_one_message: bool):
    one, other = told("r1", called="same", temp="36.5"), told("r1", called="same", temp="39.9")

    outcomes = say(log, one, other) if in_one_message else say(log, one) + say(log, other)

    assert outcomes[1] == Outcome("same", "held", {"id": ["already_used"]})
    assert fields(log, "r1") == {"temp": "36.5"}


def test_a_bad_change_does_not_stop_those_behind_it(log: Log):
    bad = told("r2", wrong={"temp": ["too_high"]}, temp="45.0")

    outcomes = say(log, told("r1", temp="36.5"), bad, told("r3", temp="36.7"))

    assert statuses(outcomes) == ["accepted", "held", "accepted"]
    assert outcomes[1].errors == {"temp": ["too_high"]}
    assert log.records({("visit", "r2")}) == {}
    assert record(log, "r3").version == 2


def test_a_held_change_that_comes_again_is_held_once():
    log, bad = MemoryLog(), told("r1", wrong={"temp": ["too_high"]}, temp="45.0")

    assert statuses(say(log, bad, bad) + say(log, bad)) == ["held"] * 3

    assert len(log.held) == 1


def test_an_edit_is_judged_as_an_edit_and_a_beginning_as_a_beginning(log: Log):
    half = {"wrong": {"who": ["required"]}, "wrong_as_edit": {}}

    assert statuses(say(log, told("r1", temp="36.5", **half))) == ["held"]
    say(log, told("r1", who="李"))
    assert statuses(say(log, told("r1", base=1, temp="36.6", **half))) == ["accepted"]


def test_an_edit_may_follow_its_beginning_in_the_same_message(log: Log):
    half = {"wrong": {"who": ["required"]}, "wrong_as_edit": {}}

    outcomes = say(log, told("r1", who="李"), told("r1", temp="36.6", **half))

    assert statuses(outcomes) == ["accepted", "accepted"]


def test_a_grid_that_nobody_knows_is_held_beside_what_else_is_wrong(log: Log):
    [outcome] = say(log, told("r1", at=None, wrong={"temp": ["too_high"]}, temp="45.0"))

    assert outcome.errors == {"grid": ["unknown_grid"], "temp": ["too_high"]}


def test_a_grid_that_is_not_the_authors_is_held(log: Log):
    [outcome] = say(log, told("r1", at=VILLAGE_2, reach=ONLY_1, temp="36.5"))

    assert outcome.errors == {"grid": ["not_yours"]}


def test_a_record_of_a_grid_that_is_not_the_authors_cannot_be_pulled_into_their_own(log: Log):
    say(log, told("r1", BERTA, at=VILLAGE_2, temp="36.5"))

    [outcome] = say(log, told("r1", ANNA, at=VILLAGE_1, reach=ONLY_1, temp="36.9"))

    assert outcome.errors == {"grid": ["not_yours"]}
    assert record(log, "r1").place == VILLAGE_2


def test_the_township_reaches_every_grid(log: Log):
    assert statuses(say(log, told("r1", CLERK, at=VILLAGE_2, reach=None))) == ["accepted"]


def test_who_has_seen_what_has_not_happened_yet_is_held(log: Log):
    say(log, told("r1", temp="36.5"))

    assert statuses(say(log, told("r1", base=1, temp="36.6"))) == ["accepted"]
    [outcome] = say(log, told("r1", base=99, temp="36.7"))

    assert outcome.errors == {"base": ["from_the_future"]}


def test_writers_are_devices_clerks_and_the_town_itself():
    writers = {Origin(1, device=11).writer, Origin(1, device=12).writer, CLERK.writer}

    assert len(writers | {Origin().writer}) == 4
    assert Origin(1, clerk=7, device=11).writer == Origin(1, device=11).writer
