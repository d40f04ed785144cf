"""How a phone becomes a member's: a link that works once, for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

import sqlalchemy as sa
from flask import current_app

from fieldapp import clock
from fieldapp.accounts.devices import LASTS
from fieldapp.accounts.models import Device, Enrolment
from fieldapp.accounts.tokens import kept, new_link_token, new_token
from fieldapp.extensions import db
from fieldapp.grids.models import Member

LINK_LASTS = timedelta(hours=24)

# A browser repeats a POST whose answer was lost on the way, and its owner taps again.
REPEATED_WITHIN = timedelta(minutes=10)


class Refusal(Enum):
    """Why a link does not let a phone in."""

    UNKNOWN = 404
    OVER = 410


@dataclass(frozen=True, slots=True)
class Joined:
    """A phone is in; `token` belongs into its cookie."""

    member_id: int
    token: str


def invite(member_id: int) -> str:
    """A new link token for this member. In `writing()`."""
    token = new_link_token()
    expires_at = clock.utc_now() + LINK_LASTS
    row = Enrolment(token_hash=kept(token), member_id=member_id, expires_at=expires_at)
    db.session().add(row)
    return token


def join_link(token: str) -> str:
    """The whole address to send or to print."""
    return f"{current_app.config['BASE_URL'].rstrip('/')}/join/{token}"


def invited(link_token: str, *, device_token: str | None) -> Member | Refusal:
    """Whom this link is for, as long as pressing its button would do something."""
    enrolment = db.session().get(Enrolment, kept(link_token))
    if enrolment is None:
        return Refusal.UNKNOWN
    if enrolment.used_at is None:
        if clock.utc_now() >= enrolment.expires_at:
            return Refusal.OVER
    elif not _may_repeat(enrolment, device_token):
        return Refusal.OVER
    return db.session().get_one(Member, enrolment.member_id)


def join(link_token: str, *, device_token: str | None, browser: str) -> Joined | Refusal:
    """Let the phone in that holds this link. In `writing()`.

    device_token: what the browser's cookie says already. A repeated request, within ten minutes,
    is let in again: the same browser as it is, and one that never got its cookie with a new one.
    """
    member = invited(link_token, device_token=device_token)
    if isinstance(member, Refusal):
        return member
    session = db.session()
    enrolment = session.get_one(Enrolment, kept(link_token), with_for_update=True)
    if enrolment.device_id is not None:
        device = session.get_one(Device, enrolment.device_id)
        if device_token is not None and device.token_hash == kept(device_token):
            return Joined(member.id, device_token)
        token = new_token()
        device.token_hash = kept(token)
        return Joined(member.id, token)
    _replace_own(member.id, device_token)
    token = new_token()
    device = _device(member.id, token, browser)
    session.add(device)
    session.flush()
    enrolment.used_at, enrolment.device_id = clock.utc_now(), device.id
    return Joined(member.id, token)


def _device(member_id: int, token: str, browser: str) -> Device:
    now = clock.utc_now()
    return Device(
        member_id=member_id,
        token_hash=kept(token),
        created_at=now,
        expires_at=now + LASTS,
        browser=browser or None,
    )


def _may_repeat(enrolment: Enrolment, device_token: str | None) -> bool:
    if enrolment.used_at is None or enrolment.device_id is None:
        return False
    if clock.utc_now() - enrolment.used_at >= REPEATED_WITHIN:
        return False
    device = db.session().get_one(Device, enrolment.device_id)
    if device.revoked_at is not None:
        return False
    is_same = device_token is not None and device.token_hash == kept(device_token)
    return is_same or device.last_contact_at is None


def _replace_own(member_id: int, device_token: str | None) -> None:
    """A browser that joins anew as the same member is one phone, not two, in the town's list."""
    if device_token is None:
        return
    old = (
        sa.update(Device)
        .where(Device.token_hash == kept(device_token), Device.member_id == member_id)
        .where(Device.revoked_at.is_(None))
    )
    db.session().execute(old.values(revoked_at=clock.utc_now()))
