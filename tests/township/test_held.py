"""What is held: told in words, repaired or set aside by the office, and never lost."""

from __future__ import annotations

import json

import pytest

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from tests.township.town import POPLAR_1, QUIET, WILLOW_1, WILLOW_2, Office, Town

UNWELL = {
    "mode": "doorstep",
    "result": "unwell",
    "asked_q1": False,
    "asked_q2": True,
    "symptoms": ["fever"],
    "temp_status": "measured",
    "temp": "43.1",
}


def _held(town: Town) -> list[ledger.Held]:
    with town.app.app_context():
        return ledger.held(db.session())


def _settled(town: Town, kind: str, record: object) -> dict[str, object] | None:
    with town.app.app_context():
        found = ledger.record(db.session(), kind, str(record))
        return dict(found.fields) if found else None


def _hold(town: Town, grid: str, fields: dict[str, object], kind: str = "visit", **more) -> dict:
    change = town.change(kind, grid, fields) | more
    assert town.send(WILLOW_1, change) == ["held"]
    return change


def _unwell(town: Town) -> dict:
    return _hold(town, WILLOW_1, UNWELL | {"hh": town.households[WILLOW_1][0]})


def test_it_is_told_whose_it_is_which_door_when_and_why(town: Town, office: Office):
    _unwell(town)

    page = office.reads("/township/held/")

    assert "Visit · 张二 · 1号" in page
    assert "recorded by 王桂兰 15400000001" in page
    assert "made 02-20 10:00" in page
    assert "Highest temperature (℃) 43.1 A temperature is between 34.0 and 43.0." in page


def test_the_answers_are_shown_in_words_and_the_bytes_as_they_came(town: Town, office: Office):
    _unwell(town)
    [held] = _held(town)

    page = office.reads(f"/township/held/{held.id}")

    assert "Does anyone have a fever, a cough or feel unwell? Yes" in page
    assert "Which symptoms Fever" in page
    assert "&#34;temp&#34;: &#34;43.1&#34;" in page


def test_a_corrected_answer_lets_it_in_under_its_authors_name(town: Town, office: Office):
    change = _unwell(town)
    [held] = _held(town)

    answer = office.post(f"/township/held/{held.id}/release", **{"answer-temp": "385"})

    assert answer.status_code == 303
    assert _held(town) == []
    fields = _settled(town, "visit", change["record"])
    assert fields is not None
    assert fields["temp"] == "38.5"
    assert "Someone is unwell At the door 柳树村第1网格 王桂兰" in office.reads("/township/visits/")


def test_an_answer_that_is_still_wrong_comes_back_with_what_was_typed(town: Town, office: Office):
    _unwell(town)
    [held] = _held(town)

    answer = office.post(f"/township/held/{held.id}/release", **{"answer-temp": "50"})

    assert answer.status_code == 422
    assert "It could not be accepted yet." in answer.text
    assert 'value="50"' in answer.text
    assert len(_held(town)) == 1


def test_a_visit_in_a_grid_that_changed_hands_can_be_accepted(town: Town, office: Office):
    door = town.households[POPLAR_1][0]
    change = _hold(town, POPLAR_1, QUIET | {"hh": door})
    [held] = _held(town)
    assert "does not serve this grid" in office.reads(f"/township/held/{held.id}")

    assert office.post(f"/township/held/{held.id}/release").status_code == 303

    assert _settled(town, "visit", change["record"]) is not None


def test_it_can_be_put_into_another_grid(town: Town, office: Office):
    change = _hold(town, "no-such-grid", QUIET | {"hh": town.households[WILLOW_2][0]})
    [held] = _held(town)
    page = office.get(f"/township/held/{held.id}").text
    assert f'<option value="{WILLOW_2}" selected>' in page  # where the household lies

    answer = office.post(f"/township/held/{held.id}/release", grid=WILLOW_2)

    assert answer.status_code == 303
    assert _settled(town, "visit", change["record"]) is not None
    assert "柳树村第2网格 王桂兰" in office.reads("/township/visits/")


def test_an_answer_to_no_question_is_left_out_but_stays_in_the_bytes(town: Town, office: Office):
    door = town.households[WILLOW_1][0]
    change = _hold(town, WILLOW_1, QUIET | {"hh": door, "colour": "red"})
    [held] = _held(town)
    assert "belong to no question and will be left out" in office.reads(f"/township/held/{held.id}")

    assert office.post(f"/township/held/{held.id}/release").status_code == 303

    fields = _settled(town, "visit", change["record"])
    assert fields is not None
    assert "colour" not in fields
    assert "colour" in json.dumps(held.content)


