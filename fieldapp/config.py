"""Settings: defaults, then `FLASK_…` variables, then what a test gives. See docs/settings.md.

The only module that reads the environment.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

DEFAULTS: dict[str, Any] = {
    "SQLALCHEMY_DATABASE_URI": "sqlite:///fieldapp.sqlite",
    "BASE_URL": None,
    "RELEASE": "",
    "TRUSTED_PROXIES": 0,
    "TOWN_PHONE": "0417-0000000",
    "CONTACT_HOURS": 4,
    "FONTS": "",
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_NAME": "console",
    "PERMANENT_SESSION_LIFETIME": 12 * 60 * 60,
    "SESSION_REFRESH_EACH_REQUEST": False,
}


def load(app: Flask, given: Mapping[str, Any] | None = None) -> None:
    """Fill `app.config`; makes the instance folder and, on the first start, its secrets."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_prefixed_env()
    app.config.from_mapping(given or {})
    if not app.config.get("BASE_URL"):
        app.config["BASE_URL"] = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"

    instance = Path(app.config.get("INSTANCE") or app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    app.instance_path = str(instance)
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = _secret(instance / "session.key").hex()
    app.config["DATA_KEY"] = _secret(Path(app.config.get("DATA_KEY_FILE") or instance / "data.key"))


def _secret(path: Path) -> bytes:
    """32 random bytes that only this server's user can read; made once, then kept for ever."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails where another process was faster, whose secret then holds
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
