"""A release that was held is read in words and decided in the office."""

from __future__ import annotations

import pytest

from tests.township.cases import Isolated
from tests.township.town import WILLOW_1, Town


@pytest.fixture
def ward(town: Town, monkeypatch: pytest.MonkeyPatch) -> Isolated:
    return Isolated(town, monkeypatch)


def held_release(ward: Isolated, *, days_ago: int) -> str:
    case = ward.begin(WILLOW_1, days_ago=days_ago, name="王一")
    over = {"state": "released", "released_on": ward.today(), "release_no": "虎解0007"}
    change = ward.town.change("isolation_case", WILLOW_1, over) | {"record": case, "form": 2}
    assert ward.town.send(WILLOW_1, change) == ["held"]
    return case


def test_the_office_reads_why_and_accepts_it(ward: Isolated):
    case = held_release(ward, days_ago=15)
    page = ward.office.reads("/township/held/1")
    assert "Only the village doctor or a grid head may release somebody." in page

    form = ward.office.form("/township/held/1", "/township/held/1/release")
    answer = ward.office.post("/township/held/1/release", **form, **{"answer-state": "released"})

    assert answer.status_code == 303
    assert "虎解0007" in ward.office.reads(f"/township/isolation/cases/{case}")
    assert "王一" in ward.office.reads("/township/isolation/cases/?show=released")


def test_one_that_is_too_early_says_so_in_chinese_as_well(ward: Isolated):
    held_release(ward, days_ago=3)
    ward.office.lang = "zh"
    page = ward.office.reads("/township/held/1")
    assert "还没到期" in page
    assert "只有村医或网格长可以解除隔离" in page
