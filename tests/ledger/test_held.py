"""What was held: a person releases it, repairs it or sets it aside; its bytes stay."""

from __future__ import annotations

import pytest

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from tests.syncing.smalltown import (
    GRID_1,
    GRID_2,
    LEADER_1,
    Phone,
    SmallTown,
    checked,
    household,
    visit,
)

CLERK = ledger.Origin(clerk=1)


def release(town: SmallTown, held_id: int, **repair: object) -> ledger.Outcome:
    """The office submits it again, perhaps repaired."""
    with town.app.app_context(), writing() as session:
        now = ledger.now_ms()
        intake = ledger.Intake(ledger.kinds(), scope.grid_of, CLERK, None, now)
        return ledger.release(session, held_id, intake=intake, **repair)


def set_aside(town: SmallTown, held_id: int, note: str) -> None:
    with town.app.app_context(), writing() as session:
        ledger.set_aside(session, held_id, note=note)


def waiting(town: SmallTown) -> list[ledger.Held]:
    with town.app.app_context():
        found = ledger.held(db.session())
        assert ledger.count_held(db.session()) == len(found)
        return found


def test_a_held_change_waits_with_its_author_its_reason_and_its_content(
    town: SmallTown, leader: Phone
):
    one = visit({"result": "perhaps"})
    leader.send(one)

    [held] = waiting(town)

    assert (held.change, held.content, held.fields) == (one["id"], one, one["fields"])
    assert held.errors == {"result": ["not_a_choice"]}
    assert (held.settled_ms, held.outcome, held.note) == (None, None, None)


def test_a_repaired_change_is_accepted_under_its_authors_name(any_town: SmallTown):
    leader, one = any_town.phone(LEADER_1), visit({"result": "perhaps"})
    leader.send(one)
    [held] = waiting(any_town)

    outcome = release(any_town, held.id, fields={"result": "refused"})

    assert outcome.status == "accepted"
    [record] = any_town.records("visit")
    assert (record["author"], record["fields"]["result"]) == (LEADER_1, "refused")
    assert waiting(any_town) == []


def test_the_phone_that_offers_a_released_change_again_hears_duplicate(
    town: SmallTown, leader: Phone
):
    one = visit({"result": "perhaps"})
    leader.send(one)
    release(town, waiting(town)[0].id, fields={"result": "refused"})

    assert leader.statuses(one) == ["duplicate"]

    assert town.records("visit")[0]["fields"]["result"] == "refused"


def test_what_is_still_wrong_stays_held(town: SmallTown, leader: Phone):
    leader.send(visit({"result": "perhaps", "mode": "flying"}))
    [held] = waiting(town)

    outcome = release(town, held.id, fields={"result": "refused"})

    assert (outcome.status, outcome.errors) == ("held", {"mode": ["not_a_choice"]})
    assert [one.id for one in waiting(town)] == [held.id]


def test_a_change_for_a_wrong_grid_can_be_put_into_the_right_one(town: SmallTown, leader: Phone):
    leader.send(visit(grid="123456789012"))

    assert release(town, waiting(town)[0].id, grid=GRID_2).status == "accepted"

    assert town.records("visit")[0]["grid"] == GRID_2


def test_a_change_from_a_grid_that_changed_hands_can_be_released_as_it_is(
    town: SmallTown, leader: Phone
):
    town.serves(LEADER_1, GRID_2)
    leader.send(visit())

    assert release(town, waiting(town)[0].id).status == "accepted"

    assert town.records("visit")[0]["grid"] == GRID_1


def test_an_answer_nobody_asked_for_can_be_left_out(town: SmallTown, leader: Phone):
    leader.send(visit({"moon": "full"}))

    assert release(town, waiting(town)[0].id, without=["moon"]).status == "accepted"

    assert "moon" not in town.records("visit")[0]["fields"]


def test_a_number_that_was_sealed_is_whole_when_it_is_released(town: SmallTown, leader: Phone):
    number = checked("99999919900101001")
    leader.send(household({"head_id": number, "occupied": "perhaps"}))
    [held] = waiting(town)
    assert held.fields["head_id"] == number[:6] + "********" + number[-4:]

    assert release(town, held.id, fields={"occupied": "resident"}).status == "accepted"

    assert town.records("household")[0]["fields"]["head_id"] == number


@pytest.mark.parametrize(
    "odd", [None, 5, "text", [], {"id": []}, {"fields": "none"}, visit({"x": 1}) | {"fields": [1]}]
)
def test_what_is_no_change_cannot_be_released_and_nothing_breaks(
    town: SmallTown, leader: Phone, odd: object
):
    leader.send(odd)
    [held] = waiting(town)

    outcome = release(town, held.id, grid=GRID_1, fields={"result": "normal"})

    assert outcome.status == "held"
    assert len(waiting(town)) == 1


def test_what_was_set_aside_waits_no_longer_and_is_still_there(town: SmallTown, leader: Phone):
    one = visit({"result": "perhaps"})
    leader.send(one)
    [held] = waiting(town)

    set_aside(town, held.id, "twice")

    assert waiting(town) == []
    with town.app.app_context():
        [kept] = ledger.held(db.session(), open_only=False)
        assert ledger.held_change(db.session(), held.id) == kept
    assert (kept.content, kept.outcome, kept.note) == (one, "set_aside", "twice")


def test_what_is_not_there_can_be_neither_released_nor_set_aside(town: SmallTown):
    with pytest.raises(LookupError):
        release(town, 1)
    with pytest.raises(LookupError):
        set_aside(town, 1, "")


def test_what_was_accepted_after_all_waits_no_longer(town: SmallTown, leader: Phone):
    one = visit()
    town.serves(LEADER_1, GRID_2)
    leader.send(one)
    assert len(waiting(town)) == 1

    town.serves(LEADER_1, GRID_1)
    assert leader.statuses(one) == ["accepted"]

    assert waiting(town) == []


def test_each_author_is_shown_their_own(town: SmallTown, leader: Phone, neighbour: Phone):
    leader.send(visit({"result": "perhaps"}))
    neighbour.send(visit({"result": "maybe"}, grid=GRID_2))

    with town.app.app_context():
        own = ledger.held(db.session(), member=waiting(town)[-1].member)

    assert [one.fields["result"] for one in own] == ["perhaps"]
