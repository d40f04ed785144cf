"""How forms about boards are taken: once, never over another clerk's change, or sent back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from flask import Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp import boards, database
from fieldapp.boards.pages import board_values
from fieldapp.grids import Refused
from fieldapp.grids.scope import Unit
from fieldapp.i18n import N_
from fieldapp.township.once import FIELD, new_id, once

Work = Callable[[Session], str]
Errors = Mapping[str, str]
Draw = Callable[[Errors], Response]

SEEN = "seen"
ANYWHERE = ""  # for what is wrong with no single field
OVERTAKEN = N_(
    "Somebody changed this while you had it open. It says now: “%(now)s”. What you typed is still"
    " here; saving it again puts it in place of that."
)


class Wrong(Exception):
    """Something typed cannot be; `errors` are sentences by field. Ends the write transaction."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class _Drawn(Exception):
    def __init__(self, card: boards.Card) -> None:
        super().__init__()
        self.card = card


def mark(shown: object) -> str:
    """What a form carries to say which state it was filled in over."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def not_overtaken(present: object, words: str) -> None:
    """Refuse a form that was filled in over another state than the present one."""
    seen = request.form.get(SEEN, "")
    if seen and seen != mark(present):
        raise Refused.because(OVERTAKEN, now=words or _("nothing of its own"))


def taken(work: Work, draw: Draw, *, at: Unit | None = None) -> Response:
    """The answer to a form: saved, shown as a preview of `at`'s board, or sent back."""
    wish = request.form.get("do", "")
    try:
        if wish == "edit":
            return draw({})
        return _preview(work, at) if wish == "preview" and at else once(work)
    except Wrong as wrong:
        return draw(wrong.errors)
    except Refused as refused:
        return draw({ANYWHERE: sentence(refused)})


def tried(checks: Mapping[str, Callable[[], object]]) -> None:
    """Run each field's check; raise with all that is wrong, each at its field."""
    errors = {}
    for name, check in checks.items():
        try:
            check()
        except Refused as refused:
            errors[name] = sentence(refused)
    if errors:
        raise Wrong(errors)


def page(template: str, errors: Errors, **values: object) -> Response:
    """A form, with what is wrong with it."""
    body = render_template(
        f"boardkeeping/{template}",
        errors=errors,
        refused=errors.get(ANYWHERE, ""),
        request_id=new_id(),
        new_id=new_id,
        **values,
    )
    return Response(body, 422 if errors else 200)


def sentence(refused: Refused) -> str:
    """Why not, in the reader's language."""
    return " ".join(_(one.sentence, **one.params) for one in refused.problems)


def _preview(work: Work, at: Unit) -> Response:
    """The board as residents would see it. The change is made, looked at and taken back."""
    try:
        with database.writing() as session:
            work(session)
            raise _Drawn(boards.card_of(at.id))
    except _Drawn as drawn:
        values = board_values(drawn.card)
    kept = [(name, text) for name, text in request.form.items(multi=True) if name != "do"]
    body = render_template(
        "boardkeeping/preview.html",
        at=at,
        action=request.path,
        kept=[one for one in kept if one[0] != FIELD],
        request_id=new_id(),
        **values,
    )
    return Response(body)
