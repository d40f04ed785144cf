"""The invented people of the demo town. The same seed gives the same people, on every machine.

Sizes are those that were published of 虎庄镇; whoever bears a name here is invented. Telephones
begin with 154, a range that no operator sells; ID numbers with 999999, an area that does not exist.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from faker import Faker
from stdnum.cn import ric

NAMESPACE = uuid.UUID("21088210-6000-4000-8000-000000000000")
SEED = 210882106
PEOPLE_IN_ALL = 32_000
HOUSEHOLDS_IN_A_GROUP = (80, 120)

# The first grid is the largest that a leader looks after, so that it may stand for the worst case.
FIRST_GRID = (120, 380)

LANDMARKS = (
    "小卖部后院", "水塔旁", "村部东侧", "大柳树下", "老井边", "桥头第一家", "村东头第三家",
    "果园边上", "卫生室斜对面", "村西头最里面", "铁道边", "粮库后身",
)  # fmt: skip
NICKNAMES = ("老{}", "{}大爷", "{}木匠", "{}师傅", "小卖部{}家", "{}老三", "开车的{}家")
AWAY = ("沈阳", "大连", "鞍山", "北京", "天津", "青岛", "苏州", "广州", "武汉", "长春")


@dataclass(frozen=True, slots=True)
class Record:
    """What is submitted to the ledger for one household or person."""

    kind: str
    id: str
    fields: Mapping[str, object]


@dataclass(slots=True)
class Someone:
    """A person while their household is being made up."""

    name: str
    sex: str
    birth_year: int
    relation: str
    extra: dict[str, object] = field(default_factory=dict)


def record_id(*parts: object) -> str:
    """The same id for the same thing on every machine."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, parts))))


def group_sizes(number: int) -> list[tuple[int, int]]:
    """Households and people of each of the villager groups."""
    dice = random.Random(SEED)  # noqa: S311  # reproducible, not secret
    households = [FIRST_GRID[0], *(dice.randint(*HOUSEHOLDS_IN_A_GROUP) for _ in range(number - 1))]
    each = (PEOPLE_IN_ALL - FIRST_GRID[1]) / sum(households[1:])
    return [FIRST_GRID, *((size, round(size * each)) for size in households[1:])]


