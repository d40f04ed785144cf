"""Whatever is typed into a board stays text: on the page, in the drawing, among the contacts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from html.parser import HTMLParser

import pytest

from fieldapp.boards import edit, folk
from fieldapp.boards.card import Service
from fieldapp.boards.folk import Contact
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused, duties, scope
from fieldapp.grids.models import Grid, Member
from tests.boards.conftest import card, grid
from tests.township.town import WILLOW_1, Town

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onclick='alert(1)",
    "</title><iframe src=//evil.example>",
    "</svg><style>*{display:none}</style>",
    "{{ 7*7 }}{% raw %}",
    "${7*7}",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;",
    "END:VCARD\r\nBEGIN:VCARD",
    "x\r\nTEL:110;x,y\\z",
    "x\nNOTE:y",
    "\u202eevil\u202c",
    "\u200f\u2067abc",
    "a\u0000b\u0007c\u001b[31m",
    "=cmd|' /C calc'!A0",
    "%(name)s %s %n",
    "\U0001f600" * 5,
    "ཨོཾ་མ་ཎི",
)
BY = "办公室"


def _text(part: str, role: str = "") -> Callable[[int, int, str], object]:
    return lambda at, _who, text: edit.set_text(at, part, text, by=BY, role=role)


def _lines(sort: str, **field: str) -> Callable[[int, int, str], object]:
    def put(at: int, _who: int, text: str) -> object:
        given = {"title": "一", "phone": "110"} | dict.fromkeys(field, text)
        return edit.set_lines(at, sort, [Service(**given)], by=BY)

    return put


def _contact(key: str) -> Callable[[int, int, str], object]:
    def put(at: int, _who: int, text: str) -> object:
        given = Contact("马力", "policeman", "0417-0001003")._replace(**{key: text})
        return folk.add_contact(at, given, by=BY)

    return put


def _member(key: str) -> Callable[[int, int, str], object]:
    def put(_at: int, who: int, text: str) -> object:
        return folk.set_member(
            who, **({"duty": "", "hours": ""} | {key: text}), deputy=False, by=BY
        )

    return put


def _past_the_checks(model: type, key: str) -> Callable[[int, int, str], object]:
    def put(at: int, who: int, text: str) -> object:
        setattr(db.session().get_one(model, at if model is Grid else who), key, text)
        return scope.changed()

    return put


FIELDS = {
    "scope": _text("scope"),
    "office title": _text("office_title"),
    "office phone": _text("office_phone"),
    "supervision": _text("supervision"),
    "hours": _text("hours"),
    "households": _text("households"),
    "role duty": _text("role_duty", "leader"),
    "role hours": _text("role_hours", "leader"),
    "duty": _lines("duty", title=""),
    "service title": _lines("service", title=""),
    "service place": _lines("service", place=""),
    "service hours": _lines("service", hours=""),
    "service phone": _lines("service", phone=""),
    "hotline title": _lines("hotline", title=""),
    "hotline phone": _lines("hotline", phone=""),
    "contact name": _contact("name"),
    "contact role": _contact("role"),
    "contact phone": _contact("phone"),
    "contact duty": _contact("duty"),
    "contact hours": _contact("hours"),
    "member duty": _member("duty"),
    "member hours": _member("hours"),
    "name of a member": _past_the_checks(Member, "name"),
    "name of a grid": _past_the_checks(Grid, "name"),
}


class Markup(HTMLParser):
    """The tags and attributes of a page, without its text."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(f"{tag}[{key}]" for key, _value in attrs)}
        for key, value in attrs:
            if key in ("href", "src", "action"):
                assert (value or "").startswith(("/", "tel:", "?")), value


def markup(page: str) -> set[str]:
    found = Markup()
    found.feed(page)
    return found.names


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_text_stays_text(town: Town, field: str):
    at = grid(town, WILLOW_1)
    with town.app.app_context():
        who = duties.member_by_phone("15400000001").id
    client = town.app.test_client()
    with town.app.app_context(), writing(), suppress(Refused):
        FIELDS[field](at, who, "好")
    code = card(town, WILLOW_1).code
    usual = markup(client.get(f"/b/{code}").text) | {"p[class]", "figcaption", "small"}
    entries = client.get(f"/b/{code}.vcf").data.count(b"BEGIN:VCARD\r\n")
    for number, payload in enumerate(PAYLOADS):
        with town.app.app_context(), suppress(Refused), writing():
            if field.startswith("contact"):
                entries += 1
                entries -= 0 if _is_taken(FIELDS[field], at, who, payload) else 1
            else:
                FIELDS[field](at, who, payload)
        environ = {"REMOTE_ADDR": f"10.9.{number}.1"}
        page = client.get(f"/b/{code}", environ_base=environ)
        assert page.status_code == 200
        assert markup(page.text) <= usual, payload
        assert not set(page.text) & set("\u202e\u200f\u2067\u0000\u0007\u001b"), payload
        contacts = client.get(f"/b/{code}.vcf", environ_base=environ).data
        lines = contacts.split(b"\r\n")
        assert lines.count(b"BEGIN:VCARD") == lines.count(b"END:VCARD") == entries, payload
        assert b"\n" not in contacts.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75


def _is_taken(put: Callable[[int, int, str], object], at: int, who: int, payload: str) -> bool:
    try:
        put(at, who, payload)
    except Refused:
        return False
    return True
