"""What was changed last can be taken back, as a change of its own; nothing newer is lost by it."""

from __future__ import annotations

import pytest

from fieldapp.boards import edit, folk, photos, succession, undo
from fieldapp.boards.card import Service
from fieldapp.boards.folk import Contact
from fieldapp.boards.models import BoardConsent, BoardEdit
from fieldapp.extensions import db
from fieldapp.grids import Refused
from tests.boards.conftest import Act, card, grid
from tests.boards.test_photos import picture
from tests.township.town import WILLOW, WILLOW_1, WILLOW_2, Town

MEDIATOR = Contact("于德海", "mediator", "0417-0001003")


def last(town: Town, code: str) -> int:
    with town.app.app_context():
        return edit.history([grid(town, code)])[0].id


def test_a_text_a_list_and_a_sketch_come_back_word_for_word(town: Town, act: Act):
    at = grid(town, WILLOW_1)
    before = card(town, WILLOW_1)
    for work, args in (
        (edit.set_text, (at, "scope", "东起小桥")),
        (edit.set_lines, (at, "service", [Service("代购", "村部", "上午", "0417-0001234")])),
        (edit.set_lines, (at, "duty", [Service("巡 查"), Service("走访")])),
        (photos.set_sketch, (at, picture(300, 200))),
    ):
        act(work, *args)
        changed = card(town, WILLOW_1)
        assert act(undo.undo, last(town, WILLOW_1)) == at
        assert card(town, WILLOW_1)[:-2] == before[:-2]
        act(undo.undo, last(town, WILLOW_1))
        assert card(town, WILLOW_1)[:-2] == changed[:-2], "undoing the undoing brings it again"
        act(undo.undo, last(town, WILLOW_1))


def test_what_was_said_of_people_comes_back(town: Town, act: Act):
    at, member = grid(town, WILLOW_1), town.members[WILLOW_1]
    number = act(folk.add_contact, at, MEDIATOR)
    before = card(town, WILLOW_1)
    for work, args, named in (
        (folk.change_contact, (number, MEDIATOR._replace(duty="调解")), {}),
        (folk.end_contact, (number,), {}),
        (folk.set_member, (member,), {"duty": "走访", "hours": "上午", "deputy": True}),
        (photos.set_photo, (picture(300, 400),), {"member_id": member}),
        (photos.set_photo, (picture(300, 400),), {"contact_id": number}),
        (folk.give_consent, (), {"member_id": member, "how": "paper"}),
    ):
        act(work, *args, **named)
        assert card(town, WILLOW_1)[:-2] != before[:-2]
        act(undo.undo, last(town, WILLOW_1))
        assert card(town, WILLOW_1)[:-2] == before[:-2]


def test_a_consent_that_was_taken_back_is_not_brought_back_by_a_clerk(town: Town, act: Act):
    act(folk.give_consent, member_id=town.members[WILLOW_1], how="paper")
    act(folk.withdraw_consent, member_id=town.members[WILLOW_1])
    with pytest.raises(Refused):
        act(undo.undo, last(town, WILLOW_1))
    with town.app.app_context():
        assert [one.how for one in db.session().query(BoardConsent)] == ["paper"]


def test_only_the_last_change_of_a_thing_can_be_undone(town: Town, act: Act):
    at = grid(town, WILLOW)
    act(edit.set_text, at, "hours", "上午")
    first = last(town, WILLOW)
    act(edit.set_text, at, "supervision", "0417-0002001")
    act(edit.set_text, at, "hours", "下午")
    with pytest.raises(Refused):
        act(undo.undo, first)
    with town.app.app_context():
        rows = edit.history([at])
        assert [one.part for one in rows if one.id in undo.undoable(rows)] == [
            "hours",
            "supervision",
        ]
    with pytest.raises(Refused):
        act(undo.undo, 99_999)


def test_a_merge_is_undone_and_a_revoked_badge_is_not(town: Town, act: Act):
    code = card(town, WILLOW_2).code
    act(succession.lead_board, grid(town, WILLOW_2), grid(town, WILLOW_1))
    act(undo.undo, last(town, WILLOW_2))
    assert card(town, WILLOW_2).code == code
    act(succession.revoke_badge, town.members[WILLOW_2], reason="丢失")
    with pytest.raises(Refused):
        act(undo.undo, last(town, WILLOW_2))
    with town.app.app_context():
        assert db.session().get_one(BoardEdit, last(town, WILLOW_2)).after == "丢失"
