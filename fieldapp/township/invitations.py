"""A link that lets one phone in: shown once, as a picture to scan and as an address to send."""

from __future__ import annotations

import io

import qrcode
import qrcode.image.svg
import sqlalchemy as sa
from flask import Response, abort, render_template, request, session, url_for
from markupsafe import Markup

from fieldapp import clock, database
from fieldapp.accounts import enrolment
from fieldapp.accounts.models import Enrolment
from fieldapp.accounts.people import person
from fieldapp.accounts.tokens import kept
from fieldapp.township.blueprint import bp
from fieldapp.township.models import TakenForm
from fieldapp.township.once import FIELD, new_id, see

SHOWN = "invitation"  # in the clerk's own session cookie, until any other page is opened


@bp.post("/people/<int:member_id>/invitations")
def invite(member_id: int) -> Response:
    """Make a link. Sent again by the browser, the first one, which nobody saw, is taken back."""
    key = request.form.get(FIELD, "")[:36] or new_id()
    with database.writing() as rows:
        if person(member_id) is None:
            abort(404)
        taken = rows.get(TakenForm, key)
        if taken is not None:
            unused = Enrolment.token_hash == taken.answer, Enrolment.used_at.is_(None)
            rows.execute(sa.delete(Enrolment).where(*unused))
        token = enrolment.invite(member_id)
        rows.merge(TakenForm(id=key, answer=kept(token), taken_at=clock.utc_now()))
    session[SHOWN] = [member_id, token]
    return see(url_for("township.invitation", member_id=member_id))


@bp.get("/people/<int:member_id>/invitation")
def invitation(member_id: int) -> Response:
    """The link that was just made for this person; gone as soon as another page is opened."""
    shown_to, token = session.get(SHOWN) or (None, "")
    one = person(member_id) or abort(404)
    if shown_to != member_id:
        return see(url_for("township.one_person", member_id=member_id))
    link = enrolment.join_link(token)
    body = render_template(
        "township/invitation.html",
        person=one,
        link=link,
        picture=_picture(link),
        until=clock.utc_now() + enrolment.LINK_LASTS,
        hours=int(enrolment.LINK_LASTS.total_seconds() // 3600),
    )
    return Response(body)


@bp.before_request
def forget_invitation() -> None:
    """The link is shown once: opening anything else takes it off this browser."""
    if request.endpoint not in {"township.invitation", "township.invite", "township.key_figures"}:
        session.pop(SHOWN, None)


def _picture(link: str) -> Markup:
    """A QR code as SVG, without the XML header, drawn with one path."""
    code = qrcode.QRCode(border=2, image_factory=qrcode.image.svg.SvgPathImage)
    code.add_data(link)
    out = io.BytesIO()
    code.make_image().save(out)
    svg = out.getvalue().decode().partition("?>")[2].strip()
    return Markup(svg)  # noqa: S704 - made here from our own link; the library escapes it
