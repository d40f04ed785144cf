"""Another site's page cannot make anybody's browser write here, however the browser says so."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter

WRITES = ("/sync", "/accounts/login", "/accounts/logout", "/join/x", "/phone/losses", "/nowhere")
NOT_OURS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "Same-Origin"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": "https://localhost"},
    {"Origin": ""},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": "http://localhost"},
]


def test_a_write_that_another_site_set_off_is_refused_everywhere(client: FlaskClient):
    for headers in NOT_OURS:
        for address in WRITES:
            assert client.post(address, headers=headers).status_code == 403, (address, headers)


def test_a_write_from_our_own_page_gets_past(client: FlaskClient):
    for headers in OURS:
        for address in WRITES:
            assert client.post(address, headers=headers).status_code != 403, (address, headers)


def test_reading_is_open_to_links_from_anywhere(client: FlaskClient):
    for headers in NOT_OURS:
        for address in ("/healthz", "/accounts/login", "/join/x"):
            assert client.get(address, headers=headers).status_code != 403, (address, headers)


def test_every_address_that_writes_is_covered(app: Flask):
    """There is one check for all of them, so none can be forgotten."""
    client = app.test_client()
    writing = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
    ]
    assert len(writing) > 5
    for method, rule in writing:
        values = {name: _any(rule._converters[name]) for name in rule.arguments}
        with app.test_request_context():
            _, address = rule.build(values) or ("", "")
        answer = client.open(address, method=method, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, address


def _any(converter: BaseConverter) -> object:
    """Something that may stand there in an address."""
    return min(converter.items) if isinstance(converter, AnyConverter) else 1
