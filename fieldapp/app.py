"""create_app(): the one place where the parts meet. Nothing imports this but wsgi and tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from fieldapp import (
    accounts,
    assets,
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
    schema,
    syncing,
    township,
    upkeep,
    visits,
)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The whole product as a WSGI application. `settings` go before the environment's."""
    app = Flask(__name__, static_folder=None)
    config.load(app, settings)

    for tool in (database, extensions, i18n, csrf, headers, errors, assets):
        tool.init_app(app)

    for feature in (
        grids,
        accounts,
        phone,
        syncing,
        township,
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
    return app
