"""A picture of where the grid is, instead of our drawing of the tree."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp import boards
from fieldapp.boardkeeping import saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boardkeeping.people import picture
from fieldapp.boards import photos
from fieldapp.boards.content import present
from fieldapp.boards.pages import board_values
from fieldapp.grids.scope import Unit
from fieldapp.township.once import see


@bp.get("/grids/<code>/sketch")
def sketch(code: str) -> Response:
    """The present one, and the form for another."""
    return _page(unit_of(code), {})


@bp.post("/grids/<code>/sketch")
def save_sketch(code: str) -> Response:
    """Another picture, or our own drawing again."""
    unit = unit_of(code)

    def work(_session: Session) -> str:
        now = _own(unit)
        saving.not_overtaken(now, _("a picture") if now else "")
        if request.form.get("do") == "back":
            photos.show_sketch(unit.id, None, by=clerk())
        else:
            raw = picture()
            saving.tried({"picture": lambda: photos.set_sketch(unit.id, raw, by=clerk())})
        flash(_("Saved. The board shows it from now on."), "fine")
        return url_for("boardkeeping.board", code=unit.code)

    return saving.taken(work, lambda errors: _page(unit, errors))


def _page(unit: Unit, errors: saving.Errors) -> Response:
    if unit.id not in present().code_of:
        return see(url_for("boardkeeping.merges"))
    values = board_values(boards.card_of(unit.id))
    own = _own(unit)
    return saving.page(
        "sketch.html",
        errors,
        unit=unit,
        own=own,
        seen=saving.mark(own),
        svg=values["svg"],
        picture=values["picture"],
    )


def _own(unit: Unit) -> str:
    return present().texts.get(unit.id, {}).get("sketch", "")
