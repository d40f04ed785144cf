"""Where each thing a board says comes from, and on how many boards a change of it will be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from fieldapp.boards import texts
from fieldapp.boards.card import Service
from fieldapp.boards.compose import compose, usual_hotlines
from fieldapp.boards.content import Content
from fieldapp.grids.scope import Unit


class Said(NamedTuple):
    """One text of a board. unit: which level says so; None: none, it is the usual or counted.

    own: what this grid says itself, "" where it leaves it to others.
    """

    text: str
    own: str
    unit: Unit | None


class Line(NamedTuple):
    """One line of a list, with the level whose list it stands in; None: the usual ones."""

    line: Service
    unit: Unit | None


def chain(content: Content, unit: Unit) -> list[Unit]:
    """The grid, then what it lies in, upward."""
    return [content.tree.units[one] for one in reversed(unit.path)]


def of_text(content: Content, unit: Unit, key: str) -> Said:
    """One text. key: of `texts.PARTS`, with the role behind a colon where it has one."""
    own = content.texts.get(unit.id, {}).get(key, "")
    part, _, role = key.partition(":")
    if not texts.PARTS[part].inherited:
        return Said(own or _made(content, unit, part), own, unit if own else None)
    for one in chain(content, unit):
        if said := content.texts.get(one.id, {}).get(key):
            return Said(said, own, one)
    if part == "role_hours":  # as the board does it: the office's hours, whose ever they are
        return of_text(content, unit, "hours")._replace(own=own)
    return Said(_usual(content, unit, part, role), own, None)


def inherited(content: Content, unit: Unit, key: str) -> str:
    """What stands there if the grid says nothing itself."""
    bare = {part: text for part, text in content.texts.get(unit.id, {}).items() if part != key}
    without = replace(content, texts={**content.texts, unit.id: bare})
    return of_text(without, unit, key).text


def of_list(content: Content, unit: Unit, sort: str) -> list[Line]:
    """A list as the board shows it; of hotlines also those without a number, that take one off."""
    found: list[Line] = []
    said: set[str] = set()
    for one in chain(content, unit):
        here = [Line(line, one) for line in own_lines(content, one, sort)]
        if sort == "duty" and here:
            return here
        if not here and one.parent_id is None:
            here = [Line(line, None) for line in usual_lines(content, one, sort)]
        found += [line for line in here if line.line.title not in said]
        said |= {line.line.title for line in here}
    return found


def own_lines(content: Content, unit: Unit, sort: str) -> list[Service]:
    """What the grid itself says of a list."""
    lines = content.lines.get(unit.id, {}).get(sort, [])
    return [Service(one.title, one.place, one.hours, one.phone) for one in lines]


def usual_lines(content: Content, top: Unit, sort: str) -> list[Service]:
    """What a town has that has written no list."""
    if sort == "duty":
        return [Service(one) for one in texts.USUAL_DUTIES]
    if sort == "hotline":
        return [Service(one.title, phone=one.phone) for one in usual_hotlines(content, top)]
    return list(texts.USUAL_SERVICES)


def reach(content: Content, unit: Unit, key: str) -> int:
    """How many boards show what this grid says of `key`: a text's key, a list's sort, or a contact.

    A grid below that has its own wording keeps it, with all below it.
    """
    part = key.partition(":")[0]
    if part == "sketch" or (part in texts.PARTS and not texts.PARTS[part].inherited):
        return 1
    stops = part in texts.PARTS or part == "duty"
    return sum(1 for _ in _reached(content, unit.id, key, stops=stops))


def boards_below(content: Content, grid_ids: set[int]) -> int:
    """How many boards stand at or below any of these grids."""
    units = content.tree.units
    return sum(not grid_ids.isdisjoint(units[one].path) for one in content.code_of if one in units)


def _reached(content: Content, grid_id: int, key: str, *, stops: bool) -> Iterator[int]:
    if grid_id in content.code_of and not content.tree.units[grid_id].closed:
        yield grid_id
    for one in content.tree.below.get(grid_id, ()):
        said = content.texts.get(one, {}).get(key) or content.lines.get(one, {}).get(key)
        if not (stops and said):
            yield from _reached(content, one, key, stops=stops)


def _made(content: Content, unit: Unit, part: str) -> str:
    """What the program makes by itself: names of the grids below, counts of the households."""
    if unit.id not in content.code_of:
        return ""
    card = compose(content, unit.id)
    value = {"scope": card.scope, "households": card.households, "people": card.people}[part]
    return "" if value is None else str(value)


def _usual(content: Content, unit: Unit, part: str, role: str) -> str:
    if part == "role_duty":
        return texts.USUAL_ROLE_DUTIES.get(role, "")
    card = compose(content, unit.id) if unit.id in content.code_of else None
    if card is None or part == "hours":
        return ""
    shown = {
        "office_title": card.office.title,
        "office_phone": card.office.phone,
        "supervision": card.supervision,
    }
    return shown[part]
