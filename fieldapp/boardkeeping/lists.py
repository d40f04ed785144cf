"""One list of a board: duties, services, or hotlines, a row of fields for each line."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp.boardkeeping import origins, saving
from fieldapp.boardkeeping.blueprint import bp, clerk, unit_of
from fieldapp.boardkeeping.texts import flash_saved
from fieldapp.boards import checks, edit
from fieldapp.boards.card import Service
from fieldapp.boards.content import Content, present
from fieldapp.boards.texts import LABELS
from fieldapp.grids import Refused
from fieldapp.grids.scope import Unit
from fieldapp.i18n import N_

COLUMNS = {
    "duty": ("title",),
    "service": ("title", "place", "hours", "phone"),
    "hotline": ("title", "phone"),
}
HELP = {
    "duty": N_(
        "What residents may expect. This list stands instead of that of the levels above. An empty"
        " row falls away."
    ),
    "service": N_(
        "These come before the services of the levels above. The same title is said once, as the"
        " nearest level says it. An empty row falls away."
    ),
    "hotline": N_(
        "These come before the numbers of the levels above. A title without a number takes that"
        " number off the boards from here downward. An empty row falls away."
    ),
}
BLANK_ROWS = 3
NEEDED = N_("Please say what this line is about.")


@bp.get("/grids/<code>/lists/<sort>")
def lines(code: str, sort: str) -> Response:
    """The form for one list."""
    return _page(unit_of(code), _known(sort), {})


@bp.post("/grids/<code>/lists/<sort>")
def save_lines(code: str, sort: str) -> Response:
    """Save it, look at it first, or leave it to the levels above."""
    unit = unit_of(code)
    back = request.form.get("do") == "back"
    _known(sort)

    def work(_session: Session) -> str:
        content = present()
        own = origins.own_lines(content, unit, sort)
        saving.not_overtaken(own, "、".join(one.title for one in own))
        typed = [] if back else _typed(sort)
        saving.tried(
            {
                f"{column}-{row}": _check(sort, column, line)
                for row, line in enumerate(typed)
                if any(line)
                for column in COLUMNS[sort]
            }
        )
        edit.set_lines(unit.id, sort, typed, by=clerk())
        flash_saved(origins.reach(content, unit, sort))
        return url_for("boardkeeping.board", code=unit.code)

    return saving.taken(work, lambda errors: _page(unit, sort, errors), at=unit)


def list_name(sort: str) -> str:
    """What a list is called: the duties are those of the board, not somebody's in the tree."""
    return str(_("What residents may expect") if sort == "duty" else _(LABELS[sort]))


def _check(sort: str, column: str, line: Service) -> Callable[[], object]:
    text = str(getattr(line, column))

    def check() -> None:
        if column == "phone":
            checks.number(text)
        elif column == "title" and not text:
            raise Refused.because(NEEDED)
        else:
            checks.text(text, longest=100 if sort == "duty" else 60)

    return check


def _typed(sort: str) -> list[Service]:
    """The rows of the form, empty ones included, so that each keeps its place."""
    count = sum(name.startswith("title-") for name in request.form)
    return [
        Service(**{key: request.form.get(f"{key}-{row}", "").strip() for key in COLUMNS[sort]})
        for row in range(min(count, edit.MOST_LINES + BLANK_ROWS))
    ]


def _page(unit: Unit, sort: str, errors: saving.Errors) -> Response:
    content = present()
    own = origins.own_lines(content, unit, sort)
    rows = _typed(sort) if request.method == "POST" else own or _offered(content, unit, sort)
    blank = max(0, min(BLANK_ROWS, edit.MOST_LINES - len(rows)))
    if request.method != "POST":
        rows += [Service("")] * blank
    return saving.page(
        "lines.html",
        errors,
        unit=unit,
        sort=sort,
        title=list_name(sort),
        help=_(HELP[sort]),
        columns=COLUMNS[sort],
        rows=rows,
        own=own,
        others=[one for one in origins.of_list(content, unit, sort) if one.unit != unit],
        reach=origins.reach(content, unit, sort),
        seen=saving.mark(own),
    )


def _offered(content: Content, unit: Unit, sort: str) -> list[Service]:
    """Where there is no list yet and one would replace another: that one, to be altered."""
    if sort == "duty" or unit.parent_id is None:
        return [one.line for one in origins.of_list(content, unit, sort)]
    return []


def _known(sort: str) -> str:
    return sort if sort in COLUMNS else abort(404)
