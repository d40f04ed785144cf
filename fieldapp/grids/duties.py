"""People and what they do in the grids: who is added, who serves where, who no longer does."""

from __future__ import annotations

import unicodedata
from datetime import date

import sqlalchemy as sa

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.forms import texts
from fieldapp.grids import scope
from fieldapp.grids.models import Duty, Member
from fieldapp.grids.refused import Refused
from fieldapp.i18n import N_

ROLES = {
    "chief_head": N_("Chief grid head"),
    "head": N_("Grid head"),
    "member": N_("Grid member"),
    "leader": N_("Grid team leader"),
    "doctor": N_("Village doctor"),
    "officer": N_("Town officer"),
    "volunteer": N_("Volunteer"),
}

ALIASES = {
    "chief_head": ("chief", "chief_grid_head", "总网格长"),
    "head": ("grid_head", "village_head", "网格长"),
    "member": ("grid_member", "area_member", "网格员"),
    "leader": (
        "team_leader",
        "grid_leader",
        "grid_team_leader",
        "group_leader",
        "网格组长",
        "组长",
    ),
    "doctor": ("village_doctor", "村医"),
    "officer": ("town_officer", "包村干部"),
    "volunteer": ("checkpoint_volunteer", "志愿者"),
}
_ROLE_OF = {name: role for role, names in ALIASES.items() for name in (role, *names)}


def role_of(text: str) -> str:
    """The role that people call so: "Grid team leader", "team-leader" and 网格组长 are `leader`.

    Raises Refused with the accepted words.
    """
    role = _ROLE_OF.get("_".join(text.lower().replace("-", " ").replace("_", " ").split()))
    if role is None:
        known = ", ".join(f"{one} ({ALIASES[one][-1]})" for one in ROLES)
        raise Refused.because(
            N_("“%(duty)s” is not a duty. Duties: %(known)s."), duty=text, known=known
        )
    return role


def phone_of(text: str) -> str:
    """A telephone number as it is kept: digits only. Raises Refused if it cannot be one."""
    plain = unicodedata.normalize("NFKC", text)
    phone = "".join(c for c in plain if c not in " -()")
    phone = phone.removeprefix("+86")
    if not texts.is_phone(phone):
        raise Refused.because(N_("“%(phone)s” is not a telephone number."), phone=text)
    return phone


def present_grid(code: str) -> int:
    """The grid that this code finds, if it still exists. Raises Refused."""
    found = scope.grid_of(code.strip())
    if found is None or scope.unit(found).closed:
        raise Refused.because(N_("There is no grid with the code %(code)s."), code=code)
    return found


def member_by_phone(phone: str) -> Member:
    """The person with this telephone number. Raises Refused."""
    known = _find(phone_of(phone))
    if known is None:
        raise Refused.because(N_("Nobody has the telephone number %(phone)s."), phone=phone)
    return known


def add_member(*, name: str, phone: str, duty: str, grid_code: str) -> Member:
    """Put a person on duty in a grid from today; somebody already known gets one duty more.

    In `writing()`. Doing it twice changes nothing. Raises Refused.
    """
    name, phone, role = name.strip(), phone_of(phone), role_of(duty)
    grid_id = present_grid(grid_code)
    if not 0 < len(name) <= 50 or texts.unwelcome(name, lines=False):
        raise Refused.because(N_("“%(name)s” cannot be a name."), name=name)
    member = _find(phone)
    if member is None:
        member = Member(name=name, phone=phone)
        db.session().add(member)
        db.session().flush()
    elif member.name != name:
        sentence = N_("%(phone)s is already the number of %(name)s.")
        raise Refused.because(sentence, phone=phone, name=member.name)
    add_duty(member.id, role=role, grid_id=grid_id)
    return member


def add_duty(member_id: int, *, role: str, grid_id: int, since: date | None = None) -> int:
    """Give a member one more grid to serve; returns the duty's id. In `writing()`."""
    session, day = db.session(), clock.today()
    same = session.scalars(
        sa.select(Duty).where(
            Duty.member_id == member_id,
            Duty.grid_id == grid_id,
            Duty.role == role,
            sa.or_(Duty.valid_to.is_(None), Duty.valid_to > day),
        )
    ).first()
    if same is None:
        same = Duty(member_id=member_id, grid_id=grid_id, role=role, valid_from=since or day)
        session.add(same)
        scope.changed()
    return same.id


def end_duty(duty_id: int) -> None:
    """From this moment the member no longer serves that grid as that. In `writing()`."""
    duty = db.session().get(Duty, duty_id)
    if duty is None:
        raise Refused.because(N_("There is no such duty."))
    day = clock.today()
    if duty.valid_to is None or duty.valid_to > day:
        duty.valid_to = day
        scope.changed()


def end_duties(member_id: int, *, grid_id: int | None = None, role: str | None = None) -> int:
    """End the member's present duties, or only those in a grid, or of a role; returns how many."""
    ending = [
        duty
        for duty in scope.duties_of(member_id)
        if grid_id in (None, duty.grid_id) and role in (None, duty.role)
    ]
    for duty in ending:
        end_duty(duty.id)
    return len(ending)


def move(duty_id: int, *, grid_id: int) -> int:
    """The member serves another grid from now on, as the same; returns the new duty's id."""
    duty = db.session().get(Duty, duty_id)
    if duty is None:
        raise Refused.because(N_("There is no such duty."))
    end_duty(duty_id)
    return add_duty(duty.member_id, role=duty.role, grid_id=grid_id)


def _find(phone: str) -> Member | None:
    return db.session().scalars(sa.select(Member).where(Member.phone == phone)).one_or_none()
