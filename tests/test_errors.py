"""What people and programs are told when something goes wrong."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask, abort
from flask.testing import FlaskClient

from fieldapp import i18n
from fieldapp.errors import ADVICE, JSON_CODES, TITLES

CANARY = "canary-15400000001"


@pytest.fixture
def breaking(app: Flask) -> FlaskClient:
    """A client of an app in which anything can be made to happen, in pages and in data."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def breaks(what: str) -> str:
        if what == "bug":
            raise RuntimeError(CANARY)
        if what == "locked":
            raise sa.exc.OperationalError("SELECT 1", {}, Exception("database is locked"))
        abort(int(what))

    app.add_url_rule("/breaks/<what>", "breaks", breaks)
    app.add_url_rule("/sync/breaks/<what>", "breaks data", breaks)
    return app.test_client()


def test_a_program_is_told_a_code_and_a_person_a_sentence(breaking: FlaskClient):
    for code, name in JSON_CODES.items():
        data, page = breaking.get(f"/sync/breaks/{code}"), breaking.get(f"/breaks/{code}")

        assert (data.status_code, data.json) == (code, {"error": name})
        assert page.status_code == code
        assert page.mimetype == "text/html"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_error_page_says_what_it_is_and_what_to_do(breaking: FlaskClient, language: str):
    for code in TITLES.keys() - {503}:
        page = breaking.get(f"/breaks/{code}?lang={language}").text

        assert i18n.say(TITLES[code], language) in page, code
        assert i18n.say(ADVICE[code], language) in page, code


def test_a_bug_tells_the_reader_nothing_about_itself(breaking: FlaskClient):
    for address in ("/breaks/bug", "/sync/breaks/bug"):
        answer = breaking.get(address)

        assert answer.status_code == 500
        assert CANARY not in answer.text
        assert "Traceback" not in answer.text


def test_a_database_that_is_busy_or_away_means_try_again(breaking: FlaskClient):
    for address in ("/breaks/locked", "/sync/breaks/locked"):
        answer = breaking.get(address)

        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert breaking.get("/sync/breaks/locked").json == {"error": "busy"}
