"""What two people who wrote about the same record, without seeing each other, may rely on."""

from __future__ import annotations

from sync import Conflict, MemoryLog, Origin, Record, push
from tests.sync.arrivals import (
    ANNA,
    BERTA,
    BERTAS_OTHER_PHONE,
    CLERK,
    VILLAGE_1,
    VILLAGE_2,
    fields,
    record,
    say,
    told,
)
from tests.sync.logs import Log

DORA = Origin(member=4, device=41)


def agreed(log: Log, **values) -> Record:
    """A record that the town wrote and everybody has seen."""
    say(log, told("r1", Origin(), **values))
    return record(log, "r1")


def conflicts(log: MemoryLog) -> list[Conflict]:
    return [conflict for entry in log.entries for conflict in entry.conflicts]


def test_different_fields_are_both_kept(log: Log):
    seen = agreed(log, temp="36.5", who="李").version

    say(log, told("r1", ANNA, base=seen, temp="36.9"))
    say(log, told("r1", BERTA, base=seen, who="王"))

    assert fields(log, "r1") == {"temp": "36.9", "who": "王"}
    assert not record(log, "r1").flagged


def test_the_same_field_is_flagged_and_the_later_arrival_stands(log: Log):
    seen = agreed(log, temp="36.5", who="李").version

    say(log, told("r1", ANNA, base=seen, temp="36.9"))
    say(log, told("r1", BERTA, base=seen, temp="38.2"))

    assert fields(log, "r1") == {"temp": "38.2", "who": "李"}
    assert record(log, "r1").disputed == {"temp"}


def test_both_values_stay_in_the_history():
    log = MemoryLog()
    seen = agreed(log, temp="36.5").version

    say(log, told("r1", ANNA, base=seen, temp="36.9"))
    say(log, told("r1", BERTA, base=seen, temp="38.2"))

    assert conflicts(log) == [Conflict("temp", kept="36.9", arrived="38.2")]


def test_two_who_began_the_same_record_disagree_too(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))
    say(log, told("r1", BERTA, temp="38.2"))

    assert record(log, "r1").disputed == {"temp"}


def test_saying_the_same_is_no_dispute(log: Log):
    seen = agreed(log, temp="36.5").version

    say(log, told("r1", ANNA, base=seen, temp="36.9"))
    say(log, told("r1", BERTA, base=seen, temp="36.9"))

    assert not record(log, "r1").flagged


def test_an_answer_taken_back_disputes_an_answer_changed(log: Log):
    seen = agreed(log, temp="36.5").version

    say(log, told("r1", ANNA, base=seen, temp=None))
    say(log, told("r1", BERTA, base=seen, temp="38.2"))

    assert record(log, "r1").disputed == {"temp"}


def test_who_has_seen_the_other_value_may_replace_it(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))

    say(log, told("r1", BERTA, base=1, temp="38.2"))

    assert not record(log, "r1").flagged


def test_edits_of_one_phone_never_dispute_each_other(log: Log):
    seen = agreed(log, temp="36.5").version

    for n in range(5):
        say(log, told("r1", ANNA, base=seen, temp=f"36.{n}"))

    assert fields(log, "r1") == {"temp": "36.4"}
    assert not record(log, "r1").flagged


def test_two_phones_of_one_person_may_dispute_each_other(log: Log):
    seen = agreed(log, temp="36.5").version

    say(log, told("r1", BERTA, base=seen, temp="36.9"))
    say(log, told("r1", BERTAS_OTHER_PHONE, base=seen, temp="38.2"))

    assert record(log, "r1").flagged


def test_whoever_saw_both_values_settles_the_dispute(log: Log):
    say(log, told("r1", ANNA, temp="36.9", who="李"))
    say(log, told("r1", BERTA, temp="38.2", who="王"))

    say(log, told("r1", CLERK, base=2, reach=None, temp="36.9"))

    assert fields(log, "r1") == {"temp": "36.9", "who": "王"}
    assert record(log, "r1").disputed == {"who"}


def test_one_side_cannot_settle_it_without_having_looked(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))
    say(log, told("r1", BERTA, temp="38.2"))

    say(log, told("r1", BERTA, base=1, temp="38.3"))
    assert record(log, "r1").flagged
    say(log, told("r1", ANNA, base=1, temp="36.8"))
    assert record(log, "r1").flagged


def test_the_last_of_the_two_settles_it_once_they_have_looked(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))
    say(log, told("r1", BERTA, temp="38.2"))

    say(log, told("r1", BERTA, base=2, temp="38.3"))

    assert not record(log, "r1").flagged


def test_an_edit_of_something_else_leaves_the_dispute_open(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))
    say(log, told("r1", BERTA, temp="38.2"))

    say(log, told("r1", CLERK, base=2, reach=None, who="李"))

    assert record(log, "r1").disputed == {"temp"}


def test_a_third_who_saw_only_the_first_reopens_it(log: Log):
    say(log, told("r1", ANNA, temp="36.9"))
    say(log, told("r1", BERTA, temp="38.2"))
    say(log, told("r1", CLERK, base=2, reach=None, temp="38.2"))

    say(log, told("r1", DORA, base=1, temp="36.9"))

    assert record(log, "r1").disputed == {"temp"}


def test_a_field_nobody_had_answered_is_free_to_take(log: Log):
    seen = agreed(log, temp="36.5").version
    say(log, told("r1", ANNA, base=seen, temp="36.9"))

    say(log, told("r1", BERTA, base=seen, who="王"))

    assert not record(log, "r1").flagged


def test_an_edit_by_someone_who_missed_a_move_does_not_move_the_record_back(log: Log):
    seen = agreed(log, temp="36.5").version
    say(log, told("r1", CLERK, base=seen, at=VILLAGE_2, reach=None, who="李"))

    say(log, told("r1", ANNA, base=seen, at=VILLAGE_1, temp="36.9"))

    assert record(log, "r1").place == VILLAGE_2
    assert fields(log, "r1") == {"temp": "36.9", "who": "李"}


def test_who_has_seen_the_move_may_move_it_back(log: Log):
    seen = agreed(log, temp="36.5").version
    say(log, told("r1", CLERK, base=seen, at=VILLAGE_2, reach=None))
    moved = record(log, "r1").version

    say(log, told("r1", ANNA, base=moved, at=VILLAGE_1))

    assert record(log, "r1").place == VILLAGE_1


def test_a_batch_may_dispute_within_itself(log: Log):
    outcomes, [changed] = push(log, [told("r1", ANNA, temp="36.9"), told("r1", BERTA, temp="38.2")])

    assert [outcome.status for outcome in outcomes] == ["accepted", "accepted"]
    assert changed.disputed == {"temp"}
