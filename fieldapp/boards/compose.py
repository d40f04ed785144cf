"""Puts a board's card together: from its grid upward, what each level says, and the usual texts.

docs/adr/0015 says for each sort whether the nearest level wins or levels add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask import current_app

from fieldapp import clock
from fieldapp.boards import counts, roles, sketch, texts
from fieldapp.boards.card import Card, Hotline, Person, Service
from fieldapp.boards.content import Content, present
from fieldapp.boards.models import BoardContact, BoardLine
from fieldapp.grids import Refused
from fieldapp.grids.scope import Served, Unit
from fieldapp.i18n import N_

SCOPE_LENGTH = texts.PARTS["scope"].longest


def card_of(grid_id: int) -> Card:
    """What the board of this grid says now. Raises Refused where it has none."""
    content = present()
    if grid_id not in content.code_of or grid_id not in content.tree.units:
        raise Refused.because(N_("This grid has no notice board."))
    return compose(content, grid_id)


def cards(grid_ids: Iterable[int] | None = None) -> list[Card]:
    """The boards of these grids, or of all open ones, each above those below it.

    Grids without a board are left out. As fast for all of them as for a few: nothing is asked of
    the database for a board of its own.
    """
    content = present()
    if grid_ids is None:
        roots = content.tree.below.get(None, ())
        grid_ids = (one for root in roots for one in content.tree.at_or_below(root))
    return [compose(content, one) for one in grid_ids if one in content.code_of]


def compose(content: Content, grid_id: int) -> Card:
    """The card of one grid from one state of everything."""
    unit = content.tree.units[grid_id]
    chain = [content.tree.units[one] for one in reversed(unit.path)]  # the grid, then upward
    day = clock.today()
    edition, changed = _edition(content, chain, day)
    names = content.tree.level_names.get((unit.path[0], unit.level), ("", ""))
    households, people = _counts(content, grid_id)
    return Card(
        code=content.code_of[grid_id],
        grid=unit.name,
        grid_code=unit.code,
        units=tuple(one.name for one in reversed(chain)),
        level={"zh": names[0], "en": names[1]},
        kind=unit.kind,
        scope=_scope(content, unit),
        sketch=content.texts.get(grid_id, {}).get("sketch") or sketch.drawing(content.tree, unit),
        households=households,
        people=people,
        people_on=tuple(_people(content, chain, day)),
        duties=_duties(content, chain),
        services=tuple(_services(content, chain)),
        hotlines=tuple(_hotlines(content, chain)),
        supervision=nearest(content, chain, "supervision") or office_of(content, chain[-1:]).phone,
        office=office_of(content, chain),
        changed=changed,
        edition=edition,
    )


def nearest(content: Content, chain: Iterable[Unit], part: str) -> str:
    """What the nearest level that says anything says; "" where none does."""
    told = (content.texts.get(one.id, {}).get(part) for one in chain)
    return next((text for text in told if text), "")


def office_of(content: Content, chain: list[Unit]) -> Hotline:
    """The nearest office that has a telephone, at the latest the township's."""
    for one in chain:
        said = content.texts.get(one.id, {})
        if said.get("office_phone"):
            return Hotline(said.get("office_title") or one.name, said["office_phone"])
    top = chain[-1]
    title = content.texts.get(top.id, {}).get("office_title") or f"{top.name}值班室"
    return Hotline(title, str(current_app.config["TOWN_PHONE"]))


def usual_hotlines(content: Content, top: Unit) -> tuple[Hotline, ...]:
    """What a town has that has written no list of its own."""
    return (office_of(content, [top]), *texts.USUAL_HOTLINES)


def _scope(content: Content, unit: Unit) -> str:
    said = content.texts.get(unit.id, {}).get("scope")
    if said:
        return said
    below = (content.tree.units[one] for one in content.tree.below.get(unit.id, ()))
    names = "、".join(one.name for one in below if not one.closed)
    return names if len(names) <= SCOPE_LENGTH else f"{names[: SCOPE_LENGTH - 1]}…"


def _counts(content: Content, grid_id: int) -> tuple[int | None, int | None]:
    said = content.texts.get(grid_id, {})
    counted = counts.of(content.tree, grid_id)
    households, people = (
        counts.rounded(int(said[part]) if said.get(part) else known)
        for part, known in zip(("households", "people"), counted, strict=True)
    )
    return households, people


