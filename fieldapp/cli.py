"""The commands about grids, people and rules; other features bring their own commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import IO, Any, ParamSpec

import click
from flask import Flask
from flask.cli import with_appcontext

from fieldapp import boards, clock
from fieldapp.accounts import clerks, devices, enrolment, people
from fieldapp.accounts.people import Person
from fieldapp.database import writing
from fieldapp.grids import Problem, Refused, duties
from fieldapp.grids.load import load, parse_level_names
from fieldapp.i18n import LANGUAGES, N_, say
from fieldapp.isolation.load import load_rules as rules_of

P = ParamSpec("P")


def init_app(app: Flask) -> None:
    """Add the commands."""
    for command in (
        load_tree, load_rules, add_member, add_clerk, invite, members, end_duty, revoke_device,
    ):  # fmt: skip
        app.cli.add_command(command)


class NotDone(click.ClickException):
    """Ends a command with exit code 2 and each problem once in Chinese and once in English."""

    exit_code = 2

    def __init__(self, refused: Refused) -> None:
        super().__init__("\n".join(line for one in refused.problems for line in _lines(one)))

    def show(self, file: IO[Any] | None = None) -> None:
        """Only the sentences: what was refused is not a mistake in how the command was called."""
        click.echo(self.message, file=file or sys.stderr)


def _lines(problem: Problem) -> Iterator[str]:
    for lang in LANGUAGES:
        sentence = say(problem.sentence, lang) % problem.params
        if problem.row is not None:
            sentence = say(N_("Row %(row)s: %(what)s"), lang) % {
                "row": problem.row,
                "what": sentence,
            }
        yield sentence


def tell(sentence: str, **params: object) -> None:
    """Say it in Chinese, then in English."""
    for line in _lines(Problem(sentence, params)):
        click.echo(line)


@contextmanager
def _refusals_shown() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise NotDone(refused) from refused


def _command(view: Callable[P, None]) -> Callable[P, None]:
    """A command in the app's context whose refusals are said in words."""

    @with_appcontext
    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with _refusals_shown():
            view(*args, **kwargs)

    return run


@click.command("load-tree")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="First day of its codes.")
@click.option(
    "--levels", help="Names of the levels, top first: 管理网格/Management grid,责任网格,…"
)
@_command
def load_tree(file: Path, as_of: datetime | None, levels: str | None) -> None:
    """Import a list of villages, a tree of grids, or code changes from a CSV FILE."""
    day: date = as_of.date() if as_of else clock.today()
    names = None if levels is None else parse_level_names(levels)
    with writing() as session:
        loaded = load(file.read_bytes(), as_of=day, level_names=names)
        boards.provide(session)
    tell(
        N_(
            "%(added)s new, %(renamed)s renamed, %(moved)s moved, %(recoded)s with a new code, "
            "%(closed)s closed, %(unchanged)s as before."
        ),
        added=loaded.added,
        renamed=loaded.renamed,
        moved=loaded.moved,
        recoded=loaded.recoded,
        closed=loaded.closed,
        unchanged=loaded.unchanged,
    )


@click.command("load-rules")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_command
def load_rules(file: Path) -> None:
    """Make or change rules of home isolation from a CSV FILE: days, slots, thresholds."""
    with writing():
        count = rules_of(file.read_bytes())
    tell(N_("%(count)s rules are in force as the file says."), count=count)


@click.command("add-member")
@click.option("--name", required=True)
@click.option("--phone", required=True)
@click.option("--duty", required=True, help=f"One of: {', '.join(duties.ROLES)}; or in Chinese.")
@click.option("--grid", "grid_code", required=True, metavar="CODE")
@_command
def add_member(name: str, phone: str, duty: str, grid_code: str) -> None:
    """Put somebody on duty in a grid from today."""
    with writing() as session:
        member = duties.add_member(name=name, phone=phone, duty=duty, grid_code=grid_code)
        boards.provide(session)
    tell(N_("%(name)s (%(phone)s) is on duty."), name=member.name, phone=member.phone)


@click.command("add-clerk")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@_command
def add_clerk(name: str, password_stdin: bool) -> None:
    """Make a login for the township's pages, or give a known one a new password."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("密码 / password", hide_input=True, confirmation_prompt=True)
    with writing():
        is_new = clerks.add_clerk(name, password)
    done = N_("%(name)s can log in now.") if is_new else N_("%(name)s has a new password.")
    tell(done, name=name)


@click.command("invite")
@click.argument("phone")
@_command
def invite(phone: str) -> None:
    """Print a link that lets one phone in as the member with this PHONE number, within a day."""
    with writing():
        member = duties.member_by_phone(phone)
        token = enrolment.invite(member.id)
    click.echo(enrolment.join_link(token))


@click.command("members")
@click.option("--grid", "grid_code", metavar="CODE", help="Only in this grid and below it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON list.")
@_command
def members(grid_code: str | None, as_json: bool) -> None:
    """List everybody on duty: name, phone, duty, grids, and their devices."""
    grid_id = None if grid_code is None else duties.present_grid(grid_code)
    found = [row for person in people.people(grid_id=grid_id) for row in _member_rows(person)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for row in found:
        phones = ", ".join(_device_words(device) for device in row["devices"]) or "-"
        grids = " ".join(row["grids"])
        click.echo("\t".join((row["name"], row["phone"], row["duty"], grids, phones)))


@click.command("end-duty")
@click.argument("phone")
@click.option("--grid", "grid_code", metavar="CODE", help="Only the duty in this grid.")
@click.option("--duty", help="Only this duty.")
@_command
def end_duty(phone: str, grid_code: str | None, duty: str | None) -> None:
    """End the duties of the member with this PHONE number from now on."""
    role = None if duty is None else duties.role_of(duty)
    grid_id = None if grid_code is None else duties.present_grid(grid_code)
    with writing():
        member = duties.member_by_phone(phone)
        ended = duties.end_duties(member.id, grid_id=grid_id, role=role)
    if not ended:
        raise Refused.because(N_("%(name)s has no such duty today."), name=member.name)
    tell(N_("%(name)s: %(count)s duties ended."), name=member.name, count=ended)


@click.command("revoke-device")
@click.argument("device_id", type=int, metavar="DEVICE")
@_command
def revoke_device(device_id: int) -> None:
    """Shut the phone with this number out (`members --json` lists the numbers as `id`)."""
    with writing():
        devices.revoke(device_id)
    tell(N_("Device %(id)s is shut out."), id=device_id)


def _member_rows(person: Person) -> list[dict[str, Any]]:
    phones = [
        {
            "id": device.id,
            "last_contact": device.last_contact_at and _local(device.last_contact_at),
            "pending": device.pending,
            "lost": device.lost,
            "revoked": device.revoked,
            "expired": device.expired,
        }
        for device in person.devices
    ]
    return [
        {
            "name": person.name,
            "phone": person.phone,
            "duty": role,
            "grids": [duty.code for duty in served],
            "devices": phones,
        }
        for role, served in people.by_role(person)
    ]


def _device_words(device: dict[str, Any]) -> str:
    state = "revoked" if device["revoked"] else device["last_contact"] or "-"
    return f"{device['id']} {state} {device['pending']}"


def _local(moment: datetime) -> str:
    return moment.astimezone(clock.LOCAL).isoformat(timespec="seconds")
