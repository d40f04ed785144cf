"""The phone's screens as they are written: every word, name and part is where the script looks."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from flask import Flask

from tests.phone.markup import Element, read

ROOT = Path(__file__).parents[2] / "fieldapp"
SCREENS = sorted((ROOT / "static" / "js").glob("screens/*.js"))
SCRIPT = "\n".join(file.read_text() for file in [*SCREENS, ROOT / "static" / "js" / "app.js"])
LANGUAGES = {"zh": "/phone/", "en": "/phone/en/"}


@pytest.fixture(params=LANGUAGES)
def shell(app: Flask, request: pytest.FixtureRequest) -> Element:
    """The page that the phone keeps, in each language."""
    return read(app.test_client().get(LANGUAGES[request.param]).text)


def test_every_part_that_a_script_asks_for_is_in_the_page(shell: Element) -> None:
    asked = set(re.findall(r'\bview\(\s*"([\w-]+)"', SCRIPT))
    asked |= {f"field-{shape}" for shape in ("text", "lines", "day", "day-ahead", "choice")}
    there = {one.get("id").removeprefix("t-") for one in shell.all("template")}
    assert there == asked | {"login", "blocked"}


def test_every_button_does_something(shell: Element) -> None:
    shown = {one.get("data-action") for one in shell.all() if one.get("data-action")}
    shown -= {one.get("data-action") for one in shell.all("a") if one.get("data-action")}
    listened = set(re.findall(r'\bon\([\w.]+, "([\w-]+)"', SCRIPT)) | {"more", "undo"}
    assert shown == listened


def test_every_picture_beside_a_word_is_drawn_and_not_read_aloud(shell: Element) -> None:
    drawn = {one.get("id") for one in shell.all("symbol")}
    used = {one.get("href")[1:] for one in shell.all("use") if one.get("href")}
    named = {f"i-{name}" for name in re.findall(r'icon: "(\w+)"', SCRIPT)}
    assert used | named <= drawn
    assert [one for one in shell.all("svg") if one.get("aria-hidden") != "true"] == []


def test_every_screen_says_what_it_is_in_a_heading_that_can_be_led_to(shell: Element) -> None:
    parts = ("door", "draft", "person", "visit-row", "option", "change", "fact", "event", "check")
    parts += ("duty", "notice", "field-text", "field-lines", "field-day", "field-day-ahead")
    pieces = {f"t-{name}" for name in (*parts, "field-choice")}
    for template in shell.all("template"):
        headings = [one.get("tabindex") for one in template.all("h1")]
        assert headings == ([] if template.get("id") in pieces else ["-1"]), template.get("id")


def test_every_field_has_its_label_its_help_and_a_place_for_what_is_wrong(shell: Element) -> None:
    for name in ("text", "lines", "day", "day-ahead", "choice"):
        (box,) = shell.by_id(f"t-field-{name}").having("data-question")
        assert len(box.all("legend") + box.all("label")) == 1
        assert [one.get("id") for one in box.all("p")] == ["help-", "error-"]
        described = {one.get("aria-describedby") for one in box.all("input") + box.all("textarea")}
        assert described <= {"help- error-"}
    assert shell.by_id("search").get("type") == "search"
    assert "search" in [one.get("for") for one in shell.all("label")]


def test_the_page_has_its_landmarks_and_lines_that_are_read_out(shell: Element) -> None:
    assert [len(shell.all(tag)) for tag in ("main", "nav")] == [1, 1]
    assert shell.all("nav")[0].get("aria-label")
    assert shell.by_id("said").get("role") == "status"
    assert shell.by_id("sync").get("aria-live") == "polite"
    assert shell.all("html")[0].get("lang") in {"zh-Hans", "en"}


def test_chinese_pages_have_no_english_sentence_and_english_ones_no_chinese(app: Flask) -> None:
    browser = app.test_client()
    chinese, english = (read(browser.get(path).text) for path in LANGUAGES.values())
    own_names = {"English", "中文"}
    letters = re.compile("[A-Za-z]{4,}")
    assert [t for t in chinese.texts() if letters.search(t) and t not in own_names] == [
        t for t in chinese.texts() if "JavaScript" in t
    ]
    assert [t for t in english.texts() if re.search("[一-鿿]", t) and t not in own_names] == []


def test_the_questions_that_stand_together_are_questions_of_the_form(app: Flask) -> None:
    page = read(app.test_client().get("/phone/").text)
    forms = json.loads(page.by_id("forms").text())
    table = (ROOT / "static/js/screens/questions.js").read_text().split("const STEPS = {")[1]
    for kind in ("visit", "returnee"):
        group = table.split(f"{kind}: [")[1].split("\n  ],")[0]
        named = re.findall(r'"(\w+)"', group)
        assert set(named) <= {field["key"] for field in forms[kind]["fields"]}
        assert len(named) == len(set(named))


@pytest.mark.parametrize("pixels", [192, 512])
@pytest.mark.parametrize("name", ["app", "app-maskable"])
def test_the_icons_for_the_home_screen_have_the_size_they_are_named_for(
    name: str, pixels: int
) -> None:
    head = (ROOT / f"static/icons/{name}-{pixels}.png").read_bytes()[:24]
    assert struct.unpack(">II", head[16:24]) == (pixels, pixels)
