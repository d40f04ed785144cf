"""Code changes between two editions of the official list: the unit stays, its code changes."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from fieldapp.extensions import db
from fieldapp.grids.forest import Forest, Loaded
from fieldapp.grids.models import Duty, Grid
from fieldapp.grids.reading import MOST_PROBLEMS, Recoding, spoken_name
from fieldapp.grids.refused import Problem, Refused
from fieldapp.i18n import N_


def recode(forest: Forest, changes: list[Recoding], as_of: date) -> Loaded:
    """Give units their new codes, names and townships from `as_of` on. Raises Refused.

    A township that loses its last village by this is closed too. Doing it twice changes nothing.
    """
    problems = [p for change in changes for p in _problems(forest, change, as_of)]
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    loaded = Loaded()
    left = [one for one in (_act(forest, change, as_of, loaded) for change in changes) if one]
    for township_id in dict.fromkeys(left):
        township = forest.grids[township_id]
        code = forest.code_now(township)
        if code is not None and not forest.open_children(township):
            forest.close(code, as_of)
            loaded.closed += 1
    return loaded


def _act(forest: Forest, change: Recoding, as_of: date, loaded: Loaded) -> int | None:
    """Carry out one change; the answer is the township that lost a unit by it, if one did."""
    grid = forest.get(change.old) if change.old else None
    if change.new is None:
        if grid is None or change.old is None:
            return None
        forest.close(change.old, as_of)
        loaded.closed += 1
        return grid.parent_id
    known = forest.get(change.new)
    if known is not None:
        renamed = known.official_name != change.name
        _rename(known, change.name)
        loaded.renamed += renamed
        loaded.unchanged += not renamed
        return None
    township = _township(forest, change.new, change.township, as_of, loaded)
    if grid is None or change.old is None:
        new = Grid(parent_id=township.id, level=township.level + 1, kind="village", path="")
        _rename(new, change.name)
        forest.add([(change.new, new)], as_of)
        loaded.added += 1
        return None
    forest.close(change.old, as_of)
    forest.open(change.new, grid, as_of)
    loaded.recoded += 1
    loaded.renamed += grid.official_name != change.name
    _rename(grid, change.name)
    left = grid.parent_id if grid.parent_id != township.id else None
    loaded.moved += left is not None
    grid.parent_id = township.id
    return left


def _rename(grid: Grid, official: str) -> None:
    grid.name, grid.official_name = spoken_name(official), official


def _township(forest: Forest, code: str, name: str, as_of: date, loaded: Loaded) -> Grid:
    """The township a village code belongs to; a new one is put under its county."""
    township_code = f"{code[:9]}000"
    known = forest.get(township_code)
    if known is not None:
        return known
    county = forest.get(f"{code[:6]}000000")
    assert county is not None, "checked by _problems"  # noqa: S101  # not a check of input
    new = Grid(parent_id=county.id, level=county.level + 1, kind="town", name=name, path="")
    forest.add([(township_code, new)], as_of)
    loaded.added += 1
    return new


def _problems(forest: Forest, change: Recoding, as_of: date) -> list[Problem]:
    found = []
    if change.old is not None:
        found += _old_problems(forest, change.old, change, as_of)
    if not found and change.new is not None and change.new != change.old:
        found += _new_problems(forest, change.new, change)
    return found


def _old_problems(forest: Forest, old: str, change: Recoding, as_of: date) -> list[Problem]:
    code = forest.codes.get(old)
    if code is None:
        sentence = N_("No unit of the tree has or had the code %(code)s.")
        return [Problem(sentence, {"code": old}, change.row)]
    grid = forest.grids[code.grid_id]
    now = forest.code_now(grid)
    if code.valid_to is not None and now != change.new:
        sentence = N_("The code %(code)s is not in force since %(since)s.")
        return [Problem(sentence, {"code": old, "since": code.valid_to}, change.row)]
    if code.valid_to is None and as_of < code.valid_from:
        sentence = N_("The code %(code)s is in force only from %(since)s on.")
        return [Problem(sentence, {"code": old, "since": code.valid_from}, change.row)]
    if change.new is None and now is not None and _is_needed(forest, grid):
        sentence = N_("%(code)s cannot be closed: it has grids below it or somebody on duty.")
        return [Problem(sentence, {"code": old}, change.row)]
    return []


def _new_problems(forest: Forest, new: str, change: Recoding) -> list[Problem]:
    known = forest.codes.get(new)
    if known is not None:
        before = forest.codes.get(change.old) if change.old else known
        same = before is not None and before.grid_id == known.grid_id
        if same and (known.valid_to is None or change.old):
            return []
        sentence = N_("The code %(code)s belongs or belonged to another unit.")
        return [Problem(sentence, {"code": new}, change.row)]
    if forest.get(f"{new[:9]}000") is None and forest.get(f"{new[:6]}000000") is None:
        sentence = N_("Neither the township nor the county of %(code)s is in the tree.")
        return [Problem(sentence, {"code": new}, change.row)]
    return []


def _is_needed(forest: Forest, grid: Grid) -> bool:
    if forest.open_children(grid):
        return True
    someone = sa.exists().where(Duty.grid_id == grid.id, Duty.valid_to.is_(None))
    return bool(db.session().scalar(sa.select(someone)))
