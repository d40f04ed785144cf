"""Write down what this release's phone sends, for tests/browser/test_old_payloads.py of later ones.

.venv/bin/python -m tests.browser.record_payloads 1
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.actors import Form, Leader
from tests.browser.phone import OwnPhone
from tests.browser.server import Server
from tests.browser.smalltown import prepare
from tests.browser.test_old_payloads import RECORDED
from tests.browser.test_returnee_found import somebody_back_from_wuhan, today
from tests.browser.wire import Wire


def record(release: str, folder: Path) -> None:
    people = prepare(folder / "instance")
    server = Server(folder / "instance")
    server.start()
    wire = Wire(server.port)
    with sync_playwright() as playwright:
        phone = OwnPhone(playwright, folder / "phone" / "profile")
        leader = Leader(phone, wire, people, "王桂兰")
        leader.joins()
        for name, story in STORIES.items():
            wire.wait_until_quiet()
            wire.forget()
            story(leader)
            leader.sends_now()
            leader.has_sent_everything()
            _write(RECORDED / f"v{release}" / f"{name}.json", wire)
        phone.kill()
    wire.close()
    server.kill()


def three_doors(leader: Leader) -> None:
    first, second, third, *_ = leader.households()
    leader.visits(first).finds_everything_fine()
    leader.visits(second).finds_nobody()
    leader.visits(third).finds_everything_fine()


def a_withdrawal(leader: Leader) -> None:
    leader.visits(leader.households()[3]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()
    newest = leader.outbox()[0]["record"]
    leader.goes_to(f"record/{newest}")
    leader.taps_on('[data-action="withdraw"]')
    leader.taps_on('[data-action="withdraw-yes"]')
    leader.has_unsent(1)


def somebody_unwell(leader: Leader) -> None:
    leader.goes_to(f"visit/{leader.households()[4]}")
    form = Form(leader, "visit")
    answers = {"result": "unwell", "asked_q1": "no", "asked_q2": "yes", "symptoms": "fever"}
    form.walks_through(answers)
    form.saves()
    leader.has_unsent(1)


def a_returnee(leader: Leader) -> None:
    leader.goes_to(f"returnee/{leader.households()[5]}")
    form = Form(leader, "returnee")
    form.walks_through(somebody_back_from_wuhan(today()))
    form.saves()
    leader.sees("#plan").wait_for()


STORIES = {
    "three_doors": three_doors,
    "withdrawal": a_withdrawal,
    "somebody_unwell": somebody_unwell,
    "returnee": a_returnee,
}


def _write(path: Path, wire: Wire) -> None:
    bodies = [post.request.json for post in wire.posts() if post.request.json["changes"]]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bodies, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    somewhere = Path(tempfile.mkdtemp(prefix="fieldapp-record-"))
    try:
        record(sys.argv[1], somewhere)
    finally:
        shutil.rmtree(somewhere, ignore_errors=True)
