"""What people read for an error; tests/js/sentences.test.js holds the phone to the same words."""

from __future__ import annotations

import json
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import fieldapp
from fieldapp.forms import MESSAGES, messages_json, sentence
from tests.forms.definitions import CONTRACT, DAY, FORMS, OURS

CASES = json.loads((CONTRACT / "sentence_cases.json").read_text(encoding="utf-8"))


def in_english(msgid, _language):
    return msgid


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    (package,) = fieldapp.__path__
    with open(f"{package}/translations/zh/LC_MESSAGES/messages.po", "rb") as file:
        return read_po(file, locale="zh")


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['kind']}.{case['key']} {case['code']}"
)
def test_a_mistake_is_named_with_what_to_do(case):
    form = FORMS[case["kind"]]
    said = sentence(form, case["key"], case["code"], say=in_english, language="en", today=DAY)
    assert said == case["en"]


@pytest.mark.parametrize(
    ("kind", "key", "code", "zh"),
    [
        ("visit", "temp", "too_high", "体温要在 34.0 到 43.0 之间，请再看一眼体温计。"),
        (
            "returnee",
            "id_no",
            "bad_id_check",
            "身份证号第 18 位和前 17 位对不上，请对照证件从头一位一位再看一遍。",
        ),
        (
            "returnee",
            "left_origin_at",
            "out_of_order",
            "和“到达本地的日子”前后对不上，请把两个日子都核对一下。",
        ),
        ("visit", "remark", "too_long", "写得太长了，最多 200 个字，请缩短一些。"),
    ],
)
def test_it_is_said_in_chinese(catalog, kind, key, code, zh):
    def say(msgid, _language):
        return catalog[msgid].string

    assert sentence(FORMS[kind], key, code, say=say, language="zh", today=DAY) == zh


def test_every_word_of_the_forms_is_in_the_chinese_catalog(catalog):
    missing = [msgid for msgid in words() if not (msgid in catalog and catalog[msgid].string)]
    assert missing == []


def test_the_chinese_sentences_have_the_same_blanks(catalog):
    blank = re.compile(r"%\((\w+)\)s")
    differing = [
        msgid
        for msgid in words()
        if set(blank.findall(msgid)) != set(blank.findall(catalog[msgid].string))
    ]
    assert differing == []


@pytest.mark.parametrize("kind", OURS)
def test_every_code_can_be_said_of_every_field(kind):
    for key in OURS[kind].keys:
        for code in MESSAGES:
            said = sentence(OURS[kind], key, code, say=in_english, language="en", today=DAY)
            assert said.endswith(".")
            assert "%(" not in said


def words() -> set[str]:
    found = set(messages_json(in_english, "en").values())
    for form in OURS.values():
        for field in form.fields:
            found |= {field.label, *field.says.values(), *(one.label for one in field.choices)}
            found |= {field.help} - {""}
    return found
