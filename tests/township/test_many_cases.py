"""1,022 people in home isolation at once, as many as the town ever had: all accounted for."""

from __future__ import annotations

import pytest

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.isolation.standing import slots_of
from fieldapp.township import isolation
from tests.township.cases import CASE, Isolated, check
from tests.township.town import POPLAR_1, WILLOW_1, WILLOW_2, Town

pytestmark = pytest.mark.slow

NUMBER = 1022
CHECKED = 400  # in the morning
RELEASED = 22
GRIDS = (WILLOW_1, WILLOW_2, POPLAR_1)


@pytest.fixture
def ward(town: Town, monkeypatch: pytest.MonkeyPatch) -> Isolated:
    ward = Isolated(town, monkeypatch)
    for at, grid in enumerate(GRIDS):
        people = [n for n in range(NUMBER) if n % len(GRIDS) == at]
        cases = {n: _case(ward, grid) for n in people}
        checks = [
            town.change("health_check", grid, check(str(case["record"]), ward.today(), "morning"))
            for n, case in cases.items()
            if n < CHECKED
        ]
        over = {"state": "released", "released_on": ward.today(), "release_no": "1"}
        released = [
            town.change("isolation_case", grid, over) | {"record": case["record"], "form": 2}
            for n, case in cases.items()
            if n >= NUMBER - RELEASED
        ]
        assert set(town.send(grid, *cases.values(), *checks)) == {"accepted"}
        for change in released:
            ward.say_change(change)
    return ward


def _case(ward: Isolated, grid: str) -> dict[str, object]:
    fields = CASE | {"count_from": ward.today(3), "registered_on": ward.today(3)}
    return ward.town.change("isolation_case", grid, fields) | {"form": 2}


def test_the_list_at_one_oclock_is_what_was_due_less_what_was_made(ward: Isolated):
    ward.at("13:00")
    for grid in GRIDS:
        ward.hear(grid)

    with ward.town.app.app_context():
        session = db.session()
        missing = isolation.missing(session, clock.today())
        slots = slots_of(isolation.all_standings(session))
        lines, _ = isolation._village_lines(session)
        whole = isolation.sum_slots(lines)

    present = NUMBER - RELEASED
    assert whole == slots == (2 * present, CHECKED, present - CHECKED, 0, present)
    assert len(missing) == present - CHECKED
    assert {row.state for row in missing} == {"missed"}
    assert all(row.people for row in missing)
    assert len({row.standing.case.id for row in missing}) == len(missing)
    assert not {row.standing.case.state for row in missing} - {"isolating"}


def test_all_of_them_stand_on_one_page_with_whom_to_call(ward: Isolated):
    ward.at("13:00")
    ward.hear(WILLOW_1)
    page = ward.office.get("/township/isolation/missed").text
    assert page.count('href="tel:') == NUMBER - RELEASED - CHECKED
    assert ward.office.reads("/township/isolation/cases/").count("3/14") == NUMBER - RELEASED
