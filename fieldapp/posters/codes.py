"""QR codes as SVG: one path, with the quiet zone that the standard wants around it."""

from __future__ import annotations

import qrcode
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_Q

QUIET_MODULES = 4  # ISO/IEC 18004


def drawn(address: str) -> str:
    """The code of an address. A quarter of it may be dirty, torn or glaring (level Q).

    The address stays as it is, in small letters: capitals alone would make modules a tenth larger,
    but not every scanner takes HTTPS:// for an address.
    """
    code = qrcode.QRCode(border=QUIET_MODULES, error_correction=ERROR_CORRECT_Q)
    code.add_data(address)
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{path}"/></svg>'
    )


def picture(address: str) -> Markup:
    """The same, to stand in a page."""
    return Markup(drawn(address))  # noqa: S704 - made here; the address is only drawn


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many are beside each other."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
