"""Who stands on a board of each level, as the office sees it: also what is not published."""

from __future__ import annotations

from typing import NamedTuple

from fieldapp import clock
from fieldapp.boards import roles
from fieldapp.boards.content import Content
from fieldapp.grids.scope import Unit


class Shown(NamedTuple):
    """Somebody of one level. kind: "members" or "contacts", as in addresses.

    own: the number is theirs, so it is published only with consent. published: it is shown.
    """

    kind: str
    number: int
    name: str
    role: str
    phone: str
    own: bool
    published: bool
    deputy: bool


def of_unit(content: Content, unit: Unit) -> list[Shown]:
    """Members on duty there today, and contacts, in the board's order."""
    day = clock.today()
    found = [
        _member(content, served.member_id, served.role)
        for served in content.duties.get(unit.id, ())
        if served.holds_on(day)
    ]
    for one in content.contacts.get(unit.id, ()):
        agreed = (None, one.id, one.phone) in content.consents
        shown = one.phone != "" and (not one.private or agreed)
        found.append(
            Shown("contacts", one.id, one.name, one.role, one.phone, one.private, shown, one.deputy)
        )
    return sorted(found, key=lambda one: (one.deputy, roles.rank(one.role)))


def grids_of(content: Content, kind: str, number: int) -> set[int]:
    """Where they stand: at these grids, and on all boards below."""
    if kind == "members":
        day, duties = clock.today(), content.tree.duties.get(number, ())
        return {one.grid_id for one in duties if one.holds_on(day)}
    return {
        grid for grid, all_of in content.contacts.items() if number in {one.id for one in all_of}
    }


def _member(content: Content, member_id: int, role: str) -> Shown:
    member, known = content.members[member_id], content.details.get(member_id)
    agreed = (member_id, None, member.phone) in content.consents
    deputy = known is not None and known.deputy
    return Shown("members", member_id, member.name, role, member.phone, True, agreed, deputy)
