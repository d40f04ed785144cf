"""How a clerk gets into the township's pages, how long that lasts, and how guessing is stopped."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts import clerk_required, clerks
from fieldapp.accounts.models import Clerk, ConsoleSession
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused
from tests.accounts.conftest import Clock

PASSWORD = "bing-tang-hulu-8"
LOGIN = "/accounts/login"


@pytest.fixture
def office(town: Flask) -> Flask:
    """The town with a clerk, 李梅, and a page only for clerks."""
    with town.app_context(), writing():
        clerks.add_clerk("李梅", PASSWORD)
    town.add_url_rule("/for-clerks", "for_clerks", clerk_required(lambda: "hello"), methods=["GET"])
    return town


@pytest.fixture
def browser(office: Flask) -> FlaskClient:
    return office.test_client()


def log_in(browser: FlaskClient, name: str = "李梅", password: str = PASSWORD, **more: str):
    form = {"name": name, "password": password, "request_id": str(uuid.uuid4())} | more
    return browser.post(LOGIN, data=form)


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/for-clerks").status_code == 200


def test_a_clerk_comes_in_with_name_and_password(browser: FlaskClient) -> None:
    assert not is_in(browser)

    answer = log_in(browser)

    assert (answer.status_code, answer.location) == (303, "/township/")
    assert is_in(browser)


def test_a_login_over_https_never_travels_in_the_clear(browser: FlaskClient) -> None:
    form = {"name": "李梅", "password": PASSWORD}

    answer = browser.post(LOGIN, data=form, base_url="https://example.org")

    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if "console=" in one)
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_after_logging_in_the_page_that_was_asked_for_is_shown(browser: FlaskClient) -> None:
    refused = browser.get("/for-clerks?village=3")

    assert refused.status_code == 303
    form = browser.get(refused.location).text
    assert 'value="/for-clerks?village=3"' in form
    assert log_in(browser, next="/for-clerks?village=3").location == "/for-clerks?village=3"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:1"],
)
def test_a_login_never_leads_to_another_site(browser: FlaskClient, elsewhere: str) -> None:
    assert log_in(browser, next=elsewhere).location == "/township/"


def test_a_wrong_password_and_a_name_that_nobody_has_are_answered_alike(
    browser: FlaskClient,
) -> None:
    wrong = log_in(browser, password="something-else-9")
    unknown = log_in(browser, name="王梅", password="something-else-9")

    assert wrong.status_code == unknown.status_code == 422
    assert "王梅" in unknown.text, "what was typed is kept, but for the password"
    assert "something-else-9" not in wrong.text
    assert _without_the_ids(wrong.text) == _without_the_ids(unknown.text)


def test_after_five_wrong_passwords_the_name_waits_a_quarter_of_an_hour(
    browser: FlaskClient, held_clock: Clock
) -> None:
    for _ in range(5):
        assert log_in(browser, password="wrong-password").status_code == 422

    refused = log_in(browser)
    held_clock.pass_by(minutes=14, seconds=59)
    still = log_in(browser)
    held_clock.pass_by(seconds=2)

    assert refused.status_code == still.status_code == 429
    assert refused.headers["Retry-After"] == "901"
    assert log_in(browser).status_code == 303


def test_a_name_that_nobody_has_waits_just_as_long(browser: FlaskClient) -> None:
    for _ in range(5):
        log_in(browser, name="nobody", password="wrong-password")

    assert log_in(browser, name="NOBODY ", password="wrong-password").status_code == 429


def test_fifty_tries_from_one_address_are_enough_whatever_the_names(browser: FlaskClient) -> None:
    with browser.application.app_context():
        from fieldapp.accounts import attempts

        with writing():
            waits = [attempts.claim(f"name {n}", "192.0.2.7") for n in range(51)]

    assert waits[:50] == [None] * 50
    assert waits[50] is not None


def test_a_right_password_clears_the_count(browser: FlaskClient) -> None:
    for _ in range(3):
        for _ in range(4):
            log_in(browser, password="wrong-password")
        assert log_in(browser).status_code == 303


def test_a_login_ends_after_half_an_hour_without_use(
    browser: FlaskClient, held_clock: Clock
) -> None:
    log_in(browser)
    for _ in range(4):
        held_clock.pass_by(minutes=29)
        assert is_in(browser)

    held_clock.pass_by(minutes=30)

    assert not is_in(browser)


def test_a_login_ends_after_twelve_hours_of_use(browser: FlaskClient, held_clock: Clock) -> None:
    log_in(browser)
    for _ in range(35):
        held_clock.pass_by(minutes=20)
        assert is_in(browser)

    held_clock.pass_by(minutes=20)

    assert not is_in(browser)


def test_logging_out_makes_a_copied_cookie_worthless(browser: FlaskClient) -> None:
    log_in(browser)
    copied = browser.get_cookie("console")
    assert copied is not None

    assert browser.post("/accounts/logout").status_code == 303

    browser.set_cookie("console", copied.value)
    assert not is_in(browser)


def test_logging_out_takes_a_post_so_that_no_link_can_do_it(browser: FlaskClient) -> None:
    log_in(browser)

    assert browser.get("/accounts/logout").status_code == 405
    assert is_in(browser)


def test_the_form_sent_twice_is_one_login(browser: FlaskClient, office: Flask) -> None:
    same = str(uuid.uuid4())
    log_in(browser, request_id=same)
    log_in(browser, request_id=same)

    with office.app_context():
        open_ones = sa.select(ConsoleSession).where(ConsoleSession.ended_at.is_(None))
        assert len(db.session().scalars(open_ones).all()) == 1
    assert is_in(browser)


def test_a_cookie_from_before_the_login_is_not_the_one_after_it(browser: FlaskClient) -> None:
    log_in(browser)
    first = browser.get_cookie("console")
    browser.post("/accounts/logout")
    log_in(browser)
    second = browser.get_cookie("console")

    assert first is not None
    assert second is not None
    assert first.value != second.value


def test_htmx_is_sent_to_the_login_instead_of_filling_a_part_with_it(browser: FlaskClient) -> None:
    answer = browser.get("/for-clerks", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith(LOGIN)


def test_the_password_is_kept_as_argon2_and_a_new_one_ends_open_logins(
    browser: FlaskClient, office: Flask
) -> None:
    log_in(browser)

    with office.app_context(), writing():
        kept = db.session().scalars(sa.select(Clerk.password_hash)).one()
        assert not clerks.add_clerk("李梅", "a-quite-new-one-7")

    assert kept.startswith("$argon2id$")
    assert not is_in(browser)
    assert log_in(browser).status_code == 422
    assert log_in(browser, password="a-quite-new-one-7").status_code == 303


@pytest.mark.parametrize(
    "weak", ["", "short-7", "12345678", "aaaaaaaaaa", "李梅李梅-1234x", "x" * 201]
)
def test_a_weak_password_is_refused_with_the_reason(office: Flask, weak: str) -> None:
    with office.app_context(), pytest.raises(Refused), writing():
        clerks.add_clerk("李梅", weak)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 51])
def test_a_name_that_is_none_is_refused(office: Flask, name: str) -> None:
    with office.app_context(), pytest.raises(Refused), writing():
        clerks.add_clerk(name, PASSWORD)


def test_the_same_password_is_right_however_the_keyboard_composed_it(office: Flask) -> None:
    browser = office.test_client()
    with office.app_context(), writing():
        clerks.add_clerk("Zoe", "caf\u00e9-creme-99")

    assert log_in(browser, name="Zoe", password="cafe\u0301-creme-99").status_code == 303


def _without_the_ids(page: str) -> list[str]:
    return [
        line for line in page.splitlines() if "request_id" not in line and 'name="name"' not in line
    ]
