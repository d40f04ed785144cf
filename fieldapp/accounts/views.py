"""/accounts/login: how a clerk gets into the township's pages, and out again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from fieldapp.accounts import clerks
from fieldapp.accounts.clerks import LoggedIn, TooManyFailures
from fieldapp.database import writing

bp = Blueprint("accounts", __name__, url_prefix="/accounts")

HOME = "/township/"

P = ParamSpec("P")
R = TypeVar("R")


@bp.get("/login")
def login() -> Response:
    """The login form; somebody logged in already goes on."""
    if current_user.is_authenticated:
        return make_response(redirect(_next(), code=303))
    return _form(status=200)


@bp.post("/login")
def log_in() -> Response:
    """Check name and password. The answer does not tell whether the name exists."""
    name = request.form.get("name", "")[:200]
    password = request.form.get("password", "")[:1000]
    outcome = clerks.log_in(
        name,
        password,
        request_id=request.form.get("request_id", "")[:36] or str(uuid.uuid4()),
        address=request.remote_addr or "",
    )
    if isinstance(outcome, LoggedIn):
        session.clear()
        session.permanent = True
        login_user(outcome)
        return make_response(redirect(_next(), code=303))
    if isinstance(outcome, TooManyFailures):
        minutes = -(-outcome.retry_after_s // 60)
        sentence = _("Too many tries. Wait %(minutes)s minutes, then try again.", minutes=minutes)
        response = _form(status=429, name=name, error=sentence)
        response.headers["Retry-After"] = str(outcome.retry_after_s)
        return response
    return _form(status=422, name=name, error=_("Name and password do not belong together."))


@bp.post("/logout")
def logout() -> Response:
    """End the login on the server too, so that a copied cookie opens nothing."""
    if current_user.is_authenticated:
        token = current_user.token
        with writing():
            clerks.log_out(token)
    logout_user()
    session.clear()
    return make_response(redirect(url_for("accounts.login"), code=303))


def clerk_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Only for clerks who are logged in; everybody else is sent to the login form, and back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        return view(*args, **kwargs) if current_user.is_authenticated else _to_login()

    return guarded


def _to_login() -> Response:
    asked = request.full_path.rstrip("?") if request.method == "GET" else HOME
    if request.headers.get("HX-Request") == "true":
        answer = make_response("", 401)  # a fragment must not be filled with a login page
        answer.headers["HX-Redirect"] = url_for("accounts.login", next=HOME)
        return answer
    return make_response(redirect(url_for("accounts.login", next=asked), code=303))


def _form(*, status: int, name: str = "", error: str = "") -> Response:
    page = render_template(
        "accounts/login.html",
        name=name,
        error=error,
        next=_next(),
        request_id=str(uuid.uuid4()),
    )
    return make_response(page, status)


def _next() -> str:
    """Where to go after logging in: a page of ours, never another site."""
    asked = request.values.get("next", "")
    parts = urlsplit(asked)
    is_ours = asked.startswith("/") and not asked.startswith("//") and not parts.netloc
    return asked if is_ours and asked.isprintable() and "\\" not in asked else HOME
