"""How often the phone asks whether a person is in the files already: strangers, and doubles."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from fieldapp.demo.folk import Village

HERE = Path(__file__).parent
DAY = date(2026, 11, 23)
GRID, GRID_PEOPLE = 120, 380
SOUNDS = Path(HERE.parents[1] / "fieldapp/static/vendor/pinyin.txt").read_text(encoding="utf-8")

Fields = Mapping[str, object]


@pytest.fixture(scope="module")
def grids() -> list[list[Fields]]:
    """The people of the demo town's first two grids: the largest, and strangers to it."""
    village = Village(DAY)
    found = []
    for number in (1, 2):
        records = village.households(f"21088210620000{number}", number, GRID, GRID_PEOPLE)
        found.append([one.fields for one in records if one.kind == "person"])
    return found


def test_of_a_hundred_strangers_the_phone_asks_about_few(grids: list[list[Fields]]) -> None:
    people, strangers = grids

    asked = sum(map(bool, questions(people, strangers)))

    assert 100 * asked / len(strangers) <= 1, f"asked about {asked} of {len(strangers)}"


def test_whoever_is_written_with_another_character_of_the_same_sound_is_asked_about(
    grids: list[list[Fields]],
) -> None:
    people, _ = grids
    doubles = [{**one, "name": misheard(str(one["name"]))} for one in islice(people, 0, None, 4)]
    changed = [one for one in doubles if one["name"] not in {each["name"] for each in people}]

    found = sum(map(bool, questions(people, changed)))

    assert 100 * found / len(changed) >= 95, f"found {found} of {len(changed)}"


def test_of_a_hundred_strangers_to_a_whole_village_the_phone_asks_about_few() -> None:
    """A village doctor's phone holds seven grids."""
    village = Village(DAY)
    grids = [
        [one.fields for one in village.households("210882106200001", 1, 100, 300)] for _ in range(9)
    ]
    people = [one for grid in grids[:7] for one in grid if "name" in one]
    strangers = [one for grid in grids[7:] for one in grid if "name" in one]

    asked = sum(map(bool, questions(people, strangers)))

    assert 100 * asked / len(strangers) <= 5, f"asked about {asked} of {len(strangers)}"


def questions(people: list[Fields], newcomers: list[Fields]) -> list[list[str]]:
    """The names that are asked about, for each newcomer."""
    node = shutil.which("node")
    assert node
    given = json.dumps({"people": people, "newcomers": newcomers, "year": DAY.year})
    done = subprocess.run(
        [node, HERE / "likeness_figures.mjs"], input=given, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    answer: list[list[str]] = json.loads(done.stdout)
    return answer


def misheard(name: str) -> str:
    """The name with one of its later characters changed for another of the same sound."""
    dice = random.Random(name)
    at = dice.randrange(1, len(name))
    line = next((one for one in SOUNDS.splitlines() if name[at] in one), name[at])
    others = [sign for sign in line if not sign.isascii()] or [name[at]]
    return name[:at] + dice.choice(others) + name[at + 1 :]
