"""Somebody on a board: what is said of them, their picture, and their consent to be called."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, abort, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from fieldapp.boardkeeping import folks, given, origins, saving
from fieldapp.boardkeeping.blueprint import bp, clerk
from fieldapp.boards import folk, photos
from fieldapp.boards.content import present
from fieldapp.boards.models import BoardConsent, BoardContact
from fieldapp.extensions import db

WHO = "/<any(members,contacts):kind>/<int:number>"


@bp.get(WHO)
def person(kind: str, number: int) -> Response:
    """One person: a member on duty, or somebody without a login."""
    return _page(kind, number, {})


@bp.post(WHO)
def save_person(kind: str, number: int) -> Response:
    """Say something else of them."""

    def work(_session: Session) -> str:
        now = given.told(kind, number)
        saving.not_overtaken(now, " · ".join(str(text) for text in now.values() if text))
        typed = given.typed(kind)
        saving.tried(given.checks_of(kind, typed))
        given.save(kind, number, typed, by=clerk())
        return _saved(kind, number, _("Saved. %(boards)s", boards=_reach(kind, number)))

    _known(kind, number)
    return saving.taken(work, lambda errors: _page(kind, number, errors))


@bp.post(f"{WHO}/consent")
def consent(kind: str, number: int) -> Response:
    """They agree that their own number is published."""

    def work(_session: Session) -> str:
        how = request.form.get("how", "")
        if how not in folk.HOW_GIVEN:
            raise saving.Wrong({"how": _("Please say how they agreed.")})
        saving.not_overtaken(_phone(kind, number), _phone(kind, number))
        folk.give_consent(**_whose(kind, number), by=clerk(), how=how)
        words = _(
            "Recorded. The number is published from now on. %(boards)s", boards=_reach(kind, number)
        )
        return _saved(kind, number, words)

    _known(kind, number)
    return saving.taken(work, lambda errors: _page(kind, number, errors))


@bp.post(f"{WHO}/consent/withdrawal")
def withdraw(kind: str, number: int) -> Response:
    """They no longer agree."""

    def work(_session: Session) -> str:
        folk.withdraw_consent(**_whose(kind, number), by=clerk())
        words = _(
            "Withdrawn. From now on the office's number stands in its place. %(boards)s",
            boards=_reach(kind, number),
        )
        return _saved(kind, number, words)

    _known(kind, number)
    return saving.taken(work, lambda errors: _page(kind, number, errors))


@bp.post(f"{WHO}/photo")
def photo(kind: str, number: int) -> Response:
    """A picture beside their name, or none any more."""

    def work(_session: Session) -> str:
        whose = _whose(kind, number)
        if request.form.get("do") == "remove":
            folk.set_photo_of(None, by=clerk(), **whose)
        else:
            raw = picture()
            saving.tried({"picture": lambda: photos.set_photo(raw, by=clerk(), **whose)})
        return _saved(kind, number, _("Saved. %(boards)s", boards=_reach(kind, number)))

    _known(kind, number)
    return saving.taken(work, lambda errors: _page(kind, number, errors))


def picture() -> bytes:
    """The picture that was sent along, or Wrong."""
    sent = request.files.get("picture")
    raw = sent.read() if sent else b""
    if not raw:
        raise saving.Wrong({"picture": _("Please choose a picture first.")})
    return raw


def _page(kind: str, number: int, errors: saving.Errors) -> Response:
    content = present()
    name, phone, shown_photo = _known(kind, number)
    now = given.told(kind, number)
    # Only the form of the details has fields to keep; the others are buttons.
    sent = request.method == "POST" and request.path.endswith(f"/{number}")
    grids = [content.tree.units[one] for one in sorted(folks.grids_of(content, kind, number))]
    consents = _consents(kind, number)
    return saving.page(
        "person.html",
        errors,
        kind=kind,
        number=number,
        name=name,
        phone=phone,
        photo=shown_photo,
        own=kind == "members" or now["private"],
        grids=grids,
        given=given.typed(kind) if sent else now,
        seen=saving.mark(now),
        phone_seen=saving.mark(phone),
        roles=given.role_choices(),
        consents=consents,
        agreed=any(one.withdrawn_at is None and one.phone == phone for one in consents),
        how=[(code, _(words)) for code, words in folk.HOW_GIVEN.items()],
        how_words=folk.HOW_GIVEN,
        reach=_reach(kind, number),
    )


def _known(kind: str, number: int) -> tuple[str, str, str | None]:
    """Name, number, picture; 404 for nobody."""
    content = present()
    if kind == "members":
        one = content.members.get(number) or abort(404)
        details = content.details.get(number)
        return one.name, one.phone, details.photo if details else None
    known = db.session().get(BoardContact, number)
    if known is None or known.ended_at is not None:
        abort(404)
    return known.name, known.phone, known.photo


def _phone(kind: str, number: int) -> str:
    return _known(kind, number)[1]


def _whose(kind: str, number: int) -> dict[str, Any]:
    return {"member_id" if kind == "members" else "contact_id": number}


def _consents(kind: str, number: int) -> list[BoardConsent]:
    column = BoardConsent.member_id if kind == "members" else BoardConsent.contact_id
    query = sa.select(BoardConsent).where(column == number).order_by(BoardConsent.id.desc())
    return list(db.session().scalars(query))


def _reach(kind: str, number: int) -> str:
    """On how many boards they stand, as a sentence."""
    content = present()
    count = origins.boards_below(content, folks.grids_of(content, kind, number))
    return str(ngettext("It holds on %(num)s board.", "It holds on %(num)s boards.", count))


def _saved(kind: str, number: int, words: str) -> str:
    flash(words, "fine")
    return url_for("boardkeeping.person", kind=kind, number=number)
