"""Whatever was written on a board stays text on every page of the office, also in its history."""

from __future__ import annotations

import html
import re

import pytest

from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Grid, Member
from tests.boards.conftest import grid
from tests.township.town import WILLOW, WILLOW_1, WILLOW_2, Office, Town

BOARDS = "/township/boards"
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onclick='alert(1)",
    "</textarea><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "%(name)s %s",
)


def pages(town: Town) -> list[str]:
    """Every page of the office about boards."""
    number, at = town.members[WILLOW_1], f"{BOARDS}/grids/{WILLOW_1}"
    return [
        f"{BOARDS}/", at, f"{at}/preview", f"{at}/history", f"{at}/texts/scope",
        f"{at}/lists/service", f"{at}/lists/duty", f"{at}/sketch", f"{at}/contacts/new",
        f"{BOARDS}/members/{number}", f"{BOARDS}/contacts/1", f"{BOARDS}/history",
        f"{BOARDS}/badges/", f"{BOARDS}/badges/{number}", f"{BOARDS}/merges/",
        f"{BOARDS}/merges/?old={WILLOW_1}&new={WILLOW_2}",
    ]  # fmt: skip


def write_everywhere(office: Office, town: Town, text: str) -> None:
    """Into all that a clerk may write, and, past all checks, into names."""
    at, number = f"{BOARDS}/grids/{WILLOW_1}", town.members[WILLOW_1]
    cut = text[:20]
    row = {f"{key}-0": text for key in ("title", "place", "hours")}
    answers = [
        office.post(f"{at}/texts/scope", text=text),
        office.post(f"{at}/texts/office_title", text=text),
        office.post(f"{at}/lists/service", **row),
        office.post(f"{at}/lists/duty", **row),
        office.post(f"{at}/contacts/", name=text, own_word=cut, duty=text, hours=text),
        office.post(f"{BOARDS}/members/{number}", duty=text, hours=text),
        office.post(f"{BOARDS}/badges/{number}/revocation", reason=text),
        office.post(f"{BOARDS}/badges/{number}"),
    ]
    assert {one.status_code for one in answers} == {303}
    with town.app.app_context(), writing():
        db.session().get_one(Grid, grid(town, WILLOW_1)).name = text
        db.session().get_one(Member, number).name = text
        scope.changed()


def outside_of_text(page: str) -> list[str]:
    """Elements and attributes of a page, without its words and the values of its attributes."""
    return re.findall(r"<[^>]+>", re.sub(r'"[^"]*"', '""', page))


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_page_takes_text_for_markup(office: Office, town: Town, text: str):
    office.post(f"{BOARDS}/grids/{WILLOW}/texts/hours", text="上午")
    write_everywhere(office, town, text)
    seen = 0
    for path in pages(town):
        answer = office.get(path)
        assert answer.status_code == 200, path
        tags = " ".join(outside_of_text(answer.text))
        assert "alert(1)" not in tags, path
        assert not re.search(r"<script(?! (defer )?(type=\"\" )?src=)", tags), path
        assert "49" not in re.findall(r">\s*(49)\s*<", answer.text), path
        seen += text in html.unescape(answer.text)
    assert seen > 10


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_comes_back_to_be_put_right_or_looked_at_is_text_too(
    office: Office, town: Town, text: str
):
    at = f"{BOARDS}/grids/{WILLOW_1}"
    shown = [
        office.post(f"{at}/texts/scope", do="preview", text=text, more=text),
        office.post(f"{at}/texts/supervision", text=text),
        office.post(f"{at}/lists/hotline", **{"title-0": text, "phone-0": text}),
        office.post(f"{at}/contacts/", name=text, phone=text, duty=text, own_word=text),
        office.post(f"{BOARDS}/merges/", old=text, new=text),
    ]
    assert [one.status_code for one in shown] == [200, 422, 422, 422, 422]
    for answer in shown:
        assert "alert(1)" not in " ".join(outside_of_text(answer.text))
    assert town
