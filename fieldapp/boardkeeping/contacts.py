"""People on boards who have no login: somebody new, and somebody who goes."""

from __future__ import annotations

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from fieldapp.boardkeeping import given, origins, saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boards import folk
from fieldapp.boards.content import present
from fieldapp.grids import Refused, scope
from fieldapp.grids.scope import Unit
from fieldapp.township.once import once

KIND = "contacts"


@bp.get("/grids/<code>/contacts/new")
def new_contact(code: str) -> Response:
    """The form for somebody new."""
    return _page(unit_of(code), {})


@bp.post("/grids/<code>/contacts/")
def add_contact(code: str) -> Response:
    """Put them on the boards of the grid and of all below."""
    unit = unit_of(code)

    def work(_session: Session) -> str:
        typed = given.typed(KIND)
        saving.tried(given.checks_of(KIND, typed))
        number = folk.add_contact(unit.id, given.contact_of(typed), by=clerk())
        count = origins.reach(present(), unit, "contact")
        words = ngettext(
            "%(name)s is on %(num)s board from now on.",
            "%(name)s is on %(num)s boards from now on.",
            count,
            name=typed["name"],
        )
        if request.form.get("do") != "preview":
            flash(words, "fine")
        return url_for("boardkeeping.person", kind=KIND, number=number)

    return saving.taken(work, lambda errors: _page(unit, errors), at=unit)


@bp.post("/contacts/<int:number>/end")
def end_contact(number: int) -> Response:
    """Take them off the boards. The history can bring them back."""

    def work(_session: Session) -> str:
        try:
            known = folk.contact(number)
        except Refused:
            abort(404)
        code, name = scope.code_of(known.grid_id), known.name
        folk.end_contact(number, by=clerk())
        flash(_("%(name)s is on no board any more.", name=name), "fine")
        return url_for("boardkeeping.board", code=code)

    return once(work)


def _page(unit: Unit, errors: saving.Errors) -> Response:
    return saving.page(
        "contact_new.html",
        errors,
        unit=unit,
        given=given.typed(KIND) if request.method == "POST" else given.empty(),
        roles=given.role_choices(),
        reach=origins.reach(present(), unit, "contact"),
    )
