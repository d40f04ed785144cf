"""Two people said different things about one record: both are shown, and the office decides."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import groupby

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.township import answers
from fieldapp.township.blueprint import bp
from fieldapp.township.once import new_id, once
from fieldapp.township.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Question:
    """One field with its two values, and who gave them."""

    dispute: ledger.Dispute
    label: str
    kept: str
    kept_by: str
    arrived: str
    arrived_by: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One record with everything in it that is disputed."""

    kind: str
    door: str
    grid: str
    questions: list[Question]


@bp.get("/conflicts/")
def conflicts() -> Response:
    """Everything that is disputed, the newest first."""
    return _page(status=200)


@bp.post("/conflicts/")
def settle() -> Response:
    """Choose one of the two values; it becomes a change like any other, and both stay on record."""

    def work(session: Session) -> str:
        dispute = _find(session)
        if dispute is None:
            flash(_("This was settled already."), "plain")
            return url_for("township.conflicts")
        errors = _choose(session, dispute)
        if errors:
            raise Refusal(errors)
        flash(_("Settled. The other value stays in the history of the record."), "fine")
        return url_for("township.conflicts")

    try:
        return once(work)
    except Refusal:
        return _page(status=422)


def _page(*, status: int) -> Response:
    session = db.session()
    disputes = ledger.flagged(session)
    cases = [
        _contradiction(session, list(group))
        for _record, group in groupby(disputes, key=lambda one: (one.kind, one.record))
    ]
    body = render_template(
        "township/conflicts.html",
        cases=cases,
        refused=status == 422,
        new_id=new_id,
        as_of=clock.utc_now(),
    )
    return Response(body, status)


def _find(session: Session) -> ledger.Dispute | None:
    wanted = (request.form.get("kind"), request.form.get("record"), request.form.get("name"))
    for one in ledger.flagged(session):
        if (one.kind, one.record, one.name) == wanted:
            return one
    return None


def _choose(session: Session, dispute: ledger.Dispute) -> dict[str, list[str]]:
    """Submit the chosen value on the township's word; returns what the form objects to."""
    chosen = dict(zip(("kept", "arrived"), ledger.in_full(session, dispute), strict=True))
    choice = request.form.get("choice", "")
    if choice not in chosen:
        abort(400)
    kind = ledger.kinds()[dispute.kind]
    change = {
        "id": str(uuid.uuid4()),
        "kind": dispute.kind,
        "record": dispute.record,
        "base": dispute.version,
        "form": kind.newest.version,
        "grid": scope.code_of(dispute.place),
        "made_at": clock.utc_now().isoformat(),
        "fields": {dispute.name: chosen[choice]},
    }
    origin = ledger.Origin(clerk=current_user.clerk_id)
    [outcome] = ledger.submit_items(session, [change], origin=origin, grid_of=scope.grid_of)
    return {name: list(codes) for name, codes in outcome.errors.items()}


def _contradiction(session: Session, disputes: list[ledger.Dispute]) -> Contradiction:
    first = disputes[0]
    record = ledger.record(session, first.kind, first.record)
    fields = record.fields if record else {}
    household = fields.get("hh") or fields.get("stay_at") or first.record
    return Contradiction(
        kind=answers.KIND_NAMES.get(first.kind, first.kind),
        door=answers.door(session, household),
        grid=scope.name_of(first.place),
        questions=[_question(session, one) for one in disputes],
    )


def _question(session: Session, dispute: ledger.Dispute) -> Question:
    form = ledger.kinds()[dispute.kind].newest
    field = form.field(dispute.name) if dispute.name in form.keys else None
    return Question(
        dispute=dispute,
        label=_(field.label) if field else dispute.name,
        kept=answers.said(field, dispute.kept, session),
        kept_by=_name(session, dispute.kept_by),
        arrived=answers.said(field, dispute.arrived, session),
        arrived_by=_name(session, dispute.arrived_by),
    )


def _name(session: Session, member_id: int | None) -> str:
    member = session.get(Member, member_id) if member_id is not None else None
    return member.name if member else _("the township")
