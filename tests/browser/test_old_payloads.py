"""AT-16: what every released phone program ever sent is still received by this server.

`tests/contract/payloads/v<n>/` holds request bodies as phones of that release put them on the
wire, written down once by `python -m tests.browser.record_payloads <n>` and never edited after.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.member import Device
from tests.browser.office import Town
from tests.browser.server import Server
from tests.browser.smalltown import People

RECORDED = Path(__file__).parents[1] / "contract" / "payloads"
PAYLOADS = sorted(RECORDED.glob("v*/*.json"))


def test_there_is_something_to_replay() -> None:
    assert len(PAYLOADS) >= 4


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_phone_with_an_old_program_is_still_understood(
    server: Server, people: People, town: Town, payload: Path
) -> None:
    phone = Device(server.url, people.link("王桂兰"))
    requests = json.loads(payload.read_text(encoding="utf-8"))

    for body in requests:
        # It was off for weeks and sends now: only the moment of sending is new.
        answer = phone.replay(body)
        assert answer.status_code == 200, answer.text
        said = answer.json()
        assert [one["status"] for one in said["results"]] == ["accepted"] * len(body["changes"])
        assert {"epoch", "cursor", "more", "reset", "records", "server_time"} <= said.keys()

    sent = {(change["kind"], change["record"]) for body in requests for change in body["changes"]}
    for kind in {kind for kind, _ in sent}:
        there = {record["record"] for record in town.records(kind)}
        assert {record for one, record in sent if one == kind} <= there
    phone.close()
