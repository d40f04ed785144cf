"""Pictures of people and places: made small, without anything that the camera wrote into them."""

from __future__ import annotations

import hashlib
from io import BytesIO

from PIL import Image, ImageOps

from fieldapp.boards.edit import record
from fieldapp.boards.folk import set_photo_of
from fieldapp.boards.models import BoardPhoto, BoardText
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
    digest = _taken_in(raw)
    set_photo_of(digest, by=by, member_id=member_id, contact_id=contact_id)
    return digest


def set_sketch(grid_id: int, raw: bytes, *, by: str) -> str:
    """Show this picture of a grid's area instead of the drawing; its SHA-256. Raises Refused."""
    digest = _taken_in(raw)
    show_sketch(grid_id, digest, by=by)
    return digest


def show_sketch(grid_id: int, digest: str | None, *, by: str) -> bool:
    """Show a picture that was taken in, or None for our own drawing. Whether it was a change."""
    session = db.session()
    known = session.get(BoardText, (grid_id, "sketch"))
    before = known.text if known else None
    if before == digest:
        return False
    if known is not None:
        session.delete(known)
        session.flush()
    if digest is not None:
        session.add(BoardText(grid_id=grid_id, part="sketch", text=digest))
    words = {"before": (before or "")[:8], "after": (digest or "")[:8]}
    record(
        session, grid_id, by=by, part="sketch", **words, back={"what": "sketch", "digest": before}
    )
    return True


def _taken_in(raw: bytes) -> str:
    data = reencoded(raw)
    digest = hashlib.sha256(data).hexdigest()
    db.session().merge(BoardPhoto(sha256=digest, data=data))
    db.session().flush()
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
