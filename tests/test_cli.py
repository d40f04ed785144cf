"""The commands that others rely on, called as from a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from fieldapp import clock
from fieldapp.accounts.models import Device
from fieldapp.extensions import db

HUZHUANG = str(Path("fieldapp") / "data" / "huzhuang_grids.csv")
GROUP = "210882106200001"


@pytest.fixture
def town(app: Flask) -> Flask:
    assert run(app, "load-tree", HUZHUANG).exit_code == 0
    return app


def run(app: Flask, *words: str, **given: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words), **given)


def add(app: Flask, phone: str = "15400000001", duty: str = "leader", grid: str = GROUP) -> Result:
    words = ("--name", "张丽", "--phone", phone, "--duty", duty, "--grid", grid)
    return run(app, "add-member", *words)


def listed(app: Flask, *words: str) -> list[dict[str, object]]:
    result = run(app, "members", "--json", *words)
    assert result.exit_code == 0
    found: list[dict[str, object]] = json.loads(result.output)
    return found


def test_load_tree_says_in_both_languages_what_it_did(app: Flask) -> None:
    result = run(app, "load-tree", HUZHUANG, "--as-of", "2020-02-03")

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == 2
    assert "151" in lines[0]
    assert lines[1].startswith("151 new")


def test_load_tree_names_every_wrong_row_in_both_languages(app: Flask, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,name,township,county\n12,甲,乙,丙\n34,丁,乙,丙\n", encoding="utf-8")

    result = run(app, "load-tree", str(wrong))

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 4
    assert "Row 2: “12” is not a code of 12 digits." in result.stderr
    assert "Row 3: “34” is not a code of 12 digits." in result.stderr


def test_load_tree_takes_the_names_of_the_levels(app: Flask, tmp_path: Path) -> None:
    from fieldapp.grids import scope

    file = tmp_path / "town.csv"
    file.write_text("code,name,township,county\n210881118200,黄石村委会,双台镇,盖州市\n", "utf-8")

    result = run(app, "load-tree", str(file), "--levels", "一级网格/Grid one,二级网格")

    assert result.exit_code == 0
    with app.app_context():
        assert scope.level_name(scope.grid_of("210881118000") or 0, "en") == "Grid one"


def test_invite_prints_exactly_one_link_and_the_link_works(town: Flask) -> None:
    add(town)

    result = run(town, "invite", "15400000001")

    assert result.exit_code == 0
    (link,) = result.output.splitlines()
    assert link.startswith(f"{town.config['BASE_URL']}/join/")
    path = link.removeprefix(town.config["BASE_URL"])
    assert town.test_client().post(path).status_code == 303


def test_members_lists_who_is_on_duty_and_what_is_known_of_their_phones(town: Flask) -> None:
    add(town)
    link = run(town, "invite", "15400000001").output.strip()
    phone = town.test_client()
    phone.post(link.removeprefix(town.config["BASE_URL"]))
    with town.app_context():
        device = db.session().scalars(sa.select(Device)).one()
        device.pending, device.last_contact_at = 3, clock.utc_now()
        db.session().commit()

    (member,) = listed(town)

    assert member["name"] == "张丽"
    assert member["phone"] == "15400000001"
    assert member["duty"] == "leader"
    assert member["grids"] == [GROUP]
    (shown,) = member["devices"]  # type: ignore[misc]
    assert shown["pending"] == 3
    assert shown["last_contact"].endswith("+08:00")
    assert not shown["revoked"]


def test_members_may_be_asked_for_one_village(town: Flask) -> None:
    add(town)
    add(town, phone="15400000002", grid="210882106201001")

    assert [m["phone"] for m in listed(town, "--grid", "210882106201")] == ["15400000002"]
    assert [m["phone"] for m in listed(town, "--grid", GROUP)] == ["15400000001"]
    assert len(listed(town)) == 2


def test_members_is_readable_without_json_too(town: Flask) -> None:
    add(town)

    line = run(town, "members").output.rstrip("\n")

    assert line.split("\t") == ["张丽", "15400000001", "leader", GROUP, "-"]


def test_a_member_with_two_duties_of_a_kind_is_one_line_with_both_grids(town: Flask) -> None:
    add(town)
    add(town, grid="210882106200002")

    (member,) = listed(town)

    assert member["grids"] == [GROUP, "210882106200002"]


def test_end_duty_takes_somebody_off_duty(town: Flask) -> None:
    add(town)
    add(town, grid="210882106200002")

    assert run(town, "end-duty", "15400000001", "--grid", GROUP).exit_code == 0
    assert [m["grids"] for m in listed(town)] == [["210882106200002"]]
    assert run(town, "end-duty", "15400000001", "--duty", "网格组长").exit_code == 0
    assert listed(town) == []
    assert run(town, "end-duty", "15400000001").exit_code == 2


def test_revoke_device_shuts_a_phone_out(town: Flask) -> None:
    add(town)
    link = run(town, "invite", "15400000001").output.strip()
    phone = town.test_client()
    phone.post(link.removeprefix(town.config["BASE_URL"]))
    device_id = listed(town)[0]["devices"][0]["id"]  # type: ignore[index]

    assert run(town, "revoke-device", str(device_id)).exit_code == 0
    assert phone.get("/sync/forms").get_json() == {"error": "device_revoked"}


def test_add_clerk_reads_the_password_from_standard_input(town: Flask) -> None:
    result = run(town, "add-clerk", "李梅", "--password-stdin", input="bing-tang-hulu-8\n")

    assert result.exit_code == 0
    form = {"name": "李梅", "password": "bing-tang-hulu-8"}
    assert town.test_client().post("/accounts/login", data=form).status_code == 303


def test_add_clerk_asks_twice_where_somebody_is_typing(town: Flask) -> None:
    result = run(town, "add-clerk", "李梅", input="bing-tang-hulu-8\nbing-tang-hulu-8\n")

    assert result.exit_code == 0
    assert "bing-tang" not in result.output


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("invite", "15499999999"), "15499999999"),
        (("invite", "abc"), "abc"),
        (("members", "--grid", "999999999999"), "999999999999"),
        (("end-duty", "15499999999"), "15499999999"),
        (("revoke-device", "77"), "77"),
    ],
)
def test_what_does_not_exist_is_said_in_both_languages_with_exit_code_2(
    town: Flask, words: tuple[str, ...], about: str
) -> None:
    result = run(town, *words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2
    assert all(about in line for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    ("duty", "grid", "words"),
    [("mayor", GROUP, "chief_head"), ("leader", "000000000000", "000000000000")],
)
def test_add_member_refuses_what_it_does_not_know(
    town: Flask, duty: str, grid: str, words: str
) -> None:
    result = add(town, duty=duty, grid=grid)

    assert result.exit_code == 2
    assert words in result.stderr
    assert listed(town) == []
