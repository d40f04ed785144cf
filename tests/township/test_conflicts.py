"""Two people said different things: both are shown, one tap settles it, nothing is discarded."""

from __future__ import annotations

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import duties
from tests.township.town import WILLOW_1, WILLOW_2, Office, Town


def _dispute(town: Town, **fields: tuple[object, object]) -> str:
    """The leaders of both grids change the same household without seeing each other."""
    with town.app.app_context(), writing():
        name, phone = "李有福", "15400000002"
        duties.add_member(name=name, phone=phone, duty="leader", grid_code=WILLOW_1)
    household = town.households[WILLOW_1][0]
    with town.app.app_context():
        found = ledger.record(db.session(), "household", household)
        assert found is not None
    for grid, nth in ((WILLOW_1, 0), (WILLOW_2, 1)):
        said = {name: values[nth] for name, values in fields.items()}
        change = town.change("household", WILLOW_1, said)
        change |= {"record": household, "base": found.version}
        assert town.send(grid, change) == ["accepted"]
    return household


def _fields(town: Town, household: str) -> dict[str, object]:
    with town.app.app_context():
        found = ledger.record(db.session(), "household", household)
        assert found is not None
        return dict(found.fields)


def _settle(office: Office, household: str, name: str, choice: str):
    form = {"kind": "household", "record": household, "name": name, "choice": choice}
    return office.post("/township/conflicts/", **form)


def test_both_values_are_shown_with_who_said_them(town: Town, office: Office):
    _dispute(town, heating=("coal_stove", "kang"))

    page = office.reads("/township/conflicts/")

    assert "Household · 张二 · 1号 柳树村第1网格 Heating by" in page
    assert "Coal stove said by 王桂兰" in page
    assert "Heated brick bed said by 李有福 · counts at present, since 02-20 10:00" in page


def test_one_tap_settles_it_and_the_other_value_stays_in_the_history(town: Town, office: Office):
    household = _dispute(town, heating=("coal_stove", "kang"))

    assert _settle(office, household, "heating", "kept").status_code == 303

    assert _fields(town, household)["heating"] == "coal_stove"
    assert "No contradictions." in office.reads("/township/conflicts/")
    with town.app.app_context():
        said = ledger.history(db.session(), "household", household)
        values = [one.fields["heating"] for one in said if "heating" in one.fields]
    assert values == ["coal_stove", "kang", "coal_stove"]


def test_the_value_that_counts_can_be_confirmed(town: Town, office: Office):
    household = _dispute(town, heating=("coal_stove", "kang"))

    _settle(office, household, "heating", "arrived")

    assert _fields(town, household)["heating"] == "kang"
    assert "No contradictions." in office.reads("/township/conflicts/")


def test_each_question_is_settled_by_itself(town: Town, office: Office):
    household = _dispute(town, heating=("coal_stove", "kang"), resident_n=(3, 5))

    _settle(office, household, "resident_n", "kept")

    page = office.reads("/township/conflicts/")
    assert "Heating by" in page
    assert "People at home" not in page


def test_different_fields_are_no_contradiction(town: Town, office: Office):
    _dispute(town, heating=("kang", "kang"))

    assert "No contradictions." in office.reads("/township/conflicts/")


def test_what_is_settled_already_is_not_settled_again(town: Town, office: Office):
    household = _dispute(town, heating=("coal_stove", "kang"))
    _settle(office, household, "heating", "kept")

    assert _settle(office, household, "heating", "arrived").status_code == 303

    assert _fields(town, household)["heating"] == "coal_stove"
    assert "This was settled already." in office.reads("/township/conflicts/")


def test_an_id_number_in_dispute_is_settled_without_being_shown(town: Town, office: Office):
    numbers = "999999195001010018", "999999198012310036"
    household = _dispute(town, head_id=numbers)
    page = office.get("/township/conflicts/").text
    assert not any(number in page for number in numbers)

    assert _settle(office, household, "head_id", "kept").status_code == 303

    assert _fields(town, household)["head_id"] == "999999********0018"
    assert "No contradictions." in office.reads("/township/conflicts/")
    with town.app.app_context():
        settled = {one.id: one.fields for one in ledger.settled(db.session(), "household")}
    assert settled[household]["head_id"] == numbers[0]


def test_a_choice_that_is_none_is_refused(town: Town, office: Office):
    household = _dispute(town, heating=("coal_stove", "kang"))

    assert _settle(office, household, "heating", "both").status_code == 400
