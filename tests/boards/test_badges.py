"""Is this really my grid member? The badge says it today, in words, and is revoked at once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from fieldapp import boards
from fieldapp.boards import succession
from fieldapp.database import writing
from fieldapp.grids import duties
from tests.boards.conftest import Act
from tests.township.town import Town


@pytest.fixture
def member(town: Town) -> int:
    with town.app.app_context():
        return duties.member_by_phone("15400000001").id


@pytest.fixture
def resident(town: Town) -> FlaskClient:
    return town.app.test_client()


def code(town: Town, member: int) -> str:
    with town.app.app_context():
        found = boards.badge_of(member)
        assert found is not None
        return found.code


def test_a_valid_badge_says_who_and_what_and_where(town: Town, member: int, resident: FlaskClient):
    page = resident.get(f"/m/{code(town, member)}")
    assert page.status_code == 200
    for text in ("今日有效", "王桂兰", "网格组长", "柳树村第1网格", "柳河镇", "0417-0000000"):
        assert text in page.text
    assert "15400000001" not in page.text
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_revoking_is_immediate_and_names_nobody(
    town: Town, member: int, resident: FlaskClient, act: Act
):
    old = code(town, member)
    assert "今日有效" in resident.get(f"/m/{old}").text
    assert act(succession.revoke_badge, member) is True
    page = resident.get(f"/m/{old}").text
    assert "无效" in page
    assert "王桂兰" not in page
    assert "0417-0000000" in page
    with town.app.app_context(), writing() as session:
        assert boards.provide(session) == 0, "who lost their badge gets none by itself"

    fresh = act(succession.issue_badge, member)
    assert "今日有效" in resident.get(f"/m/{fresh}").text
    assert "无效" in resident.get(f"/m/{old}").text


def test_the_end_of_the_duty_is_the_end_of_the_badge(
    town: Town, member: int, resident: FlaskClient
):
    badge = code(town, member)
    with town.app.app_context(), writing():
        duties.end_duties(member)
    page = resident.get(f"/m/{badge}").text
    assert "无效" in page
    assert "王桂兰" not in page


def test_an_unknown_badge_is_told_politely(resident: FlaskClient):
    page = resident.get("/m/22222222")
    assert page.status_code == 404
    assert "没有这个编号的工作证" in page.text
    assert "0417-0000000" in page.text


def test_a_badges_number_can_be_typed_too(town: Town, member: int, resident: FlaskClient):
    badge = code(town, member)
    answer = resident.get("/b/", query_string={"id": badge.lower()})
    assert (answer.status_code, answer.location) == (303, f"/m/{badge}")
