"""Which phone is speaking, and what the township knows of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

import sqlalchemy as sa
from flask import Flask, Response, request
from sqlalchemy.exc import OperationalError

from fieldapp import clock, database
from fieldapp.accounts.models import Device, Loss
from fieldapp.accounts.tokens import kept
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids.refused import Refused
from fieldapp.i18n import N_

COOKIE = "device"
WHOSE = "whose"
LASTS = timedelta(days=30)
RENEWED_AFTER = timedelta(days=1)
HEARD_EVERY = timedelta(minutes=1)

_KNOWN = "fieldapp.device"  # in the request's environ: a page of a test may outlive the request
_PHONE_WITH_COOKIE = """
SELECT id, member_id, expires_at, revoked_at, last_contact_at, pending
FROM device WHERE token_hash = ?
"""


@dataclass(frozen=True, slots=True)
class DevicePass:
    """The phone behind this request. Only one whose state is "ok" may read anything."""

    id: int
    member_id: int
    state: Literal["ok", "revoked", "expired"]
    expires_at: datetime
    last_contact_at: datetime | None
    pending: int


def init_app(app: Flask) -> None:
    """Let the 30 days of a phone begin anew while it is in use."""
    app.after_request(_renew)


def present_device() -> DevicePass | None:
    """The phone that sends this request, if its cookie is one of ours; one indexed query."""
    if _KNOWN not in request.environ:
        request.environ[_KNOWN] = _look_up(request.cookies.get(COOKIE))
    return cast("DevicePass | None", request.environ[_KNOWN])


def set_cookie(response: Response, token: str) -> None:
    """Make the browser this device for 30 days."""
    response.set_cookie(
        COOKIE, token, max_age=LASTS, httponly=True, samesite="Lax", secure=request.is_secure
    )


def set_whose(response: Response, member_id: int) -> None:
    """Tell the page whose phone it is now, before it shows what it kept of somebody else."""
    response.set_cookie(
        WHOSE,
        str(member_id),
        max_age=LASTS,
        path="/phone",
        samesite="Lax",
        secure=request.is_secure,
    )


def heard_from(
    device: DevicePass,
    *,
    pending: int,
    skew_s: int = 0,
    install: str | None = None,
    build: str | None = None,
) -> bool:
    """Note that the phone spoke; returns whether anything had to be written. In `writing()`.

    A phone that only asks for news is noted once a minute, so that asking stays cheap.
    """
    if not should_note(device, pending=pending):
        return False
    values: dict[str, object] = {
        "last_contact_at": clock.utc_now(),
        "pending": max(0, pending),
        "skew_s": skew_s,
    }
    values |= {name: text for name, text in (("install", install), ("build", build)) if text}
    db.session().execute(sa.update(Device).where(Device.id == device.id).values(values))
    return True


def should_note(device: DevicePass, *, pending: int) -> bool:
    """Whether the phone's contact is worth a write: after a minute, or when its outbox changed."""
    last = device.last_contact_at
    return last is None or pending != device.pending or clock.utc_now() - last >= HEARD_EVERY


def note_loss(device_id: int, *, loss_id: str, count: int, noticed_at: datetime) -> None:
    """Changes kept on this phone are gone. Told twice, it is counted once. In `writing()`."""
    session = db.session()
    if session.get(Loss, loss_id) is not None:
        return
    session.add(Loss(id=loss_id, device_id=device_id, count=count, noticed_at=noticed_at))
    add = sa.update(Device).where(Device.id == device_id).values(lost=Device.lost + count)
    session.execute(add)


def revoke(device_id: int) -> None:
    """Shut this phone out from its next request on. In `writing()`. Raises Refused."""
    device = db.session().get(Device, device_id)
    if device is None:
        raise Refused.because(N_("There is no device with the number %(id)s."), id=device_id)
    if device.revoked_at is None:
        device.revoked_at = clock.utc_now()


def browser_family(user_agent: str) -> str:
    """A word for the browser, for the clerk who helps; the whole text would tell people apart."""
    families = (
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("HuaweiBrowser", "Huawei"),
        ("MiuiBrowser", "Xiaomi"),
        ("UCBrowser", "UC"),
        ("MQQBrowser", "QQ"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    found = (name for mark, name in families if mark in user_agent)
    return next(found, "")


def _look_up(token: str | None) -> DevicePass | None:
    if not token:
        return None
    found = database.look(db.engine, _PHONE_WITH_COOKIE, (kept(token),))
    if not found:
        return None
    id_, member_id, expires, revoked_at, heard_at, pending = found[0]
    expires_at = database.moment(expires)
    assert expires_at is not None  # noqa: S101 - the column holds no NULL
    state: Literal["ok", "revoked", "expired"] = "ok"
    if revoked_at is not None:
        state = "revoked"
    elif expires_at <= clock.utc_now():
        state = "expired"
    return DevicePass(id_, member_id, state, expires_at, database.moment(heard_at), pending)


def _renew(response: Response) -> Response:
    """Begin the 30 days anew, at most once a day, when a phone that is let in was recognised."""
    known = cast("DevicePass | None", request.environ.get(_KNOWN))
    token = request.cookies.get(COOKIE)
    if known is None or token is None or known.state != "ok" or response.status_code >= 400:
        return response
    until = clock.utc_now() + LASTS
    if until - known.expires_at < RENEWED_AFTER:
        return response
    try:
        with writing() as session:
            renew = sa.update(Device).where(Device.id == known.id, Device.revoked_at.is_(None))
            session.execute(renew.values(expires_at=until))
    except OperationalError:  # the disk is full or busy; the answer stands, and the next one renews
        return response
    set_cookie(response, token)
    return response
