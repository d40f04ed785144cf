"""The code on a sheet leads to the right page, also from a poor print in bad light."""

from __future__ import annotations

import pytest
from PIL import Image, ImageFilter
from pyzbar import pyzbar

from fieldapp.posters import codes, orders
from tests.posters import cards, paper
from tests.posters.conftest import BASE

TOWN = 151


def sheets(boards, size: str = "a4"):
    return orders.of_sheets(boards, size=size, tone="red")


@pytest.mark.parametrize(("size", "least_mm"), [("a4", 40), ("a3", 60)])
def test_a_sheet_leads_to_its_page_and_its_code_is_large_enough(printed, size, least_mm):
    sheet = paper.scanned(printed(sheets([cards.card(7)], size)))

    (code,) = paper.codes(sheet)

    assert code.says == f"{BASE}/b/{cards.code(7)}"
    assert code.width_px / 200 * paper.MM_PER_INCH >= least_mm


def test_the_largest_sheet_is_read_from_a_metre_and_a_half(printed):
    made = printed(sheets([cards.card(7)], "60x90"))
    assert paper.size_mm(made) == (600, 900)

    (code,) = paper.codes(paper.scanned(made, dpi=72))

    assert code.says == f"{BASE}/b/{cards.code(7)}"
    assert code.width_px / 72 * paper.MM_PER_INCH >= 120


def test_the_code_has_its_quiet_zone_and_bears_a_quarter_of_dirt(printed):
    drawing = codes.drawn(f"{BASE}/b/{cards.code(7)}")
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 41 41">')
    assert 'd="M4 4h7v1h-7z' in drawing  # the first finder begins after four light modules

    sheet = paper.scanned(printed(sheets([cards.card(7)])))
    spot = Image.new("L", (70, 70), 255)
    sheet.paste(spot, _place_of_code(sheet, 0.6, 0.6))

    assert [code.says for code in paper.codes(sheet)] == [f"{BASE}/b/{cards.code(7)}"]


POOR = {
    "a quarter of the size": lambda sheet: sheet.resize((sheet.width // 4, sheet.height // 4)),
    "blurred": lambda sheet: sheet.filter(ImageFilter.GaussianBlur(4)),
    "small and blurred": lambda sheet: sheet.resize((sheet.width // 2, sheet.height // 2)).filter(
        ImageFilter.GaussianBlur(2)
    ),
    "turned by 17 degrees": lambda sheet: sheet.rotate(17, expand=True, fillcolor=255),
    "upside down": lambda sheet: sheet.rotate(180),
    "from the side": lambda sheet: _from_the_side(sheet),
    "pale, on grey paper": lambda sheet: sheet.point(lambda value: 140 + value * 60 // 255),
    "from the side, turned, blurred": lambda sheet: (
        _from_the_side(sheet)
        .rotate(-12, expand=True, fillcolor=255)
        .filter(ImageFilter.GaussianBlur(2))
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_poor_copy_still_leads_there(printed, size):
    sheet = paper.scanned(printed(sheets([cards.card(7)], size)))

    read = {how: [code.says for code in paper.codes(make(sheet))] for how, make in POOR.items()}

    assert read == {how: [f"{BASE}/b/{cards.code(7)}"] for how in POOR}


@pytest.mark.slow
def test_all_boards_of_a_town_lead_to_pages_of_their_own(printed):
    made = printed(sheets(cards.town(TOWN)))
    assert paper.pages(made) == TOWN
    assert len(made) <= 20_000_000

    read = [[code.says for code in paper.codes(paper.scanned(made, page))] for page in range(TOWN)]

    assert read == [[f"{BASE}/b/{cards.code(number)}"] for number in range(1, TOWN + 1)]
    assert len({address for (address,) in read}) == TOWN
    assert set(paper.fonts(made).values()) == {True}


def _place_of_code(sheet: Image.Image, right: float, down: float) -> tuple[int, int]:
    """A pixel inside the only code of a sheet, in shares of its width and height."""
    (code,) = pyzbar.decode(sheet)
    box = code.rect
    return int(box.left + right * box.width), int(box.top + down * box.height)


def _from_the_side(sheet: Image.Image) -> Image.Image:
    """As somebody sees it who stands at the right and holds the phone low."""
    width, height = sheet.size
    corners = (
        (0, 0),
        (0.1 * width, height),
        (1.1 * width, 0.8 * height),
        (1.15 * width, 0.12 * height),
    )
    flat = [number for corner in corners for number in corner]
    return sheet.transform(
        sheet.size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC, fillcolor=255
    )
