"""The people on boards: those without a duty in the tree, what is said of members, who agreed.

All in `writing()`; `by` is the clerk's name. All raise Refused.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.boards import checks
from fieldapp.boards.edit import record
from fieldapp.boards.models import BoardConsent, BoardContact, BoardMember
from fieldapp.extensions import db
from fieldapp.grids import Refused, scope
from fieldapp.grids.models import Duty, Member
from fieldapp.i18n import N_

HOW_GIVEN = {"paper": N_("In writing"), "in_person": N_("By word of mouth, in person")}
ROLE_LENGTH, DUTY_LENGTH, HOURS_LENGTH = 20, 200, 60


class Contact(NamedTuple):
    """What a clerk enters of somebody without a login. private: the number is their own."""

    name: str
    role: str
    phone: str = ""
    private: bool = False
    deputy: bool = False
    duty: str = ""
    hours: str = ""


def add_contact(grid_id: int, given: Contact, *, by: str) -> int:
    """Put somebody on the boards of a grid and of all below it; returns their number."""
    if grid_id not in scope.tree().units:
        raise Refused.because(N_("There is no such grid."))
    session, one = db.session(), _checked(given)
    new = BoardContact(grid_id=grid_id, photo=None, ended_at=None, **one._asdict())
    session.add(new)
    session.flush()
    words = {"subject": one.name, "before": "", "after": _words(one)}
    back = {"what": "end_contact", "contact": new.id}
    record(session, grid_id, by=by, part="contact", **words, back=back)
    return new.id


def change_contact(contact_id: int, given: Contact, *, by: str) -> bool:
    """Say something else of them. A consent goes with the number it was given for."""
    session, known, one = db.session(), contact(contact_id), _checked(given)
    before = _told(known)
    if before == one:
        return False
    for key, value in one._asdict().items():
        setattr(known, key, value)
    words = {"subject": one.name, "before": _words(before), "after": _words(one)}
    back = {"what": "contact", "contact": contact_id, "given": before._asdict()}
    record(session, known.grid_id, by=by, part="contact", **words, back=back)
    return True


def end_contact(contact_id: int, *, by: str) -> None:
    """Take them off the boards; their consent ends with it."""
    session, known = db.session(), contact(contact_id)
    known.ended_at = clock.utc_now()
    _end_consents(session, by, contact_id=contact_id)
    words = {"subject": known.name, "before": _words(_told(known)), "after": ""}
    back = {"what": "return_contact", "contact": contact_id}
    record(session, known.grid_id, by=by, part="contact", **words, back=back)


def return_contact(contact_id: int, *, by: str) -> None:
    """They are on the boards again. A consent that ended does not begin again by itself."""
    session, known = db.session(), db.session().get(BoardContact, contact_id)
    if known is None or known.ended_at is None:
        raise Refused.because(N_("This person is on the board already."))
    known.ended_at = None
    words = {"subject": known.name, "before": "", "after": _words(_told(known))}
    back = {"what": "end_contact", "contact": contact_id}
    record(session, known.grid_id, by=by, part="contact", **words, back=back)


def contact(contact_id: int) -> BoardContact:
    """Somebody who is on a board without a login."""
    known = db.session().get(BoardContact, contact_id)
    if known is None or known.ended_at is not None:
        raise Refused.because(N_("This person is no longer on the board."))
    return known


def set_member(member_id: int, *, by: str, duty: str, hours: str, deputy: bool) -> bool:
    """Say what a member does and when, in words of their own instead of their role's."""
    session = db.session()
    who, known = _member(session, member_id), details(session, member_id)
    duty = checks.text(duty, longest=DUTY_LENGTH)
    hours = checks.text(hours, longest=HOURS_LENGTH)
    before = _joined(known.duty, known.hours, deputy=known.deputy)
    after = _joined(duty, hours, deputy=deputy)
    if (known.duty, known.hours, known.deputy) == (duty, hours, deputy):
        return False
    back = {"what": "member", "member": member_id}
    back |= {"duty": known.duty, "hours": known.hours, "deputy": known.deputy}
    known.duty, known.hours, known.deputy = duty, hours, deputy
    _record_member(session, who, by=by, part="member", before=before, after=after, back=back)
    return True


def give_consent(
    *, by: str, member_id: int | None = None, contact_id: int | None = None, how: str = ""
) -> None:
    """They agreed that their own number is published. It is shown from now on.

    how: a key of `HOW_GIVEN`, where it is known.
    """
    session = db.session()
    phone = _phone_of(session, member_id, contact_id)
    if not phone:
        raise Refused.because(N_("There is no number that could be published."))
    if consent_of(session, member_id=member_id, contact_id=contact_id, phone=phone):
        return
    session.add(
        BoardConsent(
            member_id=member_id,
            contact_id=contact_id,
            phone=phone,
            given_at=clock.utc_now(),
            recorded_by=by[:50],
            how=how if how in HOW_GIVEN else None,
            withdrawn_at=None,
            withdrawn_by=None,
        )
    )
    _record_consent(session, member_id, contact_id, by=by, before="", after=phone)