class Village:
    """Makes up the households of one grid after the other."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._dice = random.Random(SEED)  # noqa: S311  # reproducible, not secret
        self._faker = Faker("zh_CN")
        self._faker.seed_instance(SEED)
        self._group = 0

    def name(self, sex: str) -> str:
        """A whole name."""
        return self._faker.last_name() + self._first_name(sex)

    def households(self, code: str, group_no: int, size: int, people: int) -> Iterator[Record]:
        """All records of a grid, each household before its people, so that they travel together."""
        self._group += 1
        phones = self._dice.sample(range(10_000), size)
        living = self._sizes(size, people)
        for number in range(1, size + 1):
            phone = f"1541{self._group:03}{phones[number - 1]:04}"
            walk_no = (number + 1) // 2 if number % 2 else size + 1 - number // 2
            yield from self._household(code, group_no, number, walk_no, living[number - 1], phone)

    def _sizes(self, size: int, people: int) -> list[int]:
        """How many people live in each house; three in a hundred houses are vacant."""
        dice = self._dice
        found = dice.choices(range(1, 8), weights=(9, 23, 24, 20, 14, 8, 2), k=size)
        vacant = set(dice.sample(range(size), max(1, size * 3 // 100)))
        lived_in = [index for index in range(size) if index not in vacant]
        for index in vacant:
            found[index] = 0
        while (missing := people - sum(found)) != 0:
            index = dice.choice(lived_in)
            found[index] = min(7, max(1, found[index] + (1 if missing > 0 else -1)))
        return found

    def _household(
        self, code: str, group_no: int, number: int, walk_no: int, size: int, phone: str
    ) -> Iterator[Record]:
        family = self._family(size) if size else [self._person("head", "1", 62)]
        head = family[0]
        hh = record_id(code, number)
        away = self._away(family) if size else 0
        occupied = self._occupied(size, away)
        fields: dict[str, object] = {
            "hh_no": f"{code}{number:03}",
            "address_text": self._address(group_no, number),
            "head_name": head.name,
            "walk_no": walk_no,
            "no_phone": False,
            "occupied": occupied,
            "resident_n": size - away,
            "away_n": away,
        }
        if self._dice.random() < 0.1:
            fields["no_phone"] = True
        else:
            fields["head_phone"] = phone
        if self._dice.random() < 0.12:
            fields["nickname"] = self._dice.choice(NICKNAMES).format(head.name[0])
        fields |= self._care(family, size)
        yield Record("household", hh, fields)
        for place, one in enumerate(family if size else ()):
            known = {"hh": hh, "name": one.name, "sex": one.sex, "birth_year": one.birth_year}
            known |= {"relation": one.relation}
            yield Record("person", record_id(code, number, place), known | one.extra)

    def _family(self, size: int) -> list[Someone]:
        """Who lives together: a couple, then their children, parents, grandchildren."""
        age = self._dice.randint(58, 84) if size <= 2 else self._dice.randint(30, 62)
        sex = "1" if size > 1 or self._dice.random() < 0.4 else "2"
        head = self._person("head", sex, age)
        family = [head]
        surname = head.name[0] if len(head.name) < 4 else head.name[:2]
        if size > 1:
            family.append(self._person("spouse", "2", age - self._dice.randint(-2, 4)))
        more = ["son", "daughter"] if self._dice.random() < 0.55 else ["daughter", "son"]
        more += ["parent", "parent", "sibling"] if age < 50 else ["grandchild", "parent", "other"]
        family += [self._relative(one, age, surname) for one in more[: max(0, size - 2)]]
        if self._dice.random() < 0.02 and self._today.year - family[-1].birth_year > 1:
            family[-1].extra["id_no"] = self._id_no(family[-1])
        return family

    def _relative(self, relation: str, age: int, surname: str) -> Someone:
        sex = {"son": "1", "daughter": "2"}.get(relation) or self._dice.choice("12")
        own = relation in ("son", "daughter", "grandchild", "sibling") or sex == "1"
        shift = {"son": -25, "daughter": -26, "grandchild": -50, "parent": 25, "other": -22}
        years = age + shift.get(relation, 3) + self._dice.randint(-2, 4)
        return self._person(relation, sex, min(97, max(0, years)), surname if own else None)

    def _person(self, relation: str, sex: str, age: int, surname: str | None = None) -> Someone:
        name = (surname or self._faker.last_name()) + self._first_name(sex)
        return Someone(name, sex, self._today.year - age, relation)

    def _first_name(self, sex: str) -> str:
        made = self._faker.first_name_male if sex == "1" else self._faker.first_name_female
        return str(made())

    def _away(self, family: list[Someone]) -> int:
        """How many work or study elsewhere: grown-up children, now and then everybody."""
        dice = self._dice
        if len(family) <= 3 and dice.random() < 0.05:
            return len(family)
        away = [
            one
            for one in family
            if one.relation in ("son", "daughter", "other")
            and 18 <= self._today.year - one.birth_year <= 55
            and dice.random() < 0.6
        ]
        for one in away:
            if dice.random() < 0.2:
                one.extra["away_place"] = dice.choice(AWAY)
        return len(away)

    def _occupied(self, size: int, away: int) -> str:
        if not size:
            return "vacant"
        if away == size:
            return "away"
        return self._dice.choices(("resident", "rented", "seasonal"), weights=(94, 3, 3))[0]

    def _address(self, group_no: int, number: int) -> str:
        plain = f"{group_no}组{number}号"
        if self._dice.random() < 0.08:
            return f"{plain}({self._dice.choice(LANDMARKS)})"
        return plain

    def _care(self, family: list[Someone], size: int) -> dict[str, object]:
        tags = []
        if size == 1 and self._today.year - family[0].birth_year >= 65:
            tags.append("alone")
        tags += [
            tag
            for tag, share in (("registered_poor", 0.02), ("subsistence", 0.02), ("disabled", 0.02))
            if self._dice.random() < share
        ]
        if not tags or not size:
            return {}
        until = self._today + timedelta(days=self._dice.randint(60, 360))
        return {"care_tags": tags, "tag_source": "visit", "tag_until": until.isoformat()}

    def _id_no(self, one: Someone) -> str:
        born = date(one.birth_year, 1, 1) + timedelta(days=self._dice.randint(0, 364))
        order = self._dice.randint(0, 49) * 2 + (1 if one.sex == "1" else 0)
        digits = f"999999{born:%Y%m%d}{order:03}"
        return digits + str(ric.calc_check_digit(digits + "0"))
