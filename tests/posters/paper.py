"""What is on paper, as others see it: a PDF reader's text, and a scanner that is not ours."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw
from pyzbar import pyzbar

MM_PER_INCH = 25.4


class Seen(NamedTuple):
    """A code that was read: what it says and how large it is."""

    says: str
    width_px: int


def pages(pdf: bytes) -> int:
    return len(pdfium.PdfDocument(pdf))


def size_mm(pdf: bytes) -> tuple[int, int]:
    width, height = pdfium.PdfDocument(pdf)[0].get_size()
    return round(width / 72 * MM_PER_INCH), round(height / 72 * MM_PER_INCH)


def scanned(pdf: bytes, page: int = 0, *, dpi: int = 200) -> Image.Image:
    """The page as a grey picture."""
    return pdfium.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_pil()


def colours(pdf: bytes, page: int = 0) -> set[tuple[int, int, int]]:
    """Every colour that a pixel of a page has."""
    shown = pdfium.PdfDocument(pdf)[page].render(scale=1).to_pil().convert("RGB")
    return {colour for _, colour in shown.getcolors(1 << 24)}


def codes(picture: Image.Image) -> list[Seen]:
    """Every QR code that zbar finds."""
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [Seen(one.data.decode(), one.rect.width) for one in found]


def text(pdf: bytes, page: int = 0) -> str:
    """What a reader finds on a page; see `plain`."""
    return plain(pdfium.PdfDocument(pdf)[page].get_textpage().get_text_range())


def plain(words: str) -> str:
    """Without what depends on where lines end: spaces, breaks, hyphens where they do."""
    return re.sub(r"[\s\u200b\ufffe\u0002-]+", "", unicodedata.normalize("NFKC", words))


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts of a file, and whether each is embedded."""
    found = {}
    for page in pdfium.PdfDocument(pdf):
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
            font = raw.FPDFTextObj_GetFont(item.raw)
            name = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, name, len(name))
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found
