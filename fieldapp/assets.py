"""Static files under an address that names the release: /static/<build>/js/app.js.

Relative imports and links stay inside one release, so nothing is ever answered with newer code
under an old name; a release that is not this one is not found. The files are read once, at
the start, and packed once, when the first browser asks.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cached_property
from pathlib import Path

import brotli
from flask import Flask, Response, abort, current_app, request, url_for

PACKAGE = Path(__file__).parent
STATIC = PACKAGE / "static"
ONE_YEAR_S = 365 * 24 * 60 * 60

# What the phone keeps is made of these: a change to any of them is a new release.
SHELL_IS_MADE_OF = (
    "static/**/*",
    "templates/phone/**/*",
    "templates/parts/**/*",
    "translations/**/*.[mp]o",
    "phone/*.py",
    "forms/*.py",
    "*/form.py",
)
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class Asset:
    """A body as it goes over the wire: plain, or packed as small as the browser understands."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self.body = body
        self.content_type = content_type
        self.etag = hashlib.sha256(body).hexdigest()[:16]

    def response(self) -> Response:
        """An answer to the present request: 304 where the browser has it already."""
        response = Response(content_type=self.content_type)
        coding = self._best_coding()
        response.set_data(self.packed[coding] if coding else self.body)
        if self.packed:
            response.vary.add("Accept-Encoding")
        if coding:
            response.content_encoding = coding
        response.set_etag(f"{self.etag}-{coding}" if coding else self.etag)
        response.make_conditional(request)
        return response

    @cached_property
    def packed(self) -> dict[str, bytes]:
        """The body in every coding that is worth it, the smallest first; none for a picture.

        Packed when it is first asked for, as far as it goes: that takes a moment, once.
        """
        packings = {
            "br": brotli.compress(self.body, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(self.body, 9, mtime=0),
        }
        return {name: body for name, body in packings.items() if len(body) < 0.9 * len(self.body)}

    def _best_coding(self) -> str | None:
        understood = request.accept_encodings
        return next((coding for coding in self.packed if understood[coding] > 0), None)


def init_app(app: Flask) -> None:
    """Read the files, name the release and serve them under its name."""
    files = {
        path.relative_to(STATIC).as_posix(): _read(path)
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
    }
    app.extensions["assets"] = files
    app.config["BUILD"] = build_id(app.config.get("RELEASE") or "")
    app.add_url_rule("/static/<build>/<path:filename>", "static", static)
    app.url_default_functions.setdefault(None, []).append(_name_the_release)
    app.jinja_env.globals["asset"] = address


def build_id(salt: str = "") -> str:
    """Twelve hex digits that change with every file the shell is made of, and with `salt`."""
    paths = {path for pattern in SHELL_IS_MADE_OF for path in PACKAGE.glob(pattern)}
    digest = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        if path.is_file():
            name = path.relative_to(PACKAGE).as_posix().encode()
            digest.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def put(app: Flask, name: str, body: str) -> None:
    """Serve `body`, made from the files at the start, under `name`."""
    app.extensions["assets"][name] = Asset(body.encode(), _content_type(name))


def address(filename: str) -> str:
    """Where a file of this release is; `asset(…)` in templates."""
    return url_for("static", filename=filename)


def names(app: Flask) -> frozenset[str]:
    """What is served under the release's address."""
    return frozenset(app.extensions["assets"])


def static(build: str, filename: str) -> Response:
    """One file of this release. It never changes, so browsers need never ask again."""
    asset: Asset | None = current_app.extensions["assets"].get(filename)
    if build != current_app.config["BUILD"] or asset is None:
        abort(404)
    response = asset.response()
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR_S
    response.cache_control.immutable = True
    return response


def _read(path: Path) -> Asset:
    return Asset(path.read_bytes(), _content_type(path.name))


def _content_type(name: str) -> str:
    known = TYPES.get(Path(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _name_the_release(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values.setdefault("build", current_app.config["BUILD"])
