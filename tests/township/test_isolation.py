"""Home isolation in the office: numbers that add up, whom to call, what was missed or was not."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from fieldapp.extensions import db
from fieldapp.isolation import IsolationCase
from fieldapp.isolation.standing import flows
from fieldapp.township import isolation
from tests.township.cases import CASE, Isolated, check
from tests.township.town import POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Office, Town, words


@pytest.fixture
def ward(town: Town, monkeypatch: pytest.MonkeyPatch) -> Isolated:
    return Isolated(town, monkeypatch)


def row(page: str, name: str) -> list[str]:
    """The cells of a table's row, by what stands at its head."""
    found = re.search(rf"<tr>\s*<th scope=\"row\">(?:<a[^>]*>)?{name}.*?</tr>", page, re.DOTALL)
    assert found, name
    return [words(cell) for cell in re.findall(r"<td.*?</td>", found[0], re.DOTALL)]


def test_at_one_oclock_who_was_not_checked_in_the_morning_is_missed(ward: Isolated):
    ward.begin(WILLOW_1, days_ago=3, name="王一")
    done = ward.begin(WILLOW_1, days_ago=3, name="王二")
    ward.check(done, "morning")
    ward.at("12:59")
    ward.hear(WILLOW_1)
    assert "No check was missed." in ward.office.reads("/township/isolation/missed")

    ward.at("13:00")
    ward.hear(WILLOW_1)
    page = ward.office.reads("/township/isolation/missed")
    assert "王一" in page
    assert "王二" not in page
    assert "王桂兰 15400000001" in page
    assert 'href="tel:15400000001"' in ward.office.get("/township/isolation/missed").text


def test_the_numbers_of_every_line_add_up(ward: Isolated):
    for grid in (WILLOW_1, WILLOW_2, POPLAR_1):
        first = ward.begin(grid, days_ago=3, name="甲乙")
        ward.begin(grid, days_ago=2, name="丙丁")
        ward.check(first, "morning")
    ward.at("13:30")
    ward.hear(WILLOW_1)
    ward.hear(WILLOW_2, pending=2)

    with ward.town.app.app_context():
        lines, _ = isolation._village_lines(db.session())
        for line in lines:
            slots, flow = line.slots, line.flow
            assert slots.due == slots.done + slots.missed + slots.unknown + slots.ahead
            assert flow.ever - flow.released - flow.handed_on == flow.present
        whole = isolation.sum_slots(lines)
    assert whole == (12, 3, 1, 2, 6)

    present, due, done, missed, unknown, ahead, *_ = row(
        ward.office.get("/township/isolation/").text, "柳树村"
    )
    assert (present, due, done, missed, unknown, ahead) == ("4", "8", "2", "1", "1", "4")


def test_a_phone_that_keeps_silent_leaves_it_open_and_not_missed(ward: Isolated):
    ward.begin(WILLOW_1, days_ago=3, name="王一")
    ward.at("13:30")
    page = ward.office.reads("/township/isolation/missed")
    assert "not known" in page
    assert "missed 王" not in page

    ward.hear(WILLOW_1)
    assert "not known 王桂兰" not in ward.office.reads("/township/isolation/missed")


def test_who_was_released_is_never_on_a_list_of_missed_checks(ward: Isolated):
    gone = ward.begin(WILLOW_1, days_ago=10, name="王一")
    ward.say(gone, state="released", released_on=ward.today(), release_no="1")
    moved = ward.begin(WILLOW_1, days_ago=3, name="王二")
    ward.say(moved, state="to_hospital")
    wrong = ward.begin(WILLOW_1, days_ago=3, name="王三")
    ward.say(wrong, voided=True)
    ward.at("23:00")
    ward.hear(WILLOW_1)

    for address in ("missed", "missed?day=yesterday", "cases/"):
        page = ward.office.reads(f"/township/isolation/{address}")
        assert not re.search("王[一二三]", page), address
    assert "王一" in ward.office.reads("/township/isolation/cases/?show=released")


def test_ever_less_released_less_handed_on_is_present(ward: Isolated):
    states = [
        "isolating", "alert", "to_release", "waiting", "released", "to_quarantine", "to_hospital",
        "moved_away", "mistaken",
    ]  # fmt: skip
    for state in states:
        one = ward.begin(WILLOW_1, days_ago=3, name="王一")
        over = {"released_on": ward.today(), "release_no": "1"} if state == "released" else {}
        ward.say(one, state=state, **over)

    with ward.town.app.app_context():
        [flow] = flows(db.session()).values()
    assert flow == (8, 1, 3, 4)


