"""How a member's phone gets in: once, within a day, and never locked out by a lost answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts import devices, enrolment
from fieldapp.accounts.devices import DevicePass
from fieldapp.accounts.models import Device, Enrolment
from fieldapp.database import writing
from fieldapp.extensions import db
from tests.accounts.conftest import Clock

Invite = Callable[..., str]
WECHAT = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/86 MicroMessenger/8.0"


def pass_of(app: Flask, browser: FlaskClient) -> DevicePass | None:
    """What the server takes this browser for."""
    cookie = browser.get_cookie("device")
    headers = {"Cookie": f"device={cookie.value}"} if cookie else {}
    with app.test_request_context(headers=headers):
        return devices.present_device()


def test_the_page_says_who_is_meant_and_where_and_has_one_button(
    client: FlaskClient, invite: Invite
) -> None:
    page = client.get(invite()).text

    assert "张丽" in page
    assert "虎庄村第1网格" in page
    assert page.count("<button") == 1


def test_looking_at_the_page_a_hundred_times_does_not_use_the_link_up(
    client: FlaskClient, invite: Invite
) -> None:
    link = invite()
    for _ in range(100):
        assert client.get(link).status_code == 200

    assert client.post(link).status_code == 303


def test_pressing_the_button_lets_the_phone_in_for_thirty_days(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    answer = client.post(invite())

    assert (answer.status_code, answer.location) == (303, "/phone/")
    cookie = client.get_cookie("device")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    assert cookie.max_age == 30 * 86400
    assert not cookie.secure, "plain HTTP on the way here"
    known = pass_of(town, client)
    assert known is not None
    assert known.state == "ok"


def test_over_https_the_cookie_never_travels_in_the_clear(
    client: FlaskClient, invite: Invite
) -> None:
    answer = client.post(invite(), base_url="https://example.org")

    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)


def test_the_page_is_told_whose_phone_it_is_now(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    client.post(invite())

    cookie = client.get_cookie("whose", path="/phone")
    known = pass_of(town, client)
    assert cookie is not None
    assert known is not None
    assert (cookie.value, cookie.http_only) == (str(known.member_id), False)


def test_neither_link_nor_cookie_can_be_read_from_the_database(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    link = invite()
    client.post(link)

    cookie = client.get_cookie("device")
    assert cookie is not None
    with town.app_context():
        kept = db.session().scalars(sa.select(Device.token_hash)).one()
        link_kept = db.session().scalars(sa.select(Enrolment.token_hash)).one()
    assert cookie.value not in kept
    assert link.removeprefix("/join/") not in link_kept


def test_a_link_works_for_one_phone_only(town: Flask, client: FlaskClient, invite: Invite) -> None:
    link = invite()
    client.post(link)
    with town.test_request_context(headers={"Cookie": _cookie(client)}), writing():
        known = devices.present_device()
        assert known is not None
        devices.heard_from(known, pending=0)

    another = town.test_client()

    assert another.get(link).status_code == 410
    assert another.post(link).status_code == 410
    assert pass_of(town, another) is None


def test_the_same_browser_may_press_again_when_the_answer_was_lost_on_the_way(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    link = invite()
    client.post(link)
    first = pass_of(town, client)

    again = client.post(link)

    assert again.status_code == 303
    assert pass_of(town, client) == first


def test_a_phone_that_never_got_its_cookie_may_press_again_within_ten_minutes(
    town: Flask, client: FlaskClient, invite: Invite, held_clock: Clock
) -> None:
    link = invite()
    lost = town.test_client()
    lost.post(link)
    held_clock.pass_by(minutes=9)

    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 303

    known = pass_of(town, client)
    assert known is not None
    assert known.state == "ok"
    assert pass_of(town, lost) is None, "there is one phone, not two"
    with town.app_context():
        assert db.session().scalar(sa.select(sa.func.count()).select_from(Device)) == 1


def test_after_ten_minutes_a_used_link_is_used_up_for_everybody(
    client: FlaskClient, invite: Invite, held_clock: Clock
) -> None:
    link = invite()
    client.post(link)
    held_clock.pass_by(minutes=10)

    assert client.post(link).status_code == 410


def test_a_link_is_good_for_a_day(client: FlaskClient, invite: Invite, held_clock: Clock) -> None:
    link = invite()
    held_clock.pass_by(hours=24)

    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_over_says_in_both_languages_what_to_do(
    client: FlaskClient, invite: Invite, held_clock: Clock, method: str
) -> None:
    link = invite()
    held_clock.pass_by(days=2)

    page = getattr(client, method)(link).text

    assert 'lang="zh-Hans"' in page
    assert "This link has been used, or its day is over." in page
    assert "0417-0000000" in page
    assert 'href="/phone/"' in page


def test_a_link_that_never_was_is_not_found_and_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/join/0000000000000000000000")

    assert answer.status_code == 404
    assert "tap the whole link" in answer.text


def test_in_wechat_the_page_shows_how_to_open_the_browser_first(
    client: FlaskClient, invite: Invite
) -> None:
    link = invite()

    inside = client.get(link, headers={"User-Agent": WECHAT}, query_string={"lang": "en"}).text
    outside = client.get(link, query_string={"lang": "en"}).text

    assert "Open in browser" in inside
    assert '<svg class="picture"' in inside
    assert "Open in browser" not in outside


def test_joining_again_on_the_same_phone_is_still_one_phone_to_the_town(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    client.post(invite())
    client.post(invite())

    with town.app_context():
        present = sa.select(sa.func.count()).where(Device.revoked_at.is_(None))
        assert db.session().scalar(present) == 1


def test_whoever_takes_over_a_phone_is_told_whose_it_is_now(
    client: FlaskClient, invite: Invite
) -> None:
    client.post(invite("15400000001"))

    link = invite("15400000002")

    assert "张丽 uses this phone at present" in client.get(f"{link}?lang=en").text
    assert client.post(link).status_code == 303


def test_a_page_of_another_site_cannot_make_a_phone_join(
    client: FlaskClient, invite: Invite
) -> None:
    answer = client.post(invite(), headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_somebody_without_a_duty_may_still_join_to_send_what_is_on_the_phone(
    town: Flask, client: FlaskClient, invite: Invite
) -> None:
    from fieldapp.grids.duties import end_duties, member_by_phone

    with town.app_context(), writing():
        end_duties(member_by_phone("15400000001").id)

    assert client.post(invite()).status_code == 303


def test_a_link_is_printed_with_the_address_people_reach_the_server_at(town: Flask) -> None:
    town.config["BASE_URL"] = "https://huzhuang.example/"

    with town.app_context():
        assert enrolment.join_link("abc") == "https://huzhuang.example/join/abc"


def _cookie(browser: FlaskClient) -> str:
    cookie = browser.get_cookie("device")
    assert cookie is not None
    return f"device={cookie.value}"
