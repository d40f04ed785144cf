"""The tree as rows that an import may change; the caller's transaction keeps or drops it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.grids.models import Grid, GridCode, GridLevel


@dataclass(slots=True)
class Loaded:
    """What an import did, in numbers of units."""

    added: int = 0
    renamed: int = 0
    moved: int = 0
    recoded: int = 0
    closed: int = 0
    unchanged: int = 0


class Forest:
    """All grids and codes of the database, found by code while an import changes them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.grids = {grid.id: grid for grid in session.scalars(sa.select(Grid))}
        self.codes = {code.code: code for code in session.scalars(sa.select(GridCode))}
        self._now = {c.grid_id: c.code for c in self.codes.values() if c.valid_to is None}

    def get(self, code: str) -> Grid | None:
        """The grid that carries this code now; a code that is no longer in force finds none."""
        known = self.codes.get(code)
        return self.grids[known.grid_id] if known is not None and known.valid_to is None else None

    def code_now(self, grid: Grid) -> str | None:
        """The grid's code in force."""
        return self._now.get(grid.id)

    def add(self, grids: Iterable[tuple[str, Grid]], as_of: date) -> None:
        """Put new grids, whose parents are known, into the tree."""
        grids = list(grids)
        self._session.add_all(grid for _, grid in grids)
        self._session.flush()
        for code, grid in grids:
            self.grids[grid.id] = grid
            self.open(code, grid, as_of)

    def open(self, code: str, grid: Grid, as_of: date) -> None:
        """Give the grid this code from that day on."""
        row = self.codes.get(code)
        if row is None:
            row = GridCode(code=code, grid_id=grid.id, valid_from=as_of, valid_to=None)
            self._session.add(row)
            self.codes[code] = row
        row.valid_to = None
        self._now[grid.id] = code

    def close(self, code: str, as_of: date) -> None:
        """The code is no longer in force from that day on; it still finds its grid."""
        row = self.codes[code]
        row.valid_to = as_of
        self._now.pop(row.grid_id, None)

    def open_children(self, grid: Grid) -> list[Grid]:
        """The grids right below that carry a code in force."""
        return [g for g in self.grids.values() if g.parent_id == grid.id and self.code_now(g)]

    def settle(self) -> None:
        """Work out the path of every grid again; the database hears of those that differ."""
        for grid in sorted(self.grids.values(), key=lambda grid: grid.level):
            above = "/" if grid.parent_id is None else self.grids[grid.parent_id].path
            path = f"{above}{grid.id}/"
            if grid.path != path:
                grid.path = path
        self._session.flush()

    def root_of(self, grid: Grid) -> Grid:
        """The top of the tree the grid stands in."""
        while grid.parent_id is not None:
            grid = self.grids[grid.parent_id]
        return grid

    def name_levels(self, roots: Iterable[int], names: dict[int, tuple[str, str]]) -> None:
        """Say what these trees call their levels: level → (Chinese, English)."""
        for root in roots:
            for level, (zh, en) in names.items():
                self._session.merge(GridLevel(root_id=root, level=level, name_zh=zh, name_en=en))
        self._session.flush()
