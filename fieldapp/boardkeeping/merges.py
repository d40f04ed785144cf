"""Two grids that became one: the old board on the wall leads to the new one's page."""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp.boardkeeping import saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boards import succession
from fieldapp.boards.content import Content, present
from fieldapp.boards.models import Board
from fieldapp.grids import Refused, scope
from fieldapp.grids.scope import Unit
from fieldapp.i18n import N_
from fieldapp.township.once import FIELD, new_id
from fieldapp.township.places import choices

SAME = N_("Please choose two different grids.")
NONE = N_("This grid has no board of its own.")


class Merge(NamedTuple):
    """A board that leads to another grid's."""

    board: Board
    old: Unit
    new: Unit


@bp.get("/merges/")
def merges() -> Response:
    """The form; with two grids in the address, what would happen."""
    return _page(request.args.get("old", ""), request.args.get("new", ""), {})


@bp.post("/merges/")
def merge() -> Response:
    """The old board leads to the new one from now on."""
    old_code, new_code = request.form.get("old", ""), request.form.get("new", "")

    def work(_session: Session) -> str:
        old, new = _chosen(old_code, new_code)
        succession.lead_board(old.id, new.id, by=clerk())
        flash(
            _("Done. The old board of %(old)s now leads to %(new)s.", old=old.name, new=new.name),
            "fine",
        )
        return url_for("boardkeeping.merges")

    return saving.taken(work, lambda errors: _page(old_code, new_code, errors))


@bp.post("/merges/<code>/end")
def end_merge(code: str) -> Response:
    """They were not merged after all: the old board is good again."""
    unit = unit_of(code)

    def work(_session: Session) -> str:
        succession.end_lead(unit.id, by=clerk())
        flash(_("Taken back. The board of %(grid)s says its own again.", grid=unit.name), "fine")
        return url_for("boardkeeping.merges")

    return saving.taken(work, lambda errors: _page("", "", errors))


def _page(old_code: str, new_code: str, errors: saving.Errors) -> Response:
    content = present()
    asked = request.method == "GET" and bool(old_code and new_code)
    pair, wrong = None, dict(errors)
    if asked:
        try:
            pair = _chosen(old_code, new_code)
        except saving.Wrong as refused:
            wrong = dict(refused.errors)
        except Refused as refused:
            wrong = {saving.ANYWHERE: saving.sentence(refused)}
    body = render_template(
        "boardkeeping/merges.html",
        merges=_merges(content),
        grids=[("", _("Please choose")), *choices()],
        old=old_code,
        new=new_code,
        pair=pair,
        errors=wrong,
        refused=wrong.get(saving.ANYWHERE, ""),
        request_id=new_id(),
        new_id=new_id,
        field=FIELD,
    )
    return Response(body, 422 if wrong else 200)


def _chosen(old_code: str, new_code: str) -> tuple[Unit, Unit]:
    content, found, errors = present(), [], {}
    for name, code in (("old", old_code), ("new", new_code)):
        grid_id = scope.grid_of(code)
        if grid_id is None or grid_id not in content.code_of:
            errors[name] = _(NONE)
        else:
            found.append(scope.unit(grid_id))
    if not errors and found[0].id == found[1].id:
        errors["new"] = _(SAME)
    if errors:
        raise saving.Wrong(errors)
    return found[0], found[1]


def _merges(content: Content) -> list[Merge]:
    units, boards = content.tree.units, content.boards
    return [
        Merge(one, units[one.grid_id], units[boards[one.leads_to].grid_id])
        for one in boards.values()
        if one.leads_to
    ]
