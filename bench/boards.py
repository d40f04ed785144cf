"""The public page of every board of the demo town: drawn anew, and handed out again.

Asked in this process, so that what is measured is the server's time and not the network's.
"""

from __future__ import annotations

import tempfile
import time
from typing import TYPE_CHECKING

from bench.figures import Figure, median, percentile

if TYPE_CHECKING:
    from flask import Flask

TURNS = 5


def measure() -> list[Figure]:
    from fieldapp import boards
    from fieldapp.app import create_app
    from fieldapp.demo import load_demo
    from fieldapp.extensions import db

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite"
        app = create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            load_demo()
            codes = [card.code for card in boards.cards()]
        _turn(app, codes, 0)  # templates are compiled once in a server's life
        drawn, handed_out = [], []
        for turn in range(1, TURNS + 1):
            app.extensions["boards"].pages.clear()
            drawn += _turn(app, codes, 2 * turn)
            handed_out += _turn(app, codes, 2 * turn + 1)
        with app.app_context():
            db.engine.dispose()
    return [
        Figure("a board's page drawn anew, p95", percentile(drawn, 0.95), "ms", 5,
               note=f"p50 {median(drawn):.2f}"),
        Figure("the same handed out again, p95", percentile(handed_out, 0.95), "ms", 5,
               note=f"p50 {median(handed_out):.2f}"),
    ]  # fmt: skip


def _turn(app: Flask, codes: list[str], turn: int) -> list[float]:
    """Milliseconds of one request for each board, each from an address of its own."""
    client, found = app.test_client(), []
    for number, code in enumerate(codes):
        environ = {"REMOTE_ADDR": f"10.{turn}.0.{number}"}
        started = time.perf_counter()
        answer = client.get(f"/b/{code}", headers={"Accept-Encoding": "gzip"}, environ_base=environ)
        found.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(answer.status)
    return found