def test_two_records_of_one_slot_count_once(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=3, name="王一")
    ward.check(one, "morning", temp="36.4")
    ward.check(one, "morning", temp="36.6")
    ward.at("13:30")

    assert row(ward.office.get("/township/isolation/").text, "柳树村")[1:3] == ["2", "1"]
    page = ward.office.reads(f"/township/isolation/cases/{one}")
    assert "36.4" in page
    assert "36.6" in page
    assert "1/28" in page


def test_yesterdays_evening_can_still_be_seen(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=3, name="王一")
    ward.check(one, "evening", ago=1)
    ward.at("08:00")
    ward.hear(WILLOW_1)
    page = ward.office.reads("/township/isolation/missed?day=yesterday")
    assert "1 checks without a record" in page
    assert "Morning" in page


def test_an_alert_stands_in_the_list_until_somebody_says_what_came_of_it(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=3, name="王一")
    fever = ward.check(one, "morning", temp="37.3")
    assert row(ward.office.get("/township/isolation/").text, "柳树村")[6] == "1"
    address = f"/township/isolation/cases/{one}"
    closing = f"{address}/alerts/{fever}"

    refused = ward.office.post(closing, **ward.office.form(address, closing), action="told_doctor")
    assert refused.status_code == 422
    assert "Please choose one." in words(refused.text)

    done = {"action": "told_doctor", "outcome": "watched_at_home"}
    assert (
        ward.office.post(closing, **ward.office.form(address, closing), **done).status_code == 303
    )
    assert "open alert" not in ward.office.reads(address)
    assert row(ward.office.get("/township/isolation/").text, "柳树村")[6] == "0"


def test_ten_equal_readings_are_shown_to_the_office(ward: Isolated):
    lazy = ward.begin(WILLOW_1, days_ago=7, name="王一")
    honest = ward.begin(WILLOW_1, days_ago=7, name="王二")
    for ago in range(1, 6):
        for slot in ("morning", "evening"):
            ward.check(lazy, slot, ago=ago, temp="36.5")
            ward.check(honest, slot, ago=ago, temp="36.5" if ago < 5 else "36.4")

    page = ward.office.reads("/township/isolation/cases/?show=same")
    assert "王一" in page
    assert "王二" not in page


def test_a_village_shows_its_grids_and_what_is_known_of_their_phones(ward: Isolated):
    ward.begin(WILLOW_1, days_ago=3, name="王一")
    page = ward.office.reads(f"/township/isolation/grids/{WILLOW}")
    assert "柳树村第1网格" in page
    assert "杨树村" not in page
    assert ward.office.get("/township/isolation/grids/999").status_code == 404


def test_the_rules_are_there_to_be_read(office: Office):
    page = office.reads("/township/isolation/rules")
    assert "37.3 ℃" in page
    assert "Morning 06:00–12:00" in page
    assert "holds today" in page


def test_a_case_that_does_not_exist_is_not_found(office: Office):
    assert office.get("/township/isolation/cases/nobody").status_code == 404
    assert office.get("/township/isolation/cases/nobody/notice").status_code == 404


def test_a_rebuilt_table_says_the_same(ward: Isolated):
    from fieldapp import ledger
    from fieldapp.database import writing

    one = ward.begin(WILLOW_1, days_ago=3, name="王一")
    ward.check(one, "morning", temp="37.4")
    with ward.town.app.app_context(), writing() as session:
        before = session.query(IsolationCase).count(), session.query(isolation_checks()).count()
        ledger.rebuild(session)
        after = session.query(IsolationCase).count(), session.query(isolation_checks()).count()
    assert before == after == (1, 1)


def isolation_checks() -> type:
    from fieldapp.isolation import HealthCheck

    return HealthCheck


def test_the_case_of_the_tests_is_one_that_its_form_accepts():
    from fieldapp.isolation.check_form import HEALTH_CHECK
    from fieldapp.isolation.form import ISOLATION_CASE

    now = datetime(2020, 2, 20, 2, 0, tzinfo=UTC)
    day = (now - timedelta(days=1)).date().isoformat()
    assert ISOLATION_CASE.check(CASE | {"count_from": day}, now=now, whole=True) == {}
    assert HEALTH_CHECK.check(check("x" * 8, day, "morning"), now=now, whole=True) == {
        "case": ["bad_reference"]
    }
