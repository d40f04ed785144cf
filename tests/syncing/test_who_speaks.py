"""Who may speak to the server, and what those are told who may not. Nothing unsent is at stake."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import clock
from fieldapp.accounts import devices
from fieldapp.database import writing
from tests.syncing.smalltown import LEADER_1, LEADER_2, Phone, SmallTown, visit


def post(phone: Phone, *changes: object, **headers: str) -> tuple[int, dict]:
    body = json.dumps(phone.envelope(changes)).encode()
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    response = phone.post(body, headers=named)
    return response.status_code, response.json


def test_somebody_without_a_cookie_is_asked_to_log_in(town: SmallTown):
    stranger = Phone(town.app.test_client())

    assert post(stranger, visit()) == (401, {"error": "login_required"})
    assert stranger.client.get("/sync/forms").status_code == 401
    assert town.held() == []


@pytest.mark.parametrize("cookie", ["", "x", "0" * 3_000, "'; --", "\u200f", "é"])
def test_a_cookie_of_nobodys_is_no_login(town: SmallTown, cookie: str):
    stranger = Phone(town.app.test_client())
    stranger.client.set_cookie(devices.COOKIE, cookie)

    assert post(stranger, visit()) == (401, {"error": "login_required"})


def test_a_revoked_phone_is_told_so_and_another_of_the_same_member_goes_on(town: SmallTown):
    lost, kept = town.phone(LEADER_1), town.phone(LEADER_1)
    assert lost.statuses(visit()) == ["accepted"]

    with town.app.app_context(), writing():
        devices.revoke(1)

    assert post(lost, visit()) == (401, {"error": "device_revoked"})
    assert lost.client.get("/sync/forms").json == {"error": "device_revoked"}
    assert kept.statuses(visit()) == ["accepted"]


def test_a_revoked_phone_gets_not_one_record_more(town: SmallTown, leader: Phone):
    leader.send(visit({"remark": "canary"}))
    with town.app.app_context(), writing():
        devices.revoke(1)

    response = leader.post(json.dumps(leader.envelope()).encode())

    assert b"canary" not in response.data
    assert len(response.data) < 100


def test_a_login_lasts_30_days_and_begins_anew_with_use(
    town: SmallTown, leader: Phone, monkeypatch: pytest.MonkeyPatch
):
    moment = datetime.now(UTC)
    monkeypatch.setattr(clock, "_now", lambda: moment)
    assert post(leader)[0] == 200

    for days, status in ((29, 200), (29, 200), (31, 401), (1, 401)):
        moment += timedelta(days=days)
        assert post(leader)[0] == status, days

    assert post(leader) == (401, {"error": "login_required"})


def test_an_expired_login_keeps_what_was_sent_before(
    town: SmallTown, leader: Phone, monkeypatch: pytest.MonkeyPatch
):
    one = visit()
    leader.send(one)
    later = datetime.now(UTC) + timedelta(days=31)
    monkeypatch.setattr(clock, "_now", lambda: later)
    assert post(leader, one)[0] == 401

    again = town.phone(LEADER_1)

    assert again.statuses(one) == ["duplicate"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "anything"])
def test_another_sites_page_cannot_write(town: SmallTown, leader: Phone, site: str):
    assert post(leader, visit(), Sec_Fetch_Site=site) == (403, {"error": "forbidden"})
    assert town.records("visit") == []


def test_our_own_page_can_write(leader: Phone):
    assert post(leader, visit(), Sec_Fetch_Site="same-origin")[0] == 200
    assert post(leader, visit(), Origin="http://localhost")[0] == 200


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "https://localhost"])
def test_an_older_browser_is_judged_by_its_origin(leader: Phone, origin: str):
    assert post(leader, visit(), Origin=origin) == (403, {"error": "forbidden"})


def test_an_outbox_is_never_sent_under_the_name_of_the_next_user(town: SmallTown):
    anna, berta = town.phone(LEADER_1), town.phone(LEADER_2)
    owner = anna.client.get("/phone/me").json["member"]["key"]

    assert post(anna, visit(), Fieldapp_Member=str(owner))[0] == 200
    assert post(berta, visit(), Fieldapp_Member=str(owner)) == (401, {"error": "other_member"})
    assert len(town.records("visit")) == 1


def test_only_a_post_exchanges(leader: Phone):
    for method in ("get", "put", "delete", "patch"):
        response = getattr(leader.client, method)("/sync")
        assert (response.status_code, response.json) == (405, {"error": "method_not_allowed"})
    assert leader.client.get("/sync/files").status_code == 404


def test_the_town_hears_what_is_still_on_the_phone(town: SmallTown, leader: Phone):
    leader.send(visit(), pending=7)

    members = json.loads(town.prints("members", "--json"))
    [device] = next(one["devices"] for one in members if one["phone"] == LEADER_1)
    assert device["pending"] == 7
    assert device["last_contact"] is not None


@pytest.mark.parametrize("pending", [-5, 10**30, "many", None, 1.5, [], True])
def test_an_absurd_count_of_pending_changes_does_no_harm(any_town: SmallTown, pending: object):
    assert any_town.phone(LEADER_1).send(visit(), pending=pending)["results"] != []


@pytest.mark.parametrize(
    "device", ["", "x" * 10_000, "\x00", "\ud800", "𠮷", "0a0a0a0a-0000-4000-8000-000000000001"]
)
def test_a_phone_may_call_its_store_anything(any_town: SmallTown, device: str):
    assert any_town.phone(LEADER_1).send(visit(), device=device)["results"] != []
