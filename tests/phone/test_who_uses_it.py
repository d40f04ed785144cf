"""What a phone learns about its member, and what the town learns from a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts.models import Device
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids.models import Member
from tests.phone.conftest import GRID

INSTALL = "5f8a3f0e-6a51-4d1c-9a55-0c5d5a6f7a01"
LOSS = {
    "id": "0f8a3f0e-6a51-4d1c-9a55-0c5d5a6f7a02",
    "count": 7,
    "noticed_at": "2026-11-23T08:00:00Z",
}


def sync(phone: FlaskClient, **more: object) -> None:
    envelope = {"protocol": 1, "device": INSTALL, "cursor": None, "epoch": None, "changes": []}
    assert phone.post("/sync", json=envelope | {"pending": 0} | more).status_code == 200


def devices(app: Flask) -> list[Device]:
    with app.app_context():
        return list(db.session().query(Device).order_by(Device.id))


def test_a_phone_learns_whose_it_is_and_what_they_serve(phone: FlaskClient) -> None:
    said = phone.get("/phone/me")

    assert said.headers["Cache-Control"] == "no-store"
    assert said.json["member"]["name"] == "张丽"
    assert said.json["member"]["duties"] == [
        {"role": "leader", "grid": GRID, "name": "虎庄村第1网格"}
    ]
    assert said.json["town"]["name"] == "虎庄镇"
    assert said.json["demo"] is False


def test_a_phone_learns_what_was_last_heard_of_it(phone: FlaskClient) -> None:
    sync(phone, pending=3)

    assert phone.get("/phone/me").json["heard"] == {"install": INSTALL, "pending": 3}


def test_a_phone_that_nobody_joined_with_is_told_to_log_in(client: FlaskClient) -> None:
    for path in ("/phone/me", "/phone/losses", "/phone/leave"):
        answer = client.get(path) if path == "/phone/me" else client.post(path, json=LOSS)
        assert (answer.status_code, answer.json) == (401, {"error": "login_required"})


def test_a_revoked_phone_is_told_so(town: Flask, phone: FlaskClient) -> None:
    from fieldapp.accounts.devices import revoke

    with town.app_context(), writing():
        revoke(1)

    answer = phone.get("/phone/me")

    assert (answer.status_code, answer.json) == (401, {"error": "device_revoked"})


def test_the_town_hears_of_a_loss_once_however_often_it_is_told(
    town: Flask, phone: FlaskClient
) -> None:
    answers = [phone.post("/phone/losses", json=LOSS).status_code for _ in range(3)]

    assert answers == [201, 201, 201]
    assert [device.lost for device in devices(town)] == [7]


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        LOSS | {"count": 0},
        LOSS | {"count": True},
        LOSS | {"count": "7"},
        LOSS | {"count": 10**9},
        LOSS | {"id": "seven"},
        LOSS | {"noticed_at": "yesterday"},
        LOSS | {"noticed_at": "2026-11-23T08:00:00"},
    ],
)
def test_what_is_no_loss_is_refused(town: Flask, phone: FlaskClient, wrong: object) -> None:
    assert phone.post("/phone/losses", json=wrong).status_code == 400
    assert devices(town)[0].lost == 0


def test_a_member_gives_the_phone_away(town: Flask, phone: FlaskClient) -> None:
    assert phone.post("/phone/leave").status_code == 204

    assert phone.get("/phone/me").json == {"error": "login_required"}
    assert devices(town)[0].revoked_at is not None


def test_nobodys_changes_are_taken_under_another_name(
    town: Flask, phone: FlaskClient, joins: Callable[..., FlaskClient]
) -> None:
    envelope = {"protocol": 1, "device": INSTALL, "cursor": None, "epoch": None, "changes": []}
    with town.app_context():
        of = {m.name: {"Fieldapp-Member": str(m.id)} for m in db.session().query(Member)}
    joins("王强", phone)

    mine = phone.post("/sync", json=envelope, headers=of["张丽"])
    theirs = phone.post("/sync", json=envelope, headers=of["王强"])

    assert (mine.status_code, mine.json) == (401, {"error": "other_member"})
    assert theirs.status_code == 200


def test_a_page_of_another_site_cannot_make_a_phone_leave(phone: FlaskClient) -> None:
    refused = phone.post("/phone/leave", headers={"Sec-Fetch-Site": "cross-site"})

    assert refused.status_code == 403
    assert phone.get("/phone/me").status_code == 200
