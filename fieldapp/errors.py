"""What goes wrong, said in the reader's language; as JSON where a program asked."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from fieldapp.i18n import N_

TITLES = {
    400: N_("This request could not be read."),
    401: N_("Please log in."),
    403: N_("This is not open to you."),
    404: N_("There is no such page."),
    405: N_("This page cannot be used in this way."),
    410: N_("This is no longer here."),
    413: N_("This is too large to send at once."),
    429: N_("Too many requests."),
    500: N_("Something went wrong on our side."),
    503: N_("The server is busy."),
}

ADVICE = {
    400: N_("Go back and try again. What is kept on your phone is not affected."),
    401: N_("Your records are not affected by this."),
    403: N_("If you think it should be, ask the township office."),
    404: N_("Check the address, or start again from the first page."),
    405: N_("Go back and use the buttons on the page."),
    410: N_("Ask your grid head or the township office for a new link."),
    413: N_("Send it in smaller parts."),
    429: N_("Wait a minute, then try again."),
    500: N_("Nothing that was saved is lost. Please try again later, or call the township office."),
    503: N_("Nothing that was saved is lost. Please try again in a minute."),
}

RETRY_AFTER_S = 10

JSON_CODES = {
    400: "unreadable",
    401: "login_required",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unreadable",
    429: "too_many_requests",
    503: "busy",
}


def init_app(app: Flask) -> None:
    """Answer every error, expected or not."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(Exception, unexpected)


def answer(error: HTTPException) -> Response:
    """The error as a page, or as `{"error": code}` under a JSON address."""
    if error.response is not None:
        return make_response(error.response)

    code = error.code or 500
    response = _as_json(code) if _wants_json() else _as_page(code)
    if retry := getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(int(retry))
    return response


def busy(error: OperationalError) -> Response:
    """The database is locked, full or away: nothing was promised, so the phone tries again."""
    current_app.logger.error("database unavailable in %s", request.endpoint, exc_info=error)
    response = _as_json(503) if _wants_json() else _as_page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def unexpected(error: Exception) -> Response:
    """A bug: the details go to the log, and not to the reader."""
    current_app.logger.error("unexpected error in %s", request.endpoint, exc_info=error)
    return _as_json(500) if _wants_json() else _as_page(500)


def _wants_json() -> bool:
    return request.path.startswith("/sync") or request.path in {"/healthz", "/phone/me"}


def _as_json(code: int) -> Response:
    return make_response(jsonify(error=JSON_CODES.get(code, "failed")), code)


def _as_page(code: int) -> Response:
    title = TITLES.get(code) or HTTPStatus(code).phrase
    advice = ADVICE.get(code) or ADVICE[500]
    body = render_template("error.html", code=code, title=_(title), advice=_(advice))
    return make_response(body, code)
