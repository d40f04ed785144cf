"""The page on which boards are chosen and ordered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from fieldapp import boards
from fieldapp.i18n import in_language
from fieldapp.posters import jobs, orders
from fieldapp.posters.blueprint import bp
from fieldapp.posters.choice import REACHES, WORDS_IN, Choice
from fieldapp.posters.formats import KINDS, SHEETS, TONES
from fieldapp.township import places
from fieldapp.township.once import FIELD, new_id, see


@bp.get("/")
def choose() -> Response:
    """The form; an address may say what is chosen already."""
    return _form(Choice.read(request.args))


@bp.post("/")
def order() -> Response:
    """Begin to print, or go to the print page. The same form sent twice is one job."""
    choice = Choice.read(request.form)
    if choice.kind == "page":
        return see(url_for("posters.page", **choice._asdict()))
    cards = boards.cards(choice.grids)
    if not cards:
        return _form(choice, refused=_("There is no board here to print."), status=422)
    job_id = form_id()
    with in_language(choice.words):
        work = (
            orders.of_pictures(cards, tone=choice.tone)
            if choice.kind == "picture"
            else orders.of_sheets(cards, size=choice.size, tone=choice.tone)
        )
        jobs.order(job_id, choice.title, work)
    return see(url_for("posters.progress", job_id=job_id))


def form_id() -> uuid.UUID:
    """The id of the form that was sent, which becomes the job's."""
    try:
        return uuid.UUID(request.form.get(FIELD, ""))
    except ValueError:
        return uuid.uuid4()


def named(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Choices for a form: what is sent, and what is read."""
    return [(code, _(label)) for code, label in table.items()]


def _form(choice: Choice, *, refused: str = "", status: int = 200) -> Response:
    body = render_template(
        "posters/choose.html",
        choice=choice,
        refused=refused,
        unreachable="" if boards.is_reachable() else boards.base(),
        grids=places.choices(),
        reaches=named(REACHES),
        kinds=named(KINDS),
        sheets=named({code: sheet.label for code, sheet in SHEETS.items()}),
        tones=named({code: tone.label for code, tone in TONES.items()}),
        languages=named(WORDS_IN),
        request_id=new_id(),
    )
    return make_response(body, status)
