"""U3: somebody came back from Wuhan; the phone plans the isolation while it is still offline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
from tests.browser.member import Device
from tests.browser.office import Clerk, Town
from tests.browser.smalltown import People

TOWN_TIME = timedelta(hours=8)
RIGHT_ID, WRONG_ID = "999999198001010011", "999999198101010011"


def today(days: int = 0) -> str:
    return (datetime.now(UTC) + TOWN_TIME + timedelta(days=days)).date().isoformat()


def somebody_back_from_wuhan(arrived: str, **other: str) -> dict[str, str]:
    answers = {
        "name": "刘志远",
        "sex": "1",
        "age": "40",
        "id_kind": "cn_id",
        "id_no": RIGHT_ID,
        "phone": "13900000077",
        "origin": "wuhan",
        "wuhan_link": "returned",
        "left_origin_at": arrived,
        "arrived_at": arrived,
        "transport": "rail",
        "contact_case": "no",
        "health_now": "normal",
        "measure": "home_isolation",
    }
    return answers | other


def test_a_returnee_registered_offline_starts_two_weeks_of_isolation(
    leader: Leader, town: Town, people: People
) -> None:
    door = leader.households()[0]
    leader.wire.down()
    leader.goes_to(f"household/{door}")
    leader.taps_on('main [data-action="returnee"]')

    form = Form(leader, "returnee")
    form.walks_through(somebody_back_from_wuhan(today()))
    form.saves()

    plan = leader.sees("#plan")
    plan.wait_for()
    assert plan.get_attribute("data-due") == "28"
    assert plan.get_attribute("data-end") == today(14)
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    (returnee,) = town.records("returnee")
    assert returnee["fields"]["stay_at"] == door
    (case,) = town.records("isolation_case")
    assert case["fields"]["count_from"] == today()
    assert case["fields"]["days"] == 14
    assert town.held() == []

    for other in ("周国强", "陈医生"):  # the village head and the village doctor
        device = Device(leader.wire.url, people.link(other))
        assert returnee["record"] in {record["record"] for record in device.everything()}
        device.close()


def test_somebody_registered_three_days_late_has_six_checks_less_due(leader: Leader) -> None:
    door = leader.households()[0]
    leader.goes_to(f"returnee/{door}")

    form = Form(leader, "returnee")
    form.walks_through(somebody_back_from_wuhan(today(-3)))
    form.saves()

    plan = leader.sees("#plan")
    plan.wait_for()
    assert plan.get_attribute("data-due") == "22"
    assert plan.get_attribute("data-end") == today(11)
    expect(plan).to_contain_text("登记前")


def test_a_wrong_digit_is_named_at_the_field_and_nothing_typed_is_lost(leader: Leader) -> None:
    door = leader.households()[0]
    leader.goes_to(f"returnee/{door}")
    form = Form(leader, "returnee")
    form.answers("name", "刘志远")
    form.comes_to("id_no", somebody_back_from_wuhan(today()))

    form.goes_on(id_no=WRONG_ID)

    expect(form.error("id_no")).to_contain_text("第 18 位")
    number = form.question("id_no").locator("input")
    expect(number).to_have_value(WRONG_ID)
    expect(number).to_have_attribute("aria-invalid", "true")
    assert "error-id_no" in (number.get_attribute("aria-describedby") or "")
    form.goes_on(id_no=RIGHT_ID)
    expect(form.error("id_no")).to_be_hidden()


def test_somebody_without_a_document_can_be_registered_with_a_reason(
    leader: Leader, town: Town
) -> None:
    door = leader.households()[0]
    leader.goes_to(f"returnee/{door}")
    form = Form(leader, "returnee")
    answers = somebody_back_from_wuhan(today(), id_kind="not_given", id_reason="not_at_hand")
    del answers["id_no"]

    form.walks_through(answers)
    form.saves()
    leader.sees("#plan").wait_for()
    leader.sends_now()
    leader.has_sent_everything()

    (returnee,) = town.records("returnee")
    assert returnee["fields"]["id_reason"] == "not_at_hand"
    assert town.held() == []


def test_two_members_who_register_the_same_person_make_one_with_both_records_kept(
    leader: Leader, town: Town, clerk: Clerk
) -> None:
    door = leader.households()[0]
    for _ in range(2):
        leader.goes_to("")
        leader.goes_to(f"returnee/{door}")
        form = Form(leader, "returnee")
        form.walks_through(somebody_back_from_wuhan(today()))
        form.saves()
        leader.sees("#plan").wait_for()
    leader.sends_now()
    leader.has_sent_everything()

    assert len(town.records("returnee")) == 2
    clerk.opens("/township/?lang=en")
    expect(clerk.sees(".figure", has_text="Returnees").locator("b")).to_have_text("1")
