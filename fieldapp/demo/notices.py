"""What the boards of the demo town say beyond the usual texts. All invented.

Telephones begin with 0417-000: no exchange gives such numbers out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from sqlalchemy.orm import Session

from fieldapp import boards, clock
from fieldapp.boards.models import BoardConsent, BoardContact, BoardLine, BoardMember, BoardText
from fieldapp.boards.register import changed
from fieldapp.demo.folk import SEED, Village
from fieldapp.extensions import Base
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Unit

EDGES = (
    "村东小桥", "水塔", "老粮站院墙", "卫生室门前路", "灌溉渠", "果园", "村小学", "铁道边",
    "砂石路", "大柳树", "村文化广场", "养殖小区", "防护林带", "供销社旧址",
)  # fmt: skip
HOTLINES = (
    ("虎庄镇政府值班室", "0417-0001000"),
    ("镇便民服务中心", "0417-0001001"),
    ("镇卫生院", "0417-0001002"),
    ("镇派出所", "0417-0001003"),
    ("镇供水站", "0417-0001004"),
    ("供电服务", "95598"),
    ("政务服务便民热线", "12345"),
    ("报警", "110"),
    ("火警", "119"),
    ("急救", "120"),
)
CENTRE, WORKDAYS = "镇便民服务中心", "工作日 8:30–11:30，13:00–16:30"
SERVICES = (
    ("政策咨询、低保和临时救助申请", f"{CENTRE}1号窗口", WORKDAYS, "0417-0001001"),
    ("医保、养老保险办理", f"{CENTRE}2号窗口", WORKDAYS, "0417-0001001"),
    ("公共设施报修", "镇村镇建设办公室", WORKDAYS, "0417-0001005"),
)
CONSENT_SHARE = 0.7


def notices(session: Session, village: Village) -> None:
    """Ids for all boards and badges, and what they say. In `writing()`, after the staff."""
    boards.provide(session)
    units = [scope.unit(one) for one in scope.at_or_below(scope.tree().below[None][0])]
    town, villages = units[0], [unit for unit in units if unit.kind == "village"]
    session.add_all(_of_town(town, village))
    for number, unit in enumerate(villages):
        session.add_all(_of_village(unit, number, village))
    session.add_all(_areas(units))
    session.flush()
    session.add_all(_of_members(session))
    changed(session)


def _of_town(town: Unit, village: Village) -> Iterator[Base]:
    for part, text in (
        ("office_title", "虎庄镇政府值班室"),
        ("office_phone", "0417-0001000"),
        ("supervision", "0417-0001010"),
        ("role_hours:leader", "每天 8:00–18:00"),
        ("role_hours:member", "每天 8:00–18:00"),
        ("role_hours:doctor", "每天 8:00–17:00，急诊随时"),
        ("role_hours:head", "工作日 8:00–17:00"),
        ("role_hours:chief_head", "工作日 8:30–16:30"),
    ):
        yield BoardText(grid_id=town.id, part=part, text=text)
    yield from _lines(town, "hotline", [(title, "", "", phone) for title, phone in HOTLINES])
    yield from _lines(town, "service", SERVICES)
    yield _contact(town, village.name("1"), "policeman", "0417-0001003", "全天")
    yield _contact(town, village.name("2"), "lawyer", "0417-0001006", "周二、周四 9:00–11:00")


def _of_village(unit: Unit, number: int, village: Village) -> Iterator[Base]:
    office = f"0417-000{2001 + number}"
    yield BoardText(grid_id=unit.id, part="office_title", text=f"{unit.name}委会")
    yield BoardText(grid_id=unit.id, part="office_phone", text=office)
    services = (
        ("居家隔离咨询、测温", f"{unit.name}卫生室", "每天 8:00–17:00", ""),
        ("矛盾纠纷调解、代办代购", f"{unit.name}委会", "工作日 8:00–17:00", office),
    )
    yield from _lines(unit, "service", services)
    yield _contact(unit, village.name("1"), "mediator", office, "预约")


def _areas(units: list[Unit]) -> Iterator[Base]:
    """Where each grid begins and ends, in words; those with grids below name them by themselves."""
    dice = random.Random(SEED)  # noqa: S311  # reproducible, not secret
    for unit in units:
        if unit.kind == "villager_group":
            east, west, south, north = dice.sample(EDGES, 4)
            text = f"东起{east}，西至{west}，南到{south}，北靠{north}。"
        elif unit.kind in ("school", "enterprise"):
            text = f"{unit.name}院内全部区域。"
        else:
            continue
        yield BoardText(grid_id=unit.id, part="scope", text=text)


def _of_members(session: Session) -> Iterator[Base]:
    dice, now = random.Random(SEED), clock.utc_now()  # noqa: S311  # reproducible, not secret
    chiefs = []
    for member_id, served in scope.tree().duties.items():
        member = session.get_one(Member, member_id)
        if served[0].role == "chief_head":
            chiefs.append(member_id)
        elif dice.random() < CONSENT_SHARE:
            yield BoardConsent(
                member_id=member_id,
                contact_id=None,
                phone=member.phone,
                given_at=now,
                recorded_by="演示",
                withdrawn_at=None,
                withdrawn_by=None,
            )
    for deputy in chiefs[1:]:
        yield BoardMember(member_id=deputy, deputy=True, duty="", hours="", photo=None)


def _lines(
    unit: Unit, sort: str, lines: list[tuple[str, ...]] | tuple[tuple[str, ...], ...]
) -> Iterator[BoardLine]:
    for position, (title, place, hours, phone) in enumerate(lines):
        yield BoardLine(
            grid_id=unit.id, sort=sort, position=position,
            title=title, place=place, hours=hours, phone=phone,
        )  # fmt: skip


def _contact(unit: Unit, name: str, role: str, phone: str, hours: str) -> BoardContact:
    return BoardContact(
        grid_id=unit.id, name=name, role=role, phone=phone, private=False, deputy=False,
        duty="", hours=hours, photo=None, ended_at=None,
    )  # fmt: skip
