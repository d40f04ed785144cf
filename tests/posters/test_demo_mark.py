"""Paper of a demo town says that its people are invented: it hangs where no screen explains it."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image

from fieldapp.database import writing
from fieldapp.grids import scope
from fieldapp.i18n import in_language
from fieldapp.posters import badges, orders
from tests.posters import cards, paper
from tests.posters.test_badges import badge
from tests.posters.test_badges import printed as badges_printed
from tests.posters.test_console import PAGE, TOWN, office, town

__all__ = ["badges_printed", "office", "town"]
MARK, IN_ENGLISH = "演示数据，人物均为虚构", "Demo: all people are invented"


@pytest.fixture
def demo(app: Flask) -> None:
    """What is in this database is declared to be invented, as `load-demo` does."""
    with app.app_context(), writing():
        scope.changed(demo=True)


@pytest.mark.parametrize("size", ["a4", "60x90"])
def test_every_sheet_of_a_demo_town_says_so(demo, printed, size):
    made = printed(orders.of_sheets(cards.town(2), size=size, tone="red"))
    assert paper.pages(made) == 2
    assert all(paper.plain(MARK) in paper.text(made, page) for page in (0, 1))


def test_it_says_so_in_the_language_of_the_sheet(demo, printed):
    with in_language("en"):
        work = orders.of_sheets(cards.town(1), size="a4", tone="blue")
    assert paper.plain(IN_ENGLISH) in paper.text(printed(work))


def test_the_picture_says_so_too(at_work, printed):
    def height() -> int:
        made = printed(orders.of_pictures(cards.town(1), tone="red"))
        return Image.open(io.BytesIO(made)).height

    real = height()
    with writing():
        scope.changed(demo=True)
    assert orders.of_pictures(cards.town(1), tone="red")["job"]["words"]["demo"] == MARK
    assert height() > real + 60


def test_the_browsers_print_page_says_so_on_each_sheet(town, office, demo):
    page = office.get(f"{PAGE}page?grid={TOWN}").text
    assert page.count(f'<p class="demo">{MARK}</p>') == page.count('class="sheet"') == 8


def test_every_badge_of_a_demo_town_says_so(demo, badges_printed):
    said = paper.text(badges_printed(badge(1), badge(2), badge(3)))
    assert said.count(paper.plain(MARK)) == 3


def test_a_real_towns_paper_says_nothing_of_the_kind(town, office, printed, badges_printed):
    sheet = printed(orders.of_sheets(cards.town(1), size="a4", tone="red"))
    assert "演示" not in paper.text(sheet) + paper.text(badges_printed(badge(1)))
    assert "演示" not in office.get(f"{PAGE}page?grid={TOWN}").text


def test_badges_in_english_say_it_in_english(demo, at_work):
    with in_language("en"):
        work, _ = badges.order([badge(1)], tone="red")
    assert work["job"]["words"]["demo"] == IN_ENGLISH
