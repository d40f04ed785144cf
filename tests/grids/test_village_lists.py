"""What a clerk may rely on who loads the official list of villages, and then the next edition."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.forest import Loaded
from fieldapp.grids.load import load, parse_level_names
from fieldapp.grids.models import Grid, GridCode
from fieldapp.grids.refused import Refused
from tests.grids.files import CHANGES_2020, YINGKOU_2019, YINGKOU_2020, village_csv, villages_of

EDITION_2019 = date(2020, 2, 25)
EDITION_2020 = date(2020, 11, 6)


def brought_in(raw: bytes, as_of: date = EDITION_2020, levels: str | None = None) -> Loaded:
    with writing():
        names = None if levels is None else parse_level_names(levels)
        return load(raw, as_of=as_of, level_names=names)


def id_of(code: str) -> int:
    found = scope.grid_of(code)
    assert found is not None
    return found


@pytest.fixture
def two_editions(app: Flask) -> Flask:
    """The city as of 2019, followed by the changes of 2020."""
    with app.app_context():
        brought_in(YINGKOU_2019, EDITION_2019)
        brought_in(CHANGES_2020, EDITION_2020)
    return app


def test_a_citys_839_villages_come_in_under_their_townships_and_counties(
    any_database_app: Flask,
) -> None:
    with any_database_app.app_context():
        loaded = brought_in(YINGKOU_2020)

        assert loaded == Loaded(added=839 + 70 + 6)
        kinds = Counter(unit.kind for unit in scope.tree().units.values())
        assert kinds == {"village": 839, "town": 70, "county": 6}
        names = [unit.name for unit in scope.path(id_of("210882106200"))]
        assert names == ["大石桥市", "虎庄镇", "虎庄村"]


def test_45_repeated_names_stay_45_different_units(app: Flask) -> None:
    with app.app_context():
        brought_in(YINGKOU_2020)

        official = sa.select(Grid.official_name).where(Grid.kind == "village")
        count = Counter(db.session().scalars(official))
        assert sum(1 for n in count.values() if n > 1) == 45
        assert len({u.id for u in scope.tree().units.values() if u.kind == "village"}) == 839


def test_loading_the_same_list_again_changes_nothing(app: Flask) -> None:
    with app.app_context():
        brought_in(YINGKOU_2020)

        again = brought_in(YINGKOU_2020)

        assert again == Loaded(unchanged=839 + 70 + 6)


def test_a_unit_that_got_a_new_code_is_the_same_unit_and_its_old_code_still_finds_it(
    app: Flask,
) -> None:
    with app.app_context():
        brought_in(YINGKOU_2019, EDITION_2019)
        before = id_of("210802005001")

        loaded = brought_in(CHANGES_2020, EDITION_2020)

        assert loaded.recoded == 58
        assert loaded.renamed == 2
        assert id_of("210802008001") == id_of("210802005001") == before
        assert scope.code_of(before) == "210802008001"
        assert [unit.name for unit in scope.path(before)] == ["站前区", "东兴街道", "公园社区"]


def test_the_days_on_which_a_code_was_in_force_are_kept(two_editions: Flask) -> None:
    with two_editions.app_context():
        old = db.session().get_one(GridCode, "210802005001")
        new = db.session().get_one(GridCode, "210802008001")

        assert (old.valid_from, old.valid_to) == (EDITION_2019, EDITION_2020)
        assert (new.valid_from, new.valid_to) == (EDITION_2020, None)


def test_a_renamed_village_keeps_its_code_and_takes_its_new_name(two_editions: Flask) -> None:
    with two_editions.app_context():
        village = scope.unit(id_of("210882106217"))

        assert (village.name, village.official_name) == ("石桥满族村", "石桥满族村委会")


def test_units_that_are_gone_are_closed_and_townships_left_empty_too(two_editions: Flask) -> None:
    with two_editions.app_context():
        assert scope.unit(id_of("210882001010")).closed
        assert scope.unit(id_of("210802005000")).closed, "东风街道 lost its last community"
        county = id_of("210802000000")
        assert "东风街道" not in {unit.name for unit in scope.children(county)}
        assert id_of("210802005001") in scope.at_or_below(county)
        assert scope.grid_of("210811101002") is not None, "绿源社区 is new"


def test_after_the_changes_the_next_edition_has_nothing_to_add(two_editions: Flask) -> None:
    with two_editions.app_context():
        loaded = brought_in(YINGKOU_2020)

        assert loaded == Loaded(unchanged=839 + 70 + 6)


def test_the_changes_may_be_loaded_twice(two_editions: Flask) -> None:
    with two_editions.app_context():
        before = scope.tree().units

        again = brought_in(CHANGES_2020, EDITION_2020)

        assert again == Loaded(unchanged=63)
        assert scope.tree().units == before


def test_an_older_edition_is_refused_where_its_codes_are_no_longer_in_force(
    two_editions: Flask,
) -> None:
    with two_editions.app_context():
        with pytest.raises(Refused) as refused:
            brought_in(YINGKOU_2019)

        said = [p.sentence % p.params for p in refused.value.problems]
        assert any("it is 210802008001 now" in sentence for sentence in said)
        assert any("its unit was closed" in sentence for sentence in said)


def test_a_town_may_be_the_top_of_its_own_tree_with_its_own_names_for_levels(app: Flask) -> None:
    shuangtai = village_csv(villages_of("210881118"))

    with app.app_context():
        loaded = brought_in(shuangtai, levels="一级网格/First-level grid,二级网格")

        assert loaded == Loaded(added=1 + 10)
        town = id_of("210881118000")
        assert scope.unit(town).path == (town,)
        assert len(scope.children(town)) == 10
        assert scope.level_name(town, "zh") == "一级网格"
        assert scope.level_name(town, "en") == "First-level grid"
        assert scope.level_name(scope.children(town)[0].id, "zh") == "二级网格"
