"""Records that vanished from a phone before they were sent: whose, when, and whom to call."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, abort, flash, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.accounts.models import Device, Loss
from fieldapp.extensions import db
from fieldapp.grids.models import Member
from fieldapp.township.blueprint import bp
from fieldapp.township.models import SeenLoss
from fieldapp.township.once import new_id, once


@bp.get("/losses/")
def losses() -> Response:
    """Those nobody has taken note of first, then the older ones."""
    query = (
        sa.select(
            *(Loss.id, Loss.count, Loss.noticed_at, Device.browser, SeenLoss.seen_at),
            *(Member.id.label("member_id"), Member.name, Member.phone),
        )
        .join(Device, Device.id == Loss.device_id)
        .join(Member, Member.id == Device.member_id)
        .outerjoin(SeenLoss, SeenLoss.loss_id == Loss.id)
        .order_by(SeenLoss.seen_at.is_not(None), Loss.noticed_at.desc())
        .limit(200)
    )
    rows = db.session().execute(query).all()
    body = render_template(
        "township/losses.html", losses=rows, new_id=new_id, as_of=clock.utc_now()
    )
    return Response(body)


@bp.post("/losses/<loss_id>/seen")
def see_loss(loss_id: str) -> Response:
    """Somebody has taken note and called; the alarm ends, the report stays."""

    def work(session: Session) -> str:
        if session.get(Loss, loss_id) is None:
            abort(404)
        if session.get(SeenLoss, loss_id) is None:
            session.add(
                SeenLoss(loss_id=loss_id, clerk_id=current_user.clerk_id, seen_at=clock.utc_now())
            )
        flash(_("Noted. The report stays in the list."), "fine")
        return url_for("township.losses")

    return once(work)
