"""How far the visits have got: numbers that add up, and what is not known called so."""

from __future__ import annotations

from datetime import date, timedelta

from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.township import figures, phones
from fieldapp.visits.coverage import Coverage, coverage, total
from tests.township.town import LEADERS, POPLAR_1, WILLOW_1, WILLOW_2, Town


def _covered(town: Town, *, since: date = date(2020, 2, 6)) -> dict[str, Coverage]:
    with town.app.app_context():
        hearings = phones.by_grid(db.session())
        heard = frozenset(grid for grid, one in hearings.items() if one.is_known)
        found = coverage(db.session(), since_ms=figures.start_of(since), heard=heard)
        return {scope.code_of(grid): one for grid, one in found.items()}


def test_every_occupied_household_is_in_exactly_one_place(town: Town):
    doors = town.households[WILLOW_1]
    town.visit(WILLOW_1, doors[0])
    town.visit(WILLOW_1, doors[1], "refused")
    town.visit(WILLOW_1, doors[2], "nobody_home")

    covered = _covered(town)

    assert covered[WILLOW_1] == Coverage(1, 1, 1, not_yet=2, unknown=0)
    assert all(one.occupied == 5 == sum(one) for one in covered.values())
    assert total(covered.values()).occupied == 15


def test_a_household_counts_once_with_the_best_of_its_visits(town: Town):
    door = town.households[WILLOW_1][0]
    town.visit(WILLOW_1, door)
    town.visit(WILLOW_1, door, "nobody_home")
    town.visit(WILLOW_1, door)

    assert _covered(town)[WILLOW_1] == Coverage(visited=1, not_yet=4)


def test_a_visit_that_was_taken_back_does_not_count(town: Town):
    record = town.visit(WILLOW_1, town.households[WILLOW_1][0])
    back = town.change("visit", WILLOW_1, {"voided": True}) | {"record": record}
    assert town.send(WILLOW_1, back) == ["accepted"]

    assert _covered(town)[WILLOW_1] == Coverage(not_yet=5)


def test_only_visits_from_the_first_day_on_count(town: Town):
    town.visit(WILLOW_1, town.households[WILLOW_1][0], made_at="2020-02-05T23:59:59+08:00")
    town.visit(WILLOW_1, town.households[WILLOW_1][1], made_at="2020-02-06T00:00:00+08:00")

    assert _covered(town, since=date(2020, 2, 6))[WILLOW_1].visited == 1
    assert _covered(town, since=date(2020, 2, 5))[WILLOW_1].visited == 2


def test_an_empty_house_is_in_no_denominator(town: Town):
    town.household(WILLOW_1, 8, occupied="vacant")
    town.household(WILLOW_1, 9, occupied="away")
    town.household(WILLOW_1, 7, occupied="seasonal")

    assert _covered(town)[WILLOW_1].occupied == 6


def test_behind_a_phone_that_keeps_silent_is_not_not_yet_but_unknown(town: Town):
    town.visit(WILLOW_1, town.households[WILLOW_1][0])
    town.phone(WILLOW_1, last_contact_at=town.now - timedelta(hours=4, minutes=1))
    town.phone(WILLOW_2, last_contact_at=town.now - timedelta(hours=3, minutes=59))

    covered = _covered(town)

    assert covered[WILLOW_1] == Coverage(visited=1, unknown=4)
    assert covered[WILLOW_2] == Coverage(not_yet=5)


def test_behind_a_phone_that_still_holds_records_it_is_unknown_too(town: Town):
    town.phone(POPLAR_1, pending=1)

    assert _covered(town)[POPLAR_1] == Coverage(unknown=5)


def test_without_any_phone_nothing_is_known(town: Town):
    town.phone(POPLAR_1, revoked_at=town.now)

    assert _covered(town)[POPLAR_1] == Coverage(unknown=5)


def test_all_is_all_only_when_nobody_is_missing():
    assert Coverage(visited=199, not_yet=1).share == 99
    assert Coverage(visited=200).share == 100
    assert Coverage().share is None


def test_the_sum_over_no_grid_is_nothing():
    assert total([]) == Coverage()


def test_every_group_with_households_is_counted(town: Town):
    assert set(_covered(town)) == set(LEADERS)
