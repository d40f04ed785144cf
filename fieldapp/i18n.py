"""The reader's language: Simplified Chinese unless they asked for English.

Message ids are English sentences; translations/zh holds the Chinese. `N_` marks, `_` translates.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext, ngettext

from fieldapp.forms.words import N_

LANGUAGES = {"zh": "zh_Hans_CN", "en": "en"}
COOKIE = "lang"

_babel = Babel()


def init_app(app: Flask) -> None:
    """Set up Flask-Babel, and `lang` in every template."""
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    app.config.setdefault("BABEL_DEFAULT_LOCALE", LANGUAGES["zh"])
    _babel.init_app(app, locale_selector=_choose)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["lang"] = language
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]  # the i18n extension's
    app.after_request(_remember)


def language() -> str:
    """`zh` or `en`: the language in which the present text is being written."""
    return "en" if get_locale().language == "en" else "zh"


def in_language(lang: str) -> AbstractContextManager[None]:
    """Write everything inside the `with` in `lang`, whatever the browser prefers."""
    context: AbstractContextManager[None] = force_locale(LANGUAGES[lang])
    return context


@cache
def catalog(lang: str) -> NullTranslations:
    """The messages of one language, for texts that are rendered in both, such as form labels."""
    if lang == "en":
        return NullTranslations()
    return Translations.load(Path(__file__).parent / "translations", ["zh"])


def say(message: str, lang: str) -> str:
    """`message` in `lang`, outside of any request."""
    return catalog(lang).gettext(message)


def _choose() -> str:
    """What this request asks for, else what its browser asked for last, else Chinese."""
    if has_request_context():
        for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
            if asked in LANGUAGES:
                return LANGUAGES[asked]
    return LANGUAGES["zh"]


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in LANGUAGES and request.cookies.get(COOKIE) != asked:
        response.set_cookie(COOKIE, asked, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


__all__ = [
    "LANGUAGES",
    "N_",
    "catalog",
    "gettext",
    "in_language",
    "init_app",
    "language",
    "ngettext",
    "say",
]
