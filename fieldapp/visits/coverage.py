"""How far the visits have got, grid by grid, in numbers that add up.

Every occupied household is in exactly one of five places: visited, refused, nobody home, not yet,
or unknown. Unknown means that nobody has been there as far as the town can see, and that the town
cannot see: the phones of the grid have not been heard from, or still hold records.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from fieldapp.households.models import OCCUPIED, Household
from fieldapp.visits.models import Visit

NOT_REACHED = ("nobody_home", "refused")


class Coverage(NamedTuple):
    """Households by what is known of them. The five parts add up to `occupied`."""

    visited: int = 0
    refused: int = 0
    nobody_home: int = 0
    not_yet: int = 0
    unknown: int = 0

    @property
    def occupied(self) -> int:
        return sum(self)

    @property
    def share(self) -> int | None:
        """Visited, in whole per cent, rounded down so that 100 means all; None without anybody."""
        return self.visited * 100 // self.occupied if self.occupied else None


def coverage(session: Session, *, since_ms: int, heard: frozenset[int]) -> dict[int, Coverage]:
    """The coverage of every grid that has occupied households, counting visits from `since_ms` on.

    `heard`: the grids of whose phones the town has everything; what is open elsewhere is unknown.
    """
    rows = session.execute(_by_grid(since_ms))
    return {
        grid: Coverage(
            visited,
            refused,
            nobody_home,
            not_yet=untouched if grid in heard else 0,
            unknown=0 if grid in heard else untouched,
        )
        for grid, visited, refused, nobody_home, untouched in rows
    }


def total(parts: Iterable[Coverage]) -> Coverage:
    """The sum over several grids."""
    return Coverage(*(sum(column) for column in zip(*parts, strict=True)))


def _by_grid(since_ms: int) -> sa.Select[int, int, int, int, int]:
    # Of several visits to one household the best counts: somebody met, then refused, then nobody.
    best = sa.func.max(
        sa.case((Visit.result == "nobody_home", 1), (Visit.result == "refused", 2), else_=3)
    )
    by_file = (
        sa.select(Visit.hh, best.label("best"))
        .where(Visit.occurred_ms >= since_ms, ~Visit.voided)
        .group_by(Visit.hh)
        .subquery()
    )
    # What was recorded under a file that was merged counts for the one that remains.
    was = aliased(Household)
    home = sa.func.coalesce(was.survivor, by_file.c.hh)
    seen = (
        sa.select(home.label("hh"), sa.func.max(by_file.c.best).label("best"))
        .outerjoin(was, was.id == by_file.c.hh)
        .group_by(home)
        .subquery()
    )

    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    return (
        sa.select(
            Household.grid_id,
            count(seen.c.best == 3),
            count(seen.c.best == 2),
            count(seen.c.best == 1),
            count(seen.c.best.is_(None)),
        )
        .outerjoin(seen, seen.c.hh == Household.id)
        .where(Household.occupied.in_(OCCUPIED), Household.standing())
        .group_by(Household.grid_id)
    )
