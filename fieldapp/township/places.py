"""Where something can be: villages to narrow a list to, and basic grids to put somebody in."""

from __future__ import annotations

from fieldapp.grids import scope
from fieldapp.grids.scope import Unit


def villages() -> list[Unit]:
    """The units right under each root, or the root itself where it has none."""
    roots = scope.children(None)
    return [unit for root in roots for unit in (scope.children(root.id) or [root])]


def choices() -> list[tuple[str, str]]:
    """Every grid as (code, name with what it lies in), a parent before its children."""
    found = []
    for root in scope.children(None):
        for grid in _depth_first(root.id):
            steps = [step.name for step in scope.path(grid)]
            found.append((scope.code_of(grid), " · ".join(steps[1:]) or steps[0]))
    return found


def basic() -> list[tuple[str, str]]:
    """Those of `choices` that nothing lies in: where households are."""
    parents = {parent for parent, below in scope.tree().below.items() if below}
    return [(code, name) for code, name in choices() if scope.grid_of(code) not in parents]


def _depth_first(grid: int) -> list[int]:
    return [grid, *(one for unit in scope.children(grid) for one in _depth_first(unit.id))]
