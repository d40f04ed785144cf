"""Links and logins are not kept for ever, and never shorter than they are good for."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts import clerks, retention
from fieldapp.accounts.models import ConsoleSession, Enrolment, LoginAttempt
from fieldapp.database import writing
from fieldapp.extensions import db
from tests.accounts.conftest import Clock

PASSWORD = "bing-tang-hulu-8"


def test_what_is_over_goes_and_what_still_counts_stays(
    town: Flask, client: FlaskClient, invite: Callable[..., str], held_clock: Clock
) -> None:
    with town.app_context(), writing():
        clerks.add_clerk("李梅", PASSWORD)
    invite()
    client.post("/accounts/login", data={"name": "李梅", "password": PASSWORD})
    client.post("/accounts/login", data={"name": "李梅", "password": "wrong-password"})

    assert purged(town) == {"join link": 0, "console login": 0, "login attempt": 0}

    held_clock.pass_by(days=32)
    invite()
    assert purged(town) == {"join link": 1, "console login": 0, "login attempt": 1}

    held_clock.pass_by(days=150)
    assert purged(town)["console login"] == 1

    with town.app_context():
        for model in (ConsoleSession, Enrolment, LoginAttempt):
            assert db.session().scalars(sa.select(model)).all() == []


def test_the_nightly_command_does_it(town: Flask) -> None:
    result = town.test_cli_runner().invoke(args=["purge"])

    assert result.exit_code == 0
    assert "join link: 0" in result.output


def purged(app: Flask) -> dict[str, int]:
    with app.app_context(), writing():
        return retention.purge()
