"""The phone's screens as they are written: every word, name and part is where the script looks."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from flask import Flask

from fieldapp import ledger
from fieldapp.phone import shell as shell_made
from fieldapp.phone.joined import in_order
from tests.phone.markup import Element, read

ROOT = Path(__file__).parents[2] / "fieldapp"
LANGUAGES = {"zh": "/phone/", "en": "/phone/en/"}
SECOND = {"zh": "/phone/more", "en": "/phone/en/more"}


def _module(name: str) -> str:
    return (ROOT / "static" / name).read_text()


FIRST_MODULES = in_order(shell_made.FIRST, _module)
ALL_MODULES = [*FIRST_MODULES, *in_order(shell_made.SECOND, _module)]
FIRST_SCRIPT = "\n".join(_module(name) for name in FIRST_MODULES)
SCRIPT = "\n".join(_module(name) for name in dict.fromkeys(ALL_MODULES))


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def first(app: Flask, lang: str) -> Element:
    """The page that the phone loads first, in each language."""
    return read(app.test_client().get(LANGUAGES[lang]).text)


@pytest.fixture
def shell(app: Flask, lang: str) -> Element:
    """Both pages of the phone, in each language."""
    pages = (app.test_client().get(page[lang]).text for page in (LANGUAGES, SECOND))
    return read("".join(pages))


def _asked_for(script: str) -> set[str]:
    return set(re.findall(r'\bview\(\s*"([\w-]+)"', script))


def _parts(page: Element) -> list[str]:
    return [one.get("id").removeprefix("t-") for one in page.all("template")]


def test_every_part_that_a_script_asks_for_is_in_the_page(shell: Element) -> None:
    asked = _asked_for(SCRIPT)
    asked |= {f"field-{shape}" for shape in ("text", "lines", "day", "day-ahead", "choice")}
    assert sorted(_parts(shell)) == sorted(asked | {"login", "blocked"})


def test_the_first_page_has_every_part_that_the_first_script_asks_for(first: Element) -> None:
    assert _asked_for(FIRST_SCRIPT) - set(_parts(first)) == set()


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
    screens = {"today", "households", "household", "outbox", "record", "ready", "settings", "form"}
    screens |= {"plan", *re.findall(r'\{ part: view\(\s*"([\w-]+)"', SCRIPT)}
    for template in shell.all("template"):
        headings = [one.get("tabindex") for one in template.all("h1")]
        needed = template.get("id").removeprefix("t-") in screens
        assert headings in ((["-1"],) if needed else ([], ["-1"])), template.get("id")


def test_every_field_has_its_label_its_help_and_a_place_for_what_is_wrong(first: Element) -> None:
    for name in ("text", "lines", "day", "day-ahead", "choice"):
        (box,) = first.by_id(f"t-field-{name}").having("data-question")
        assert len(box.all("legend") + box.all("label")) == 1
        assert [one.get("id") for one in box.all("p")] == ["help-", "error-"]
        described = {one.get("aria-describedby") for one in box.all("input") + box.all("textarea")}
        assert described <= {"help- error-"}
    assert first.by_id("search").get("type") == "search"
    assert "search" in [one.get("for") for one in first.all("label")]


def test_the_page_has_its_landmarks_and_lines_that_are_read_out(first: Element) -> None:
    assert [len(first.all(tag)) for tag in ("main", "nav")] == [1, 1]
    assert first.all("nav")[0].get("aria-label")
    assert first.by_id("said").get("role") == "status"
    assert first.by_id("sync").get("aria-live") == "polite"
    assert first.all("html")[0].get("lang") in {"zh-Hans", "en"}


@pytest.mark.parametrize("pages", [LANGUAGES, SECOND])
def test_chinese_pages_have_no_english_sentence_and_english_ones_no_chinese(
    app: Flask, pages: dict[str, str]
) -> None:
    browser = app.test_client()
    chinese, english = (read(browser.get(pages[lang]).text) for lang in ("zh", "en"))
    own_names = {"English", "中文"}
    letters = re.compile("[A-Za-z]{4,}")
    assert [t for t in chinese.texts() if letters.search(t) and t not in own_names] == [
        t for t in chinese.texts() if "JavaScript" in t
    ]
    assert [t for t in english.texts() if re.search("[一-鿿]", t) and t not in own_names] == []


def test_a_form_is_whole_in_one_of_the_pages(app: Flask) -> None:
    first, second = (
        json.loads(read(app.test_client().get(page["zh"]).text).by_id("forms").text())
        for page in (LANGUAGES, SECOND)
    )
    with app.app_context():
        whole = {
            name: [field.key for field in kind.newest.fields]
            for name, kind in ledger.kinds().items()
        }

    def keys(forms: dict[str, dict[str, list[dict[str, str]]]]) -> dict[str, list[str]]:
        return {name: [field["key"] for field in form["fields"]] for name, form in forms.items()}

    assert keys(first | second) == whole
    assert set(first) & set(second) == {"household", "person"}


def test_the_questions_that_stand_together_are_questions_of_the_form(app: Flask) -> None:
    with app.app_context():
        forms = {name: kind.newest for name, kind in ledger.kinds().items()}
    tables = re.findall(
        r"^  (\w+): \{(?:(?!^  \}).)*?^    steps: \[(.*?)^    \],", SCRIPT, re.M | re.S
    )
    assert {"visit", "returnee"} <= {kind for kind, _ in tables}
    for kind, group in tables:
        named = re.findall(r'"(\w+)"', group)
        assert set(named) <= {field.key for field in forms[kind].fields}, kind
        assert len(named) == len(set(named)), kind


@pytest.mark.parametrize("pixels", [192, 512])
@pytest.mark.parametrize("name", ["app", "app-maskable"])
def test_the_icons_for_the_home_screen_have_the_size_they_are_named_for(
    name: str, pixels: int
) -> None:
    head = (ROOT / f"static/icons/{name}-{pixels}.png").read_bytes()[:24]
    assert struct.unpack(">II", head[16:24]) == (pixels, pixels)
