"""What a board says, as values: the page behind its code, the sheet and the saved contacts agree.

Only what anybody on the street may read gets this far. A number that its owner has not agreed to
publish was replaced by the office's before a card exists.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple


class Person(NamedTuple):
    """Somebody responsible for the grid, at one of its levels.

    role: a key of `ROLES`. grid: the name of the unit in which they serve as that.
    phone: digits, "" where there is none at all. phone_of: whose number it is: their own, published
    with their consent, or the office's.
    deputy: they stand in for somebody. duty, hours: the town's own words, "" where it gave none.
    photo: the name (SHA-256) of a picture, None where they gave none.
    """

    name: str
    role: str
    grid: str
    phone: str = ""
    phone_of: Literal["own", "office"] = "office"
    deputy: bool = False
    duty: str = ""
    hours: str = ""
    photo: str | None = None


class Service(NamedTuple):
    """Something residents can get here: what, where and when, whom to call."""

    title: str
    place: str = ""
    hours: str = ""
    phone: str = ""


class Hotline(NamedTuple):
    """A number everybody should have."""

    title: str
    phone: str


class Card(NamedTuple):
    """A board's whole content.

    code: the board's id, as it is typed. grid: the grid's name; units: the names from the root down
    to it; level: what the tree calls this level, by language. kind: of the grid (`Unit.kind`).
    scope: its area in words. sketch: the same as a drawing (SVG of our own making or a picture's
    name), None where there is none.
    households, people: rounded to ten; None where not told. people_on: nearest level first, within
    a level by duty. duties: what a resident may expect of them.
    changed: the day on which any of this was last changed; edition: counts those changes.
    """

    code: str
    grid: str
    grid_code: str
    units: tuple[str, ...]
    level: dict[str, str]
    kind: str
    scope: str
    sketch: str | None
    households: int | None
    people: int | None
    people_on: tuple[Person, ...]
    duties: tuple[str, ...]
    services: tuple[Service, ...]
    hotlines: tuple[Hotline, ...]
    supervision: str
    office: Hotline
    changed: date
    edition: int
