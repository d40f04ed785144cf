"""Pictures of people and places: made small, without anything that the camera wrote into them."""

from __future__ import annotations

import hashlib
from io import BytesIO

from PIL import Image, ImageOps

from fieldapp.boards.folk import set_photo_of
from fieldapp.boards.models import BoardPhoto
from fieldapp.extensions import db
from fieldapp.grids import Refused
from fieldapp.i18n import N_

MOST_BYTES = 60 * 1024
LONGEST_SIDE = 640
MOST_PIXELS = 50_000_000  # a phone's camera; more would fill the server's memory
QUALITIES = (85, 75, 65, 50, 35)


def set_photo(
    raw: bytes, *, by: str, member_id: int | None = None, contact_id: int | None = None
) -> str:
    """Show this picture beside somebody's name; its SHA-256. In `writing()`. Raises Refused."""
    data = reencoded(raw)
    digest = hashlib.sha256(data).hexdigest()
    db.session().merge(BoardPhoto(sha256=digest, data=data))
    db.session().flush()
    set_photo_of(digest, by=by, member_id=member_id, contact_id=contact_id)
    return digest


def reencoded(raw: bytes) -> bytes:
    """The picture as a JPEG of at most 60 KB, upright. Raises Refused if it is none."""
    try:
        with Image.open(BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused.because(N_("This picture is too large."))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused.because(N_("This is not a picture that can be read.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)  # pixels only: neither EXIF nor colour profile nor comment comes along
    while True:
        for quality in QUALITIES:
            file = BytesIO()
            clean.save(file, "JPEG", quality=quality, optimize=True)
            if file.tell() <= MOST_BYTES:
                return file.getvalue()
        clean = clean.resize((max(1, clean.width // 2), max(1, clean.height // 2)))
