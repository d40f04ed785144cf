"""A web server without any check: how much of the database's speed the way over HTTP leaves.

It reads a batch, inserts it with a synced commit into the table of the raw limit, and says that it
did; behind the same HTTP server with the same settings as the product.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import waitress
from flask import Flask, Response, jsonify, request

from bench.product import ROOT, free_port, wait_until_open
from bench.raw import INSERT, connect, lay_out, row
from tools.serve import RECEIVE_BYTES, THREADS, count_no_memory


@contextmanager
def bare_server(database: Path) -> Iterator[int]:
    """Serves in a process of its own meanwhile; its port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(database), str(port)]
    log = database.with_suffix(".log")
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, stderr=stderr)
    try:
        wait_until_open(port, process, log)
        yield port
    finally:
        process.kill()
        process.wait()


def bare_app(database: Path) -> Flask:
    """One address, one table, one connection that takes one writer at a time."""
    app, turn = Flask(__name__), threading.Lock()
    connection = connect(database, one_thread=False)
    lay_out(connection)

    @app.post("/sync")
    def take() -> Response:
        changes = request.get_json()["changes"]
        rows = [row(one) for one in changes]
        with turn:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(INSERT, rows)
            connection.execute("COMMIT")
        results = [{"id": one["id"], "status": "accepted", "errors": {}} for one in changes]
        return jsonify(cursor="none", results=results)

    return app


if __name__ == "__main__":
    count_no_memory()
    waitress.serve(
        bare_app(Path(sys.argv[1])),
        listen=f"127.0.0.1:{sys.argv[2]}",
        threads=THREADS,
        asyncore_use_poll=True,
        recv_bytes=RECEIVE_BYTES,
        ident=None,
    )
