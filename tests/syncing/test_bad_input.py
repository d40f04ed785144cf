"""Whatever bytes a phone sends: no crash, a clear answer, and nothing of it thrown away."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

import pytest

from tests.syncing.smalltown import LEADER_1, Phone, SmallTown, edit, household, read, visit


def spliced(phone: Phone, one: dict, marker: str, raw: bytes) -> bytes:
    """A message with `one` between two good visits, in which raw bytes stand for the marker."""
    text = json.dumps(phone.envelope([visit(), one, visit()]), ensure_ascii=False).encode()
    assert marker.encode() in text
    return text.replace(marker.encode(), raw)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "unreadable"),
        (b"{", "unreadable"),
        (b"[]", "unreadable"),
        (b"null", "unreadable"),
        (b"\x00\x01\x02", "unreadable"),
        (b"<html>", "unreadable"),
        (b'{"protocol":1}', "unreadable"),
        (b'{"protocol":1,"device":"d","changes":{}}', "unreadable"),
        (b'{"protocol":1,"device":5,"changes":[]}', "unreadable"),
        (b'{"protocol":2,"device":"d","changes":[]}', "unknown_protocol"),
        (b'{"device":"d","changes":[]}', "unknown_protocol"),
        (b"[" * 100_000 + b"]" * 100_000, "unreadable"),
        (b'{"protocol":1,"device":"d","changes":[' + b'{"a":' * 100_000, "unreadable"),
    ],
)
def test_what_is_no_message_gets_400_and_a_reason(leader: Phone, body: bytes, error: str):
    response = leader.post(body)

    assert response.status_code == 400
    assert response.json == {"error": error}


def test_an_unreadable_message_is_kept_word_for_word_and_once(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    bodies = [b"{", b"\xff\xfe{}\x00", b"[" * 5_000, b'{"changes":[{"fields":{"name":"\xe5']

    for body in [*bodies, *bodies]:
        assert leader.post(body).status_code == 400

    held = any_town.held()[::-1]
    assert [one["change"] for one in held] == [
        body.decode("utf-8", "backslashreplace") for body in bodies
    ]
    assert {one["author"] for one in held} == {LEADER_1}
    assert [one["errors"] for one in held] == [{"": ["unreadable"]}] * len(bodies)


def test_more_than_200_changes_are_too_many(leader: Phone):
    changes = [visit() for _ in range(201)]

    response = leader.post(json.dumps(leader.envelope(changes)).encode())

    assert (response.status_code, response.json) == (413, {"error": "too_large"})
    assert leader.statuses(*changes[:200]) == ["accepted"] * 200


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 2_000_000, 3 * 1024 * 1024])
def test_more_than_one_mebibyte_is_too_large(leader: Phone, size: int):
    response = leader.post(b" " * size)

    assert (response.status_code, response.json) == (413, {"error": "too_large"})


def test_exactly_one_mebibyte_is_not_too_large(leader: Phone):
    body = json.dumps(leader.envelope([visit()])).encode().ljust(1024 * 1024)

    assert leader.post(body).status_code == 200


def test_a_zipped_message_is_understood_and_a_long_answer_comes_zipped(leader: Phone):
    body = json.dumps(leader.envelope([visit() for _ in range(20)])).encode()

    response = leader.post(body, headers=[("Accept-Encoding", "gzip")], zipped=True)

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(read(response)["records"]) == 20


def test_who_does_not_ask_for_gzip_does_not_get_it(leader: Phone):
    body = json.dumps(leader.envelope([visit() for _ in range(20)])).encode()

    response = leader.post(body)

    assert "Content-Encoding" not in response.headers
    assert len(response.json["records"]) == 20


def test_a_message_that_unzips_to_too_much_is_refused_before_it_does(leader: Phone):
    bomb = gzip.compress(b" " * 300_000_000, 1)
    assert len(bomb) > 1024 * 1024
    small_bomb = gzip.compress(b" " * 100_000_000)
    assert len(small_bomb) < 1024 * 1024

    for body in (bomb, small_bomb):
        response = leader.post(body, headers=[("Content-Encoding", "gzip")])
        assert (response.status_code, response.json) == (413, {"error": "too_large"})


@pytest.mark.parametrize(
    ("encoding", "error"),
    [("gzip", "bad_gzip"), ("br", "unknown_encoding"), ("gzip, gzip", "unknown_encoding")],
)
def test_an_encoding_that_does_not_hold_is_told(leader: Phone, encoding: str, error: str):
    response = leader.post(b"{}", headers=[("Content-Encoding", encoding)])

    assert (response.status_code, response.json) == (400, {"error": error})


def test_a_zipped_message_that_was_cut_is_told(leader: Phone):
    whole = gzip.compress(json.dumps(leader.envelope([visit()])).encode())

    response = leader.post(whole[:-9], headers=[("Content-Encoding", "gzip")])

    assert response.json == {"error": "bad_gzip"}


def digest_of(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


@pytest.mark.parametrize("zipped", [True, False])
def test_a_digest_that_fits_what_travelled_is_fine(leader: Phone, zipped: bool):
    body = json.dumps(leader.envelope([visit()])).encode()
    travels = gzip.compress(body) if zipped else body
    headers = [("Content-Digest", digest_of(travels))]
    headers += [("Content-Encoding", "gzip")] if zipped else []

    assert leader.post(travels, headers=headers).status_code == 200


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_a_body_that_lost_something_on_its_way_is_refused(town: SmallTown, leader: Phone, cut: int):
    body = json.dumps(leader.envelope([visit()])).encode()

    response = leader.post(body[:cut], headers=[("Content-Digest", digest_of(body))])

    assert (response.status_code, response.json) == (400, {"error": "digest_mismatch"})
    assert town.records("visit") == []


@pytest.mark.parametrize("digest", ["sha-256=:AAAA:", "sha-256=:not base64:", "sha-256=:=:"])
def test_a_digest_that_is_none_is_a_wrong_one_or_says_nothing(leader: Phone, digest: str):
    response = leader.post(b"{}", headers=[("Content-Digest", digest)])

    assert response.status_code == 400


def test_a_digest_of_another_kind_is_passed_over(leader: Phone):
    body = json.dumps(leader.envelope([visit()])).encode()

    assert leader.post(body, headers=[("Content-Digest", "sha-512=:AAAA:")]).status_code == 200


UNWELCOME = (
    b"\xff", b"\xe5\x8d", b"\xed\xa0\x80", b"\\ud800", b"\\udc00\\ud800", b"\\u0000", b"\\u001b",
    b"\\u200f", b"\\u202e\\u202c", b"\\u0007", b"\\u0085",
)  # fmt: skip


def test_unwelcome_characters_hold_only_the_change_they_are_in(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    for raw in UNWELCOME:
        response = leader.post(spliced(leader, visit({"remark": "here: MARKER"}), "MARKER", raw))

        results = read(response)["results"]
        assert [one["status"] for one in results] == ["accepted", "held", "accepted"], raw
        assert set(results[1]["errors"]) == {"remark"}, raw
    held = any_town.held()
    assert len(held) == len(UNWELCOME)
    assert all(one["change"]["fields"]["remark"].startswith("here: ") for one in held)


@pytest.mark.parametrize("where", ["id", "kind", "record", "grid", "made_at"])
def test_unwelcome_characters_around_the_answers_hold_it_too(any_town: SmallTown, where: str):
    leader = any_town.phone(LEADER_1)
    for raw in (b"\xff", b"\\ud800", b"\\u0000", "\U0001f468".encode()):
        response = leader.post(spliced(leader, visit() | {where: "MARKER"}, "MARKER", raw))

        results = read(response)["results"]
        assert [one["status"] for one in results] == ["accepted", "held", "accepted"], raw
    assert len(any_town.held()) == 4


def test_a_field_nobody_asked_for_is_held_whatever_its_name(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    for raw in (b"\xff", b"\\ud800", b"\\u0000", b"x" * 100_000):
        response = leader.post(spliced(leader, visit({"MARKER": 1}), "MARKER", raw))

        results = read(response)["results"]
        assert [one["status"] for one in results] == ["accepted", "held", "accepted"]
        assert list(results[1]["errors"].values()) == [["unknown_field"]]


WELCOME = ("👨‍👩‍👧", "𠮷田𪚥", "é è", "第一行\n第二行", "'; DROP TABLE visit; --", "<b>", "\\")


def test_text_of_any_script_is_kept_as_it_was_written(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)

    statuses = leader.statuses(*(visit({"remark": text}) for text in WELCOME))

    assert statuses == ["accepted"] * len(WELCOME)
    assert [one["fields"]["remark"] for one in any_town.records("visit")] == list(WELCOME)


BEYOND_BELIEF = (
    "1e999", "-1e999", "NaN", "Infinity", "1" * 400, "1" * 5_000, "9" * 25, "1.5", "1e3",
    "18446744073709551616", "18446744073709551615", "-9223372036854775809",
)  # fmt: skip


def test_numbers_beyond_belief_are_held_and_known_again(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    for number in BEYOND_BELIEF:
        odd = household({"resident_n": 424242})
        beside = visit({"remark": "OTHER"})
        two = json.dumps(leader.envelope([odd, beside])).encode().replace(b"OTHER", b"\xff")
        body = spliced(leader, odd, "424242", number.encode())

        results = read(leader.post(body))["results"]
        assert [one["status"] for one in results] == ["accepted", "held", "accepted"], number
        # Beside a change that is no good UTF-8 another reader reads it; it is the same change.
        assert leader.post(two.replace(b"424242", number.encode())).status_code == 200
    held = [one["change"] for one in any_town.held() if one["change"]["kind"] == "household"]
    assert len(held) == len(BEYOND_BELIEF)


def test_a_value_that_is_deeply_nested_is_held_and_kept(any_town: SmallTown):
    leader = any_town.phone(LEADER_1)
    for depth in (10, 200, 300, 800, 1_000):
        nested = "[" * depth + "]" * depth
        body = spliced(leader, visit({"remark": 424242}), "424242", nested.encode())

        response = leader.post(body)

        assert response.status_code == 200, depth
        results = read(response)["results"]
        assert [one["status"] for one in results] == ["accepted", "held", "accepted"]
    kept = any_town.prints("held").replace(" ", "")
    assert kept.count("[" * 1_000 + "]" * 1_000) == 1


@pytest.mark.parametrize("odd", [None, 1, 1.5, True, [], {}, [1], {"a": 1}, "x", ""])
def test_an_answer_of_the_wrong_type_is_told_at_its_field(leader: Phone, odd: object):
    whole = visit()
    for name in whole["fields"]:
        [result] = leader.send(visit({name: odd}))["results"]
        if not (odd is True and name.startswith("asked")):
            assert result["status"] == "held", name
            assert name in result["errors"]


def test_an_edit_may_be_wrong_as_well(leader: Phone):
    first = household()
    version = leader.send(first)["records"][0]["version"]

    [result] = leader.send(edit(first, version, {"resident_n": 31}))["results"]

    assert (result["status"], result["errors"]) == ("held", {"resident_n": ["too_high"]})
