"""What stands on a sheet, as the last words: from a board's card to texts that only want setting.

Everything is put into the language of the present text. What a text must not hold is left out here,
so that hostile words are words: neither markup nor control characters get any further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from fieldapp import boards
from fieldapp.boards import english
from fieldapp.boards.card import Card, Hotline, Person, Service
from fieldapp.boards.roles import ROLES
from fieldapp.grids import scope
from fieldapp.i18n import N_, language
from fieldapp.township.legible import cleaned

CROWD = 3  # from so many on, what all of them do is said once

WORDS = {
    "notice_board": N_("Grid notice board"),
    "deputy": N_("(deputy)"),
    "no_phone": N_("Please call the office"),
    "area": N_("Area of the grid"),
    "people": N_("People responsible"),
    "nobody": N_("Somebody will be named soon. Until then please call the office."),
    "duties": N_("What they do"),
    "services": N_("What you can get here"),
    "scan": N_("Scan to find your people"),
    "type_it": N_("or type this in a browser"),
    "without_phone": N_("No smartphone? Please call"),
    "hotlines": N_("Useful numbers"),
    "supervision": N_("Complaints and supervision"),
    "always_new": N_("When people change, the code leads to the new ones: this board stays valid."),
}
# Whoever has the picture has a phone in the hand, and cannot hold it before itself.
ON_A_PICTURE = {
    "scan": N_("Press long on the code"),
    "without_phone": N_("Or simply call"),
    "always_new": N_("When people change, the code leads to the new ones."),
}


def words(*, on_a_picture: bool = False) -> dict[str, str]:
    """What every board says, in the present language."""
    sentences = WORDS | ON_A_PICTURE if on_a_picture else WORDS
    return {name: str(_(sentence)) for name, sentence in sentences.items()} | {"demo": demo()}


def demo() -> str:
    """What paper of a demo town must say, since it leaves the screen that does; else ""."""
    return str(_("Demo: all people are invented")) if scope.is_demo() else ""


def board(card: Card) -> dict[str, Any]:
    """One board's texts, for `typeset/board.typ` and the print page alike."""
    card = english.shown(card)
    above = [plain(name) for name in card.units[:-1]]
    half = (len(card.code) + 1) // 2
    return {
        "name": plain(card.grid),
        "file": file_name(card.grid, card.code),
        "grid": plain(card.grid),
        "above": " · ".join(above),
        "level": plain(card.level.get(language()) or card.level.get("zh", "")),
        "counts": _counts(card),
        "scope": plain(card.scope),
        "sketch": card.sketch if (card.sketch or "").startswith("<svg") else None,
        "groups": list(_groups(card)),
        "duties": [plain(duty) for duty in card.duties],
        "services": [_service(service) for service in card.services],
        "hotlines": [_hotline(hotline) for hotline in card.hotlines],
        "supervision": number(card.supervision),
        "office": _hotline(card.office),
        "changed": _(
            "Last changed on %(day)s, edition %(number)s",
            day=format_date(card.changed, "long"),
            number=card.edition,
        ),
        "code": [card.code[:half], card.code[half:]],
        "host": f"{address_shown()}/b/",
        "url": boards.address_of(card.code),
    }


def address_shown() -> str:
    """The server as people type it."""
    return boards.base().partition("://")[2]


def number(phone: str) -> str:
    """A telephone number in groups that can be read out: 154 0004 0001, 0417-5550100."""
    digits = plain(phone)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"{digits[:3]}\u00a0{digits[3:7]}\u00a0{digits[7:]}"
    if re.fullmatch(r"0\d{10,11}", digits):
        area = 3 if digits[1] in "12" else 4
        return f"{digits[:area]}-{digits[area:]}"
    return digits


def role(key: str) -> str:
    """What people call it, in the present language."""
    return str(_(ROLES[key])) if key in ROLES else plain(key)


def plain(text: str) -> str:
    """One line of what can be seen; a word without end may be broken."""
    line = " ".join(cleaned(text).split())
    return re.sub(r"[^\s\u2e80-\uffef\u200b]{18}(?=[^\s\u2e80-\uffef]{6})", "\\g<0>\u200b", line)


def file_name(*parts: str) -> str:
    """A name that every file system takes."""
    return "-".join(
        re.sub(r'[\s\\/:*?"<>|.\x00-\x1f\u200b]+', "", plain(part))[:40] for part in parts
    )


def _groups(card: Card) -> Iterator[dict[str, Any]]:
    """The people by the unit they serve, the nearest first, as the card has them."""
    for grid, some in groupby(card.people_on, key=lambda person: person.grid):
        people = [_person(person) for person in some]
        near = grid == card.grid
        yield {
            "title": _("In this grid") if near else plain(grid),
            "near": near,
            "note": _said_once(people),
            "people": people,
        }


def _said_once(people: list[dict[str, Any]]) -> str:
    """The words that many of a group would repeat; taken away from them."""
    details = [person["detail"] for person in people]
    common = max(details, key=details.count)
    if not common or details.count(common) < CROWD:
        return ""
    for person in people:
        if person["detail"] == common:
            person["detail"] = ""
    roles = dict.fromkeys(
        p["role"] for p, detail in zip(people, details, strict=True) if detail == common
    )
    return str(
        _("%(who)s: %(what)s", who=(", " if language() == "en" else "、").join(roles), what=common)
    )


def _person(person: Person) -> dict[str, Any]:
    office = person.phone and person.phone_of == "office"
    return {
        "name": plain(person.name),
        "role": role(person.role),
        "deputy": person.deputy,
        "detail": _joined(person.duty, person.hours),
        "phone": number(person.phone),
        "phone_note": str(_("office number")) if office else "",
    }


def _service(service: Service) -> dict[str, str]:
    return {
        "title": plain(service.title),
        "detail": _joined(service.place, service.hours),
        "phone": number(service.phone),
    }


def _hotline(hotline: Hotline) -> dict[str, str]:
    return {"title": plain(hotline.title), "phone": number(hotline.phone)}


def _counts(card: Card) -> str:
    if card.households is None and card.people is None:
        return ""
    if card.people is None:
        return str(_("about %(homes)s households", homes=card.households))
    if card.households is None:
        return str(_("about %(people)s people", people=card.people))
    return str(
        _(
            "about %(homes)s households, %(people)s people",
            homes=card.households,
            people=card.people,
        )
    )


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, map(plain, parts)))
