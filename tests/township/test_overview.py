"""The first page of the office: what happened, what is not known, and what needs somebody."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa

from fieldapp.accounts import note_loss
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load
from tests.grids.files import grid_csv
from tests.township.town import (
    HOUSEHOLD,
    POPLAR_1,
    TREE,
    WILLOW,
    WILLOW_1,
    WILLOW_2,
    Office,
    Town,
    words,
)


def _row(page: str, name: str) -> str:
    """One row of the coverage table, as words."""
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    return next(words(row) for row in rows if name in row)


def test_a_village_shows_every_part_and_the_parts_add_up(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0])
    town.visit(WILLOW_1, town.households[WILLOW_1][1], "refused")
    town.visit(WILLOW_2, town.households[WILLOW_2][0], "nobody_home")
    town.phone(WILLOW_2, last_contact_at=town.now - timedelta(hours=9))

    page = office.get("/township/").text

    # occupied, visited, refused, nobody home, not yet, not known
    assert _row(page, "柳树村") == "柳树村 10 1 10% 1 1 3 4 1 of 2 not heard from"
    assert _row(page, "杨树村") == "杨树村 5 0 0% 0 0 5 0 all heard from"
    assert _row(page, "Together") == "Together 15 1 6% 1 1 8 4"


def test_the_figures_say_what_waits_and_what_is_unknown(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0])
    town.visit(WILLOW_1, town.households[WILLOW_1][1], made_at="2020-02-19T23:59:00+08:00")
    town.phone(POPLAR_1, pending=3)
    assert town.send(WILLOW_1, town.change("weather", WILLOW_1, {"rain": True})) == ["held"]
    with town.app.app_context(), writing():
        note_loss(town.devices[WILLOW_1], loss_id="l1", count=7, noticed_at=town.now)

    page = office.reads("/township/")

    assert "Visits today 1 " in page
    assert "Grids we know nothing of 1 " in page
    assert "Held, waiting for you 1 " in page
    assert "Records that vanished from phones 7 " in page


def test_every_page_says_as_of_when(office: Office):
    for page in ("", "visits/", "held/", "conflicts/", "people/", "losses/", f"villages/{WILLOW}"):
        assert re.search(r"As of .*10:00", office.reads(f"/township/{page}")), page


def test_htmx_gets_the_figures_or_the_table_and_not_the_page_around(office: Office):
    figures = office.get("/township/figures", htmx=True).text
    table = office.get("/township/", htmx=True).text
    rows = office.get(f"/township/villages/{WILLOW}", htmx=True).text

    assert "Visits today" in figures
    assert "<html" not in figures + table + rows
    assert "<caption" in table
    assert rows.count("<tr>") == 2


def test_a_village_can_be_opened_without_any_script(office: Office):
    page = office.reads(f"/township/villages/{WILLOW}")

    assert "柳树村第1网格" in page
    assert "杨树村第1网格" not in page


def test_a_grid_says_what_is_known_of_its_phone(town: Town, office: Office):
    town.phone(WILLOW_1, last_contact_at=town.now - timedelta(days=1))
    town.phone(WILLOW_2, pending=4)

    page = office.reads(f"/township/villages/{WILLOW}")

    assert "not heard from since 02-19 10:00" in page
    assert "4 records still on the phone" in page


def test_another_first_day_can_be_asked_for(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0], made_at="2020-02-10T09:00:00+08:00")

    assert "Together 15 1 6%" in office.reads("/township/?since=2020-02-10")
    assert "Together 15 0 0%" in office.reads("/township/?since=2020-02-11")


def test_a_first_day_that_is_none_is_said_and_two_weeks_are_shown(office: Office):
    for day in ("2020-02-31", "1066-01-01", "2031-01-01", "soon"):
        page = office.reads(f"/township/?since={day}")
        assert "This day cannot be used" in page, day
        assert "since February 6, 2020" in page, day


def test_there_is_no_village_of_that_name(office: Office):
    assert office.get("/township/villages/nowhere").status_code == 404


def test_the_office_reads_chinese_first(town: Town):
    office = Office(town)
    office.lang = "zh"

    page = office.reads("/township/")

    assert "走访进度" in page
    assert "Not known" not in page


def test_a_loss_is_shown_until_somebody_has_called(town: Town, office: Office):
    with town.app.app_context(), writing():
        note_loss(town.devices[WILLOW_1], loss_id="l1", count=7, noticed_at=town.now)
    assert "王桂兰 15400000001 7" in office.reads("/township/losses/")

    answer = office.post("/township/losses/l1/seen")

    assert answer.status_code == 303
    assert "noted 02-20 10:00" in office.reads("/township/losses/")
    assert "Records that vanished from phones 0" in office.reads("/township/")


def test_the_page_asks_the_database_as_often_for_many_grids_as_for_few(town: Town, office: Office):
    def asked() -> int:
        statements: list[str] = []
        with town.app.app_context():
            engine = db.engine

        def note(_connection, _cursor, statement, *_rest) -> None:
            statements.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        office.get("/township/")
        sa.event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    office.get("/township/")
    before = asked()
    more = [f"9999991062{n:02},999999106000,2,village,责任网格,第{n}村," for n in range(30, 60)] + [
        f"9999991062{n:02}001,9999991062{n:02},3,group,基础网格,{n}组," for n in range(30, 60)
    ]
    with town.app.app_context(), writing():
        load(grid_csv(*TREE.decode().splitlines()[1:], *more), as_of=town.now.date())
        member = duties.member_by_phone("15400000001")
        for n in range(30, 60):
            grid = scope.grid_of(f"9999991062{n:02}001")
            assert grid is not None
            duties.add_duty(member.id, role="leader", grid_id=grid)
    for n in range(30, 60):
        change = town.change("household", f"9999991062{n:02}001", HOUSEHOLD)
        assert town.send(WILLOW_1, change) == ["accepted"]
    office.get("/township/")

    assert asked() == before
    assert "第59村" in office.reads("/township/")
