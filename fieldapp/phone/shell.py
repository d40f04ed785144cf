"""What a phone keeps to start without a network: pages, scripts and the worker that keeps them.

There are two packs. The first is what the list of doors needs, and must arrive over a weak link
before anybody can work; the second, all other screens with their words and forms, comes after it.

All of it is the same for everybody and made once. Names and records come through POST /sync into
the phone's own store, never into these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from flask import Flask, current_app, render_template, url_for
from markupsafe import Markup

from fieldapp import assets, clock, ledger
from fieldapp.assets import Asset
from fieldapp.forms import messages
from fieldapp.i18n import LANGUAGES, in_language, say
from fieldapp.phone import joined

FIRST, SECOND = "js/app.js", "js/more.js"
STYLE, SECOND_STYLE = "css/phone.css", "css/more.css"
SHEETS = ("tokens", "layout", "parts", "fields", "screens")
SECOND_SHEETS = "css/more"
WORKER = "js/sw/worker.js"
HTML = "text/html; charset=utf-8"
_SAID = re.compile(r'\b(say|N_)\("((?:[^"\\\n]|\\.)*)"')

# What the first pack needs of the forms: all of a visit's; of others what its lists show in words.
NEEDED_FIRST: dict[str, tuple[str, ...]] = {
    "visit": (),
    "household": ("occupied",),
    "person": ("sex", "relation"),
}


@dataclass(frozen=True)
class Script:
    """Many modules in one, in which each sentence stands as its number."""

    text: str
    sentences: Mapping[str, int]


@dataclass(frozen=True)
class Shell:
    """The pages of both packs by language, and the worker that keeps them."""

    pages: Mapping[str, Asset]
    more: Mapping[str, Asset]
    worker: Asset


def prepare(app: Flask) -> None:
    """Join the phone's modules into two scripts, and its style sheets into two."""
    first, second = _scripts()
    assets.put(app, FIRST, first.text)
    assets.put(app, SECOND, second.text)
    second_sheets = sorted(path.stem for path in (assets.STATIC / SECOND_SHEETS).glob("*.css"))
    assets.put(app, STYLE, _style(f"css/{sheet}.css" for sheet in SHEETS))
    assets.put(app, SECOND_STYLE, _style(f"{SECOND_SHEETS}/{sheet}.css" for sheet in second_sheets))
    app.extensions["phone"] = cache(_make)


def present() -> Shell:
    """The shell of this release; made when the first phone asks, because it names every part."""
    made: Shell = current_app.extensions["phone"]()
    return made


def words(lang: str) -> dict[str, str]:
    """Every sentence that the first script holds, in `lang`; and those of the forms, by code.

    The script names a sentence by its number, so that no phone loads it in two languages.
    """
    return messages.messages_json(say, lang) | _numbered(_scripts()[0], lang)


def _numbered(script: Script, lang: str) -> dict[str, str]:
    return {str(number): say(text, lang) for text, number in script.sentences.items()}


def _make() -> Shell:
    pages = {lang: _page(lang) for lang in LANGUAGES}
    more = {lang: _more(lang) for lang in LANGUAGES}
    return Shell(_packed(pages), _packed(more), _worker([*pages.values(), *more.values()]))


def _packed(pages: Mapping[str, str]) -> dict[str, Asset]:
    return {lang: Asset(page.encode(), HTML) for lang, page in pages.items()}


def _page(lang: str) -> str:
    return _rendered(
        "phone/shell.html",
        lang,
        forms={
            name: _only(form, NEEDED_FIRST[name])
            for name, form in _forms(lang).items()
            if name in NEEDED_FIRST
        },
        words=words(lang),
        build=current_app.config["BUILD"],
    )


def _more(lang: str) -> str:
    """What the first page lacks. A form of which the first has a part comes whole."""
    forms = {name: form for name, form in _forms(lang).items() if NEEDED_FIRST.get(name) != ()}
    return _rendered(
        "phone/more.html",
        lang,
        forms=forms,
        words=_numbered(_scripts()[1], lang),
        other_lang_url=url_for("phone.shell", lang="zh" if lang == "en" else "en"),
    )


def _rendered(template: str, lang: str, *, forms: object, words: object, **names: str) -> str:
    with in_language(lang):
        page = render_template(
            template,
            forms_json=_json_in_html(forms),
            words_json=_json_in_html(words),
            lang=lang,
            **names,
        )
    return re.sub(r"\n\s+", "\n", page)


def _forms(lang: str) -> dict[str, dict[str, object]]:
    today = clock.today()
    kinds = ledger.kinds().items()
    return {name: kind.newest.as_json(today, say, (lang,)) for name, kind in kinds}


def _only(form: dict[str, object], keys: tuple[str, ...]) -> dict[str, object]:
    """Of the definition these fields; all, if none are named."""
    fields = cast(list[dict[str, object]], form["fields"])
    return form | {"fields": [field for field in fields if not keys or field["key"] in keys]}


def _worker(pages: Iterable[str]) -> Asset:
    """The worker, with the list of the files that the pages name."""
    build = current_app.config["BUILD"]
    address = re.compile(rf'"(/static/{build}/[^"]+)"')
    files = sorted({name for page in pages for name in address.findall(page)})
    release = json.dumps({"build": build, "assets": files})
    script = joined.join(WORKER, _module, call=f"start({release})")
    return Asset(script.encode(), "text/javascript; charset=utf-8")


def _module(name: str) -> str:
    return (assets.STATIC / name).read_text(encoding="utf-8")


def _style(names: Iterable[str]) -> str:
    return "".join(_slim_style(_module(name)) for name in names)


def _slim_style(text: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s+|\n", "", text, flags=re.DOTALL | re.MULTILINE)


@cache
def _scripts() -> tuple[Script, Script]:
    """Both packs. A sentence that both say keeps the number it has in the first."""
    known: dict[str, int] = {}

    def numbered(said: re.Match[str]) -> str:
        number = known.setdefault(said.group(2).replace('\\"', '"'), len(known))
        return f'{said.group(1)}("{number}"'

    first, second = joined.join_two(FIRST, SECOND, _module)
    first = _SAID.sub(numbered, first)
    of_first = dict(known)
    second = _SAID.sub(numbered, second)
    of_second = {text: number for text, number in known.items() if text not in of_first}
    return Script(first, of_first), Script(second, of_second)


def _json_in_html(value: object) -> Markup:
    """JSON that may stand in a `<script>`: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
