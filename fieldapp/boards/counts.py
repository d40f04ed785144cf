"""About how many households and people live in a grid: rounded, so that nobody is told by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.grids.scope import Tree
from fieldapp.households import Household

KEPT = timedelta(minutes=10)  # the numbers are rounded to ten: nobody sees that they are late


class Counted(NamedTuple):
    """All grids' own households and people, as of a moment and for one tree."""

    at: datetime
    tree: Tree
    own: dict[int, tuple[int, int]]
    all_in: dict[int, tuple[int, int]]


def of(tree: Tree, grid_id: int) -> tuple[int, int]:
    """Households and people in a grid and all below it, as they are registered."""
    now = clock.utc_now()
    kept: Counted | None = current_app.extensions.get("board counts")
    if kept is None or kept.tree is not tree or not kept.at <= now < kept.at + KEPT:
        kept = Counted(now, tree, _own(), {})
        current_app.extensions["board counts"] = kept
    known = kept.all_in.get(grid_id)
    if known is None:
        inside = [kept.own.get(one, (0, 0)) for one in tree.at_or_below(grid_id)]
        known = (sum(one[0] for one in inside), sum(one[1] for one in inside))
        kept.all_in[grid_id] = known
    return known


def rounded(number: int | None) -> int | None:
    """To the nearest ten; None for none, and for so few that it would say nothing."""
    tens = ((number or 0) + 5) // 10 * 10
    return tens or None


def _own() -> dict[int, tuple[int, int]]:
    live_there = sa.func.sum(Household.resident_n + Household.away_n)
    query = (
        sa.select(Household.grid_id, sa.func.count(), live_there)
        .where(Household.standing())
        .group_by(Household.grid_id)
    )
    rows = db.session().execute(query)
    return {grid: (households, int(people or 0)) for grid, households, people in rows}
