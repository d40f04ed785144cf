"""What a phone keeps to start without a network: one page a language, one script, one worker.

All of it is the same for everybody and made once. Names and records come through POST /sync into
the phone's own store, never into these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
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

ENTRY = "js/app.js"
STYLE = "css/phone.css"
SHEETS = ("tokens", "layout", "parts", "fields", "screens")
WORKER = "js/sw/worker.js"
HTML = "text/html; charset=utf-8"
_SAID = re.compile(r'\b(say|N_)\("((?:[^"\\\n]|\\.)*)"')

# Of these kinds the phone shows a few answers in words, but has no form.
SHOWN = {
    "household": ("occupied",),
    "person": ("sex", "relation"),
    "isolation_case": ("kind", "reason", "count_from_kind", "count_from", "days", "state"),
}


@dataclass(frozen=True)
class Script:
    """All modules in one, in which each sentence stands as its number."""

    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Shell:
    """Both pages and the worker that keeps them, by their names under /phone/."""

    pages: Mapping[str, Asset]
    worker: Asset


def prepare(app: Flask) -> None:
    """Join the phone's modules into one script, and its style sheets into one."""
    assets.put(app, ENTRY, _script().text)
    assets.put(app, STYLE, "".join(_slim_style(_module(f"css/{sheet}.css")) for sheet in SHEETS))
    app.extensions["phone"] = cache(_make)


def present() -> Shell:
    """The shell of this release; made when the first phone asks, because it names every part."""
    made: Shell = current_app.extensions["phone"]()
    return made


def words(lang: str) -> dict[str, str]:
    """Every sentence that the phone's scripts hold, in `lang`; and those of the forms, by code.

    The script names a sentence by its number, so that no phone loads it in two languages.
    """
    numbered = {str(number): say(text, lang) for number, text in enumerate(_script().sentences)}
    return messages.messages_json(say, lang) | numbered


def _make() -> Shell:
    pages = {lang: _page(lang) for lang in LANGUAGES}
    packed = {lang: Asset(page.encode(), HTML) for lang, page in pages.items()}
    return Shell(packed, _worker(pages))


def _page(lang: str) -> str:
    today = clock.today()
    forms = {name: kind.newest for name, kind in ledger.kinds().items()}
    as_json = {
        name: _shown(form.as_json(today, say, (lang,)), SHOWN.get(name))
        for name, form in forms.items()
    }
    with in_language(lang):
        page = render_template(
            "phone/shell.html",
            build=current_app.config["BUILD"],
            modules=(),
            forms_json=_json_in_html(as_json),
            words_json=_json_in_html(words(lang)),
            lang=lang,
            other_lang_url=url_for("phone.shell", lang="zh" if lang == "en" else "en"),
        )
    return re.sub(r"\n\s+", "\n", page)


def _shown(form: dict[str, object], keys: tuple[str, ...] | None) -> dict[str, object]:
    """The definition, or of a kind that has no form on the phone only what is shown."""
    if keys is None:
        return form
    fields = cast(list[dict[str, object]], form["fields"])
    return form | {"fields": [field for field in fields if field["key"] in keys]}


def _worker(pages: Mapping[str, str]) -> Asset:
    """The worker, with the list of the files that the pages name."""
    build = current_app.config["BUILD"]
    address = re.compile(rf'"(/static/{build}/[^"]+)"')
    files = sorted({name for page in pages.values() for name in address.findall(page)})
    release = json.dumps({"build": build, "assets": files})
    script = joined.join(WORKER, _module, call=f"start({release})")
    return Asset(script.encode(), "text/javascript; charset=utf-8")


def _module(name: str) -> str:
    return (assets.STATIC / name).read_text(encoding="utf-8")


def _slim_style(text: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s+|\n", "", text, flags=re.DOTALL | re.MULTILINE)


@cache
def _script() -> Script:
    sentences: dict[str, int] = {}

    def numbered(said: re.Match[str]) -> str:
        number = sentences.setdefault(said.group(2).replace('\\"', '"'), len(sentences))
        return f'{said.group(1)}("{number}"'

    text = _SAID.sub(numbered, joined.join(ENTRY, _module))
    return Script(text, tuple(sentences))


def _json_in_html(value: object) -> Markup:
    """JSON that may stand in a `<script>`: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
