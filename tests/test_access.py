"""Who may call what. Every address of the product stands in this table, and a new one has to."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fieldapp import clock
from tests.township.town import POPLAR_1, QUIET, WILLOW_1, Town

# What each is good for. "anybody" sees nothing about anyone; "link" is whoever holds an unused
# one; "phone" is one that was let in, and sees what its owner's grids hold; "clerk" is logged in.
MAY_CALL = {
    "GET /": "anybody",
    "GET /healthz": "anybody",
    "GET /b/": "anybody",
    "GET /b/<code>": "anybody",
    "GET /b/<code>.vcf": "anybody",
    "GET /b/photos/<sha256>.jpg": "anybody",
    "GET /m/<code>": "anybody",
    "GET /static/<build>/<path:filename>": "anybody",
    "GET /phone/": "anybody",
    "GET /phone/<any(en):lang>/": "anybody",
    "GET /phone/more": "anybody",
    "GET /phone/<any(en):lang>/more": "anybody",
    "GET /phone/manifest.webmanifest": "anybody",
    "GET /phone/sw.js": "anybody",
    "GET /join/<token>": "link",
    "POST /join/<token>": "link",
    "GET /phone/me": "phone",
    "GET /phone/duty": "phone",
    "POST /phone/leave": "phone",
    "POST /phone/losses": "phone",
    "GET /sync/forms": "phone",
    "POST /sync": "phone",
    "GET /accounts/login": "anybody",
    "POST /accounts/login": "anybody",
    "POST /accounts/logout": "anybody",
    "GET /township/": "clerk",
    "GET /township/figures": "clerk",
    "GET /township/villages/<key>": "clerk",
    "GET /township/visits/": "clerk",
    "GET /township/isolation/": "clerk",
    "GET /township/isolation/grids/<code>": "clerk",
    "GET /township/isolation/missed": "clerk",
    "GET /township/isolation/cases/": "clerk",
    "GET /township/isolation/cases/<case_id>": "clerk",
    "POST /township/isolation/cases/<case_id>/release": "clerk",
    "POST /township/isolation/cases/<case_id>/day-0": "clerk",
    "POST /township/isolation/cases/<case_id>/alerts/<check_id>": "clerk",
    "GET /township/isolation/cases/<case_id>/notice": "clerk",
    "GET /township/isolation/rules": "clerk",
    "GET /township/held/": "clerk",
    "GET /township/held/<int:held_id>": "clerk",
    "POST /township/held/<int:held_id>/release": "clerk",
    "POST /township/held/<int:held_id>/aside": "clerk",
    "GET /township/conflicts/": "clerk",
    "POST /township/conflicts/": "clerk",
    "GET /township/losses/": "clerk",
    "POST /township/losses/<loss_id>/seen": "clerk",
    "GET /township/people/": "clerk",
    "POST /township/people/": "clerk",
    "GET /township/people/new": "clerk",
    "GET /township/people/<int:member_id>": "clerk",
    "POST /township/people/<int:member_id>/duties": "clerk",
    "POST /township/people/<int:member_id>/duties/<int:duty_id>/end": "clerk",
    "POST /township/people/<int:member_id>/duties/<int:duty_id>/successor": "clerk",
    "POST /township/people/<int:member_id>/devices/<int:device_id>/revoke": "clerk",
    "POST /township/people/<int:member_id>/invitations": "clerk",
    "GET /township/people/<int:member_id>/invitation": "clerk",
    "GET /township/boards/": "clerk",
    "GET /township/boards/history": "clerk",
    "GET /township/boards/grids/<code>": "clerk",
    "GET /township/boards/grids/<code>/preview": "clerk",
    "GET /township/boards/grids/<code>/history": "clerk",
    "POST /township/boards/grids/<code>/history/<int:edit_id>/undoing": "clerk",
    "GET /township/boards/grids/<code>/texts/<key>": "clerk",
    "POST /township/boards/grids/<code>/texts/<key>": "clerk",
    "GET /township/boards/grids/<code>/lists/<sort>": "clerk",
    "POST /township/boards/grids/<code>/lists/<sort>": "clerk",
    "GET /township/boards/grids/<code>/sketch": "clerk",
    "POST /township/boards/grids/<code>/sketch": "clerk",
    "GET /township/boards/grids/<code>/contacts/new": "clerk",
    "POST /township/boards/grids/<code>/contacts/": "clerk",
    "POST /township/boards/contacts/<int:number>/end": "clerk",
    "GET /township/boards/<any(members,contacts):kind>/<int:number>": "clerk",
    "POST /township/boards/<any(members,contacts):kind>/<int:number>": "clerk",
    "POST /township/boards/<any(members,contacts):kind>/<int:number>/consent": "clerk",
    "POST /township/boards/<any(members,contacts):kind>/<int:number>/consent/withdrawal": "clerk",
    "POST /township/boards/<any(members,contacts):kind>/<int:number>/photo": "clerk",
    "GET /township/boards/badges/": "clerk",
    "GET /township/boards/badges/<int:number>": "clerk",
    "POST /township/boards/badges/<int:number>": "clerk",
    "POST /township/boards/badges/<int:number>/revocation": "clerk",
    "GET /township/boards/merges/": "clerk",
    "POST /township/boards/merges/": "clerk",
    "POST /township/boards/merges/<code>/end": "clerk",
    "GET /township/posters/": "clerk",
    "POST /township/posters/": "clerk",
    "GET /township/posters/badges": "clerk",
    "POST /township/posters/badges": "clerk",
    "GET /township/posters/page": "clerk",
    "GET /township/posters/jobs/<uuid:job_id>": "clerk",
    "GET /township/posters/jobs/<uuid:job_id>/file": "clerk",
    "POST /township/posters/jobs/<uuid:job_id>/cancellation": "clerk",
}


def _addresses(app: Flask) -> list[tuple[str, Rule]]:
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]


def _call(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """The address, with something in place of each blank."""
    method, path = address.split()
    blanks = ("<token>", "<build>", "<path:filename>", "<key>", "<loss_id>", "<any(en):lang>")
    blanks = (*blanks, "<code>", "<case_id>", "<check_id>", "<sha256>", "<sort>")
    path = path.replace("<any(members,contacts):kind>", "members")
    for blank in blanks:
        path = path.replace(blank, "en")
    path = path.replace("<uuid:job_id>", "00000000-0000-4000-8000-000000000000")
    for number in ("held_id", "member_id", "duty_id", "device_id", "edit_id", "number"):
        path = path.replace(f"<int:{number}>", "1")
    return client.open(path, method=method, headers=headers)


def _open_to(who: str) -> list[str]:
    return [address for address, allowed in MAY_CALL.items() if allowed == who]


def test_every_address_says_who_may_call_it(app: Flask):
    assert {f"{method} {rule.rule}" for method, rule in _addresses(app)} == set(MAY_CALL)


def test_only_reading_needs_no_write_check(client: FlaskClient):
    """Another site's page can set off no write, whoever is logged in."""
    for address in MAY_CALL:
        if not address.startswith("GET "):
            answer = _call(client, address, **{"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, address


def test_who_is_not_logged_in_gets_no_page_of_the_office(client: FlaskClient):
    for address in _open_to("clerk"):
        answer = _call(client, address)
        assert answer.status_code == 303, address
        assert answer.location.startswith("/accounts/login"), address


def test_who_is_not_logged_in_gets_no_fragment_either(client: FlaskClient):
    for address in _open_to("clerk"):
        answer = _call(client, address, **{"HX-Request": "true"})
        assert (answer.status_code, answer.data) == (401, b""), address


def test_a_browser_that_was_not_let_in_gets_nothing_of_a_phone(client: FlaskClient):
    for address in _open_to("phone"):
        answer = _call(client, address)
        assert answer.status_code == 401, address
        assert answer.json == {"error": "login_required"}, address


def test_a_link_that_is_none_opens_nothing(client: FlaskClient):
    for address in _open_to("link"):
        assert _call(client, address).status_code == 404, address


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(app, now=clock.utc_now()).build()


def test_a_phone_that_was_let_in_does_not_open_the_office(town: Town):
    phone = town.app.test_client()
    phone.set_cookie("device", "15400000001")
    assert phone.get("/phone/me").status_code == 200

    for address in _open_to("clerk"):
        assert _call(phone, address).status_code == 303, address


def test_a_clerk_who_is_logged_in_is_no_phone(town: Town):
    clerk = town.app.test_client()
    clerk.post("/accounts/login", data={"name": "办公室", "password": "Flat-Roof-7"})
    assert clerk.get("/township/").status_code == 200

    for address in _open_to("phone"):
        assert _call(clerk, address).status_code == 401, address


def test_what_anybody_may_see_names_nobody(town: Town):
    town.send(WILLOW_1, town.change("visit", POPLAR_1, QUIET | {"hh": "x"}))
    stranger = town.app.test_client()

    for address in _open_to("anybody"):
        shown = _call(stranger, address).text
        for name in ("王桂兰", "15400000001", "张二", "柳树村"):
            assert name not in shown, address
