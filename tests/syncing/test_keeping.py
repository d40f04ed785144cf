"""Deleting on time, and a backup that is taken while phones send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fieldapp import clock, ledger
from tests.syncing.smalltown import LEADER_1, Phone, SmallTown, edit, visit


def test_what_is_over_its_time_is_deleted_everywhere_and_phones_are_told(
    any_town: SmallTown, monkeypatch: pytest.MonkeyPatch
):
    phone, old = any_town.phone(LEADER_1), visit({"remark": "canary"})
    version = phone.send(old)["records"][0]["version"]
    phone.send(edit(old, version, {"result": "refused"}))
    with any_town.app.app_context():
        days = ledger.kinds()["visit"].keep_days
    assert days is not None
    later = datetime.now(UTC) + timedelta(days=days + 1)
    monkeypatch.setattr(clock, "_now", lambda: later)
    phone = any_town.phone(LEADER_1)
    phone.send()
    new = visit()
    phone.send(new)

    any_town.prints("purge")

    assert [one["record"] for one in any_town.records("visit")] == [new["record"]]
    told = phone.send()["records"]
    assert [(one["record"], one["gone"]) for one in told] == [(old["record"], True)]
    assert "well" in any_town.prints("check-integrity")
    for file in any_town.folder.glob("fieldapp.sqlite*"):
        assert b"canary" not in file.read_bytes()


def test_a_backup_of_a_running_town_can_be_read_and_a_broken_one_changes_nothing(
    town: SmallTown, leader: Phone
):
    leader.send(visit())
    copy, broken = town.folder / "copy", town.folder / "broken"
    town.prints("backup", str(copy))
    broken.write_bytes(copy.read_bytes()[:5_000])

    for wrong in (broken, town.folder / "nowhere", town.folder / "data.key"):
        done = town.app.test_cli_runner().invoke(args=["restore", str(wrong)])
        assert done.exit_code == 1
        assert "not restored" in done.output

    assert len(town.records("visit")) == 1
    town.prints("restore", str(copy))
    assert len(town.records("visit")) == 1
