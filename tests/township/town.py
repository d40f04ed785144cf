"""柳河镇 for tests: two villages, four grids, five leaders, households, and an office."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import clock, ledger
from fieldapp.accounts import clerks
from fieldapp.accounts.models import Device
from fieldapp.accounts.tokens import kept
from fieldapp.database import writing
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load
from tests.grids.files import grid_csv

TREE = grid_csv(
    "999999106000,,1,town,管理网格,柳河镇,",
    "999999106201,999999106000,2,village,责任网格,柳树村,",
    "999999106201P01,999999106201,3,area,任务网格,柳树村第1片区,",
    "999999106201001,999999106201P01,4,group,基础网格,柳树村第1网格,",
    "999999106201002,999999106201P01,4,group,基础网格,柳树村第2网格,",
    "999999106202,999999106000,2,village,责任网格,杨树村,",
    "999999106202001,999999106202,3,group,基础网格,杨树村第1网格,",
    "999999106000Q01,999999106000,2,enterprise,基础网格,粮库,",
)
WILLOW_1, WILLOW_2, POPLAR_1 = "999999106201001", "999999106201002", "999999106202001"
WILLOW, POPLAR = "999999106201", "999999106202"
LEADERS = {
    WILLOW_1: ("王桂兰", "15400000001"),
    WILLOW_2: ("李有福", "15400000002"),
    POPLAR_1: ("赵秀英", "15400000003"),
}
CLERK, PASSWORD = "办公室", "Flat-Roof-7"
NUMBERS = "一二三四五六七八九十"
HOUSEHOLD = {
    "hh_no": "001",
    "address_text": "1号",
    "head_name": "张一",
    "no_phone": True,
    "occupied": "resident",
    "resident_n": 2,
    "away_n": 0,
}
QUIET = {"mode": "doorstep", "result": "normal", "asked_q1": False, "asked_q2": False}


@dataclass
class Town:
    """The town as a test acts in it. Every method is a transaction of its own."""

    app: Flask
    now: datetime = datetime(2020, 2, 20, 2, 0, tzinfo=UTC)
    members: dict[str, int] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)
    households: dict[str, list[str]] = field(default_factory=dict)

    def build(self, households: int = 5) -> Town:
        """Load the tree, the leaders with a phone each, and households in every group."""
        with self.app.app_context(), writing() as session:
            load(TREE, as_of=date(2020, 1, 1))
            clerks.add_clerk(CLERK, PASSWORD)
            for grid, (name, phone) in LEADERS.items():
                member = duties.add_member(name=name, phone=phone, duty="leader", grid_code=grid)
                device = Device(
                    member_id=member.id,
                    token_hash=kept(phone),
                    created_at=self.now,
                    expires_at=self.now + timedelta(days=30),
                    last_contact_at=self.now,
                )
                session.add(device)
                session.flush()
                self.members[grid], self.devices[grid] = member.id, device.id
        for grid in LEADERS:
            changes = [self._household(grid, n) for n in range(1, households + 1)]
            assert set(self.send(grid, *changes)) <= {"accepted"}
            self.households[grid] = [str(change["record"]) for change in changes]
        return self

    def household(self, grid: str, n: int, **fields: object) -> str:
        """One more household in the file; its record id."""
        change = self._household(grid, n, **fields)
        assert self.send(grid, change) == ["accepted"]
        return str(change["record"])

    def _household(self, grid: str, n: int, **fields: object) -> dict[str, object]:
        own = {"hh_no": f"{n:03}", "address_text": f"{n}号", "head_name": "张" + NUMBERS[n % 10]}
        return self.change("household", grid, HOUSEHOLD | own | fields)

    def visit(self, grid: str, household: str, result: str = "normal", **more: object) -> str:
        """One visit by the leader of `grid`, accepted; its record id."""
        asked = {} if result in ("nobody_home", "refused", "vacant") else QUIET
        change = self.change("visit", grid, {**QUIET, **asked, "hh": household, "result": result})
        change |= more
        assert self.send(grid, change) == ["accepted"]
        return str(change["record"])

    def change(self, kind: str, grid: str, fields: Mapping[str, object]) -> dict[str, object]:
        """A change as a phone would make it now."""
        return {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "record": str(uuid.uuid4()),
            "base": None,
            "form": 1,
            "grid": grid,
            "made_at": self.now.isoformat(),
            "fields": dict(fields),
        }

    def send(self, grid: str, *changes: Mapping[str, object]) -> list[str]:
        """What the leader of `grid` sends; the answers in order."""
        with self.app.app_context(), writing() as session:
            intake = ledger.Intake(
                kinds=ledger.kinds(),
                grid_of=scope.grid_of,
                origin=ledger.Origin(member=self.members[grid], device=self.devices[grid]),
                reach=scope.served_grids(self.members[grid]),
                received_ms=int(clock.utc_now().timestamp() * 1000),
            )
            outcomes = ledger.submit(session, intake.arrivals(changes))
            return [outcome.status for outcome in outcomes]

    def phone(self, grid: str, **values: object) -> None:
        """What the town knows of the leader's phone."""
        with self.app.app_context(), writing() as session:
            device = session.get_one(Device, self.devices[grid])
            for name, value in values.items():
                setattr(device, name, value)


class Office:
    """A clerk's browser."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._client: FlaskClient = town.app.test_client()
        self._client.post("/accounts/login", data={"name": CLERK, "password": PASSWORD})
        self.lang = "en"

    def get(self, path: str, *, htmx: bool = False) -> TestResponse:
        """A page, or what htmx would get."""
        headers = {"HX-Request": "true"} if htmx else {}
        self._client.set_cookie("lang", self.lang)
        return self._client.get(path, headers=headers)

    def reads(self, path: str) -> str:
        """The words of a page, without its markup."""
        answer = self.get(path, htmx=False)
        assert answer.status_code == 200, answer.status
        return words(answer.text)

    def post(self, path: str, **form: object) -> TestResponse:
        """A form, sent."""
        self._client.set_cookie("lang", self.lang)
        return self._client.post(path, data=form)

    def form(self, path: str, action: str) -> dict[str, str]:
        """The hidden fields of the form on a page that goes to `action`."""
        page = self.get(path).text
        found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
        assert found, f"{path} has no form for {action}"
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found[0]))


def words(markup: str) -> str:
    """What a person reads of some markup."""
    main = markup.partition("<main")[2] or markup
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
