"""What was held because a person has to look: shown in words, repaired or set aside, never lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.extensions import db
from fieldapp.forms import Field, Form
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Unit
from fieldapp.households.models import Household
from fieldapp.htmx import render
from fieldapp.township import answers, places, typed
from fieldapp.township.answers import Answer
from fieldapp.township.blueprint import bp
from fieldapp.township.legible import legible
from fieldapp.township.once import new_id, once
from fieldapp.township.refusal import Refusal

LONGEST_NOTE = 500
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Case:
    """One held change as the page shows it."""

    held: ledger.Held
    kind: str
    member: Member | None
    door: str
    grid: Unit | None
    reasons: list[str]
    answers: list[Answer]

    @property
    def objections(self) -> list[Answer]:
        """The answers that something is wrong with."""
        return [one for one in self.answers if one.wrong]

    @property
    def repairable(self) -> list[Answer]:
        """Those of them that answer a question of the form."""
        return [one for one in self.objections if one.field]

    @property
    def unasked(self) -> list[str]:
        """The keys of those that answer none."""
        return [one.key for one in self.objections if not one.field]

    @property
    def bytes(self) -> str:
        """What the phone sent, sensitive values masked."""
        return legible(json.dumps(self.held.content, ensure_ascii=False, indent=2))


@bp.get("/held/")
def held() -> Response:
    """Everything that waits, the newest first; or what was decided, if asked for."""
    session = db.session()
    decided = request.args.get("decided") == "yes"
    found = ledger.held(session, open_only=not decided, limit=LONGEST_LIST)
    cases = [_case(session, one) for one in found if bool(one.settled_ms) == decided]
    return render(
        "township/held.html",
        block="cases",
        cases=cases,
        decided=decided,
        full=len(found) == LONGEST_LIST,
        as_of=clock.utc_now(),
    )


@bp.get("/held/<int:held_id>")
def held_case(held_id: int) -> Response:
    """One held change, with the means to repair it."""
    return _page(held_id)


@bp.post("/held/<int:held_id>/release")
def release(held_id: int) -> Response:
    """Accept it, in another grid or with other answers where they were given."""

    def work(session: Session) -> str:
        change = ledger.held_change(session, held_id) or abort(404)
        if change.settled_ms is not None:
            flash(_("Somebody has decided about this already."), "plain")
            return url_for("township.held")
        grid, fields = _repair(change)
        unasked = _case(session, change).unasked if _form(change) else []
        outcome = ledger.release(
            session, held_id, intake=_intake(), grid=grid, fields=fields, without=unasked
        )
        if outcome.status == "held":
            raise Refusal(outcome.errors)
        flash(_("Accepted. It now counts as what the member recorded."), "fine")
        return url_for("township.held")

    try:
        return once(work)
    except Refusal as refusal:
        return _page(held_id, errors=refusal.errors, status=422)


@bp.post("/held/<int:held_id>/aside")
def set_aside(held_id: int) -> Response:
    """Nothing is to be done about it; a note says why. What was sent is kept."""
    note = request.form.get("note", "").strip()
    if not 0 < len(note) <= LONGEST_NOTE:
        why = _("Please write in a few words why, at most %(most)s characters.", most=LONGEST_NOTE)
        return _page(held_id, note=note, note_error=why, status=422)

    def work(session: Session) -> str:
        if ledger.held_change(session, held_id) is None:
            abort(404)
        ledger.set_aside(session, held_id, note=note)
        flash(_("Set aside. What was sent is still kept."), "fine")
        return url_for("township.held")

    return once(work)


def _page(
    held_id: int,
    *,
    errors: Mapping[str, list[str]] | None = None,
    note: str = "",
    note_error: str = "",
    status: int = 200,
) -> Response:
    session = db.session()
    change = ledger.held_change(session, held_id) or abort(404)
    case = _case(session, change, errors)
    body = render_template(
        "township/held_case.html",
        case=case,
        typed=_typed(case),
        grids=places.basic(),
        grid=request.form.get("grid") or _likely_grid(session, change),
        note=note,
        note_error=note_error,
        tried=errors is not None,
        new_id=new_id,
        as_of=clock.utc_now(),
    )
    return Response(body, status)


def _case(
    session: Session, change: ledger.Held, errors: Mapping[str, list[str]] | None = None
) -> Case:
    content = change.content if isinstance(change.content, dict) else {}
    kind = content.get("kind") if isinstance(content.get("kind"), str) else ""
    form = _form(change)
    errors = change.errors if errors is None else errors
    fields = change.fields
    household = fields.get("hh") or fields.get("stay_at") or content.get("record")
    return Case(
        held=change,
        kind=answers.KIND_NAMES.get(str(kind), legible(str(kind))),
        member=session.get(Member, change.member) if change.member else None,
        door=answers.door(session, household),
        grid=scope.tree().units.get(change.place) if change.place else None,
        reasons=answers.general_reasons(form, errors),
        answers=answers.answers(form, fields, errors, session),
    )


def _form(change: ledger.Held) -> Form | None:
    content = change.content if isinstance(change.content, dict) else {}
    kind = ledger.kinds().get(str(content.get("kind")))
    version = content.get("form")
    if kind is None or not isinstance(version, int):
        return None
    return kind.forms.get(version)


def _repair(change: ledger.Held) -> tuple[str | None, dict[str, Any]]:
    """What the clerk put right: the grid's code, and answers by key."""
    form = _form(change)
    asked: list[Field] = [
        form.field(name.removeprefix("answer-"))
        for name in request.form
        if form and name.startswith("answer-") and name.removeprefix("answer-") in form.keys
    ]
    fields = {one.key: typed.read(one, request.form.getlist(f"answer-{one.key}")) for one in asked}
    return request.form.get("grid") or None, fields


def _typed(case: Case) -> dict[str, str]:
    """What stands in the inputs: as typed just now, else as sent."""
    return {
        one.key: request.form.get(f"answer-{one.key}")
        or typed.shown(one.field, case.held.fields.get(one.key))
        for one in case.repairable
        if one.field
    }


def _likely_grid(session: Session, change: ledger.Held) -> str:
    """The grid the household lies in now, else the one that was sent."""
    household = change.fields.get("hh") or change.fields.get("stay_at")
    known = session.get(Household, household) if isinstance(household, str) else None
    place = known.grid_id if known else change.place
    return scope.code_of(place) if place is not None else ""


def _intake() -> ledger.Intake:
    return ledger.Intake(
        kinds=ledger.kinds(),
        grid_of=scope.grid_of,
        origin=ledger.Origin(clerk=current_user.clerk_id),
        reach=None,
        received_ms=ledger.now_ms(),
    )
