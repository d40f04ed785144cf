"""Depth and the names of levels are data: one code carries towns that are organised otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from fieldapp.database import writing
from fieldapp.grids import scope
from fieldapp.grids.load import load, parse_level_names
from fieldapp.grids.refused import Refused
from tests.grids.files import grid_csv, village_csv, villages_of

HUZHUANG = (Path("fieldapp") / "data" / "huzhuang_grids.csv").read_bytes()
DAY = date(2020, 2, 3)


def the_grid(code: str) -> scope.Unit:
    found = scope.grid_of(code)
    assert found is not None
    return scope.unit(found)


def test_huzhuang_has_four_levels_and_the_published_number_of_grids(app: Flask) -> None:
    with app.app_context(), writing():
        load(HUZHUANG, as_of=DAY)

        units = scope.tree().units.values()
        assert Counter(unit.level for unit in units) == {1: 1, 2: 13, 3: 30, 4: 107}
        assert Counter(unit.kind for unit in units if unit.level == 4) == {
            "villager_group": 93,
            "school": 2,
            "enterprise": 12,
        }


def test_a_basic_grid_may_stand_right_under_the_town(app: Flask) -> None:
    with app.app_context(), writing():
        load(HUZHUANG, as_of=DAY)

        school = the_grid("210882106000S01")
        assert [unit.name for unit in scope.path(school.id)] == ["虎庄镇", "学校网格1"]
        assert scope.level_name(school.id, "zh") == "基础网格"
        assert scope.level_name(school.id, "en") == "Basic grid"


def xishi_grids() -> bytes:
    """西市区 as it reported itself: 241 grids of 200 to 300 households in 32 communities."""
    rows = [row for row in villages_of("210803") if row["code"][9] == "0"]
    lines = [
        f"{row['code']}{n:03},{row['code']},4,grid,网格,{row['name']}第{n}网格,"
        for i, row in enumerate(rows)
        for n in range(1, 8 + (1 if i < 241 - 7 * 32 else 0))
    ]
    return grid_csv(*lines)


def test_a_city_district_has_streets_communities_and_241_grids(app: Flask) -> None:
    with app.app_context(), writing():
        load(
            village_csv(villages_of("210803")),
            as_of=DAY,
            level_names=parse_level_names("区,街道,社区"),
        )
        load(xishi_grids(), as_of=DAY, level_names=parse_level_names("区,街道,社区,网格/Grid"))

        units = list(scope.tree().units.values())
        communities = [u for u in units if u.level == 3 and u.code[9] == "0"]
        assert len(communities) == 32
        assert sum(u.level == 4 for u in units) == 241
        streets = [unit for unit in units if unit.level == 2 and unit.name.endswith("街道")]
        assert len(streets) == 5
        assert scope.level_name(the_grid("210803000000").id, "zh") == "区"


def test_a_village_list_does_not_push_a_town_below_a_county_it_never_had(app: Flask) -> None:
    with app.app_context():
        with writing():
            load(HUZHUANG, as_of=DAY)

        with pytest.raises(Refused) as refused, writing():
            load(village_csv(villages_of("210882106")), as_of=DAY)

        said = refused.value.problems[0]
        assert said.sentence % said.params == (
            "210882106000 is at level 1 in the tree and at level 2 here."
        )


def test_the_official_list_gives_an_existing_tree_its_official_names(app: Flask) -> None:
    with app.app_context(), writing():
        load(HUZHUANG, as_of=DAY)
        levels = parse_level_names("管理网格,责任网格")
        load(village_csv(villages_of("210882106")), as_of=DAY, level_names=levels)

        village = the_grid("210882106200")
        assert (village.name, village.official_name) == ("虎庄村", "虎庄村委会")
        assert len(scope.tree().units) == 151


def test_a_grid_may_move_to_another_village_and_takes_everything_below_along(app: Flask) -> None:
    with app.app_context(), writing():
        load(HUZHUANG, as_of=DAY)
        area = "210882106200P01,210882106201,3,area,任务网格,虎庄村第1片区,"

        loaded = load(grid_csv(area), as_of=DAY)

        assert loaded.moved == 1
        names = [unit.name for unit in scope.path(the_grid("210882106200001").id)]
        assert names == ["虎庄镇", "杨家村", "虎庄村第1片区", "虎庄村第1网格"]
