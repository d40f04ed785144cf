"""Badges: what a member carries, so that anybody can ask the town whether it is still true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from fieldapp import boards, clock
from fieldapp.i18n import N_, language
from fieldapp.posters import content
from fieldapp.posters.formats import TONES

WORDS = {
    "badge": N_("Grid work badge"),
    "check": N_("Scan: is it valid?"),
}
# A picture is told by its first bytes; anything else is no photo.
KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"RIFF": "webp"}


class Badge(NamedTuple):
    """One badge. duties: (a key of `ROLES`, the grid's name). photo: the picture itself."""

    id: str
    name: str
    town: str
    duties: tuple[tuple[str, str], ...]
    issued: date
    photo: bytes | None = None


def order(badges: Sequence[Badge], *, tone: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the press reads, and the pictures that it names: ten cards to an A4."""
    photos: dict[str, bytes] = {}
    work = {
        "design": "badge.typ",
        "file": "badges.pdf",
        "fit": False,
        "now": int(clock.utc_now().timestamp()),
        "job": {
            "title": str(_("Grid work badges")),
            "lang": language(),
            "words": {name: str(_(sentence)) for name, sentence in WORDS.items()}
            | {"demo": content.demo()},
            "tone": {"accent": TONES[tone].accent, "tint": TONES[tone].tint},
            "boards": [_card(badge, photos) for badge in badges],
        },
    }
    return work, photos


def _card(badge: Badge, photos: dict[str, bytes]) -> dict[str, Any]:
    return {
        "name": content.plain(badge.name),
        "town": content.plain(badge.town),
        "duties": [
            {"role": content.role(role), "grid": content.plain(grid)} for role, grid in badge.duties
        ],
        "issued": str(_("Issued on %(day)s", day=format_date(badge.issued, "long"))),
        "id": badge.id,
        "url": boards.badge_address_of(badge.id),
        "photo": _kept(badge.photo, photos),
    }


def _kept(photo: bytes | None, photos: dict[str, bytes]) -> str | None:
    """The name under which the press finds a picture."""
    kind = next((kind for begins, kind in KINDS.items() if (photo or b"").startswith(begins)), None)
    if photo is None or kind is None:
        return None
    name = f"photo-{len(photos)}.{kind}"
    photos[name] = photo
    return name
