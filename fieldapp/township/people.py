"""People on duty and their phones: who was heard from, who joins, who leaves, who takes over."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from fieldapp import boards, clock
from fieldapp.accounts import devices
from fieldapp.accounts.people import DutyRow, Person, people, person
from fieldapp.grids import duties, scope
from fieldapp.grids.refused import Refused
from fieldapp.htmx import render
from fieldapp.township.blueprint import bp
from fieldapp.township.once import new_id, once
from fieldapp.township.phones import contact_hours
from fieldapp.township.places import choices, villages


@bp.get("/people/")
def people_on_duty() -> Response:
    """Everybody with a duty today, by grid; narrowed to one village if asked."""
    grid = scope.grid_of(request.args.get("grid", ""))
    return render(
        "township/people.html",
        block="rows",
        people=people(grid_id=grid),
        grid=scope.unit(grid) if grid is not None else None,
        places=villages(),
        roles=duties.ROLES,
        silent_before=clock.utc_now() - contact_hours(),
        as_of=clock.utc_now(),
    )


@bp.get("/people/new")
def new_person() -> Response:
    """The form for somebody who begins."""
    return _new_page()


@bp.post("/people/")
def add_person() -> Response:
    """Put a person on duty; somebody already known gets one duty more."""

    def work(_session: Session) -> str:
        member = duties.add_member(
            name=request.form.get("name", ""),
            phone=request.form.get("phone", ""),
            duty=request.form.get("role", ""),
            grid_code=request.form.get("grid", ""),
        )
        flash(_("%(name)s is on duty from now on. Now let the phone in.", name=member.name), "fine")
        return url_for("township.one_person", member_id=member.id)

    return _once_or(work, _new_page)


@bp.get("/people/<int:member_id>")
def one_person(member_id: int) -> Response:
    """One person: duties, phones, and everything that can be done about them."""
    return _person_page(member_id)


@bp.post("/people/<int:member_id>/duties")
def add_duty(member_id: int) -> Response:
    """Give the person one more grid."""

    def work(_session: Session) -> str:
        one = _person(member_id)
        duties.add_member(
            name=one.name,
            phone=one.phone,
            duty=request.form.get("role", ""),
            grid_code=request.form.get("grid", ""),
        )
        flash(_("Done. The phone learns of it when it is next in contact."), "fine")
        return url_for("township.one_person", member_id=member_id)

    return _once_or(work, lambda refused: _person_page(member_id, refused))


@bp.post("/people/<int:member_id>/duties/<int:duty_id>/end")
def end_duty(member_id: int, duty_id: int) -> Response:
    """The person no longer serves that grid. What is still on the phone will be held, not lost."""

    def work(_session: Session) -> str:
        _duty(member_id, duty_id)
        duties.end_duty(duty_id)
        flash(_("The duty has ended. What is still on the phone will wait here for you."), "fine")
        return url_for("township.one_person", member_id=member_id)

    return once(work)


@bp.post("/people/<int:member_id>/duties/<int:duty_id>/successor")
def hand_over(member_id: int, duty_id: int) -> Response:
    """Somebody else takes the grid from now on, in the same role."""

    def work(_session: Session) -> str:
        duty = _duty(member_id, duty_id)
        successor = duties.add_member(
            name=request.form.get("name", ""),
            phone=request.form.get("phone", ""),
            duty=duty.role,
            grid_code=duty.code,
        )
        if successor.id == member_id:
            raise Refused.because(_("This is the person who serves the grid already."))
        duties.end_duty(duty_id)
        flash(
            _("%(name)s serves %(grid)s from now on.", name=successor.name, grid=duty.grid_name),
            "fine",
        )
        return url_for("township.one_person", member_id=successor.id)

    return _once_or(work, lambda refused: _person_page(member_id, refused))


@bp.post("/people/<int:member_id>/devices/<int:device_id>/revoke")
def revoke(member_id: int, device_id: int) -> Response:
    """A lost phone gets nothing more. It keeps what it has, to send when it is let in again."""

    def work(_session: Session) -> str:
        if device_id not in {one.id for one in _person(member_id).devices}:
            abort(404)
        devices.revoke(device_id)
        flash(_("This phone is shut out."), "fine")
        return url_for("township.one_person", member_id=member_id)

    return once(work)


def _once_or(work: Callable[[Session], str], page: Callable[[Refused], Response]) -> Response:
    def work_and_badges(session: Session) -> str:
        answer = work(session)
        boards.provide(session)
        return answer

    try:
        return once(work_and_badges)
    except Refused as refused:
        return page(refused)


def _new_page(refused: Refused | None = None) -> Response:
    body = render_template(
        "township/person_new.html",
        refused=_sentence(refused),
        given=request.form,
        grid=request.form.get("grid") or request.args.get("grid", ""),
        grids=choices(),
        roles=_roles(),
        request_id=new_id(),
    )
    return Response(body, 422 if refused else 200)


def _person_page(member_id: int, refused: Refused | None = None) -> Response:
    body = render_template(
        "township/person.html",
        person=_person(member_id),
        refused=_sentence(refused),
        given=request.form,
        roles=duties.ROLES,
        role_choices=_roles(),
        grids=choices(),
        silent_before=clock.utc_now() - contact_hours(),
        new_id=new_id,
        as_of=clock.utc_now(),
    )
    return Response(body, 422 if refused else 200)


def _person(member_id: int) -> Person:
    return person(member_id) or abort(404)


def _duty(member_id: int, duty_id: int) -> DutyRow:
    return next((one for one in _person(member_id).duties if one.id == duty_id), None) or abort(404)


def _roles() -> list[tuple[str, str]]:
    return [(code, _(label)) for code, label in duties.ROLES.items()]


def _sentence(refused: Refused | None) -> str:
    if refused is None:
        return ""
    return " ".join(_(one.sentence, **one.params) for one in refused.problems)
