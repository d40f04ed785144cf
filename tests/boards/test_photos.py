"""A photo is small, upright, says nothing about where it was taken, and is kept by browsers."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from PIL import Image

from fieldapp.boards import photos
from fieldapp.grids import Refused, duties
from tests.boards.conftest import Act, card
from tests.township.town import WILLOW_1, Town


def picture(width: int = 900, height: int = 1200) -> bytes:
    """Noise, which no encoder makes small, with a place and a direction in its EXIF."""
    noise = Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))
    exif = Image.Exif()
    exif[0x010E] = "柳树村1号"
    exif[0x0112] = 6
    file = BytesIO()
    noise.save(file, "JPEG", exif=exif, quality=95)
    return file.getvalue()


def test_it_is_made_small_upright_and_clean():
    made = photos.reencoded(picture())
    assert len(made) <= photos.MOST_BYTES
    with Image.open(BytesIO(made)) as opened:
        assert opened.format == "JPEG"
        assert opened.width > opened.height
        assert not opened.getexif()
    assert "柳树村".encode() not in made


@pytest.mark.parametrize("raw", [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff\xe0" + b"x" * 50])
def test_what_is_no_picture_is_refused(raw: bytes):
    with pytest.raises(Refused):
        photos.reencoded(raw)


def test_it_stands_on_the_board_and_is_kept_for_ever(town: Town, act: Act):
    with town.app.app_context():
        member = duties.member_by_phone("15400000001").id
    digest = act(photos.set_photo, picture(300, 400), member_id=member)
    assert card(town, WILLOW_1).people_on[0].photo == digest
    client = town.app.test_client()
    address = f"/b/photos/{digest}.jpg"
    assert address in client.get(f"/b/{card(town, WILLOW_1).code}").text
    answer = client.get(address)
    assert answer.mimetype == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/b/photos/{'0' * 64}.jpg").status_code == 404
