"""Which grids there are now, and which of them a person serves.

Every POST /sync asks this, so the whole tree (a city has some 7,000 units) is kept in memory and
one short query a transaction tells whether it is still the present one.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from fieldapp import clock, database
from fieldapp.extensions import db
from fieldapp.grids.models import Duty, Grid, GridCode, GridLevel, TreeEdition

_EDITION = "SELECT token, demo FROM tree_edition WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Unit:
    """A grid as the rest of the program sees it. `closed`: none of its codes is in force."""

    id: int
    code: str
    name: str
    official_name: str | None
    level: int
    kind: str
    parent_id: int | None
    path: tuple[int, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Served:
    """One duty: this person serves this grid, and all below it, as this, on these days."""

    id: int
    member_id: int
    grid_id: int
    role: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the duty holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Tree:
    """Everything that one edition of the tree says."""

    token: str = ""
    demo: bool = False
    units: dict[int, Unit] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    below: dict[int | None, list[int]] = field(default_factory=dict)
    duties: dict[int, list[Served]] = field(default_factory=dict)
    level_names: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    served: dict[date, dict[int, frozenset[int]]] = field(default_factory=dict)

    def at_or_below(self, grid_id: int) -> list[int]:
        """The grid and everything under it, a parent always before its children."""
        found = [grid_id] if grid_id in self.units and not self.units[grid_id].closed else []
        for one in found:
            found.extend(c for c in self.below.get(one, ()) if not self.units[c].closed)
        return found

    def served_on(self, day: date, member_id: int) -> frozenset[int]:
        """All grids that the member's duties of that day reach."""
        today = self.served.setdefault(day, {})
        known = today.get(member_id)
        if known is None:
            tops = {d.grid_id for d in self.duties.get(member_id, ()) if d.holds_on(day)}
            known = frozenset(grid for top in tops for grid in self.at_or_below(top))
            today[member_id] = known
            for past in [one for one in tuple(self.served) if one != day]:
                self.served.pop(past, None)  # threads share the tree: it may be gone already
        return known

    def duty_tag(self, day: date, member_id: int) -> str:
        """What a phone compares to know whether rules or duties around its member changed.

        The day is in it, because duties begin and end by it.
        """
        named = f"{self.token}/{day}/{member_id}"
        return hashlib.blake2b(named.encode(), digest_size=5).hexdigest()


def tree() -> Tree:
    """The tree as it is in the present transaction."""
    session = db.session()
    transaction = session.get_transaction()
    known = session.info.get("tree")
    if transaction is not None and known is not None and known[0] is transaction:
        return cast(Tree, known[1])
    found = database.ask(session, _EDITION)
    kept = cast(Tree, current_app.extensions.get("grids") or Tree())
    if not found:
        kept = Tree()
    elif found[0][0] != kept.token:
        token, demo = found[0]
        kept = _read(session, token, demo=bool(demo))
        current_app.extensions["grids"] = kept
    session.info["tree"] = (session.get_transaction(), kept)
    return kept


def tree_in(where: database.Where) -> Tree:
    """`tree` for who reads without a session."""
    if isinstance(where, Session):
        return tree()
    found = database.ask(where, _EDITION)
    kept: Tree | None = current_app.extensions.get("grids")
    if found and (kept is None or kept.token != found[0][0]):
        with current_app.app_context():  # a session of its own, which has seen nothing older
            kept = tree()
    return kept if found and kept is not None else Tree()


def served_grids(member_id: int) -> frozenset[int]:
    """All grids at or below those of the member's duties of today; none for somebody unknown."""
    return tree().served_on(clock.today(), member_id)


def duties_of(member_id: int) -> list[Served]:
    """The member's duties of today."""
    day = clock.today()
    return [duty for duty in tree().duties.get(member_id, ()) if duty.holds_on(day)]


def duty_tag(member_id: int) -> str:
    """`Tree.duty_tag` of today."""
    return tree().duty_tag(clock.today(), member_id)


def at_or_below(grid_id: int) -> list[int]:
    """The grid and everything under it, a parent always before its children; closed ones not."""
    return tree().at_or_below(grid_id)


def children(grid_id: int | None) -> list[Unit]:
    """The units right under a grid, or the roots (`None`), in the order of their codes."""
    present = tree()
    units = (present.units[one] for one in present.below.get(grid_id, ()))
    return [unit for unit in units if not unit.closed]


def unit(grid_id: int) -> Unit:
    """The grid with this id. Raises KeyError if there is none."""
    return tree().units[grid_id]


def path(grid_id: int) -> list[Unit]:
    """From the root down to the grid itself: 虎庄镇, 虎庄村, 虎庄村第1片区, 虎庄村第3网格."""
    present = tree()
    return [present.units[one] for one in present.units[grid_id].path]


def code_of(grid_id: int) -> str:
    """The code in force, or the last one a closed grid had."""
    return tree().units[grid_id].code


def name_of(grid_id: int) -> str:
    """What people call the grid."""
    return tree().units[grid_id].name


def grid_of(code: str) -> int | None:
    """Which grid carries this code, or carried it in an earlier edition."""
    return tree().by_code.get(code)


def may_hand_over(place: int, reach: frozenset[int]) -> bool:
    """Whether who serves `reach` may put a record of theirs here: an open grid of the same town."""
    units = tree().units
    target = units[place]
    return not target.closed and any(units[one].path[0] == target.path[0] for one in reach)


def level_name(grid_id: int, language: str) -> str:
    """What this tree calls units of the grid's level, in "zh" or "en"."""
    one = tree().units[grid_id]
    names = tree().level_names.get((one.path[0], one.level), ("", ""))
    return names[1] if language.startswith("en") else names[0]


def is_demo() -> bool:
    """Whether the people in this database are invented; then every screen and paper says so."""
    return tree().demo


def changed(*, demo: bool | None = None) -> None:
    """Tell every process that the tree or a duty changed. In `writing()`, after the last write."""
    session = db.session()
    values: dict[str, object] = {"token": secrets.token_hex(16)}
    if demo is not None:
        values["demo"] = demo
    session.flush()
    known = session.execute(sa.update(TreeEdition).where(TreeEdition.id == 1).values(values))
    if known.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
        session.execute(sa.insert(TreeEdition).values({"id": 1, "demo": False} | values))
    session.info.pop("tree", None)


def _read(session: Session, token: str, *, demo: bool) -> Tree:
    found = Tree(token=token, demo=demo)
    codes: dict[int, GridCode] = {}
    for code in session.scalars(sa.select(GridCode).order_by(GridCode.valid_from)):
        found.by_code[code.code] = code.grid_id
        if code.valid_to is None or code.grid_id not in codes or codes[code.grid_id].valid_to:
            codes[code.grid_id] = code
    grids = session.execute(sa.select(Grid.__table__)).all()
    for row in sorted(grids, key=lambda row: codes[row.id].code):
        found.units[row.id] = Unit(
            row.id, codes[row.id].code, row.name, row.official_name, row.level, row.kind,
            row.parent_id, tuple(int(p) for p in row.path.strip("/").split("/")),
            codes[row.id].valid_to is not None,
        )  # fmt: skip
        found.below.setdefault(row.parent_id, []).append(row.id)
    for duty in session.execute(sa.select(Duty.__table__).order_by(Duty.id)):
        served = Served(
            duty.id, duty.member_id, duty.grid_id, duty.role, duty.valid_from, duty.valid_to
        )
        found.duties.setdefault(duty.member_id, []).append(served)
    for level in session.execute(sa.select(GridLevel.__table__)):
        found.level_names[level.root_id, level.level] = (level.name_zh, level.name_en)
    return found
