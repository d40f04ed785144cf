"""Everybody reads the whole of it in their language: Chinese, or English."""

from __future__ import annotations

import re
from collections import Counter

from babel.messages.catalog import Catalog, Message

from tools.words import brought_up_to_date, said, translated

BLANKS = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def _texts(message: Message) -> tuple[list[str], list[str]]:
    """The English and the Chinese forms of one sentence; Chinese has no plural."""
    english = list(message.id) if message.pluralizable else [message.id]
    chinese = [message.string] if isinstance(message.string, str) else list(message.string)
    return english, chinese


CATALOG = [message for message in translated() if message.id]


def _ids(messages) -> set[str]:
    ids = [message.id for message in messages if message.id]
    return {one if isinstance(one, str) else one[0] for one in ids}


def test_every_sentence_of_the_program_is_in_chinese_too():
    assert sorted(_ids(said()) - _ids(CATALOG)) == []
    assert [m.id for m in CATALOG if not all(_texts(m)[1]) or m.fuzzy] == []


def test_no_sentence_is_kept_that_nobody_says():
    assert sorted(_ids(CATALOG) - _ids(said())) == []


def test_a_translation_has_the_blanks_of_its_sentence():
    wrong = []
    for message in CATALOG:
        english, chinese = _texts(message)
        blanks = Counter(BLANKS.findall(english[-1]))
        wrong += [text for text in chinese if Counter(BLANKS.findall(text)) != blanks]
    assert wrong == []


def test_the_catalog_is_brought_up_to_date_without_touching_what_is_translated():
    header = 'msgid ""\nmsgstr "Language: zh\\n"'
    home, gone = 'msgid "Home"\nmsgstr "家"', 'msgid "Gone"\nmsgstr "没了"'
    wanted = Catalog()
    wanted.add("New")
    wanted.add("Home")
    text = brought_up_to_date(f"{header}\n\n{home}\n\n{gone}\n", wanted)
    assert text == f'{header}\n\n{home}\n\nmsgid "New"\nmsgstr ""\n'
