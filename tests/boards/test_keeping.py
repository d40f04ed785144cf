"""What boards no longer say is deleted on time; what they say now, and every id, stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp import clock
from fieldapp.boards import edit, folk, photos, retention, succession, undo
from fieldapp.boards.folk import Contact
from fieldapp.boards.models import Badge, BoardConsent, BoardEdit, BoardPhoto
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused, duties
from tests.boards.conftest import Act, card, grid, with_boards
from tests.boards.test_photos import picture
from tests.township.town import WILLOW_1, Town

MEDIATOR = Contact("于德海", "mediator", "13900001003", private=True)
NOTHING = dict.fromkeys(
    ("board consent", "board contact", "board member", "board change", "board picture"), 0
)


@pytest.fixture
def town(any_database_app: Flask) -> Town:
    """With boards, on each database."""
    return with_boards(Town(any_database_app, now=clock.utc_now()).build())


@pytest.fixture
def pass_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets days pass."""
    day_0, days = clock.utc_now(), 0

    def pass_by(more: int) -> None:
        nonlocal days
        days += more
        monkeypatch.setattr(clock, "_now", lambda: day_0 + timedelta(days=days))

    return pass_by


def purged(town: Town) -> dict[str, int]:
    with town.app.app_context(), writing() as session:
        return retention.purge(session)


def count(town: Town, model: Any) -> int:
    with town.app.app_context():
        return db.session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_what_boards_say_now_is_never_too_old(town: Town, act: Act, pass_by):
    at = grid(town, WILLOW_1)
    who = act(folk.add_contact, at, MEDIATOR)
    act(folk.give_consent, contact_id=who, how="paper")
    act(photos.set_photo, picture(300, 400), contact_id=who)
    act(photos.set_sketch, at, picture(300, 200))
    act(folk.set_member, town.members[WILLOW_1], duty="走访", hours="上午", deputy=False)
    before = card(town, WILLOW_1)

    pass_by(4000)

    gone = purged(town)
    assert gone == NOTHING | {"board change": gone["board change"]}
    assert card(town, WILLOW_1)[:-2] == before[:-2]


def test_somebody_who_was_taken_off_is_forgotten_after_three_years(town: Town, act: Act, pass_by):
    at = grid(town, WILLOW_1)
    who = act(folk.add_contact, at, MEDIATOR)
    act(folk.give_consent, contact_id=who, how="paper")
    act(folk.end_contact, who)

    pass_by(1095)
    assert purged(town) == NOTHING

    pass_by(2)
    assert purged(town) == NOTHING | {"board contact": 1, "board consent": 1, "board change": 3}
    with town.app.app_context():
        assert "于德海" not in str(db.session().execute(sa.select(BoardEdit.__table__)).all())


def test_a_consent_that_was_taken_back_is_kept_as_proof_and_then_deleted(
    town: Town, act: Act, pass_by
):
    member = town.members[WILLOW_1]
    act(folk.give_consent, member_id=member, how="paper")
    act(folk.withdraw_consent, member_id=member)
    act(folk.give_consent, member_id=member, how="paper")

    pass_by(1095)
    assert purged(town)["board consent"] == 0
    pass_by(2)
    assert purged(town)["board consent"] == 1
    assert count(town, BoardConsent) == 1, "the one that holds"


def test_nothing_is_kept_of_a_member_who_left_but_the_badge_that_is_never_given_again(
    town: Town, act: Act, pass_by
):
    member = town.members[WILLOW_1]
    act(folk.set_member, member, duty="走访", hours="上午", deputy=False)
    act(folk.give_consent, member_id=member, how="paper")
    act(succession.revoke_badge, member, reason="证丢了")
    with town.app.app_context(), writing():
        duties.end_duties(member)

    pass_by(1098)
    gone = purged(town)

    assert (gone["board member"], gone["board consent"]) == (1, 1)
    with town.app.app_context():
        revoked = Badge.member_id == member, Badge.revoked_at.is_not(None)
        assert [one.reason for one in db.session().scalars(sa.select(Badge).where(*revoked))] == [
            None
        ]


def test_a_picture_that_was_replaced_can_be_brought_back_for_a_month(town: Town, act: Act, pass_by):
    at = grid(town, WILLOW_1)
    act(photos.set_sketch, at, picture(300, 200))
    shown = act(photos.set_sketch, at, picture(200, 300))
    with town.app.app_context():
        change = edit.history([at])[0].id

    pass_by(29)
    assert purged(town)["board picture"] == 0
    pass_by(2)
    assert purged(town)["board picture"] == 1

    with town.app.app_context():
        assert db.session().scalars(sa.select(BoardPhoto.sha256)).all() == [shown]
    with pytest.raises(Refused):
        act(undo.undo, change)


def test_the_nightly_command_does_it(town: Town):
    result = town.app.test_cli_runner().invoke(args=["purge"])

    assert result.exit_code == 0, result.output
    assert "board contact: 0" in result.output
