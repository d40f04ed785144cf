"""The township's side of the stories: what the office can find out, and what it decides."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.phone import PATIENCE_MS
from tests.browser.server import Server
from tests.browser.smalltown import CLERK, PASSWORD, STAFF
from tests.browser.wire import Wire

expect.set_options(timeout=PATIENCE_MS)
# No command prints this: the console shows it to people.
HISTORY = """
import json
import sqlalchemy as sa
from fieldapp.extensions import db
from fieldapp.ledger.models import ChangeRow
said_of_it = (ChangeRow.kind == {kind!r}) & (ChangeRow.record == {record!r})
for row in db.session.scalars(sa.select(ChangeRow).where(said_of_it).order_by(ChangeRow.seq)):
    said = dict(seq=row.seq, previous=row.previous, base=row.base, fields=json.loads(row.fields))
    print("|" + json.dumps(said))
"""
PHONES = {one.name: one.phone for one in STAFF}


class Town:
    """What is at the town: read with the product's own commands."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every settled record of a kind, as the export gives it."""
        return self._server.lines("export", kind)

    def visits(self) -> list[dict[str, Any]]:
        return self.records("visit")

    def held(self) -> list[dict[str, Any]]:
        """The changes at which a person has to look."""
        return self._server.lines("held")

    def history(self, kind: str, record: str) -> list[dict[str, Any]]:
        """Everything said about a record, in order of arrival, and on what each was based."""
        printed = self._server.runs(HISTORY.format(kind=kind, record=record))
        return [json.loads(line.split("|", 1)[1]) for line in printed.splitlines() if "|{" in line]

    def members(self) -> list[dict[str, Any]]:
        """Who is on duty, where, and with which phones."""
        found: list[dict[str, Any]] = json.loads(self._server.flask("members", "--json"))
        return found

    def moves(self, who: str, *, to: str) -> None:
        """From now on somebody serves another grid, and no longer the present one."""
        self._server.flask("end-duty", PHONES[who])
        words = ("--name", who, "--phone", PHONES[who], "--duty", "leader", "--grid", to)
        self._server.flask("add-member", *words)

    def shuts_out(self, who: str) -> None:
        """No phone of this person may speak with the server any more."""
        for member in self.members():
            if member["name"] == who:
                for device in member["devices"]:
                    self._server.flask("revoke-device", str(device["id"]))


class Clerk:
    """Somebody at the office, with the console open."""

    def __init__(self, context: BrowserContext, wire: Wire) -> None:
        self.wire = wire
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()

    def opens(self, path: str) -> None:
        self.page.goto(self.wire.url + path)

    def logs_in(self) -> None:
        self.opens("/township/")
        self.page.locator('[name="name"]').fill(CLERK)
        self.page.locator('[name="password"]').fill(PASSWORD)
        self.page.locator('main button[type="submit"], main button').first.click()
        self.sees("main h1").wait_for()

    def leaves(self) -> None:
        """Nobody is logged in any more in this browser."""
        self.page.context.clear_cookies()

    def sees(self, selector: str, *, has_text: str | None = None) -> Locator:
        return self.page.locator(selector, has_text=has_text)
