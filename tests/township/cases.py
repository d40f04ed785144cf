"""People in home isolation in 柳河镇, and the clock of its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import clock, ledger
from fieldapp.database import writing
from fieldapp.grids import scope
from tests.township.town import Office, Town

CASE = {
    "person": "0c0c0c0c-0000-4000-8000-000000000001",
    "hh": "0b0b0b0b-0000-4000-8000-000000000001",
    "kind": "home_isolation",
    "reason": "wuhan",
    "count_from_kind": "arrived",
    "days": 14,
    "state": "isolating",
}


def check(case: str, day: str, slot: str, **fields: object) -> dict[str, object]:
    """A check in which nothing was wrong."""
    return {
        "case": case, "date": day, "slot": slot, "by": "visit", "temp_status": "measured",
        "temp": "36.5", "symptoms": ["none"], "at_home": True,
    } | fields  # fmt: skip


class Isolated:
    """The town's isolated people as tests act on them."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self.town = town
        self._patch = monkeypatch
        self._grids: dict[str, str] = {}
        self._office: tuple[datetime, Office] | None = None

    @property
    def office(self) -> Office:
        """A clerk who has just logged in: nobody stays logged in while a test moves the clock."""
        if self._office is None or self._office[0] != self.town.now:
            self._office = self.town.now, Office(self.town)
        return self._office[1]

    def at(self, time: str) -> None:
        """It is so late in the township on the town's day."""
        day = clock.local_day(self.town.now)
        moment = datetime.fromisoformat(f"{day}T{time}+08:00").astimezone(UTC)
        self.town.now = moment
        self._patch.setattr(clock, "_now", lambda: moment)

    def today(self, ago: int = 0) -> str:
        return (clock.local_day(self.town.now) - timedelta(days=ago)).isoformat()

    def hear(self, grid: str, *, pending: int = 0) -> None:
        """The leader's phone speaks to the town now."""
        self.town.phone(grid, last_contact_at=self.town.now, pending=pending)

    def begin(self, grid: str, *, days_ago: int, name: str, **fields: object) -> str:
        """Somebody's isolation, which began and was registered so many days ago; its record."""
        person = self.town.change("person", grid, {"hh": self.home(grid), "name": name})
        day = self.today(days_ago)
        said = CASE | {"person": person["record"], "hh": self.home(grid)}
        said |= {"count_from": day, "registered_on": day} | fields
        case = self.town.change("isolation_case", grid, said) | {"form": 2}
        assert self.town.send(grid, person, case) == ["accepted"] * 2
        record = str(case["record"])
        self._grids[record] = grid
        return record

    def home(self, grid: str) -> str:
        return self.town.households[grid][0]

    def check(self, case: str, slot: str, *, ago: int = 0, **fields: object) -> str:
        """One check by the leader of the case's grid; its record."""
        said = check(case, self.today(ago), slot, **fields)
        change = self.town.change("health_check", self._grids[case], said)
        assert self.town.send(self._grids[case], change) == ["accepted"]
        return str(change["record"])

    def say(self, case: str, **fields: object) -> None:
        """The township says something about a case."""
        change = self.town.change("isolation_case", self._grids[case], fields)
        self.say_change(change | {"record": case, "form": 2})

    def say_change(self, change: dict[str, object]) -> None:
        """The township says this."""
        with self.town.app.app_context(), writing() as session:
            [outcome] = ledger.submit_items(
                session, [change], origin=ledger.Origin(), grid_of=scope.grid_of
            )
        assert outcome.status == "accepted", outcome
