"""The pictures beside choices: each is drawn, and stands beside a choice that some form has."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from tests.forms.definitions import OURS
from tests.phone.markup import read

SCRIPT = Path(__file__).parents[2] / "fieldapp/static/js/elements/pictures.js"
LINES = re.findall(r"^  (\w+): \{ (.*) \},$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
PICTURES = {name: dict(re.findall(r'(\w+): "(\w+)"', pairs)) for name, pairs in LINES}


def test_every_picture_is_drawn_in_one_of_the_pages(app: Flask) -> None:
    browser = app.test_client()
    pages = (browser.get(path).text for path in ("/phone/", "/phone/more"))
    drawn = {one.get("id") for page in pages for one in read(page).all("symbol")}

    assert {f"i-{icon}" for icons in PICTURES.values() for icon in icons.values()} <= drawn


def test_every_picture_stands_beside_a_choice_of_a_form() -> None:
    choices: dict[str, set[str]] = {}
    for form in OURS.values():
        for field in form.fields:
            choices.setdefault(field.key, set()).update(field.codes)

    assert PICTURES
    for name, pictures in PICTURES.items():
        assert pictures.keys() <= choices[name], name
