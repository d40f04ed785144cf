"""小柳镇: one village with three groups of households, small enough to be made in a few seconds.

Everybody in it is invented. It is filled in the way a real town is: the tree and the people by the
product's commands, the households by POST /sync from a member's device.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from random import Random
from uuid import UUID

from tests.browser.member import Device, Json, change
from tests.browser.server import Server

TOWN, VILLAGE, AREA = "999999106000", "999999106201", "999999106201P01"
GROUP_1, GROUP_2, GROUP_3 = "999999106201G01", "999999106201G02", "999999106201G03"
TREE = f"""\
grid_code,parent_code,level,kind,level_name_zh,display_name_zh,village_code
{TOWN},,1,town,管理网格,小柳镇,
{VILLAGE},{TOWN},2,village,责任网格,柳树村,{VILLAGE}
{AREA},{VILLAGE},3,area,任务网格,柳树村第1片区,{VILLAGE}
{GROUP_1},{AREA},4,group,基础网格,柳树村1组,{VILLAGE}
{GROUP_2},{AREA},4,group,基础网格,柳树村2组,{VILLAGE}
{GROUP_3},{AREA},4,group,基础网格,柳树村3组,{VILLAGE}
"""

CLERK, PASSWORD = "zhen", "correct-horse-7-battery"


@dataclass(frozen=True)
class Somebody:
    name: str
    phone: str
    duty: str
    grid: str


STAFF = (
    Somebody("王桂兰", "13900000001", "leader", GROUP_1),
    Somebody("李有福", "13900000002", "leader", GROUP_2),
    Somebody("赵秀英", "13900000003", "leader", GROUP_3),
    Somebody("周国强", "13900000004", "head", VILLAGE),
    Somebody("陈医生", "13900000005", "doctor", VILLAGE),
)
HOUSEHOLDS = {GROUP_1: 50, GROUP_2: 5, GROUP_3: 120}
PEOPLE = {GROUP_1: 100, GROUP_2: 12, GROUP_3: 380}
LINKS_EACH = 3

# One start of the program instead of twenty-one; the commands themselves have tests elsewhere.
STAFF_AND_LINKS = f"""
import json
from fieldapp.accounts import clerks, enrolment
from fieldapp.grids import duties
links = {{}}
for name, phone, duty, grid in {[(s.name, s.phone, s.duty, s.grid) for s in STAFF]!r}:
    member = duties.add_member(name=name, phone=phone, duty=duty, grid_code=grid)
    links[name] = ["/join/" + enrolment.invite(member.id) for _ in range({LINKS_EACH})]
_ = clerks.add_clerk({CLERK!r}, {PASSWORD!r})
print(json.dumps(links, ensure_ascii=False))
"""
RELATIONS = ("head", "spouse", "son", "daughter")

FAMILY_NAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡"
GIVEN_NAMES = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英玉兰"


@dataclass
class People:
    """Who is there, and the invitations that each of them has not used yet."""

    links: dict[str, list[str]] = field(default_factory=dict)

    def link(self, who: str) -> str:
        """The path of an invitation; each works once."""
        return self.links[who].pop()

    def fresh(self) -> People:
        """The same for another copy of the town, where nothing is used yet."""
        return deepcopy(self)


def prepare(folder: Path) -> People:
    """Fill an empty folder with the town."""
    folder.mkdir()
    server = Server(folder)
    tree = folder / "tree.csv"
    tree.write_text(TREE, encoding="utf-8")
    server.flask("load-tree", str(tree))
    printed = server.runs(STAFF_AND_LINKS)
    links = next(line for line in printed.splitlines() if "{" in line)
    people = People(json.loads(links[links.index("{") :]))
    server.start()
    try:
        _fill(server, people.link("周国强"))
    finally:
        server.kill()
    return people


def _fill(server: Server, link: str) -> None:
    """The village head brings the lists of all groups from a device of his own."""
    head = Device(server.url, link)
    names, ids = _names(), _ids()
    for grid, households in HOUSEHOLDS.items():
        changes = _household_changes(grid, households, PEOPLE[grid], names, ids)
        while batch := list(islice(changes, 200)):
            said = head.sync(batch)
            assert {one["status"] for one in said["results"]} == {"accepted"}, said["results"]
    head.close()


def _household_changes(
    grid: str, n: int, people: int, names: Iterator[str], ids: Iterator[str]
) -> Iterator[Json]:
    group = grid[-1]
    for door in range(1, n + 1):
        living_here = people * door // n - people * (door - 1) // n
        household, head = next(ids), next(names)
        fields = {
            "hh_no": f"{door:03}",
            "address_text": f"{group}组{door}号",
            "head_name": head,
            "head_phone": f"138{group}00{door:05}",
            "occupied": "resident",
            "walk_no": door,
            "resident_n": living_here,
            "away_n": 0,
            "no_phone": False,
        }
        yield change("household", grid, fields, record=household)
        for nth in range(living_here):
            person: Json = {"hh": household, "name": next(names) if nth else head}
            person |= {"sex": "12"[nth % 2], "birth_year": 1940 + (door * 7 + nth * 13) % 70}
            person |= {"relation": RELATIONS[min(nth, 3)]}
            yield change("person", grid, person, record=next(ids))


def _names() -> Iterator[str]:
    for n in count():
        family, first = FAMILY_NAMES[n % 15], GIVEN_NAMES[n // 15 % 24]
        yield family + first + (GIVEN_NAMES[n * 7 % 24] if n % 3 else "")


def _ids() -> Iterator[str]:
    """The same ids each time, so that recorded messages of old phones fit this town."""
    seeded = Random(106)
    while True:
        yield str(UUID(bytes=seeded.randbytes(16), version=4))
