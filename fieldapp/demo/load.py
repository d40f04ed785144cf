"""Fills an empty database with 虎庄镇: its real villages and sizes, and invented people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.checkpoints import CheckpointPost
from fieldapp.database import writing
from fieldapp.demo.folk import Record, Village, group_sizes, record_id
from fieldapp.demo.isolated import isolated
from fieldapp.demo.notices import notices
from fieldapp.grids import Refused, scope
from fieldapp.grids.load import load, parse_level_names
from fieldapp.grids.models import Duty, Member
from fieldapp.grids.scope import Unit
from fieldapp.i18n import N_

DATA = Path(__file__).parent.parent / "data"
LEVELS = "管理网格,责任网格"
BATCH = 500
TOWN = "210882106000"

# (role, kinds of grid, how many in each, first telephone number)
STAFF = (
    ("chief_head", ("town",), 2, 15400010001),
    ("head", ("village",), 1, 15400020001),
    ("member", ("area", "enterprise"), 1, 15400030001),
    ("leader", ("villager_group", "school", "enterprise"), 1, 15400040001),
    ("doctor", ("village",), 1, 15400050001),
)
FIRST_LEADER = "15400040001"

ROADS = ("村口", "村西路口", "国道岔口", "铁道口", "河桥北头", "镇界")
POSTS = 19


@dataclass(frozen=True, slots=True)
class Town:
    """What was loaded, in numbers."""

    grids: int
    members: int
    households: int
    people: int


def load_demo() -> Town | None:
    """The demo town, all of it in one transaction; None if it is there already.

    Raises Refused where a real town is loaded: invented people must never stand among real ones.
    """
    with writing() as session:
        if scope.is_demo():
            return None
        if scope.tree().units:
            sentence = N_("There is a town in this database. The demo town needs an empty one.")
            raise Refused.because(sentence)
        now = clock.utc_now()
        _load_tree()
        village = Village(clock.local_day(now))
        members = _staff(session, village)
        _posts(session)
        scope.changed(demo=True)
        households, people = _households(session, village, now)
        _submit(session, isolated(session, _units("villager_group"), now))
        notices(session, village)
        return Town(len(scope.tree().units), members, households, people)


def _load_tree() -> None:
    day = clock.today()
    villages = (DATA / "huzhuang_villages.csv").read_bytes()
    load(villages, as_of=day, level_names=parse_level_names(LEVELS))
    load((DATA / "huzhuang_grids.csv").read_bytes(), as_of=day)


def _units(*kinds: str) -> list[Unit]:
    """All units of these kinds, kind by kind."""
    top = scope.grid_of(TOWN)
    units = [scope.unit(one) for one in scope.at_or_below(top or 0)]
    wanted = (unit for unit in units if unit.kind in kinds)
    return sorted(wanted, key=lambda unit: (kinds.index(unit.kind), unit.code))


def _staff(session: Session, village: Village) -> int:
    """Everybody on duty; returns how many people that are."""
    day, number = clock.today(), 0
    for role, kinds, each, first_phone in STAFF:
        places = [unit for unit in _units(*kinds) for _ in range(each)]
        for offset, place in enumerate(places):
            sex = "2" if number % 3 == 0 else "1"
            member = Member(name=village.name(sex), phone=str(first_phone + offset))
            session.add(member)
            session.flush()
            session.add(Duty(member_id=member.id, grid_id=place.id, role=role, valid_from=day))
            number += 1
    return number


def _posts(session: Session) -> None:
    """The 19 checkpoints: one at each village, the others on the main roads of the first ones."""
    villages = _units("village")
    for number in range(POSTS):
        village, road = villages[number % len(villages)], ROADS[number // len(villages)]
        session.add(
            CheckpointPost(
                name=f"{village.name}{road}检测站",
                grid_id=village.id,
                kind="round_clock" if number < len(villages) else "daytime",
                location=f"{village.name}{road}",
                opened_on=clock.today(),
            )
        )


def _households(session: Session, village: Village, now: datetime) -> tuple[int, int]:
    """Submit all households and people; returns how many of each."""
    _submit(session, _items(village, now.astimezone(clock.LOCAL).isoformat(timespec="seconds")))
    tables = (ledger_kind.tables[0] for ledger_kind in _kinds())
    counts = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]
    return counts[0] or 0, counts[1] or 0


def _submit(session: Session, items: Iterator[dict[str, object]]) -> None:
    while batch := list(islice(items, BATCH)):
        outcomes = ledger.submit_items(
            session, batch, origin=ledger.Origin(), grid_of=scope.grid_of
        )
        wrong = [one for one in outcomes if one.status != "accepted"]
        if wrong:
            raise AssertionError(f"the demo does not fit its own forms: {wrong[:3]}")


def _kinds() -> tuple[ledger.Kind, ledger.Kind]:
    return ledger.kinds()["household"], ledger.kinds()["person"]


def _items(village: Village, made_at: str) -> Iterator[dict[str, object]]:
    groups = _units("villager_group")
    forms = {kind.name: kind.newest.version for kind in _kinds()}
    for group, (size, people) in zip(groups, group_sizes(len(groups)), strict=True):
        for record in village.households(group.code, int(group.code[-3:]), size, people):
            yield _change(record, group.code, forms[record.kind], made_at)


def _change(record: Record, code: str, form: int, made_at: str) -> dict[str, object]:
    return {
        "id": record_id("change", record.id),
        "kind": record.kind,
        "record": record.id,
        "base": None,
        "form": form,
        "grid": code,
        "made_at": made_at,
        "fields": record.fields,
    }
