"""What the town knows of the phones: heard from, still holding records, silent, or none at all.

A grid whose phones are not heard from is not a grid without visits. It is one of which nothing is
known, and every page says so in its own column and colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.accounts.models import Device
from fieldapp.grids import scope

State = Literal["heard", "pending", "silent", "none"]


class Hearing(NamedTuple):
    """The phones of some people, taken together.

    heard_at: when the last of them spoke to the town. pending: records still on them, as they said.
    """

    phones: int = 0
    heard_at: datetime | None = None
    pending: int = 0
    lost: int = 0

    @property
    def state(self) -> State:
        """How much may be concluded from the absence of records."""
        if not self.phones:
            return "none"
        if self.heard_at is None or self.heard_at < clock.utc_now() - contact_hours():
            return "silent"
        return "pending" if self.pending else "heard"

    @property
    def is_known(self) -> bool:
        """Whether the town has everything these people recorded, as far as anybody can tell."""
        return self.state == "heard"


NOBODY = Hearing()


def contact_hours() -> timedelta:
    """How long a phone may keep silent before what it has counts as unknown."""
    return timedelta(hours=float(current_app.config["CONTACT_HOURS"]))


def by_member(session: Session) -> dict[int, Hearing]:
    """The phones of everybody who has one that was not revoked."""
    rows = session.execute(
        sa.select(
            Device.member_id,
            sa.func.count(),
            sa.func.max(Device.last_contact_at),
            sa.func.sum(Device.pending),
            sa.func.sum(Device.lost),
        )
        .where(Device.revoked_at.is_(None))
        .group_by(Device.member_id)
    )
    return {row[0]: Hearing(*row[1:]) for row in rows}


def by_grid(session: Session) -> dict[int, Hearing]:
    """The phones of those who have a duty in a grid itself: of a basic grid, its leaders."""
    members = by_member(session)
    found: dict[int, list[Hearing]] = {}
    today = clock.today()
    for duties in scope.tree().duties.values():
        for duty in duties:
            if duty.holds_on(today):
                found.setdefault(duty.grid_id, []).append(members.get(duty.member_id, NOBODY))
    return {grid: _together(hearings) for grid, hearings in found.items()}


def _together(hearings: Iterable[Hearing]) -> Hearing:
    some = [one for one in hearings if one.phones]
    return Hearing(
        sum(one.phones for one in some),
        max((one.heard_at for one in some if one.heard_at), default=None),
        sum(one.pending for one in some),
        sum(one.lost for one in some),
    )
