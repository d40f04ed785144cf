"""In which sizes, colours and kinds of file boards are printed."""

from __future__ import annotations

from typing import NamedTuple

from fieldapp.i18n import N_


class Sheet(NamedTuple):
    """A size of paper. `code_mm`: the QR code with its quiet zone, on a sheet as wide as an A4.

    width_mm, height_mm: None is as tall as it has to be. units: how many of the design's units the
    width has; on an A4 one is a millimetre, and everything grows with the sheet. So does the code,
    which is read from ten times its width: half a metre, three quarters, a metre and a half.
    """

    label: str
    width_mm: int
    height_mm: int | None
    units: int = 210
    code_units: int = 56


class Tone(NamedTuple):
    """A colour that white stands on, and a paler one that black does; both are grey on a copier."""

    label: str
    accent: str
    tint: str


SHEETS = {
    "a4": Sheet(N_("A4"), 210, 297),
    "a3": Sheet(N_("A3"), 297, 420),
    "60x90": Sheet(N_("60 × 90 cm, for a print shop"), 600, 900),
}
PICTURE = Sheet(N_("Picture for WeChat"), 90, None, units=110, code_units=64)
PICTURE_PX = (1080, 900, 720, 600)  # the widest whose file is within the limit
PICTURE_BYTES = 1_000_000
MM_PER_INCH = 25.4

TONES = {
    "red": Tone(N_("Red"), "#a3201d", "#fbf1ee"),
    "blue": Tone(N_("Blue"), "#12498b", "#eef3fa"),
}
KINDS = {
    "pdf": N_("PDF to print"),
    "picture": N_("Picture for WeChat"),
    "page": N_("Print page of this browser"),
}


def picture_ppi() -> list[float]:
    """The resolutions at which a picture has these widths."""
    return [px / PICTURE.width_mm * MM_PER_INCH for px in PICTURE_PX]
