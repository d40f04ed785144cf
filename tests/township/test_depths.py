"""Depth and names of levels are data: the same table for a town, a small town and a district."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from fieldapp import clock
from fieldapp.database import writing
from fieldapp.grids import scope
from fieldapp.grids.load import load
from fieldapp.township import table
from fieldapp.visits.coverage import Coverage
from tests.grids.files import grid_csv
from tests.township.town import WILLOW_1, Office, Town

TEN_GRIDS = grid_csv(
    "999999107000,,1,town,管理网格,双台镇,",
    *(f"9999991070{n:02},999999107000,2,group,基础网格,双台第{n}网格," for n in range(1, 11)),
)
DISTRICT = grid_csv(
    "999999000000,,1,district,区,西市区,",
    "999999001000,999999000000,2,street,街道,得胜街道,",
    "999999001001,999999001000,3,community,社区,迎春社区,",
    "999999001001001,999999001001,4,group,网格,迎春第1网格,",
    "999999001001002,999999001001,4,group,网格,迎春第2网格,",
    "999999001002,999999001000,3,community,社区,东风社区,",
    "999999001002001,999999001002,4,group,网格,东风第1网格,",
)


def _lines(app: Flask, tree: bytes) -> list[tuple[str, list[str]]]:
    with app.app_context():
        with writing():
            load(tree, as_of=date(2020, 1, 1))
        basic = [one for one in scope.tree().units if not scope.children(one)]
        found = table.villages(dict.fromkeys(basic, Coverage(not_yet=1)), {})
        return [
            (line.unit.name if line.unit else "", [grid.unit.name for grid in line.grids])
            for line in found
        ]


def test_a_town_whose_grids_lie_right_under_it_has_one_line_with_all_of_them(app: Flask):
    [(name, grids)] = _lines(app, TEN_GRIDS)

    assert name == ""
    assert grids == [f"双台第{n}网格" for n in range(1, 11)]


def test_a_district_is_told_by_streets_with_every_grid_below(app: Flask):
    lines = _lines(app, DISTRICT)

    assert lines == [("得胜街道", ["迎春第1网格", "迎春第2网格", "东风第1网格"])]


def test_where_there_is_only_one_line_its_grids_stand_open(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    town = Town(app)
    monkeypatch.setattr(clock, "_now", lambda: town.now)
    town.build(households=0)
    town.household(WILLOW_1, 1)

    page = Office(town).get("/township/").text

    assert 'aria-expanded="true"' in page
    assert page.index("柳树村第1网格") < page.index("<tfoot>")
