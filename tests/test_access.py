"""Who may call what. A new address without a line here fails; so does one that lets others in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

EVERYBODY = {
    "accounts.log_in",
    "accounts.login",
    "accounts.logout",
    "front.front",
    "health.healthz",
    "join.join",
    "join.show",
    "phone.manifest",
    "phone.shell",
    "phone.worker",
    "static",
}
MEMBERS = {"phone.leave", "phone.losses", "phone.me", "syncing.exchange", "syncing.forms"}
CLERKS = "township."  # everything under it

SAMPLES = {"build": "0", "filename": "js/app.js", "key": "0", "lang": "en"}


def _routes(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and an address of every route."""
    with app.test_request_context():
        return [
            (rule.endpoint, method, _address(app, rule))
            for rule in app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]


def _address(app: Flask, rule: Rule) -> str:
    values: dict[str, Any] = {name: SAMPLES.get(name, 1) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values | (rule.defaults or {}))


def _members_only(endpoint: str) -> bool:
    return endpoint in MEMBERS


def _clerks_only(endpoint: str) -> bool:
    return endpoint.startswith(CLERKS)


def test_every_address_says_who_may_call_it(app: Flask):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    known = EVERYBODY | MEMBERS
    assert sorted(e for e in endpoints if e not in known and not _clerks_only(e)) == []
    assert sorted(known - endpoints) == []


def test_a_stranger_is_sent_away_from_what_members_see(app: Flask, client: FlaskClient):
    answers = {
        (method, address): client.open(address, method=method, json={}).status_code
        for endpoint, method, address in _routes(app)
        if _members_only(endpoint)
    }
    assert set(answers.values()) == {401}, answers


def test_a_stranger_is_sent_to_the_login_from_what_clerks_see(app: Flask, client: FlaskClient):
    for endpoint, method, address in _routes(app):
        if _clerks_only(endpoint):
            answer = client.open(address, method=method)
            assert answer.status_code in {303, 401}, (method, address, answer.status_code)
            assert "/accounts/login" in answer.headers.get("Location", "/accounts/login")


def test_the_bare_address_leads_each_to_their_own_page(app: Flask, client: FlaskClient):
    assert client.get("/").location == "/township/"
    client.set_cookie("device", "whatever")
    assert client.get("/").location == "/phone/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
    ids=lambda headers: "=".join(*headers.items()),
)
def test_no_other_site_can_make_a_browser_write(app: Flask, client: FlaskClient, headers):
    writing = [(method, address) for _, method, address in _routes(app) if method != "GET"]
    assert writing
    for method, address in writing:
        assert client.open(address, method=method, headers=headers).status_code == 403, address


def test_every_answer_tells_browsers_to_guess_nothing_and_keep_nothing(
    app: Flask, client: FlaskClient
):
    for endpoint, method, address in _routes(app):
        with client.open(address, method=method) as answer:
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address
            assert "Cache-Control" in answer.headers, address
            if answer.mimetype == "text/html":
                policy = answer.headers["Content-Security-Policy"]
                assert "unsafe" not in policy, (endpoint, policy)
