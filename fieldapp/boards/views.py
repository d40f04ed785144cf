"""What is behind the codes on boards and badges: for anybody, without a login or a script."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, current_app, make_response, redirect, request, url_for

from fieldapp import clock
from fieldapp.boards import english, ids, pages
from fieldapp.boards.badges import badge_card
from fieldapp.boards.card import Card
from fieldapp.boards.compose import compose, office_of
from fieldapp.boards.content import Content, present
from fieldapp.boards.limit import Limit
from fieldapp.boards.models import BoardPhoto
from fieldapp.boards.pages import Page
from fieldapp.boards.succession import board_in_use
from fieldapp.extensions import db

P = ParamSpec("P")
ONE_YEAR_S = 365 * 24 * 60 * 60

bp = Blueprint("boards", __name__)


def init_app(app: Flask) -> None:
    """Register the addresses."""
    app.extensions["board limit"] = Limit()
    app.add_template_filter(english.marked)
    app.register_blueprint(bp)


def _limited(view: Callable[P, Response]) -> Callable[P, Response]:
    """Whoever guesses is told to wait before anything is looked up."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        limit: Limit = current_app.extensions["board limit"]
        address = request.remote_addr or ""
        wait = limit.claim(address, clock.utc_now())
        if wait is not None:
            response = pages.too_many_page(_town_phone()).response(429)
            response.headers["Retry-After"] = str(wait)
            return response
        response = view(*args, **kwargs)
        if response.status_code == 404:
            limit.missed(address, clock.utc_now())
        return response

    return answer


@bp.get("/b/")
@_limited
def find() -> Response:
    """An id that somebody typed, off a board or a badge."""
    code = ids.typed(request.args.get("id", "")) or ""
    content = present()
    if code in content.badges:
        return _see("boards.badge", code)
    if board_in_use(content, code) is not None:
        return _see("boards.board", code)
    return _nothing(content)


@bp.get("/b/<code>")
@_limited
def board(code: str) -> Response:
    """What hangs on the wall, as it is now."""
    return _of_board(code, "board", pages.board_page)


@bp.get("/b/<code>.vcf")
@_limited
def contacts(code: str) -> Response:
    """The same people as contacts for the telephone."""
    response = _of_board(code, "contacts", pages.contacts)
    if response.status_code == 200:
        response.headers["Content-Disposition"] = 'attachment; filename="contacts.vcf"'
    return response


@bp.get("/m/<code>")
@_limited
def badge(code: str) -> Response:
    """Whether whoever shows this badge is a member of the grid today."""
    content = present()
    found = content.badges.get(ids.typed(code) or "")
    if found is None:
        return _nothing(content, badge=True)

    def draw() -> Page:
        return pages.badge_page(badge_card(content, found))

    return pages.kept(content, f"badge {found.id} {clock.today()}", draw).response()


@bp.get("/b/photos/<sha256>.jpg")
@_limited
def photo(sha256: str) -> Response:
    """A picture. Its name is made from its bytes, so it never changes."""
    data = db.session().scalar(sa.select(BoardPhoto.data).where(BoardPhoto.sha256 == sha256[:64]))
    if data is None:
        return _nothing(present())
    response = Response(data, mimetype="image/jpeg")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR_S
    response.cache_control.immutable = True
    return response


def _of_board(code: str, endpoint: str, draw: Callable[[Card], Page]) -> Response:
    content = present()
    meant = ids.typed(code) or ""
    found = board_in_use(content, meant)
    if found is None:
        return _nothing(content)
    if found.id != meant:
        return _moved(f"boards.{endpoint}", found.id)

    def drawn() -> Page:
        return draw(compose(content, found.grid_id))

    return pages.kept(content, f"{endpoint} {found.id} {clock.today()}", drawn).response()


def _moved(endpoint: str, code: str) -> Response:
    """Of a grid that was merged. Asked again each time, because a merge can be taken back."""
    response = make_response(redirect(_address(endpoint, code), code=301))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _see(endpoint: str, code: str) -> Response:
    return make_response(redirect(_address(endpoint, code), code=303))


def _address(endpoint: str, code: str) -> str:
    return url_for(endpoint, code=code, lang=request.args.get("lang") or None)


def _nothing(content: Content, *, badge: bool = False) -> Response:
    """One answer for ids that never were, that are mistyped, and that are retired."""
    roots = [content.tree.units[one] for one in content.tree.below.get(None, ())]
    office = office_of(content, roots[:1]) if len(roots) == 1 else None
    phone, town = (office.phone, roots[0].name) if office else (_town_phone(), "")

    def draw() -> Page:
        return pages.nothing_page(town, phone, badge=badge)

    return pages.kept(content, f"nothing {badge}", draw).response(404)


def _town_phone() -> str:
    return str(current_app.config["TOWN_PHONE"])
