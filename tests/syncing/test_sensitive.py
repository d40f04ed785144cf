"""An ID number: whole where the township needs it, masked on phones, readable in no file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.ledger.models import SecretRow
from tests.syncing.smalltown import Phone, SmallTown, change, checked, edit, now

PLAIN = "口令在文件里"


NUMBER, OTHER_NUMBER = checked("99999919900101001"), checked("99999919850505002")
MASK = NUMBER[:6] + "*" * 8 + NUMBER[-4:]


def returnee(fields: dict | None = None, **others: object) -> dict:
    whole = {
        "name": "张小明",
        "sex": "1",
        "age": 30,
        "id_kind": "cn_id",
        "id_no": NUMBER,
        "no_phone": True,
        "stay_at": "0b0b0b0b-0000-4000-8000-000000000001",
        "origin": "wuhan",
        "wuhan_link": "returned",
        "arrived_at": now(days=-10)[:10],
        "transport": "rail",
        "contact_case": "no",
        "health_now": "normal",
        "measure": "home_isolation",
        "remark": PLAIN,
    }
    return change("returnee", whole | (fields or {}), **others)


def files_with(folder: Path, text: str) -> list[str]:
    needle = text.encode()
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in found if needle in path.read_bytes())


def export(town: SmallTown) -> list[dict]:
    return [one["fields"] for one in town.records("returnee")]


def test_a_phone_is_told_the_mask_and_the_export_tells_all(town: SmallTown, leader: Phone):
    answer = leader.send(returnee())

    assert answer["results"][0]["status"] == "accepted", answer
    assert answer["records"][0]["fields"]["id_no"] == MASK
    assert export(town)[0]["id_no"] == NUMBER


def test_the_number_is_in_no_file_of_the_database(town: SmallTown, leader: Phone):
    first = returnee()
    version = leader.send(first)["records"][0]["version"]
    leader.send(edit(first, version, {"id_no": OTHER_NUMBER}))
    town.prints("backup", str(town.folder / "copy"))

    assert files_with(town.folder, PLAIN) != []  # what is not sealed can be found: the search works
    for number in (NUMBER, OTHER_NUMBER):
        assert files_with(town.folder, number) == []
    town.close()
    assert files_with(town.folder, NUMBER) == []


HELD_FOR = [
    {"id_no": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")},
    {"id_no": NUMBER, "origin": "moon"},
    {"id_kind": "passport", "id_no": "E12345678", "age": 999},
    {"remark": f"身份证 {NUMBER}", "age": 999},
    {"id_no": int(NUMBER[:-1] + "0")},
    {"id_no": [NUMBER]},
    {"": NUMBER, "unknown": {"deep": [NUMBER]}},
]


@pytest.mark.parametrize("fields", HELD_FOR)
@pytest.mark.parametrize("others", [{}, {"made_at": "?"}, {"kind": "census"}, {"form": 9}])
def test_what_is_held_tells_no_number_either(
    town: SmallTown, leader: Phone, fields: dict, others: dict
):
    odd = returnee(fields) | others

    assert leader.statuses(odd) == ["held"]

    held = town.prints("held")
    assert PLAIN in json.loads(held)["change"]["fields"].get("remark", "") or "remark" in fields
    for number in (NUMBER, NUMBER[:-1], "E12345678"):
        assert number not in held
        assert files_with(town.folder, number) == []


def test_a_message_that_cannot_be_read_tells_none(town: SmallTown, leader: Phone):
    leader.post(json.dumps(leader.envelope([returnee()]), ensure_ascii=False).encode()[:-5])

    assert files_with(town.folder, NUMBER) == []
    assert NUMBER not in town.prints("held")
    assert MASK in town.prints("held")


def test_a_mask_that_comes_back_means_unchanged(town: SmallTown, leader: Phone):
    first = returnee()
    record = leader.send(first)["records"][0]

    again = {**record["fields"], "age": 31}
    assert leader.statuses(edit(first, record["version"], again)) == ["accepted"]

    assert (export(town)[0]["id_no"], export(town)[0]["age"]) == (NUMBER, 31)


def test_a_new_number_replaces_the_old_one(town: SmallTown, leader: Phone):
    first = returnee()
    version = leader.send(first)["records"][0]["version"]

    leader.send(edit(first, version, {"id_no": OTHER_NUMBER}))

    assert export(town)[0]["id_no"] == OTHER_NUMBER


def test_a_number_taken_back_is_gone(town: SmallTown, leader: Phone):
    first = returnee()
    version = leader.send(first)["records"][0]["version"]

    taken_back = {"id_kind": "not_given", "id_no": None, "id_reason": "unwilling"}
    assert leader.statuses(edit(first, version, taken_back)) == ["accepted"]

    assert export(town)[0]["id_no"] is None


def test_a_new_record_cannot_begin_with_a_mask(leader: Phone):
    [result] = leader.send(returnee({"id_no": MASK}))["results"]

    assert (result["status"], result["errors"]) == ("held", {"id_no": ["only_masked"]})


def test_a_sealed_number_moved_to_another_record_is_refused(town: SmallTown, leader: Phone):
    mine, other = returnee(), returnee({"id_no": OTHER_NUMBER})
    leader.send(mine, other)

    with town.app.app_context(), writing() as session:
        session.execute(sa.delete(SecretRow).where(SecretRow.record == mine["record"]))
        session.execute(sa.update(SecretRow).values(record=mine["record"]))

    with town.app.app_context(), pytest.raises(InvalidTag):
        list(ledger.settled(db.session(), "returnee"))


def test_a_copied_database_tells_nothing_without_its_key(town: SmallTown, leader: Phone):
    leader.send(returnee())
    town.close()

    key = town.folder / "data.key"
    key.chmod(0o600)
    key.write_bytes(b"x" * 32)
    town.starts_again()

    with town.app.app_context(), pytest.raises(InvalidTag):
        list(ledger.settled(db.session(), "returnee"))
