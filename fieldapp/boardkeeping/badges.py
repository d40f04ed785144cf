"""Badges: who has which, and what happens to one that is lost."""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp import boards, clock
from fieldapp.accounts.people import people
from fieldapp.boardkeeping import saving
from fieldapp.boardkeeping.blueprint import bp, clerk
from fieldapp.boards import checks, succession
from fieldapp.boards.content import Content, present
from fieldapp.boards.models import Badge
from fieldapp.boards.pages import role_name
from fieldapp.grids import Refused
from fieldapp.i18n import N_

NO_REASON = N_("Please say why, in a few words: it stays in the history.")


class Holder(NamedTuple):
    """A member with all badges they ever had, the newest first."""

    number: int
    name: str
    duties: list[tuple[str, str]]
    badges: list[Badge]

    @property
    def valid(self) -> Badge | None:
        """The one that is not revoked."""
        return next((one for one in self.badges if one.revoked_at is None), None)


@bp.get("/badges/")
def badges() -> Response:
    """Everybody on duty with their badge; then those that are not valid any more."""
    content = present()
    serving = [
        Holder(
            one.id,
            one.name,
            [(role_name(duty.role), duty.grid_name) for duty in one.duties],
            _badges(content, one.id),
        )
        for one in people()
    ]
    on_duty = {one.number for one in serving}
    ended = [
        (content.members[one.member_id].name, one)
        for one in reversed(content.badges.values())
        if one.revoked_at is not None or one.member_id not in on_duty
    ]
    body = render_template(
        "boardkeeping/badges.html", serving=serving, ended=ended, as_of=clock.utc_now()
    )
    return Response(body)


@bp.get("/badges/<int:number>")
def badge(number: int) -> Response:
    """One person's badges, and what can be done about them."""
    return _page(number, {})


@bp.post("/badges/<int:number>")
def issue_badge(number: int) -> Response:
    """A new badge; the one before is not valid any more."""

    def work(_session: Session) -> str:
        saving.not_overtaken(_state(number), _("another badge"))
        code = succession.issue_badge(number, by=clerk())
        words = _("The new badge is %(code)s. Any earlier one is not valid any more.", code=code)
        flash(words, "fine")
        return url_for("boardkeeping.badge", number=number)

    _known(number)
    return saving.taken(work, lambda errors: _page(number, errors))


@bp.post("/badges/<int:number>/revocation")
def revoke_badge(number: int) -> Response:
    """Whoever scans it is told from now on that it is not valid."""

    def work(_session: Session) -> str:
        reason = request.form.get("reason", "").strip()

        def check() -> None:
            if not reason:
                raise Refused.because(NO_REASON)
            checks.text(reason, longest=succession.REASON_LENGTH)

        saving.tried({"reason": check})
        saving.not_overtaken(_state(number), _("another badge"))
        succession.revoke_badge(number, by=clerk(), reason=reason)
        flash(_("Revoked. Whoever scans this badge reads at once that it is not valid."), "fine")
        return url_for("boardkeeping.badge", number=number)

    _known(number)
    return saving.taken(work, lambda errors: _page(number, errors))


def _page(number: int, errors: saving.Errors) -> Response:
    holder = _known(number)
    return saving.page(
        "badge.html",
        errors,
        holder=holder,
        given=request.form,
        seen=saving.mark(_state(number)),
        address_of=boards.badge_address_of,
        longest=succession.REASON_LENGTH,
    )


def _known(number: int) -> Holder:
    content = present()
    member = content.members.get(number) or abort(404)
    day, units = clock.today(), content.tree.units
    duties = [
        (role_name(one.role), units[one.grid_id].name)
        for one in content.tree.duties.get(number, ())
        if one.holds_on(day)
    ]
    return Holder(number, member.name, duties, _badges(content, number))


def _badges(content: Content, number: int) -> list[Badge]:
    return [one for one in content.badges.values() if one.member_id == number][::-1]


def _state(number: int) -> list[str]:
    """Which badges are valid: the newest state that a form may act upon."""
    return [one.id for one in _badges(present(), number) if one.revoked_at is None]
