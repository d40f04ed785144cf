"""What a badge says: whose it is, and whether it is good today."""

from __future__ import annotations

from typing import NamedTuple

from fieldapp import clock
from fieldapp.boards.card import Hotline
from fieldapp.boards.compose import office_of
from fieldapp.boards.content import Content, present
from fieldapp.boards.models import Badge


class BadgeCard(NamedTuple):
    """A badge's whole content. duties: (a key of `ROLES`, the grid's name), of today.

    valid: the badge was not revoked and its owner has a duty today. A badge that is not valid
    names nobody: whoever shows it may not be who it was made for.
    """

    code: str
    name: str
    duties: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    photo: str | None
    valid: bool
    office: Hotline


def badge_of(member_id: int) -> BadgeCard | None:
    """The member's newest badge, None where they never had one."""
    content = present()
    own = [one for one in content.badges.values() if one.member_id == member_id]
    return badge_card(content, own[-1]) if own else None


def badges(member_ids: list[int] | None = None) -> list[BadgeCard]:
    """The valid badges of these members, or of everybody on duty, without a query for each."""
    content = present()
    newest = {one.member_id: one for one in content.badges.values()}
    wanted = newest.keys() if member_ids is None else [one for one in member_ids if one in newest]
    found = [badge_card(content, newest[one]) for one in wanted]
    return [one for one in found if one.valid]


def badge_card(content: Content, badge: Badge) -> BadgeCard:
    """What one badge says, from one state of everything."""
    day, units = clock.today(), content.tree.units
    held = [one for one in content.tree.duties.get(badge.member_id, ()) if one.holds_on(day)]
    held = [one for one in held if not units[one.grid_id].closed]
    member, known = content.members[badge.member_id], content.details.get(badge.member_id)
    at = units[held[0].grid_id] if held else next(iter(units.values()))
    path = [units[one] for one in (at.path if held else at.path[:1])]
    return BadgeCard(
        code=badge.id,
        name=member.name,
        duties=tuple((one.role, units[one.grid_id].name) for one in held),
        units=tuple(one.name for one in path),
        photo=known.photo if known else None,
        valid=badge.revoked_at is None and bool(held),
        office=office_of(content, path[::-1]),
    )
