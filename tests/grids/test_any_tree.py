"""Whatever the tree and the duties look like: nobody serves a grid outside of their own."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.grids.scope import Served, Tree, Unit

DAY = date(2020, 2, 3)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Up to 40 units, each under an earlier one or a root; some closed, some people on duty."""
    tree = Tree(token="any")
    for number in range(1, draw(st.integers(1, 40)) + 1):
        parent_id = (
            draw(st.one_of(st.none(), st.sampled_from(range(1, number)))) if number > 1 else None
        )
        above = tree.units[parent_id].path if parent_id else ()
        tree.units[number] = Unit(
            number, f"{number:012}", "格", None, len(above) + 1, "grid", parent_id,
            (*above, number), draw(st.booleans()) and draw(st.booleans()),
        )  # fmt: skip
        tree.below.setdefault(parent_id, []).append(number)
    for number in range(draw(st.integers(0, 6))):
        since = DAY + timedelta(days=draw(st.integers(-2, 2)))
        until = draw(
            st.one_of(st.none(), st.integers(-2, 2).map(lambda d: DAY + timedelta(days=d)))
        )
        member = draw(st.integers(1, 3))
        grid = draw(st.sampled_from(sorted(tree.units)))
        duty = Served(number, member, grid, "leader", since, until)
        tree.duties.setdefault(member, []).append(duty)
    return tree


@settings(max_examples=200)
@given(trees(), st.integers(0, 4))
def test_a_member_serves_exactly_what_lies_under_a_duty_of_today(tree: Tree, member: int) -> None:
    tops = {
        duty.grid_id
        for duty in tree.duties.get(member, ())
        if duty.valid_from <= DAY and (duty.valid_to is None or duty.valid_to > DAY)
    }

    served = tree.served_on(DAY, member)

    for unit in tree.units.values():
        reached = [place for place in unit.path if place in tops]
        way = unit.path[unit.path.index(reached[0]) :] if reached else ()
        expected = any(
            not any(tree.units[step].closed for step in way[way.index(top) :]) for top in reached
        )
        assert (unit.id in served) == expected


@given(trees())
def test_a_parent_always_comes_before_its_children(tree: Tree) -> None:
    for top in tree.units:
        order = tree.at_or_below(top)
        assert all(
            tree.units[one].parent_id in order[:place] for place, one in enumerate(order) if place
        )
