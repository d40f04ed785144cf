"""GET /phone/duty: the rules of isolation, and whom a member can call about their grids."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from flask import Response, make_response, request

from fieldapp import clock
from fieldapp.accounts.models import Device
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.isolation import present_rules
from fieldapp.phone.views import bp, present_phone

VILLAGE_DEPTH = 2  # a root, or what lies right under one
NOT_ANSWERABLE = ("volunteer",)  # stands at a post, and answers for no grid


@bp.get("/duty")
def duty() -> Response:
    """A phone that has the same already gets 304."""
    member = present_phone().member_id
    said = {
        "rules": present_rules(),
        "people": people_around(member),
        "grids": _groups(member),
    }
    body = orjson.dumps(said)
    response = make_response(body)
    response.mimetype = "application/json"
    response.set_etag(hashlib.blake2b(body, digest_size=8).hexdigest())
    response.cache_control.no_cache = True
    response.cache_control.private = True
    response.headers["Fieldapp-Duty"] = scope.duty_tag(member)
    response.make_conditional(request)
    return response


def people_around(member_id: int) -> list[dict[str, Any]]:
    """Who answers for the member's grids, for those above, and for those below.

    When somebody below was last heard from is told only to who serves a village or more.
    """
    served = scope.served_grids(member_id)
    tops = {duty.grid_id for duty in scope.duties_of(member_id)}
    wanted = served | {unit.id for top in tops for unit in scope.path(top)}
    oversees = any(len(scope.unit(top).path) <= VILLAGE_DEPTH for top in tops)

    found = [duty for duty in _duties() if duty.grid_id in wanted and duty.member_id != member_id]
    members = {one.id: one for one in db.session().scalars(sa.select(Member))}
    heard = _contacts() if oversees else {}
    return [
        _person(one, members[one.member_id], tops, served, heard)
        for one in sorted(found, key=_place)
    ]


def _person(
    duty: scope.Served,
    member: Member,
    tops: set[int],
    served: frozenset[int],
    heard: dict[int, tuple[str | None, int]],
) -> dict[str, Any]:
    below = duty.grid_id in served and duty.grid_id not in tops
    at, pending = heard.get(duty.member_id, (None, None)) if below else (None, None)
    return {
        "role": duty.role,
        "grid": scope.code_of(duty.grid_id),
        "grid_name": scope.name_of(duty.grid_id),
        "name": member.name,
        "phone": member.phone,
        "below": below,
        "last_contact_at": at,
        "pending": pending,
    }


def _duties() -> Iterator[scope.Served]:
    today = clock.today()
    for duties in scope.tree().duties.values():
        yield from (one for one in duties if one.holds_on(today) and one.role not in NOT_ANSWERABLE)


def _place(duty: scope.Served) -> tuple[int, str, str, int]:
    unit = scope.unit(duty.grid_id)
    return unit.level, unit.code, duty.role, duty.member_id


def _contacts() -> dict[int, tuple[str | None, int]]:
    """When any phone of a member was last heard from, and how much it still had to send."""
    rows = db.session().execute(
        sa.select(
            Device.member_id, sa.func.max(Device.last_contact_at), sa.func.sum(Device.pending)
        )
        .where(Device.revoked_at.is_(None))
        .group_by(Device.member_id)
    )
    return {member: (_iso(at), int(pending or 0)) for member, at, pending in rows}


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(clock.LOCAL).isoformat(timespec="seconds") if moment else None


def _groups(member_id: int) -> list[dict[str, str]]:
    """The basic grids of the member's town: where somebody can be handed over to."""
    roots = {scope.path(duty.grid_id)[0].id for duty in scope.duties_of(member_id)}
    units = [scope.unit(one) for root in sorted(roots) for one in scope.at_or_below(root)]
    return [
        {"code": unit.code, "name": unit.name}
        for unit in sorted(units, key=lambda unit: unit.code)
        if not scope.children(unit.id)
    ]
