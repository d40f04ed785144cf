"""Ids are typed off a wall, are given out once, and outlive everything that happens to a grid."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from fieldapp import boards, clock
from fieldapp.boards import ids, succession
from fieldapp.boards.content import present
from fieldapp.boards.models import Badge, Board
from fieldapp.boards.register import provide
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused, scope
from fieldapp.grids.load import load
from tests.boards.conftest import Act, card, grid
from tests.grids.files import grid_csv
from tests.township.town import POPLAR, POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Town


def changes(*rows: str) -> bytes:
    """A file of code changes."""
    return "\n".join(("old_code,new_code,old_name,new_name,new_township", *rows)).encode()


def test_the_alphabet_has_no_look_alikes():
    assert set("0O1IL").isdisjoint(ids.ALPHABET)
    for alike in ("0OQD", "1IJL", "2Z", "5S", "8B", "6G", "UV"):
        assert len(set(alike) & set(ids.ALPHABET)) <= 1, alike


def test_ten_thousand_ids_are_all_different_and_use_the_whole_alphabet():
    made = [ids.new_id() for _ in range(10_000)]
    assert len(set(made)) == 10_000
    assert {len(one) for one in made} == {8}
    assert set("".join(made)) == set(ids.ALPHABET)


@pytest.mark.parametrize(
    "text",
    ["d7k2h5v8", " D7K2-H5V8 ", "D7K2 H5V8", "07K2H5V8", "o7kzhsub", "Ｄ７Ｋ２Ｈ５Ｖ８",
     "DIK2H5V8", "dlk2h5v8", "q1k2h5u8"]
)  # fmt: skip
def test_what_people_type_is_understood(text: str):
    assert ids.typed(text) == "D7K2H5V8"


@pytest.mark.parametrize(
    "text", ["", "D7K2H5V", "D7K2H5V88", "D7K2H5V?", "网格网格网格网格", "\0" * 8, "x" * 5000]
)
def test_what_cannot_be_an_id_is_none(text: str):
    assert ids.typed(text) is None


def test_every_grid_of_the_demo_has_a_board_and_every_member_a_badge(demo: Flask):
    with demo.app_context():
        codes = {one.code for one in boards.cards()}
        badges = boards.badges()
    assert len(codes) == 151
    assert len({one.code for one in badges}) == 2 + 13 + 42 + 107 + 13
    assert codes.isdisjoint(one.code for one in badges)


def test_making_what_is_missing_twice_changes_nothing(town: Town):
    with town.app.app_context(), writing() as session:
        assert provide(session) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Board)) == 8


def test_load_tree_gives_new_grids_their_boards(app: Flask, tmp_path):
    file = tmp_path / "grids.csv"
    file.write_bytes(grid_csv("999999106000,,1,town,管理网格,柳河镇,"))
    result: Result = app.test_cli_runner().invoke(args=["load-tree", str(file)])
    assert result.exit_code == 0
    with app.app_context():
        [only] = boards.cards()
    assert only.grid == "柳河镇"


def test_a_board_outlives_a_new_name_and_a_new_village_code(town: Town):
    before = card(town, POPLAR).code
    with town.app.app_context(), writing():
        rows = f"{POPLAR},999999106212,杨树村村民委员会,新杨村村民委员会,柳河镇"
        load(changes(rows), as_of=clock.today())
    after = card(town, "999999106212")
    assert after.code == before
    assert after.grid.startswith("新杨村")


def test_of_two_merged_grids_the_old_board_leads_to_the_new_one(town: Town, act: Act):
    old, middle, new = (card(town, one).code for one in (WILLOW_2, WILLOW_1, POPLAR_1))
    act(succession.lead_board, grid(town, WILLOW_2), grid(town, WILLOW_1))
    act(succession.lead_board, grid(town, WILLOW_1), grid(town, POPLAR_1))
    with town.app.app_context():
        for code in (old, middle, new):
            board = succession.board_in_use(present(), code)
            assert board is not None
            assert board.id == new
    with town.app.app_context(), writing() as session:
        assert provide(session) == 0, "a grid that was merged away gets no board again"


def test_a_merge_can_be_taken_back_and_never_leads_in_a_ring(town: Town, act: Act):
    one, other = grid(town, WILLOW_1), grid(town, WILLOW_2)
    code = card(town, WILLOW_2).code
    act(succession.lead_board, other, one)
    with pytest.raises(Refused):
        act(succession.lead_board, one, other)
    with pytest.raises(Refused):
        act(succession.lead_board, one, one)
    act(succession.end_lead, other)
    assert card(town, WILLOW_2).code == code


def test_a_renewed_board_has_another_id_and_the_old_one_is_kept_and_leads_nowhere(
    town: Town, act: Act
):
    old = card(town, WILLOW).code
    fresh = act(succession.renew_board, grid(town, WILLOW))
    assert card(town, WILLOW).code == fresh != old
    with town.app.app_context():
        assert succession.board_in_use(present(), old) is None
        assert db.session().get(Board, old) is not None


def test_an_id_that_was_ever_given_out_is_not_given_out_again(town: Town, act: Act, monkeypatch):
    old = card(town, WILLOW).code
    act(succession.renew_board, grid(town, WILLOW))
    with town.app.app_context():
        a_badge = db.session().scalars(sa.select(Badge.id)).first()
    dice = iter([old, a_badge, "D7K2H5V8"])
    monkeypatch.setattr(ids, "new_id", lambda: next(dice))
    assert act(succession.renew_board, grid(town, POPLAR)) == "D7K2H5V8"


def test_a_closed_grid_has_no_board_in_use(town: Town):
    with town.app.app_context(), writing():
        load(grid_csv("999999106203,999999106000,2,village,责任网格,桦树村,"), as_of=clock.today())
        provide(db.session())
    code = card(town, "999999106203").code
    with town.app.app_context(), writing():
        rows = "999999106203,,桦树村村民委员会,,柳河镇"
        load(changes(rows), as_of=clock.today())
    with town.app.app_context():
        assert scope.unit(scope.grid_of("999999106203") or 0).closed
        assert succession.board_in_use(present(), code) is None


def test_addresses_are_absolute_and_those_of_the_setting(app: Flask):
    app.config["BASE_URL"] = "https://wg.example.org/"
    with app.app_context():
        assert boards.address_of("D7K2H5V8") == "https://wg.example.org/b/D7K2H5V8"
        assert boards.badge_address_of("D7K2H5V8") == "https://wg.example.org/m/D7K2H5V8"