def test_a_sort_of_record_nobody_knows_yet_keeps_waiting(town: Town, office: Office):
    _hold(town, WILLOW_1, {"rain": True}, kind="weather")
    [held] = _held(town)

    answer = office.post(f"/township/held/{held.id}/release")

    assert answer.status_code == 422
    assert "Try again after the next update." in answer.text
    assert len(_held(town)) == 1


def test_what_could_not_be_read_at_all_is_shown_too(town: Town, office: Office):
    assert town.send(WILLOW_1, {"what": "ever"}) == ["held"]
    [held] = _held(town)

    assert "It has no proper number" in office.reads("/township/held/")
    assert "&#34;what&#34;: &#34;ever&#34;" in office.reads(f"/township/held/{held.id}")


def test_an_id_number_is_never_shown_in_full(town: Town, office: Office):
    fields = {"name": "孙丽", "id_kind": "cn_id", "id_no": "999999198012310035"}
    _hold(town, WILLOW_1, fields, kind="returnee")
    [held] = _held(town)

    shown = office.get(f"/township/held/{held.id}").text + office.get("/township/held/").text

    assert "999999********0035" in shown
    assert "999999198012310035" not in shown


def test_setting_aside_needs_a_reason_and_keeps_what_was_sent(town: Town, office: Office):
    _unwell(town)
    [held] = _held(town)
    assert office.post(f"/township/held/{held.id}/aside", note=" ").status_code == 422

    answer = office.post(f"/township/held/{held.id}/aside", note="打错了，已重报")

    assert answer.status_code == 303
    assert "Nothing is held." in office.reads("/township/held/")
    assert "打错了，已重报" in office.reads("/township/held/?decided=yes")
    page = office.reads(f"/township/held/{held.id}")
    assert "set aside on 2020-02-20 10:00: 打错了，已重报" in page
    assert "43.1" in page


def test_a_form_sent_twice_decides_once(town: Town, office: Office):
    change = _hold(town, POPLAR_1, QUIET | {"hh": town.households[POPLAR_1][0]})
    [held] = _held(town)
    path = f"/township/held/{held.id}/release"
    hidden = office.form(f"/township/held/{held.id}", path)

    answers = [office.post(path, **hidden) for _ in range(3)]

    assert [(one.status_code, one.location) for one in answers] == [(303, "/township/held/")] * 3
    with town.app.app_context():
        assert len(ledger.history(db.session(), "visit", str(change["record"]))) == 1


def test_there_is_no_such_held_record(office: Office):
    assert office.get("/township/held/99").status_code == 404
    assert office.post("/township/held/99/release").status_code == 404
    assert office.post("/township/held/99/aside", note="x").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"remark": "half a character: \ud83d"},
        {"remark": "turned \u202e around"},
        {"remark": "a bell \u0007 and <script>alert(1)</script>"},
        {"hh": ["a", "list"], "mode": {"deep": [[[1]]]}, "result": None, "asked_q1": "yes"},
        {"hh": 7, "occurred_at": "2020-02-31T99:00", "symptoms": "fever", "temp": True},
        {"\ud83d": "a key that is half a character"},
    ],
)
def test_nothing_a_phone_sends_keeps_the_page_from_being_drawn(
    town: Town, office: Office, fields: dict[str, object]
):
    _hold(town, WILLOW_1, fields)
    [held] = _held(town)

    pages = [office.get("/township/held/"), office.get(f"/township/held/{held.id}")]
    again = office.post(f"/township/held/{held.id}/release")

    assert [page.status_code for page in pages] == [200, 200]
    assert again.status_code == 422
    shown = "".join(page.text for page in [*pages, again])
    assert "\u202e" not in shown
    assert "<script>alert" not in shown


def test_a_body_that_is_no_json_is_shown_as_it_came(town: Town, office: Office):
    with town.app.app_context(), writing() as session:
        origin = ledger.Origin(member=town.members[WILLOW_1], device=town.devices[WILLOW_1])
        ledger.hold_unreadable(session, b"\xff\xfe not json \x00", "d", origin)
    [held] = _held(town)

    page = office.reads(f"/township/held/{held.id}")

    assert "could not be read at all" in page
    assert "not json" in page
