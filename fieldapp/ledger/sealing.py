"""Sensitive values are kept sealed: AES-256-GCM, bound to the record and field they belong to.

The key is a file beside the data folder, not in the database, so a copied database or backup tells
nothing. Where to keep its second copy is in docs/deploy.md.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

_VERSION = b"\x01"  # of the key: a second one can be live while values are sealed anew
_NONCE_BYTES = 12  # NIST SP 800-38D §8.2.1


def seal(text: str, context: str) -> bytes:
    """Make `text` unreadable without the key; `context` says what it belongs to."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + _cipher().encrypt(nonce, text.encode(), context.encode())


def unseal(sealed: bytes, context: str) -> str:
    """Raises cryptography's InvalidTag if it was changed, or sealed for another context."""
    nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    return _cipher().decrypt(nonce, rest, context.encode()).decode()


def keyed_hash_secret() -> bytes:
    """A second key, for hashes that tell equal sensitive values without reading them."""
    return hmac.new(_key(), b"keyed hashes", hashlib.sha256).digest()


def _cipher() -> AESGCM:
    return AESGCM(_key())


def _key() -> bytes:
    key: bytes = current_app.config["DATA_KEY"]
    return key
