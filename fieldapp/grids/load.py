"""Brings a CSV file of grids into the tree: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from fieldapp.extensions import db
from fieldapp.grids import reading, scope
from fieldapp.grids.forest import Forest, Loaded
from fieldapp.grids.models import Grid
from fieldapp.grids.reading import MOST_PROBLEMS, Wanted
from fieldapp.grids.recode import recode
from fieldapp.grids.refused import Problem, Refused
from fieldapp.i18n import N_

LevelNames = Sequence[tuple[str, str]]

STATISTICAL: LevelNames = (
    ("区县", "County"),
    ("乡镇(街道)", "Township"),
    ("村(社区)", "Village"),
)
ENGLISH = {
    "管理网格": "Management grid",
    "责任网格": "Responsibility grid",
    "任务网格": "Task grid",
    "基础网格": "Basic grid",
} | dict(STATISTICAL)


def load(raw: bytes, *, as_of: date, level_names: LevelNames | None = None) -> Loaded:
    """Bring the tree to what the file says; units the file does not name stay as they are.

    `level_names` are (Chinese, English) from the top; a list of villages gets as many levels as
    there are names. Call in `writing()`. Raises Refused with every wrong row, up to 100.
    """
    layout, rows = reading.rows_of(raw)
    forest = Forest(db.session())
    if layout == reading.CHANGES:
        loaded = recode(forest, reading.recodings(rows), as_of)
    else:
        wanted, names = _wanted(layout, rows, level_names)
        loaded = _apply(forest, wanted, as_of)
        present = [grid for one in wanted if (grid := forest.get(one.code)) is not None]
        forest.name_levels({forest.root_of(grid).id for grid in present}, names)
    forest.settle()
    scope.changed()
    return loaded


def parse_level_names(text: str) -> LevelNames:
    """Read `管理网格/Management grid,责任网格` as (Chinese, English) pairs, the top first."""
    pairs = []
    for part in text.split(","):
        zh, _, en = (piece.strip() for piece in part.partition("/"))
        if not zh:
            raise Refused.because(N_("A level has no name in “%(text)s”."), text=text)
        pairs.append((zh, en or ENGLISH.get(zh, zh)))
    return pairs


def _wanted(
    layout: frozenset[str], rows: list[tuple[int, dict[str, str]]], level_names: LevelNames | None
) -> tuple[list[Wanted], dict[int, tuple[str, str]]]:
    if layout == reading.VILLAGES:
        given = STATISTICAL if level_names is None else level_names
        if len(given) > len(STATISTICAL):
            raise Refused.because(N_("A list of villages has at most three levels."))
        return reading.villages(rows, depth=len(given)), dict(enumerate(given, start=1))
    wanted = reading.grids(rows)
    if level_names is not None:
        return wanted, dict(enumerate(level_names, start=1))
    used: dict[int, Counter[str]] = {}
    for one in wanted:
        used.setdefault(one.level, Counter())[one.level_name or ""] += 1
    names = {level: count.most_common(1)[0][0] for level, count in used.items()}
    return wanted, {level: (zh, ENGLISH.get(zh, zh)) for level, zh in names.items()}


def _apply(forest: Forest, wanted: list[Wanted], as_of: date) -> Loaded:
    problems = _problems(forest, wanted)
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    loaded = Loaded()
    for level in sorted({one.level for one in wanted}):
        new: list[tuple[str, Grid]] = []
        for one in wanted:
            if one.level != level:
                continue
            known = forest.get(one.code)
            if known is None:
                new.append((one.code, _grid(forest, one)))
            else:
                _bring_up_to_date(forest, known, one, loaded)
        forest.add(new, as_of)
        loaded.added += len(new)
    return loaded


def _grid(forest: Forest, one: Wanted) -> Grid:
    return Grid(
        parent_id=_parent_id(forest, one),
        level=one.level,
        kind=one.kind,
        name=one.name,
        official_name=one.official_name,
        path="",
    )


def _bring_up_to_date(forest: Forest, known: Grid, one: Wanted, loaded: Loaded) -> None:
    parent_id = _parent_id(forest, one)
    official = one.official_name or known.official_name
    moved = known.parent_id != parent_id
    renamed = (known.name, known.official_name) != (one.name, official)
    known.parent_id, known.kind = parent_id, one.kind
    known.name, known.official_name = one.name, official
    loaded.moved += moved
    loaded.renamed += renamed
    loaded.unchanged += not moved and not renamed


def _parent_id(forest: Forest, one: Wanted) -> int | None:
    parent = forest.get(one.parent) if one.parent else None
    return None if parent is None else parent.id


def _problems(forest: Forest, wanted: list[Wanted]) -> list[Problem]:
    in_file = {one.code: one for one in wanted}
    found = []
    for one in wanted:
        problem = _unusable_code(forest, one) or _wrong_parent(forest, one, in_file)
        if problem is not None:
            found.append(problem)
    return found


def _unusable_code(forest: Forest, one: Wanted) -> Problem | None:
    code = forest.codes.get(one.code)
    if code is not None and code.valid_to is not None:
        now = forest.code_now(forest.grids[code.grid_id])
        params: dict[str, object] = {"code": one.code, "since": code.valid_to, "now": now}
        if now is None:
            sentence = N_("The code %(code)s is not in force since %(since)s; its unit was closed.")
        else:
            sentence = N_("The code %(code)s is not in force since %(since)s; it is %(now)s now.")
        return Problem(sentence, params, one.row)
    known = forest.get(one.code)
    if known is not None and known.level != one.level:
        sentence = N_("%(code)s is at level %(known)s in the tree and at level %(level)s here.")
        params = {"code": one.code, "known": known.level, "level": one.level}
        return Problem(sentence, params, one.row)
    return None


def _wrong_parent(forest: Forest, one: Wanted, in_file: dict[str, Wanted]) -> Problem | None:
    if one.parent is None:
        return None
    in_tree = forest.get(one.parent)
    if one.parent not in in_file and in_tree is None:
        sentence = N_("The parent %(parent)s is neither in this file nor in the tree.")
        return Problem(sentence, {"parent": one.parent}, one.row)
    if _comes_back_to_itself(one, in_file):
        sentence = N_("%(code)s is above itself: its parents go round in a circle.")
        return Problem(sentence, {"code": one.code}, one.row)
    above = in_file.get(one.parent) or in_tree
    if above is not None and above.level >= one.level:
        sentence = N_("The parent %(parent)s is at level %(above)s, this unit at level %(level)s.")
        params = {"parent": one.parent, "above": above.level, "level": one.level}
        return Problem(sentence, params, one.row)
    return None


def _comes_back_to_itself(one: Wanted, in_file: dict[str, Wanted]) -> bool:
    seen, at = {one.code}, one.parent
    while at in in_file and at not in seen:
        seen.add(at)
        at = in_file[at].parent
    return at == one.code
