"""The public pages as bytes: drawn once for each state of the boards, then only handed out."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from fieldapp import clock
from fieldapp.boards import english, vcard
from fieldapp.boards.badges import BadgeCard
from fieldapp.boards.card import Card, Hotline
from fieldapp.boards.checks import visible
from fieldapp.boards.content import Content
from fieldapp.boards.roles import ROLES
from fieldapp.grids import scope
from fieldapp.i18n import catalog, language

MOST_KEPT = 512  # pages of some 10 KB, packed and unpacked
_EXTENSION = re.compile(r"((?:0[0-9]{2,3}-?)?[0-9]{7,8})-([0-9]{1,6})")
KEPT_MINUTES = 10  # the numbers of households are as old


class Page:
    """A body with its packed form and its validator."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self.body, self.content_type = body, content_type
        self.packed = gzip.compress(body, 6, mtime=0)
        self.etag = hashlib.sha256(body).hexdigest()[:20]

    def response(self, status: int = 200) -> Response:
        """An answer to the present request: 304 where the browser has it already."""
        coded = request.accept_encodings["gzip"] > 0
        response = Response(self.packed if coded else self.body, status, mimetype=None)
        response.headers["Content-Type"] = self.content_type
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.vary.update(("Accept-Encoding", "Cookie"))
        if coded:
            response.content_encoding = "gzip"
        if status == 200:
            response.set_etag(f"{self.etag}-gzip" if coded else self.etag)
            response.make_conditional(request)
        return response


def kept(content: Content, key: str, draw: Callable[[], Page]) -> Page:
    """The page, drawn only if this state of everything has not been drawn in this language."""
    minutes = int(clock.utc_now().timestamp()) // 60 // KEPT_MINUTES
    whole = (key, language(), minutes)
    known = content.pages.get(whole)
    if known is None:
        if len(content.pages) >= MOST_KEPT:
            content.pages.clear()
        known = content.pages[whole] = draw()
    return known


def board_page(card: Card) -> Page:
    """A board as a page."""
    return _html("boards/board.html", **board_values(card))


def board_values(card: Card) -> dict[str, Any]:
    """What `boards/board.html` shows, for whoever draws it with something around it."""
    card, sketch = english.shown(card), card.sketch or ""
    drawn = sketch.startswith("<svg")
    return {
        "card": card,
        "svg": Markup(sketch) if drawn else None,  # noqa: S704  # ours, with names escaped
        "picture": sketch if sketch and not drawn else None,
        "near": [one for one in card.people_on if one.grid == card.grid],
        "above": [one for one in card.people_on if one.grid != card.grid],
        "role_name": role_name,
        "dial": dial,
    }


def contacts(card: Card) -> Page:
    """A board's people, office and supervision as contacts; those of a demo town say so."""
    card = english.shown(card)
    demo = _("Demo: all people are invented") if scope.is_demo() else ""
    people = [
        vcard.Contact(
            one.name,
            dial(one.phone),
            org=one.grid,
            title=role_name(one.role),
            notes=("" if one.phone_of == "own" else _("The number is that of the office."), demo),
        )
        for one in card.people_on
    ]
    supervision = Hotline(_("%(grid)s: supervision", grid=card.grid), card.supervision)
    people += [
        vcard.Contact(one.title, dial(one.phone), org=card.grid, notes=(demo,))
        for one in (card.office, supervision)
    ]
    return Page(vcard.vcards(people), "text/vcard; charset=utf-8")


def badge_page(badge: BadgeCard) -> Page:
    """What whoever scans a badge has to know."""
    badge = badge._replace(office=english.office_shown(badge.office, badge.units))
    return _html("boards/badge.html", badge=badge, role_name=role_name, dial=dial)


def nothing_page(town: str, phone: str, *, badge: bool) -> Page:
    """For an id that leads nowhere: the same words for every one."""
    return _html("boards/nothing.html", town=town, phone=phone, badge=badge, dial=dial)


def too_many_page(phone: str) -> Page:
    """For whoever asked too often."""
    return _html("boards/too_many.html", phone=phone, dial=dial)


def role_name(role: str) -> str:
    """What people call a role; the town's own word for one of its own."""
    return _(ROLES[role]) if role in ROLES else role


def dial(phone: str) -> str:
    """What a telephone dials: digits, with a pause before an extension."""
    with_extension = _EXTENSION.fullmatch(phone)
    number, extension = with_extension.groups() if with_extension else (phone, "")
    return ",".join(filter(None, (re.sub(r"[^0-9]", "", number), extension)))


def _html(template: str, **values: object) -> Page:
    body = render_template(template, **values, **_words())
    lines = (visible(line.strip()) for line in body.split("\n"))
    return Page("\n".join(filter(None, lines)).encode(), "text/html; charset=utf-8")


def _words() -> dict[str, object]:
    """The language of a page and its words, looked up once: for each word anew it costs a third."""
    lang = language()
    translated = catalog(lang).gettext

    def gettext(message: str, **variables: object) -> str:
        return Markup(translated(message)) % variables  # noqa: S704 - our own words; values escaped

    return {"gettext": gettext, "in_english": lang == "en"}
