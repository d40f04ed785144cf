"""create_app(): the one place where the parts meet. Nothing imports this but wsgi and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp import (
    accounts,
    assets,
    boardkeeping,
    boards,
    cli,
    config,
    csrf,
    database,
    demo,
    errors,
    exports,
    extensions,
    front,
    grids,
    headers,
    health,
    households,
    i18n,
    isolation,
    ledger,
    phone,
    posters,
    schema,
    syncing,
    township,
    upkeep,
    visits,
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The whole product as a WSGI application. `settings` go before the environment's."""
    app = _App(__name__, static_folder=None)
    app.session_interface = _WhereSent()
    config.load(app, settings)
    if proxies := int(app.config["TRUSTED_PROXIES"]):
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask's manual does it
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )

    for tool in (database, extensions, i18n, csrf, headers, errors, assets):
        tool.init_app(app)

    for feature in (
        grids,
        accounts,
        boards,
        phone,
        syncing,
        township,
        boardkeeping,
        posters,
        exports,
        upkeep,
        health,
        front,
        demo,
        cli,
    ):
        feature.init_app(app)

    ledger.open_queue(app)
    ledger.register(app, [*households.KINDS, *visits.KINDS, *isolation.KINDS])
    schema.init_app(app)
    with app.app_context(), database.writing() as session:
        ledger.begin_history(session)
        boards.provide(session)
    return app


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view of ours is a coroutine; asking each of them costs a phone's request 20 µs."""
        return func


class _WhereSent(SecureCookieSessionInterface):
    """Flask's signed cookie, made only where one came or is wanted: phones have none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) in request.cookies:
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.accessed or session.modified:
            super().save_session(app, session, response)
