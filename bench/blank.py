"""An empty page that a worker keeps: what a start costs before a program has done anything.

Printed beside the product's start, so that a slow machine can be told from a slow product.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><meta charset="utf-8"><title>empty</title>
<main><p data-household>门</p></main>
<script>
navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready)
    .then(() => document.documentElement.setAttribute("data-kept", ""))
</script>"""
WORKER = """addEventListener("install", (event) =>
    event.waitUntil(caches.open("empty").then((cache) => cache.add("/"))))
addEventListener("fetch", (event) =>
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request))))"""


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        worker = self.path == "/sw.js"
        body = (WORKER if worker else PAGE).encode()
        self.send_response(200)
        kind = "text/javascript" if worker else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
        """Says nothing: the figures are on the screen."""


@contextmanager
def blank() -> Iterator[str]:
    """Serves the page meanwhile; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
