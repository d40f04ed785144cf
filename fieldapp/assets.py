"""Static files under an address that names the release: /static/<build>/js/app.js.

Relative imports and links stay inside one release, so nothing is ever answered with newer code
under an old name; a release that is not this one is not found. The files are read and compressed
once, at the start.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

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


@dataclass(frozen=True)
class Asset:
    """A body as it goes over the wire, plain and, where that is worth it, compressed."""

    content_type: str
    plain: bytes
    packed: bytes | None
    etag: str

    @classmethod
    def of(cls, body: bytes, content_type: str) -> Asset:
        """Compress `body` as far as it goes; a picture stays as it is."""
        packed = gzip.compress(body, 9, mtime=0)
        worth_it = len(packed) < 0.9 * len(body)
        etag = hashlib.sha256(body).hexdigest()[:16]
        return cls(content_type, body, packed if worth_it else None, etag)

    def response(self) -> Response:
        """An answer to the present request: 304 where the browser has it already."""
        wants_packed = request.accept_encodings["gzip"] > 0
        body = self.packed if self.packed and wants_packed else self.plain
        response = Response(body, content_type=self.content_type)
        if self.packed:
            response.vary.add("Accept-Encoding")
            if wants_packed:
                response.content_encoding = "gzip"
        response.set_etag(self.etag)
        response.make_conditional(request)
        return response


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
    app.extensions["assets"][name] = Asset.of(body.encode(), _content_type(name))


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
    return Asset.of(path.read_bytes(), _content_type(path.name))


def _content_type(name: str) -> str:
    known = TYPES.get(Path(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _name_the_release(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values.setdefault("build", current_app.config["BUILD"])
