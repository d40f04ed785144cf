"""/join/<token>: the page behind the link or the QR code, and its one button."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)

from fieldapp import i18n
from fieldapp.accounts import devices, enrolment, people
from fieldapp.accounts.enrolment import Refusal
from fieldapp.database import writing
from fieldapp.grids import scope
from fieldapp.grids.duties import ROLES
from fieldapp.i18n import N_

bp = Blueprint("join", __name__, url_prefix="/join")

SORRY = {
    Refusal.UNKNOWN: (
        N_("This link is not complete."),
        N_("Open the message again and tap the whole link, or scan the code again."),
    ),
    Refusal.OVER: (
        N_("This link has been used, or its day is over."),
        N_("If you joined on this phone before, just open the app. Nothing on the phone is lost."),
    ),
}
ASK = N_("For a new link, ask your village head or call the township: %(phone)s.")
CALL = N_("Call the township")


@bp.get("/<token>")
def show(token: str) -> Response:
    """Only shows: whoever previews a link, such as WeChat, must not use it up."""
    member = enrolment.invited(token, device_token=request.cookies.get(devices.COOKIE))
    if isinstance(member, Refusal):
        return _sorry(member)
    duties = [(ROLES[d.role], scope.path(d.grid_id)) for d in scope.duties_of(member.id)]
    page = render_template(
        "accounts/join.html",
        name=member.name,
        duties=duties,
        in_wechat=_in_wechat(),
        somebody_else=_somebody_else(member.id),
    )
    return make_response(page)


@bp.post("/<token>")
def join(token: str) -> Response:
    """Make this browser the member's phone."""
    known = request.cookies.get(devices.COOKIE)
    browser = devices.browser_family(request.user_agent.string)
    with writing():
        joined = enrolment.join(token, device_token=known, browser=browser)
    if isinstance(joined, Refusal):
        return _sorry(joined)
    response = make_response(redirect("/phone/", code=303))
    devices.set_cookie(response, joined.token)
    devices.set_whose(response, joined.member_id)
    return response


def _sorry(refusal: Refusal) -> Response:
    """Why the link does nothing, in both languages: we do not know yet who is reading."""
    phone = current_app.config["TOWN_PHONE"]
    own = i18n.language()
    texts = []
    for lang in (own, *(other for other in i18n.LANGUAGES if other != own)):
        sentences = [i18n.say(one, lang) for one in (*SORRY[refusal], ASK, CALL)]
        texts.append((lang, [one.replace("%(phone)s", phone) for one in sentences]))
    page = render_template(
        "accounts/no_link.html", texts=texts, phone=phone, over=refusal is Refusal.OVER
    )
    return make_response(page, refusal.value)


def _somebody_else(member_id: int) -> str | None:
    """Whose phone this is at present, if it is not the member's."""
    present = devices.present_device()
    if present is None or present.state != "ok" or present.member_id == member_id:
        return None
    other = people.person(present.member_id)
    return other.name if other else None


def _in_wechat() -> bool:
    return "MicroMessenger" in request.user_agent.string
