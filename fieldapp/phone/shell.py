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

from flask import Flask, current_app, render_template, url_for
from markupsafe import Markup

from fieldapp import assets, clock, ledger
from fieldapp.assets import Asset
from fieldapp.forms import messages
from fieldapp.i18n import LANGUAGES, catalog, in_language, say
from fieldapp.phone import joined

ENTRY = "js/app.js"
WORKER = "js/sw/worker.js"
HTML = "text/html; charset=utf-8"
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


@dataclass(frozen=True)
class Shell:
    """Both pages and the worker that keeps them, by their names under /phone/."""

    pages: Mapping[str, Asset]
    worker: Asset


def prepare(app: Flask) -> None:
    """Join the phone's modules into one script, under the name of the first of them."""
    assets.put(app, ENTRY, _script())
    app.extensions["phone"] = cache(_make)


def present() -> Shell:
    """The shell of this release; made when the first phone asks, because it names every part."""
    made: Shell = current_app.extensions["phone"]()
    return made


def words(lang: str) -> dict[str, str]:
    """Every sentence that the phone's scripts hold, in `lang`; and those of the forms, by code.

    A sentence is found by being written out in a script. English ones are their own translation.
    """
    said = {text.replace('\\"', '"') for text in _LITERAL.findall(_script())}
    translated = {text: say(text, lang) for text in _sentences() & said}
    changed = {text: other for text, other in translated.items() if other != text}
    return messages.messages_json(say, lang) | changed


def _make() -> Shell:
    pages = {lang: _page(lang) for lang in LANGUAGES}
    packed = {lang: Asset.of(page.encode(), HTML) for lang, page in pages.items()}
    return Shell(packed, _worker(pages))


def _page(lang: str) -> str:
    today = clock.today()
    forms = {name: kind.newest for name, kind in ledger.kinds().items()}
    as_json = {name: form.as_json(today, say, (lang,)) for name, form in forms.items()}
    with in_language(lang):
        return render_template(
            "phone/shell.html",
            build=current_app.config["BUILD"],
            modules=(),
            forms=forms,
            forms_json=_json_in_html(as_json),
            words_json=_json_in_html(words(lang)),
            lang=lang,
            other_lang_url=url_for("phone.shell", lang="zh" if lang == "en" else "en"),
        )


def _worker(pages: Mapping[str, str]) -> Asset:
    """The worker, with the list of the files that the pages name."""
    build = current_app.config["BUILD"]
    address = re.compile(rf'"(/static/{build}/[^"]+)"')
    files = sorted({name for page in pages.values() for name in address.findall(page)})
    release = json.dumps({"build": build, "assets": files})
    script = joined.join(WORKER, _module, call=f"start({release})")
    return Asset.of(script.encode(), "text/javascript; charset=utf-8")


def _module(name: str) -> str:
    return (assets.STATIC / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return joined.join(ENTRY, _module)


@cache
def _sentences() -> frozenset[str]:
    """All sentences that have a translation."""
    known = catalog("zh")
    return frozenset(text for text in getattr(known, "_catalog", {}) if isinstance(text, str))


def _json_in_html(value: object) -> Markup:
    """JSON that may stand in a `<script>`: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
