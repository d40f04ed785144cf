"""What every answer says about itself, errors included."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PAGES = ("/phone/", "/phone/en/", "/accounts/login", "/join/x", "/nowhere")


@pytest.mark.parametrize("address", [*PAGES, "/healthz", "/sync/forms", "/phone/sw.js"])
def test_nobody_guesses_the_type_of_an_answer(client: FlaskClient, address: str):
    assert client.get(address).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_our_files_only(client: FlaskClient, address: str):
    policy = client.get(address).headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_is_about_people_is_not_kept_by_anybody_on_the_way(client: FlaskClient):
    for address in ("/accounts/login", "/join/x", "/sync/forms", "/phone/me", "/nowhere"):
        assert client.get(address).headers["Cache-Control"] == "no-store", address


def test_over_https_browsers_are_told_to_stay_there(client: FlaskClient):
    safe = client.get("/accounts/login", base_url="https://localhost")

    assert safe.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "Strict-Transport-Security" not in client.get("/accounts/login").headers


def test_data_for_phones_carries_no_headers_that_only_pages_need(client: FlaskClient):
    headers = client.post("/sync").headers

    assert "Content-Security-Policy" not in headers
    assert len(str(headers)) < 250
