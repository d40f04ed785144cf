"""The addresses under /phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, jsonify, make_response, request, url_for

from fieldapp import assets, database
from fieldapp.accounts import devices
from fieldapp.accounts.models import Device
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.i18n import N_, say
from fieldapp.phone.shell import present

bp = Blueprint("phone", __name__, url_prefix="/phone")

MOST_LOST = 100_000
NAME = N_("Doorbook")
THEME = "#12498b"
BACKGROUND = "#faf5ec"


@bp.get("/", defaults={"lang": "zh"})
@bp.get("/<any(en):lang>/")
def shell(lang: str) -> Response:
    """The page of one language. The phone's worker takes it only for the release it names."""
    return _kept(present().pages[lang].response())


@bp.get("/more", defaults={"lang": "zh"})
@bp.get("/<any(en):lang>/more")
def more(lang: str) -> Response:
    """The second pack's screens, words and forms. A page takes it only of its own release."""
    return _kept(present().more[lang].response())


@bp.get("/sw.js")
def worker() -> Response:
    """In this folder, because that is what a worker may serve. A changed byte is a new release."""
    return _kept(present().worker.response())


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """What the phone needs to put us among its apps."""
    name = say(NAME, "zh")
    said = {
        "id": "/phone/",
        "start_url": "/phone/",
        "scope": "/phone/",
        "name": f"{name} {NAME}",
        "short_name": name,
        "lang": "zh-Hans",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": BACKGROUND,
        "icons": [_icon(purpose, size) for purpose in ("any", "maskable") for size in (192, 512)],
    }
    response = jsonify(said)
    response.mimetype = "application/manifest+json"
    return _kept(response)


@bp.get("/me")
def me() -> Response:
    """Who uses this phone, and what was last heard of it. Never kept by a browser."""
    device = present_phone()
    member = db.session().get_one(Member, device.member_id)
    row = db.session().get_one(Device, device.id)
    duties = scope.duties_of(member.id)
    town = scope.path(duties[0].grid_id)[0].name if duties else ""
    return jsonify(
        member={"key": str(member.id), "name": member.name, "duties": [_duty(d) for d in duties]},
        town={"name": town, "phone": current_app.config["TOWN_PHONE"]},
        demo=scope.is_demo(),
        heard={"install": row.install, "pending": row.pending},
    )


@bp.post("/losses")
def losses() -> Response:
    """A phone noticed that its browser was emptied while it held unsent changes."""
    device = present_phone()
    loss_id, count, noticed_at = _loss(request.get_json(silent=True))
    with database.writing():
        devices.note_loss(device.id, loss_id=loss_id, count=count, noticed_at=noticed_at)
    return make_response(jsonify(id=loss_id), 201)


@bp.post("/leave")
def leave() -> Response:
    """The member gives the phone away. The phone asks only when it holds nothing unsent."""
    device = present_phone()
    with database.writing():
        devices.revoke(device.id)
    response = make_response("", 204)
    response.delete_cookie(devices.COOKIE, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def _kept(response: Response) -> Response:
    """Browsers may keep it, and ask every time whether it is still the one."""
    response.cache_control.no_cache = True
    response.headers["Fieldapp-Build"] = current_app.config["BUILD"]
    return response


def present_phone() -> devices.DevicePass:
    """The phone that asks; 401 with the same words as POST /sync for any that is not let in."""
    device = devices.present_device()
    if device is None or device.state != "ok":
        revoked = device is not None and device.state == "revoked"
        code = "device_revoked" if revoked else "login_required"
        abort(make_response(jsonify(error=code), 401))
    return device


def _duty(duty: scope.Served) -> dict[str, str]:
    grid = scope.unit(duty.grid_id)
    return {"role": duty.role, "grid": grid.code, "name": grid.name}


def _loss(said: Any) -> tuple[str, int, datetime]:
    """400 for anything that is not a loss: the phone made it, so it is a mistake of ours."""
    try:
        loss_id, count = str(UUID(said["id"])), said["count"]
        noticed_at = datetime.fromisoformat(said["noticed_at"])
    except (AttributeError, KeyError, TypeError, ValueError):
        abort(make_response(jsonify(error="unreadable"), 400))
    if type(count) is not int or not 0 < count <= MOST_LOST or noticed_at.tzinfo is None:
        abort(make_response(jsonify(error="unreadable"), 400))
    return loss_id, count, noticed_at


def _icon(purpose: str, size: int) -> dict[str, str]:
    mark = "maskable-" if purpose == "maskable" else ""
    name = f"icons/app-{mark}{size}.png"
    assert name in assets.names(current_app)  # noqa: S101 - a manifest must not name what is not there
    return {
        "src": url_for("static", filename=name),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
