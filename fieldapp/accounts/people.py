"""Who is on duty, with which phones, and when each was last heard from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from fieldapp import clock
from fieldapp.accounts.models import Device
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of a person, with the grid's present code and name."""

    id: int
    role: str
    grid_id: int
    code: str
    grid_name: str
    since: date


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One phone of a person. `lost`: changes that vanished from it before they were sent."""

    id: int
    created_at: datetime
    last_contact_at: datetime | None
    pending: int
    lost: int
    skew_s: int
    revoked: bool
    expired: bool
    build: str | None
    browser: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member with duties of today and all phones they ever joined with."""

    id: int
    name: str
    phone: str
    duties: tuple[DutyRow, ...]
    devices: tuple[DeviceRow, ...]

    @property
    def last_contact_at(self) -> datetime | None:
        """When any of the person's phones was last heard from."""
        times = (d.last_contact_at for d in self.devices if d.last_contact_at is not None)
        return max(times, default=None)

    @property
    def pending(self) -> int:
        """How many changes still wait on phones that can send them."""
        return sum(d.pending for d in self.devices if not d.revoked)

    @property
    def lost(self) -> int:
        """How many changes vanished from the person's phones."""
        return sum(d.lost for d in self.devices)


def people(*, grid_id: int | None = None) -> list[Person]:
    """Everybody with a duty today, or with one in this grid or below it; highest duty first."""
    wanted = None if grid_id is None else set(scope.at_or_below(grid_id))
    duties: dict[int, list[DutyRow]] = {}
    for member_id in scope.tree().duties:
        for duty in scope.duties_of(member_id):
            if wanted is None or duty.grid_id in wanted:
                duties.setdefault(member_id, []).append(_duty_row(duty))
    devices = _devices(duties)
    members = db.session().scalars(sa.select(Member))
    found = [
        Person(m.id, m.name, m.phone, tuple(duties[m.id]), tuple(devices.get(m.id, ())))
        for m in members
        if m.id in duties
    ]
    return sorted(found, key=_place)


def person(member_id: int) -> Person | None:
    """One member, on duty or not."""
    member = db.session().get(Member, member_id)
    if member is None:
        return None
    duties = tuple(_duty_row(duty) for duty in scope.duties_of(member_id))
    devices = _devices([member_id]).get(member_id, [])
    return Person(member.id, member.name, member.phone, duties, tuple(devices))


def by_role(person: Person) -> list[tuple[str, list[DutyRow]]]:
    """The person's duties, one entry for each role."""
    found: dict[str, list[DutyRow]] = {}
    for duty in person.duties:
        found.setdefault(duty.role, []).append(duty)
    return list(found.items())


def _place(one: Person) -> tuple[int, str, str]:
    first = min(one.duties, key=lambda duty: scope.unit(duty.grid_id).level)
    return scope.unit(first.grid_id).level, first.code, one.name


def _duty_row(duty: scope.Served) -> DutyRow:
    grid = scope.unit(duty.grid_id)
    return DutyRow(duty.id, duty.role, grid.id, grid.code, grid.name, duty.valid_from)


def _devices(member_ids: Iterable[int]) -> dict[int, list[DeviceRow]]:
    now, wanted = clock.utc_now(), set(member_ids)
    found: dict[int, list[DeviceRow]] = {}
    for device in db.session().scalars(sa.select(Device).order_by(Device.id)):
        if device.member_id in wanted:
            found.setdefault(device.member_id, []).append(_device_row(device, now))
    return found


def _device_row(device: Device, now: datetime) -> DeviceRow:
    return DeviceRow(
        id=device.id,
        created_at=device.created_at,
        last_contact_at=device.last_contact_at,
        pending=device.pending,
        lost=device.lost,
        skew_s=device.skew_s,
        revoked=device.revoked_at is not None,
        expired=device.expires_at <= now,
        build=device.build,
        browser=device.browser,
    )
