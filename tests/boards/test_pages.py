"""What a resident gets who scans a board: light, current, in their language."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import boards
from fieldapp.boards import edit, succession
from fieldapp.boards.card import Card
from tests.boards.conftest import Act, card, grid
from tests.township.town import WILLOW_1, WILLOW_2, Town

ROOT = Path(__file__).parents[2]
MOST_BYTES = 30 * 1024
WECHAT = (
    "Mozilla/5.0 (Linux; Android 8.1.0; PAFM00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/86.0.4240.99 Mobile Safari/537.36 MicroMessenger/8.0.2.1860 NetType/3gnet"
)
ANOTHER_PROCESS = """
from fieldapp.app import create_app
from fieldapp.boards import edit
from fieldapp.database import writing
app = create_app({{"INSTANCE": {instance!r}, "SQLALCHEMY_DATABASE_URI": {url!r}}})
with app.app_context(), writing():
    edit.set_text({grid}, "scope", "东起新桥", by="办公室")
"""


class Addresses(HTMLParser):
    """Everything that a page would fetch or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.led_to: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        known = dict(attrs)
        if tag in ("link", "img", "script"):
            self.fetched.append(known.get("href") or known.get("src") or "")
        elif "href" in known or "action" in known:
            self.led_to.append(known.get("href") or known.get("action") or "")


def wire_bytes(answer: TestResponse) -> int:
    return len(answer.data) + sum(len(f"{k}: {v}\r\n") for k, v in answer.headers) + 20


def read(page: str) -> Addresses:
    found = Addresses()
    found.feed(page)
    return found


def get_page(client: FlaskClient, code: str, **headers: str) -> TestResponse:
    return client.get(f"/b/{code}", headers=headers)


@pytest.fixture
def shown(town: Town) -> Card:
    return card(town, WILLOW_1)


@pytest.fixture
def resident(town: Town) -> FlaskClient:
    return town.app.test_client()


def test_the_page_says_everything_that_the_card_says(demo: Flask):
    with demo.app_context():
        wanted = next(one for one in boards.cards() if one.kind == "villager_group")
    page = get_page(demo.test_client(), wanted.code)
    assert page.status_code == 200
    for person in wanted.people_on:
        assert person.name in page.text
        assert person.phone in page.text
        assert person.duty in page.text
        assert person.hours in page.text
    for text in (
        *wanted.units,
        *wanted.duties,
        wanted.scope,
        wanted.supervision,
        wanted.office.title,
    ):
        assert text in page.text
    for line in (*wanted.services, *wanted.hotlines):
        assert line.title in page.text
        assert line.phone in page.text
    assert wanted.changed.isoformat() in page.text
    assert "<svg" in page.text


def test_the_page_in_all_is_at_most_30_kb_on_the_wire_for_every_board_of_the_demo(demo: Flask):
    client = demo.test_client()
    packed = {"Accept-Encoding": "gzip"}
    with demo.app_context():
        codes = [one.code for one in boards.cards()]
    first = get_page(client, codes[0])
    around = sum(wire_bytes(client.get(one, headers=packed)) for one in read(first.text).fetched)
    for number, code in enumerate(codes):
        page = client.get(
            f"/b/{code}", headers=packed, environ_base={"REMOTE_ADDR": f"10.1.0.{number}"}
        )
        assert page.status_code == 200
        assert wire_bytes(page) + around <= MOST_BYTES, (code, wire_bytes(page), around)


def test_the_page_has_no_script_and_asks_no_other_host(resident: FlaskClient, shown: Card):
    answer = get_page(resident, shown.code)
    found = read(answer.text)
    assert found.tags.isdisjoint({"script", "iframe", "object", "style", "embed"})
    assert all(one.startswith("/static/") for one in found.fetched)
    assert all(re.match(r"/b/|\?lang=|tel:[0-9,]+$", one) for one in found.led_to)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_search_engines_are_kept_away(resident: FlaskClient, shown: Card):
    answer = get_page(resident, shown.code)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in answer.text


def test_it_is_chinese_unless_english_is_asked_for(resident: FlaskClient, shown: Card):
    assert "有事找他们" in get_page(resident, shown.code).text
    english = resident.get(f"/b/{shown.code}?lang=en").text
    assert "Who is responsible for you" in english
    assert "王桂兰" in english
    assert '<html lang="en"' in english


