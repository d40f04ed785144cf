"""One text of a board: in words of its own, or as the levels above have it."""

from __future__ import annotations

from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from fieldapp import boards
from fieldapp.boardkeeping import origins, saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boards import edit
from fieldapp.boards.content import present
from fieldapp.boards.pages import role_name
from fieldapp.boards.texts import PARTS, PER_ROLE
from fieldapp.grids.scope import Unit
from fieldapp.i18n import N_

HELP = {
    "scope": N_("From where to where, in the words people use. House numbers yes, names no."),
    "households": N_("Empty: counted from the register. Shown rounded to ten."),
    "people": N_("Empty: counted from the register. Shown rounded to ten."),
    "office_phone": N_("Shown wherever somebody's own number is not published."),
    "supervision": N_("Whom residents call who are not satisfied."),
}


@bp.get("/grids/<code>/texts/<key>")
def text(code: str, key: str) -> Response:
    """The form for one text."""
    return _page(unit_of(code), _known(key), {})


@bp.post("/grids/<code>/texts/<key>")
def save_text(code: str, key: str) -> Response:
    """Save it, look at it first, or go back to what the levels above say."""
    unit, (part, _colon, role) = unit_of(code), _known(key).partition(":")
    back = request.form.get("do") == "back"

    def work(_session: Session) -> str:
        content = present()
        own = content.texts.get(unit.id, {}).get(key, "")
        saving.not_overtaken(own, own)
        typed = "" if back else request.form.get("text", "")

        def write() -> None:
            edit.set_text(unit.id, part, typed, by=clerk(), role=role)

        saving.tried({"text": write})
        flash_saved(origins.reach(content, unit, key))
        return url_for("boardkeeping.board", code=unit.code)

    return saving.taken(work, lambda errors: _page(unit, key, errors), at=unit)


def flash_saved(count: int) -> None:
    """Say that it holds, and where."""
    if request.form.get("do") == "preview":
        return
    words = ngettext(
        "Saved. %(num)s board says so from now on.",
        "Saved. %(num)s boards say so from now on.",
        count,
    )
    flash(words, "fine")


def _page(unit: Unit, key: str, errors: saving.Errors) -> Response:
    content = present()
    part, _colon, role = key.partition(":")
    said = origins.of_text(content, unit, key)
    return saving.page(
        "text.html",
        errors,
        unit=unit,
        key=key,
        title=f"{_(PARTS[part].label)} · {role_name(role)}" if role else _(PARTS[part].label),
        help=_(HELP[part]) if part in HELP else "",
        longest=PARTS[part].longest,
        sort=PARTS[part].sort,
        said=said,
        otherwise=origins.inherited(content, unit, key),
        reach=origins.reach(content, unit, key),
        given=request.form.get("text", said.own),
        seen=saving.mark(said.own),
    )


def _known(key: str) -> str:
    part, colon, role = key.partition(":")
    fits = part in PARTS and (part in PER_ROLE) == bool(colon)
    return key if fits and (not colon or role in boards.ROLES) else abort(404)
