"""A town of three grids over the real application, and phones that speak to it as any client would.

Everybody is invented. Nothing here looks into the database: what the town knows is what its
commands print.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import clock
from fieldapp.accounts import enrolment
from fieldapp.accounts.devices import COOKIE
from fieldapp.app import create_app
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load

Json = dict[str, Any]

VILLAGE = "999999106200"
GRID_1, GRID_2, GRID_3 = "999999106200001", "999999106200002", "999999106200003"
TREE = f"""\
grid_code,parent_code,level,kind,level_name_zh,display_name_zh,village_code
999999106000,,1,town,管理网格,小柳镇,
{VILLAGE},999999106000,2,village,责任网格,柳树村,
{GRID_1},{VILLAGE},3,group,基础网格,柳树村1组,
{GRID_2},{VILLAGE},3,group,基础网格,柳树村2组,
{GRID_3},{VILLAGE},3,group,基础网格,柳树村3组,
"""
HEAD, LEADER_1, LEADER_2 = "15400000001", "15400000002", "15400000003"
STAFF = (
    ("周国强", HEAD, "head", VILLAGE),
    ("王桂兰", LEADER_1, "leader", GRID_1),
    ("李有福", LEADER_2, "leader", GRID_2),
)


class SmallTown:
    """The application over one folder and one database."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.app = self._start()

    @classmethod
    def found(cls, folder: Path, url: str) -> SmallTown:
        """Make the town in an empty database."""
        town = cls(folder, url)
        with town.app.app_context(), writing():
            load(TREE.encode(), as_of=date(2020, 1, 1))
            for name, number, duty, grid in STAFF:
                duties.add_member(name=name, phone=number, duty=duty, grid_code=grid)
        return town

    def starts_again(self) -> None:
        """Another process takes over; phones keep their cookies."""
        self.close()
        self.app = self._start()

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()

    def phone(self, number: str) -> Phone:
        """A phone that has just joined as this member."""
        client = self.app.test_client()
        with self.app.app_context(), writing():
            token = enrolment.invite(duties.member_by_phone(number).id)
        assert client.post(f"/join/{token}").status_code == 303
        return Phone(client)

    def serves(self, number: str, *grids: str) -> None:
        """From now on the member serves these grids and no others."""
        with self.app.app_context(), writing():
            member = duties.member_by_phone(number).id
            duties.end_duties(member)
            for code in grids:
                grid = scope.grid_of(code)
                assert grid is not None
                duties.add_duty(member, role="leader", grid_id=grid)

    def _start(self) -> Flask:
        return create_app(
            {
                "TESTING": True,
                "INSTANCE": str(self.folder),
                "SQLALCHEMY_DATABASE_URI": self.url,
                "RATELIMIT_ENABLED": False,
            }
        )

    def prints(self, *command: str) -> str:
        """What one of the product's commands prints."""
        done = self.app.test_cli_runner().invoke(args=list(command))
        assert done.exit_code == 0, done.output
        return done.output

    def records(self, kind: str, *options: str) -> list[Json]:
        return [json.loads(line) for line in self.prints("export", kind, *options).splitlines()]

    def held(self) -> list[Json]:
        return [json.loads(line) for line in self.prints("held").splitlines()]


class Phone:
    """A member's phone, as far as the protocol sees it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.cursor: str | None = None
        self.epoch: str | None = None

    def moves_to(self, app: Flask) -> None:
        """Another process answers now; the cookie stays."""
        cookie = self.client.get_cookie(COOKIE)
        assert cookie is not None
        self.client = app.test_client()
        self.client.set_cookie(COOKIE, cookie.value)

    def post(
        self, body: bytes, *, headers: Iterable[tuple[str, str]] = (), zipped: bool = False
    ) -> TestResponse:
        """Any bytes at all."""
        sent = [("Content-Type", "application/json"), *headers]
        if zipped:
            body, sent = gzip.compress(body), [*sent, ("Content-Encoding", "gzip")]
        return self.client.post("/sync", data=body, headers=sent)

    def envelope(self, changes: Sequence[object] = (), **others: object) -> Json:
        return {
            "protocol": 1,
            "device": "0a0a0a0a-0000-4000-8000-000000000001",
            "sent_at": now(),
            "cursor": self.cursor,
            "epoch": self.epoch,
            "pending": 0,
            "changes": list(changes),
        } | others

    def send(self, *changes: object, **others: object) -> Json:
        """Send changes, and remember from the answer what a phone remembers."""
        response = self.post(json.dumps(self.envelope(changes, **others)).encode())
        assert response.status_code == 200, response.data
        answer = read(response)
        self.cursor, self.epoch = answer["cursor"], answer["epoch"]
        return answer

    def statuses(self, *changes: object) -> list[str]:
        return [one["status"] for one in self.send(*changes)["results"]]


def read(response: TestResponse) -> Json:
    """The answer, unzipped if need be."""
    zipped = response.headers.get("Content-Encoding") == "gzip"
    answer: Json = json.loads(gzip.decompress(response.data) if zipped else response.data)
    return answer


def now(**later: float) -> str:
    """The present moment, or some `days=`, `hours=`, `seconds=` off, as a phone writes it."""
    moment = clock.utc_now() + timedelta(**later)
    return moment.astimezone(clock.LOCAL).isoformat(timespec="milliseconds")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def change(kind: str, fields: Json, /, **others: object) -> Json:
    """A change about a new record of the first grid, unless told otherwise."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        "record": str(uuid4()),
        "base": None,
        "form": 1,
        "grid": GRID_1,
        "made_at": now(),
        "fields": fields,
    } | others


def visit(fields: Json | None = None, **others: object) -> Json:
    """A visit with nothing to report."""
    whole = {
        "hh": "0b0b0b0b-0000-4000-8000-000000000001",
        "mode": "indoors",
        "result": "normal",
        "asked_q1": False,
        "asked_q2": False,
    }
    return change("visit", whole | (fields or {}), **others)


def household(fields: Json | None = None, **others: object) -> Json:
    whole = {
        "hh_no": "001",
        "address_text": "村东第二家",
        "head_name": "王大爷",
        "no_phone": True,
        "occupied": "resident",
        "resident_n": 2,
        "away_n": 0,
    }
    return change("household", whole | (fields or {}), **others)


def edit(first: Json, version: int | None, fields: Json, **others: object) -> Json:
    """A later change to the record that `first` began, by somebody who saw `version` of it."""
    same = {"record": first["record"], "grid": first["grid"], "base": version}
    return change(first["kind"], fields, **(same | others))


def checked(number: str) -> str:
    """17 digits of an ID number with the check digit that belongs to them, ISO 7064 MOD 11-2."""
    weights = [2**n % 11 for n in range(17, 0, -1)]
    total = sum(int(d) * w for d, w in zip(number[:17], weights, strict=True))
    return number[:17] + "10X98765432"[total % 11]
