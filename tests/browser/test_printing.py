"""The clerk prints boards in a browser: watches, fetches, cancels, and prints without a PDF too."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.fixtures import Chromium
from tests.browser.office import Clerk
from tests.browser.smalltown import GROUP_1, VILLAGE
from tests.posters import paper

PAGE = "/township/posters/?lang=en"
PRINTING_MS = 60_000


def test_two_clicks_print_once_and_the_file_is_fetched(clerk: Clerk) -> None:
    clerk.opens(f"{PAGE}&grid={VILLAGE}")
    clerk.page.get_by_role("button", name="Print", exact=True).dblclick()
    fetch = clerk.page.get_by_role("link", name="Fetch the file")
    expect(fetch).to_be_visible(timeout=PRINTING_MS)
    expect(clerk.sees("progress")).to_have_count(0)

    with clerk.page.expect_download() as waiting:
        fetch.click()

    assert waiting.value.suggested_filename == "网格公示牌-柳树村-A4.pdf"
    made = Path(waiting.value.path()).read_bytes()
    assert paper.pages(made) == 5
    assert len({code.says for code in _codes(made)}) == 5


def test_without_any_script_the_page_renews_itself_until_the_file_is_there(
    clerk: Clerk, chromium: Chromium
) -> None:
    login = clerk.page.context.storage_state()
    context = chromium.browser.new_context(java_script_enabled=False, storage_state=login)
    plain = Clerk(context, clerk.wire)
    plain.opens(f"{PAGE}&grid={VILLAGE}")
    plain.page.get_by_role("button", name="Print", exact=True).click()
    fetch = plain.page.get_by_role("link", name="Fetch the file")
    expect(fetch).to_be_visible(timeout=PRINTING_MS)
    context.close()


def test_everybody_can_use_the_pages(clerk: Clerk) -> None:
    clerk.opens(f"{PAGE}&grid={GROUP_1}&reach=one")
    found = eyes.axe_findings(clerk.page)
    clerk.page.get_by_role("button", name="Print", exact=True).click()
    expect(clerk.page.get_by_role("link", name="Fetch the file")).to_be_visible(timeout=PRINTING_MS)
    found += eyes.axe_findings(clerk.page)
    clerk.opens(f"/township/posters/page?grid={VILLAGE}&lang=en")
    found += eyes.axe_findings(clerk.page)
    assert found == []


def test_the_browsers_own_print_has_a_sheet_for_each_board(clerk: Clerk) -> None:
    for size, millimetres in (("a4", (210, 297)), ("a3", (297, 420))):
        clerk.opens(f"/township/posters/page?grid={VILLAGE}&size={size}&lang=zh")
        printed = clerk.page.pdf(prefer_css_page_size=True, print_background=True)
        assert paper.pages(printed) == 5
        assert paper.size_mm(printed) == millimetres
        codes = _codes(printed)
        assert len({code.says for code in codes}) == 5
        widths = [code.width_px / 200 * paper.MM_PER_INCH for code in codes]
        assert min(widths) >= 40


def _codes(pdf: bytes) -> list[paper.Seen]:
    sheets = (paper.scanned(pdf, page) for page in range(paper.pages(pdf)))
    return [code for sheet in sheets for code in paper.codes(sheet)]
