"""How often the phone asks whether a person is in the files already, in the demo town."""

from __future__ import annotations

import importlib
from itertools import islice
from typing import Any

from bench.figures import Figure

GRIDS, OF_A_VILLAGE = 15, 7


def measure() -> list[Figure]:
    tests: Any = importlib.import_module("tests.households.test_likeness")
    village = tests.Village(tests.DAY)
    grids = [
        [one.fields for one in records if one.kind == "person"]
        for number in range(1, GRIDS + 1)
        for records in [village.households(f"210882106200{number:03}", number, 100, 300)]
    ]
    whole = [one for grid in grids[:OF_A_VILLAGE] for one in grid]
    strangers = [one for grid in grids[OF_A_VILLAGE:] for one in grid]
    doubles = [one | {"name": tests.misheard(one["name"])} for one in islice(grids[0], 0, None, 3)]
    note = f"{len(strangers)} new persons"
    return [
        Figure(
            "asked of 100 strangers to a grid of 300",
            _share(tests, grids[0], strangers),
            "",
            1,
            note=note,
        ),
        Figure(
            "asked of 100 strangers to a village of 2,100",
            _share(tests, whole, strangers),
            "",
            5,
            note=note,
        ),
        Figure(
            "misheard names found, of 100", _share(tests, grids[0], doubles), "", 95, at_least=True
        ),
    ]


def _share(tests: Any, people: list[Any], newcomers: list[Any]) -> float:
    asked = sum(map(bool, tests.questions(people, newcomers)))
    return round(100 * asked / len(newcomers), 1)
