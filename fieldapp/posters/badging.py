"""The page on which badges are chosen and ordered, of one member or of everybody on duty."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from fieldapp import boards, clock
from fieldapp.accounts.people import Person, people
from fieldapp.boards import BadgeCard
from fieldapp.boards.models import BoardPhoto
from fieldapp.extensions import db
from fieldapp.i18n import LANGUAGES, in_language
from fieldapp.posters import badges, content, jobs
from fieldapp.posters.badges import Badge
from fieldapp.posters.blueprint import bp
from fieldapp.posters.choice import WORDS_IN
from fieldapp.posters.formats import TONES
from fieldapp.posters.ordering import form_id, named
from fieldapp.township.once import new_id, see


@bp.get("/badges", endpoint="badges")
def choose_badges() -> Response:
    """The form; `?whose=` a member's number chooses one beforehand."""
    return _form(request.args.get("whose", ""))


@bp.post("/badges")
def order_badges() -> Response:
    """Begin to print. The same form sent twice is one job."""
    whose = request.form.get("whose", "")
    cards = [] if whose and not whose.isdecimal() else _cards(whose)
    if not cards:
        return _form(whose, refused=_("There is no badge here to print."), status=422)
    tone = request.form.get("tone", "")
    words = request.form.get("words", "")
    job_id = form_id()
    with in_language(words if words in LANGUAGES else "zh"):
        work, photos = badges.order(_badges(cards), tone=tone if tone in TONES else "red")
        name = f"-{content.file_name(cards[0].name)}" if len(cards) == 1 else ""
        jobs.order(job_id, f"{_('Grid work badges')}{name}", work, photos)
    return see(url_for("posters.progress", job_id=job_id))


def _cards(whose: str) -> list[BadgeCard]:
    return boards.badges([int(whose[:9])] if whose else [one.id for one in people()])


def _badges(cards: list[BadgeCard]) -> list[Badge]:
    """The cards with their pictures; the badge is issued on the day on which it is printed."""
    wanted = {card.photo for card in cards if card.photo}
    rows = db.session().scalars(sa.select(BoardPhoto).where(BoardPhoto.sha256.in_(wanted)))
    photos = {row.sha256: row.data for row in rows}
    return [
        Badge(
            id=card.code,
            name=card.name,
            town=card.units[0],
            duties=card.duties,
            issued=clock.today(),
            photo=photos.get(card.photo or ""),
        )
        for card in cards
    ]


def _form(whose: str, *, refused: str = "", status: int = 200) -> Response:
    everybody = [("", _("Everybody on duty"))]
    body = render_template(
        "posters/badges.html",
        people=everybody + [(str(one.id), _described(one)) for one in people()],
        whose=whose,
        refused=refused,
        unreachable="" if boards.is_reachable() else boards.base(),
        tones=named({code: tone.label for code, tone in TONES.items()}),
        languages=named(WORDS_IN),
        tone="red",
        words="zh",
        request_id=new_id(),
    )
    return make_response(body, status)


def _described(one: Person) -> str:
    """Told apart from others of the same name by what they do and where."""
    return f"{one.name} · {content.role(one.duties[0].role)} · {one.duties[0].grid_name}"