def test_it_is_the_same_page_in_wechat(resident: FlaskClient, shown: Card):
    plain = get_page(resident, shown.code)
    inside = get_page(resident, shown.code, **{"User-Agent": WECHAT})
    assert (inside.status_code, inside.data) == (plain.status_code, plain.data)
    assert "tel:" in inside.text


def test_nobody_who_lives_there_is_named(demo: Flask):
    from fieldapp.extensions import db
    from fieldapp.households import Household

    with demo.app_context():
        wanted = next(one for one in boards.cards() if one.kind == "villager_group")
        heads = list(db.session().scalars(db.select(Household.head_name).limit(300)))
        on_it = {one.name for one in wanted.people_on}
    page = get_page(demo.test_client(), wanted.code).text
    assert [name for name in heads if name in page and name not in on_it] == []


def test_a_page_that_did_not_change_is_not_sent_again(
    resident: FlaskClient, shown: Card, act: Act, town: Town
):
    first = get_page(resident, shown.code)
    assert first.headers["Cache-Control"] == "no-cache"
    again = get_page(resident, shown.code, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    act(edit.set_text, grid(town, WILLOW_1), "scope", "东起小桥")
    changed = get_page(resident, shown.code, **{"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "东起小桥" in changed.text


def test_what_another_process_edits_is_on_the_next_page(
    resident: FlaskClient, shown: Card, town: Town
):
    assert "东起新桥" not in get_page(resident, shown.code).text
    script = ANOTHER_PROCESS.format(
        instance=town.app.instance_path,
        url=town.app.config["SQLALCHEMY_DATABASE_URI"],
        grid=grid(town, WILLOW_1),
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)
    assert "东起新桥" in get_page(resident, shown.code).text


def test_packed_and_plain_are_the_same(resident: FlaskClient, shown: Card):
    packed = get_page(resident, shown.code, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == get_page(resident, shown.code).data


def test_what_is_typed_with_mistakes_finds_its_board(resident: FlaskClient, shown: Card):
    typed = shown.code.lower().replace("d", "0").replace("5", "s")
    assert get_page(resident, typed).data == get_page(resident, shown.code).data
    found = resident.get("/b/", query_string={"id": f" {typed[:4]} {typed[4:]}"})
    assert (found.status_code, found.location) == (303, f"/b/{shown.code}")


def test_a_merged_grids_board_leads_to_the_new_ones(resident: FlaskClient, act: Act, town: Town):
    old, new = card(town, WILLOW_1).code, card(town, WILLOW_2).code
    act(succession.lead_board, grid(town, WILLOW_1), grid(town, WILLOW_2))
    answer = get_page(resident, old)
    assert (answer.status_code, answer.location) == (301, f"/b/{new}")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert resident.get(f"/b/{old}.vcf?lang=en").location == f"/b/{new}.vcf?lang=en"


def test_unknown_mistyped_and_retired_are_answered_alike(
    resident: FlaskClient, act: Act, town: Town
):
    retired = card(town, WILLOW_1).code
    act(succession.renew_board, grid(town, WILLOW_1))
    told = [get_page(resident, one) for one in (retired, "22222222", "nonsense!", "网格")]
    assert {one.status_code for one in told} == {404}
    assert len({one.data for one in told}) == 1
    assert len({str(sorted(one.headers.items())) for one in told}) == 1
    assert "0417-0000000" in told[0].text
    assert 'name="id"' in told[0].text


def test_the_contacts_are_a_vcard_of_everybody_on_the_board(demo: Flask):
    with demo.app_context():
        wanted = next(one for one in boards.cards() if one.kind == "villager_group")
    answer = demo.test_client().get(f"/b/{wanted.code}.vcf")
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    lines = answer.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = answer.data.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VCARD\r\nVERSION:3.0") == whole.count("END:VCARD\r\n")
    assert whole.count("BEGIN:VCARD") == len(wanted.people_on) + 2
    for one in wanted.people_on:
        assert f"FN:{one.name}\r\n" in whole
        assert f"TEL;TYPE=VOICE:{one.phone.replace('-', '')}\r\n" in whole
    assert whole.count("演示数据，人物均为虚构") == whole.count("BEGIN:VCARD")


def test_the_contacts_of_a_real_town_are_not_called_invented(resident: FlaskClient, shown: Card):
    assert "演示" not in resident.get(f"/b/{shown.code}.vcf").text
