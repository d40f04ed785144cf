"""Serve the application until it is told to stop: `tools/serve.py`, or `--demo` for the demo town.

Listens on HOST:PORT (127.0.0.1:8000) and speaks HTTP; docs/deploy.md says what stands before it.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
import waitress
from flask import Flask

ROOT = Path(__file__).parents[1]

CONNECTIONS = 1000  # of phones that are slow or stay connected; waitress's own limit is 100
THREADS = 8  # writers take turns anyway; the others read
RECEIVE_BYTES = 256 * 1024  # a batch of a phone in one piece; each further piece is another poll
LARGEST_BODY_BYTES = 16 * 1024 * 1024  # beyond this not even an error page in the reader's language


# Of glibc's allocator (mallopt(3)): how many arenas; from how many bytes on memory is given back.
MALLOC = {-8: 2, -3: 1024 * 1024, -1: 1024 * 1024}
SQLITE_CONFIG_MEMSTATUS = 9  # of sqlite3_config()


def main() -> None:
    """Load the application, and the demo town if asked; then serve."""
    _be_small()
    count_no_memory()
    os.umask(0o077)  # the database and the keys are nobody else's to read
    signal.signal(signal.SIGTERM, _stop)  # as Ctrl-C: what is being answered is answered first
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    listener = _listen(host, port)  # a port that is taken is told before the work

    sys.path.insert(0, str(ROOT))
    from wsgi import app

    if "--demo" in sys.argv[1:]:
        _offer_demo(app)
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST_BODY_BYTES,
        recv_bytes=RECEIVE_BYTES,
        ident=None,
    )
    # What was made at the start stays; looking through it again and again is a tenth of the work of
    # answering a phone.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    # One thread writes for all who wait, and may stand in line behind each of them for every row
    # that it hands to the database: with Python's 5 ms for too long beside a page that is being
    # made, with 0.2 ms a tenth of the processor goes into changing places.
    sys.setswitchinterval(0.002)
    print(f"\nListening on http://{host}:{port}, Ctrl-C ends it.", flush=True)
    server.run()


def _be_small() -> None:
    """Let threads share their free memory, and give large pieces back: 187 MB become 122.

    Left alone, glibc has an arena for each thread, and keeps what a password's check has needed.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):  # not every C library has it
        for option, value in MALLOC.items():
            libc.mallopt(option, value)


def count_no_memory() -> bool:
    """Keep SQLite from adding up what its memory comes to, under a lock, at every text it is given.

    Before the first connection; returns whether it was done. Storing fifty rows takes a seventh
    less. Nobody reads that sum; the manual advises to leave it out (sqlite.org/compile.html).
    """
    found = importlib.util.find_spec("_sqlite3")
    if sys.platform != "linux" or found is None or found.origin is None:
        return False  # elsewhere a function with "..." is called in another way
    library = ctypes.CDLL(found.origin)
    if not hasattr(library, "sqlite3_config"):
        return False  # built into Python, and hidden there
    library.sqlite3_shutdown()  # the driver has begun; it can only be told before
    refused = library.sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)
    return not (library.sqlite3_initialize() or refused)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        sys.exit(f"Cannot listen on {host}:{port}: {error.strerror}. PORT=8001 chooses another.")
    return listener


def _offer_demo(app: Flask) -> None:
    """Load the demo town into an empty database, and say how to get into it."""
    from fieldapp.demo.cli import demo_login
    from fieldapp.extensions import db
    from fieldapp.grids import scope
    from fieldapp.grids.models import Grid

    with app.app_context():
        is_empty = db.session.scalars(sa.select(Grid.id).limit(1)).first() is None
        db.session.remove()
        if is_empty:
            print("\nThe demo town is loaded, once; this takes a moment ...", flush=True)
            # In a process of its own: what it takes to invent 32,000 people is given back.
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "load-demo"]
            subprocess.run(command, cwd=ROOT, check=True)
        if scope.is_demo():
            print()
            demo_login.main(args=[], standalone_mode=False)


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