def withdraw_consent(
    *, by: str, member_id: int | None = None, contact_id: int | None = None
) -> bool:
    """They no longer agree: from now on the office's number stands there. Whether they had."""
    session = db.session()
    ended = _end_consents(session, by, member_id=member_id, contact_id=contact_id)
    if ended:
        _record_consent(session, member_id, contact_id, by=by, before=ended, after="")
    return bool(ended)


def consent_of(
    session: Session, *, phone: str, member_id: int | None = None, contact_id: int | None = None
) -> BoardConsent | None:
    """The consent that holds for this number."""
    query = _consents(member_id, contact_id).where(BoardConsent.phone == phone)
    return session.scalars(query).first()


def details(session: Session, member_id: int) -> BoardMember:
    """What boards say of a member; made where there is nothing yet."""
    known = session.get(BoardMember, member_id)
    if known is None:
        known = BoardMember(member_id=member_id, deputy=False, duty="", hours="", photo=None)
        session.add(known)
    return known


def set_photo_of(
    digest: str | None, *, by: str, member_id: int | None = None, contact_id: int | None = None
) -> None:
    """Show this picture beside their name, or none. `photos.set_photo` takes one in."""
    session = db.session()
    known = contact(contact_id or 0) if member_id is None else details(session, member_id)
    back = {"what": "photo", "member": member_id, "contact": contact_id, "digest": known.photo}
    words = {"before": (known.photo or "")[:8], "after": (digest or "")[:8]}
    known.photo = digest
    if member_id is not None:
        who = _member(session, member_id)
        _record_member(session, who, by=by, part="photo", **words, back=back)
    else:
        one = contact(contact_id or 0)
        record(session, one.grid_id, by=by, part="photo", subject=one.name, **words, back=back)


def _checked(given: Contact) -> Contact:
    return Contact(
        name=checks.name(given.name),
        role=checks.text(given.role, longest=ROLE_LENGTH, needed=True),
        phone=checks.number(given.phone),
        private=given.private,
        deputy=given.deputy,
        duty=checks.text(given.duty, longest=DUTY_LENGTH),
        hours=checks.text(given.hours, longest=HOURS_LENGTH),
    )


def _told(known: BoardContact) -> Contact:
    return Contact(**{key: getattr(known, key) for key in Contact._fields})


def _words(one: Contact) -> str:
    return _joined(one.name, one.role, one.phone, one.duty, one.hours, deputy=one.deputy)


def _joined(*texts: str, deputy: bool) -> str:
    return " · ".join(filter(None, (*texts, "代理" if deputy else "")))


def _member(session: Session, member_id: int) -> Member:
    known = session.get(Member, member_id)
    if known is None:
        raise Refused.because(N_("There is no such person."))
    return known


def _phone_of(session: Session, member_id: int | None, contact_id: int | None) -> str:
    if member_id is not None:
        return _member(session, member_id).phone
    return contact(contact_id or 0).phone


def _consents(member_id: int | None, contact_id: int | None) -> sa.Select[BoardConsent]:
    return sa.select(BoardConsent).where(
        BoardConsent.member_id == member_id,
        BoardConsent.contact_id == contact_id,
        BoardConsent.withdrawn_at.is_(None),
    )


def _end_consents(
    session: Session, by: str, *, member_id: int | None = None, contact_id: int | None = None
) -> str:
    """End what holds; the numbers it held for."""
    ended = list(session.scalars(_consents(member_id, contact_id)))
    for one in ended:
        one.withdrawn_at, one.withdrawn_by = clock.utc_now(), by[:50]
    return " ".join(one.phone for one in ended)


def _record_consent(
    session: Session,
    member_id: int | None,
    contact_id: int | None,
    *,
    by: str,
    before: str,
    after: str,
) -> None:
    # A consent that was taken back needs the person's word again: nobody brings it back here.
    back = {"what": "withdraw", "member": member_id, "contact": contact_id} if after else None
    if member_id is not None:
        who = _member(session, member_id)
        _record_member(session, who, by=by, part="consent", before=before, after=after, back=back)
        return
    one = contact(contact_id or 0)
    words = {"subject": one.name, "before": before, "after": after}
    record(session, one.grid_id, by=by, part="consent", **words, back=back)


def _record_member(
    session: Session,
    who: Member,
    *,
    by: str,
    part: str,
    before: str,
    after: str,
    back: dict[str, Any] | None,
) -> None:
    """Written down at every grid they serve, or served last: there a clerk looks for it."""
    grids = [duty.grid_id for duty in scope.duties_of(who.id)]
    if not grids:
        query = sa.select(Duty.grid_id).where(Duty.member_id == who.id)
        grids = list(session.scalars(query.order_by(Duty.id.desc()).limit(1)))
    for grid_id in dict.fromkeys(grids):
        words = {"subject": who.name, "before": before, "after": after}
        record(session, grid_id, by=by, part=part, **words, back=back)
