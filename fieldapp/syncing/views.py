"""The two addresses a phone's courier knows. Steps 1–8 are those of docs/sync.md."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from fieldapp import clock, database, ledger
from fieldapp.accounts import devices
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.i18n import say
from fieldapp.syncing import answer, envelope
from sync import Origin, Outcome

LARGEST_SKEW_S = 2**31 - 1  # of a column; a phone that says year 9999 is further off

bp = Blueprint("syncing", __name__, url_prefix="/sync")


@bp.before_request
def only_phones() -> Response | None:
    """1: who speaks is known by the cookie. Neither refusal makes a phone delete anything."""
    device = devices.present_device()
    if device is not None and device.state == "ok":
        return _only_their_own(device)
    revoked = device is not None and device.state == "revoked"
    code = "device_revoked" if revoked else "login_required"
    return make_response(jsonify(error=code), 401)


@bp.post("", strict_slashes=False)
def exchange() -> Response:
    """Take a phone's changes, and give it what is new in its grids."""
    body = request.get_data(cache=False)
    try:
        content = envelope.unpack(
            body,
            request.headers.get("Content-Encoding", "").lower(),
            request.headers.get("Content-Digest"),
        )
        message = envelope.read(content)  # 2
    except envelope.TooLarge:
        raise RequestEntityTooLarge from None
    except envelope.Unreadable as unreadable:
        return _keep_unreadable(body, unreadable.code)

    outcomes, said = _take(message)  # 3 to 7, and it is on disk
    said["results"] = answer.results(message.changes, outcomes)
    tag = said.pop("duty")
    response = answer.as_response(said)  # 8
    response.headers["Fieldapp-Duty"] = tag
    return response


@bp.get("/forms")
def forms() -> Response:
    """The definitions that phone and server check against."""
    today = clock.today()
    return answer.as_response(
        {name: kind.newest.as_json(today, say) for name, kind in ledger.kinds().items()}
    )


def _only_their_own(device: devices.DevicePass) -> Response | None:
    """A phone that changed hands says whose outbox it sends: never under another's name."""
    owner = request.headers.get("Fieldapp-Member")
    if owner is None or owner == str(device.member_id):
        return None
    return make_response(jsonify(error="other_member"), 401)


def _device() -> devices.DevicePass:
    device = devices.present_device()
    assert device is not None  # noqa: S101 - `only_phones` lets nobody else in
    return device


def _take(message: envelope.Envelope) -> tuple[list[Outcome], dict[str, Any]]:
    """What came of each change, and what is new."""
    device = _device()
    if message.changes or devices.should_note(device, pending=message.pending):
        return _write(message, device)
    with database.reading(db.engine) as now:
        return [], answer.news(now, message, device.member_id)


def _write(
    message: envelope.Envelope, device: devices.DevicePass
) -> tuple[list[Outcome], dict[str, Any]]:
    received_ms = ledger.now_ms()
    skew_ms = 0 if message.sent_ms is None else received_ms - message.sent_ms
    with database.reading(db.engine) as now:
        tree = scope.tree_in(now)
    intake = ledger.Intake(
        ledger.kinds(),
        tree.by_code.get,
        Origin(member=device.member_id, device=device.id),
        tree.served_on(clock.today(), device.member_id),
        received_ms,
        skew_ms,
    )
    ahead_s = min(max(-skew_ms // 1000, -LARGEST_SKEW_S), LARGEST_SKEW_S)
    said: dict[str, Any] = {}

    def note_and_look(session: Session) -> None:
        devices.heard_from(device, pending=message.pending, skew_s=ahead_s, install=message.device)
        # Where it was just written, most of what is asked for is still in memory.
        said.update(answer.news(session, message, device.member_id))

    return ledger.submit_together(intake.arrivals(message.changes), also=note_and_look), said


def _keep_unreadable(body: bytes, code: str) -> Response:
    """400; but what a phone of ours sent is kept, so that a person can look at it."""
    device = _device()
    if code == "unreadable":
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        with database.writing() as session:
            origin = Origin(member=device.member_id, device=device.id)
            ledger.hold_unreadable(session, body, digest, origin)
    current_app.logger.warning("unreadable message from device %s: %s", device.id, code)
    return make_response(jsonify(error=code), 400)
