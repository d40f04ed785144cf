"""A file with a mistake changes nothing, and every wrong row is named with what is wrong in it."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids.load import load, parse_level_names
from fieldapp.grids.models import Grid
from fieldapp.grids.refused import Refused
from tests.grids.files import CHANGES_2020, grid_csv

TOWN = "210882106000,,1,town,管理网格,虎庄镇,"
VILLAGE = "210882106200,210882106000,2,village,责任网格,虎庄村,"
HEADER = "code,name,township,county,city\n"


def said_about(raw: bytes) -> dict[int | None, str]:
    """What is said about each row; nothing may have been written."""
    with pytest.raises(Refused) as refused, writing():
        load(raw, as_of=date(2020, 11, 6))
    assert db.session().scalar(sa.select(sa.func.count()).select_from(Grid)) == 0
    return {p.row: p.sentence % p.params for p in refused.value.problems}


def test_a_missing_column_is_named(app: Flask) -> None:
    with app.app_context():
        said = said_about("code,name,county\n210882106200,虎庄村委会,大石桥市\n".encode())

        assert said == {
            1: "The header lacks township; the columns are code, county, name, township."
        }


def test_a_code_that_a_spreadsheet_has_turned_into_a_number_is_refused(app: Flask) -> None:
    raw = HEADER + "2.10882E+11,虎庄村委会,虎庄镇,大石桥市,营口市\n"

    with app.app_context():
        assert said_about(raw.encode()) == {2: "“2.10882E+11” is not a code of 12 digits."}


@pytest.mark.parametrize("code", ["21088210620", "2108821062001", "２１０８８２１０６２００", ""])
def test_a_code_of_the_wrong_length_is_refused(app: Flask, code: str) -> None:
    raw = f"{HEADER}{code},虎庄村委会,虎庄镇,大石桥市,营口市\n"

    with app.app_context():
        assert said_about(raw.encode()) == {2: f"“{code}” is not a code of 12 digits."}


def test_an_unknown_parent_is_named(app: Flask) -> None:
    with app.app_context():
        assert said_about(grid_csv(TOWN, VILLAGE.replace("106000,2", "107000,2"))) == {
            3: "The parent 210882107000 is neither in this file nor in the tree."
        }


def test_a_code_that_stands_twice_is_refused_with_both_rows(app: Flask) -> None:
    with app.app_context():
        said = said_about(grid_csv(TOWN, VILLAGE, VILLAGE))

        assert said == {4: "The code 210882106200 stands in row 3 already."}


def test_units_that_are_above_each_other_are_refused(app: Flask) -> None:
    one = "210882106200,210882106201,2,village,责任网格,虎庄村,"
    other = "210882106201,210882106200,2,village,责任网格,杨家村,"

    with app.app_context():
        said = said_about(grid_csv(TOWN, one, other))

        assert said == {
            3: "210882106200 is above itself: its parents go round in a circle.",
            4: "210882106201 is above itself: its parents go round in a circle.",
        }


@pytest.mark.parametrize("level", ["0", "10", "二", "", "-1", "1.5"])
def test_a_level_that_is_none_is_refused(app: Flask, level: str) -> None:
    with app.app_context():
        said = said_about(grid_csv(TOWN, VILLAGE.replace(",2,", f",{level},")))

        assert said == {3: f"“{level}” is not a level; levels are 1 (the top) to 9."}


def test_a_unit_must_stand_lower_than_its_parent(app: Flask) -> None:
    with app.app_context():
        said = said_about(grid_csv(TOWN, VILLAGE.replace(",2,", ",1,")))

        assert said == {3: "The parent 210882106000 is at level 1, this unit at level 1."}


def test_a_byte_order_mark_is_no_mistake(app: Flask) -> None:
    with app.app_context(), writing():
        loaded = load(b"\xef\xbb\xbf" + grid_csv(TOWN, VILLAGE), as_of=date(2020, 11, 6))

        assert loaded.added == 2


def test_a_file_in_another_encoding_is_refused_with_advice(app: Flask) -> None:
    raw = HEADER.encode() + "210882106200,虎庄村委会,虎庄镇,大石桥市,营口市\n".encode("gb18030")

    with app.app_context():
        assert said_about(raw) == {2: "Not UTF-8 text. In Excel, save the file as “CSV UTF-8”."}


@pytest.mark.parametrize(
    ("raw", "row", "words"),
    [
        (b"", 1, "The header lacks"),
        (HEADER.encode(), None, "The file has a header but no rows."),
        (b"code,name,township,county,code\n1,2,3,4,5\n", 1, "A column stands twice"),
        (f"{HEADER}210882106200,虎庄村委会\n".encode(), 2, "2 columns here, 5 in the header."),
        (f'{HEADER}210882106200,"虎庄\n'.encode(), 2, "This line is not CSV"),
        (f"{HEADER}210882106200,虎\0庄,虎庄镇,大石桥市,营口市\n".encode(), 2, "not CSV: NUL"),
        (f"{HEADER}210882106200,,虎庄镇,大石桥市,营口市\n".encode(), 2, "name is empty."),
        (f"{HEADER}210882106200,{'村' * 61},虎庄镇,大石桥市,营口市\n".encode(), 2, "at most 60"),
    ],
)
def test_what_is_no_list_at_all_is_refused_in_words(
    app: Flask, raw: bytes, row: int | None, words: str
) -> None:
    with app.app_context():
        said = said_about(raw)

        assert words in said[row]


def test_a_township_with_two_names_is_refused(app: Flask) -> None:
    rows = (
        "210882106200,虎庄村委会,虎庄镇,大石桥市,营口市",
        "210882106201,杨家村委会,虎莊镇,大石桥市,营口市",
    )

    with app.app_context():
        said = said_about((HEADER + "\n".join(rows)).encode())

        assert said == {3: "210882106… is called 虎庄镇 further up and 虎莊镇 here."}


def test_at_most_a_hundred_mistakes_are_listed(app: Flask) -> None:
    with app.app_context():
        said = said_about(grid_csv(*[f"{n},,1,town,管理网格,镇," for n in range(150)]))

        assert sorted(said) == list(range(2, 102))


def test_a_right_row_beside_a_wrong_one_is_not_written(app: Flask) -> None:
    with app.app_context():
        said = said_about(grid_csv(TOWN, VILLAGE.replace("village", "Village!")))

        assert list(said) == [3]


def test_code_changes_without_the_edition_before_them_are_refused(app: Flask) -> None:
    with app.app_context():
        said = said_about(CHANGES_2020)

        assert said[2] == "No unit of the tree has or had the code 210802005001."


def test_a_level_without_a_name_is_refused() -> None:
    with pytest.raises(Refused):
        parse_level_names("一级网格,,三级网格")