def _people(content: Content, chain: list[Unit], day: date) -> Iterator[Person]:
    for place, unit in enumerate(chain):
        upward = chain[place:]
        here = [
            _member(content, served, unit, upward)
            for served in content.duties.get(unit.id, ())
            if served.holds_on(day)
        ]
        here += [_contact(content, one, unit, upward) for one in content.contacts.get(unit.id, ())]
        yield from sorted(here, key=lambda one: (one.deputy, roles.rank(one.role)))


def _member(content: Content, served: Served, unit: Unit, upward: list[Unit]) -> Person:
    member, known = content.members[served.member_id], content.details.get(served.member_id)
    own = (member.id, None, member.phone) in content.consents
    return Person(
        name=member.name,
        role=served.role,
        grid=unit.name,
        phone=member.phone if own else office_of(content, upward).phone,
        phone_of="own" if own else "office",
        deputy=known is not None and known.deputy,
        duty=(known.duty if known else "") or _role_duty(content, upward, served.role),
        hours=(known.hours if known else "") or _hours(content, upward, served.role),
        photo=known.photo if known else None,
    )


def _contact(content: Content, one: BoardContact, unit: Unit, upward: list[Unit]) -> Person:
    public = one.phone != "" and not one.private
    own = (None, one.id, one.phone) in content.consents
    return Person(
        name=one.name,
        role=one.role,
        grid=unit.name,
        phone=one.phone if public or own else office_of(content, upward).phone,
        phone_of="own" if public or own else "office",
        deputy=one.deputy,
        duty=one.duty or _role_duty(content, upward, one.role),
        hours=one.hours or _hours(content, upward, one.role),
        photo=one.photo,
    )


def _role_duty(content: Content, upward: list[Unit], role: str) -> str:
    said = nearest(content, upward, f"role_duty:{role}")
    return said or texts.USUAL_ROLE_DUTIES.get(role, "")


def _hours(content: Content, upward: list[Unit], role: str) -> str:
    said = nearest(content, upward, f"role_hours:{role}")
    return said or nearest(content, upward, "hours")


def _duties(content: Content, chain: list[Unit]) -> tuple[str, ...]:
    """The nearest level's list: a villager group's own duties stand instead of the town's."""
    for unit in chain:
        if lines := _lines(content, unit, "duty"):
            return tuple(line.title for line in lines)
    return texts.USUAL_DUTIES


def _services(content: Content, chain: list[Unit]) -> Iterator[Service]:
    """All levels' lists, the nearest first; a title that is there already is not said again."""
    said: set[str] = set()
    for unit in chain:
        here = [
            Service(x.title, x.place, x.hours, x.phone) for x in _lines(content, unit, "service")
        ]
        if unit is chain[-1] and not here:
            here = list(texts.USUAL_SERVICES)
        yield from (one for one in here if one.title not in said)
        said |= {one.title for one in here}


def _hotlines(content: Content, chain: list[Unit]) -> Iterator[Hotline]:
    """The same; a line without a number takes the number of that title off the board."""
    said: set[str] = set()
    for unit in chain:
        here = [Hotline(x.title, x.phone) for x in _lines(content, unit, "hotline")]
        if unit is chain[-1] and not here:
            here = list(usual_hotlines(content, unit))
        yield from (one for one in here if one.title not in said and one.phone)
        said |= {one.title for one in here}


def _lines(content: Content, unit: Unit, sort: str) -> list[BoardLine]:
    return content.lines.get(unit.id, {}).get(sort, [])


def _edition(content: Content, chain: list[Unit], day: date) -> tuple[int, date]:
    """How often the board changed, and when last: edits, and duties that began or ended."""
    made = clock.local_day(content.boards[content.code_of[chain[0].id]].made_at)
    number, days = 1, [made]
    for unit in chain:
        count, last = content.edits.get(unit.id, (0, made))
        number += count
        days.append(last)
        for served in content.duties.get(unit.id, ()):
            told = [at for at in (served.valid_from, served.valid_to) if at and at <= day]
            number += len(told)
            days += told
    return number, max(days)
