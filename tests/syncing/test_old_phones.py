"""Messages as the phones of every released version send them: all are accepted, for ever.

One folder for each version of the client; what is in it is never changed. A new version gets a
folder of its own when what it sends differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldapp import clock
from tests.syncing.smalltown import LEADER_1, SmallTown, read

RECORDED = Path(__file__).parents[1] / "contract" / "payloads"
VERSIONS = sorted(path.name for path in RECORDED.iterdir())


@pytest.fixture(params=[timedelta(seconds=1), timedelta(days=400)], ids=["at once", "a year late"])
def town_of_then(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallTown]:
    """The town when the messages were recorded, or when a phone is found again in a drawer."""
    moment = datetime.fromisoformat("2026-11-23T16:00:00+08:00").astimezone(UTC)
    monkeypatch.setattr(clock, "_now", lambda: moment)
    town = SmallTown.found(tmp_path, f"sqlite:///{tmp_path}/fieldapp.sqlite")
    monkeypatch.setattr(clock, "_now", lambda: moment + request.param)
    yield town
    town.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_what_old_phones_send_is_accepted(town_of_then: SmallTown, version: str):
    phone = town_of_then.phone(LEADER_1)
    later = clock.utc_now() - datetime.fromisoformat("2026-11-23T16:00:00+08:00")
    messages = [json.loads(path.read_text()) for path in sorted((RECORDED / version).iterdir())]

    for message in messages:
        # A courier says the present time when it sends, however old the changes are.
        sent_at = datetime.fromisoformat(message["sent_at"]) + later
        body = json.dumps(message | {"sent_at": sent_at.isoformat()}).encode()
        results = read(phone.post(body))["results"]
        assert [one for one in results if one["status"] != "accepted"] == []
        again = read(phone.post(body))["results"]
        assert {one["status"] for one in again} <= {"duplicate"}

    sent = {change["record"] for message in messages for change in message["changes"]}
    kinds = {change["kind"] for message in messages for change in message["changes"]}
    kept = {one["record"] for kind in kinds for one in town_of_then.records(kind)}
    assert kept == sent
