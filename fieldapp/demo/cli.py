"""`flask load-demo`, and `flask demo-login`, which `make run` calls."""

from __future__ import annotations

import secrets

import click
from flask import current_app
from flask.cli import with_appcontext

from fieldapp.accounts import clerks, enrolment
from fieldapp.cli import NotDone, tell
from fieldapp.database import writing
from fieldapp.demo.load import FIRST_LEADER, load_demo
from fieldapp.grids import Refused, scope
from fieldapp.grids.duties import member_by_phone
from fieldapp.i18n import N_

CLERK = "demo"


@click.command("load-demo")
@with_appcontext
def load_demo_command() -> None:
    """Load the demo town, unless it is there already."""
    try:
        town = load_demo()
    except Refused as refused:
        raise NotDone(refused) from refused
    if town is None:
        tell(N_("The demo town is there already."))
        return
    tell(
        N_(
            "The demo town is loaded: %(grids)s grids, %(members)s people on duty, "
            "%(households)s households, %(people)s people. All people are invented."
        ),
        grids=town.grids,
        members=town.members,
        households=town.households,
        people=town.people,
    )


@click.command("demo-login")
@with_appcontext
def demo_login() -> None:
    """Print how to get into the demo: a clerk with a new password, and a link for a phone."""
    if not scope.is_demo():
        raise NotDone(Refused.because(N_("The demo town is not loaded.")))
    password = secrets.token_urlsafe(9)
    with writing():
        clerks.add_clerk(CLERK, password)
        leader = member_by_phone(FIRST_LEADER)
        link = enrolment.join_link(enrolment.invite(leader.id))
    grid = scope.duties_of(leader.id)[0].grid_id
    base = current_app.config["BASE_URL"].rstrip("/")
    tell(
        N_("Township: %(address)s  name: %(clerk)s  password: %(password)s"),
        address=f"{base}/township/",
        clerk=CLERK,
        password=password,
    )
    tell(
        N_("Phone of %(name)s, team leader of %(grid)s (one use, 24 hours): %(link)s"),
        name=leader.name,
        grid=scope.name_of(grid),
        link=link,
    )
