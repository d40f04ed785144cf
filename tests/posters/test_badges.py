"""Badges: ten to a sheet, the size of a bank card, each with a code of its own."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
from PIL import Image
from pyzbar import pyzbar

from fieldapp.posters import badges, jobs
from fieldapp.posters.badges import Badge
from tests.posters import paper
from tests.posters.conftest import BASE, ended, over
from tests.posters.test_sheets import HOSTILE, SCRIPTS

NAMES = ("王桂兰", "古丽巴哈尔·阿布都热合曼", *SCRIPTS.values(), "赵秀英", "李有福")
LONG_GRID = "巴音郭楞蒙古自治州和静县巴音布鲁克镇第十二生产建设兵团第七责任网格"


def badge(number: int = 0, **changed: object) -> Badge:
    usual = Badge(
        id=f"M7K3QX{number:02}",
        name=NAMES[number % len(NAMES)],
        town="柳河镇",
        duties=(("leader", f"柳树村第{number}网格"),),
        issued=date(2020, 2, 20),
    )
    return usual._replace(**changed)


@pytest.fixture
def printed(at_work):
    """The PDF of some badges."""

    def printed(*some: Badge) -> bytes:
        job_id = uuid.uuid4()
        work, photos = badges.order(some, tone="red")
        jobs.order(job_id, "badges", work, photos)
        job = over(job_id)
        assert job.state == "ready", (job.failure, job.about)
        ended(job)
        left = {path.name for path in job.file.parent.iterdir()}
        assert left == {"about.json", "badges.pdf", "lock", "progress.json"}
        return job.file.read_bytes()

    return printed


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (40, 90, 160)).save(out, kind)
    return out.getvalue()


def test_ten_are_on_a_sheet_and_each_code_asks_about_its_own(printed):
    made = printed(*map(badge, range(12)))

    assert paper.size_mm(made) == (210, 297)
    assert paper.pages(made) == 2
    seen = [paper.codes(paper.scanned(made, page)) for page in (0, 1)]
    sheets = [sorted(code.says for code in codes) for codes in seen]
    asked = [f"{BASE}/m/{badge(number).id}" for number in range(12)]
    assert sheets == [asked[:10], asked[10:]]
    assert set(paper.fonts(made).values()) == {True}
    for number in range(12):
        said = paper.text(made, number // 10)
        for words in (badge(number).name, badge(number).duties[0][1], badge(number).id):
            assert paper.plain(words) in said, words


def test_cards_are_as_far_apart_as_bank_cards_are_wide_and_high(printed):
    sheet = paper.scanned(printed(*map(badge, range(4))))
    places = sorted((code.rect.top, code.rect.left) for code in pyzbar.decode(sheet))
    (top, left), (_, right), (below, _), _ = places
    assert (right - left) / 200 * paper.MM_PER_INCH == pytest.approx(85.6, abs=0.3)
    assert (below - top) / 200 * paper.MM_PER_INCH == pytest.approx(54, abs=0.3)


def test_the_marks_to_cut_at_are_outside_of_the_cards(printed):
    sheet = paper.scanned(printed(badge()))
    mm = 200 / paper.MM_PER_INCH
    above = sheet.crop((0, int(7 * mm), sheet.width, int(11 * mm))).resize((sheet.width, 1))
    dark = [x / mm for x in range(sheet.width) if above.getpixel((x, 0)) < 200]
    columns = [19.4, 105, 190.6]
    assert [round(min(abs(x - c) for c in columns)) for x in dark] == [0] * len(dark)
    assert {min(columns, key=lambda c: abs(x - c)) for x in dark} == set(columns)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_on_the_card(printed, kind):
    seen = paper.colours(printed(badge(photo=picture(kind))))
    assert any(abs(r - 40) + abs(g - 90) + abs(b - 160) < 30 for r, g, b in seen)


@pytest.mark.parametrize("broken", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no picture", b"<svg/>"])
def test_a_photo_that_is_none_stops_nobodys_badge(printed, broken):
    made = printed(badge(photo=broken), badge(1))
    assert len(paper.codes(paper.scanned(made))) == 2


def test_who_does_much_in_places_with_long_names_has_room(printed):
    duties = (("member", "柳树村第1片区"), ("leader", LONG_GRID), ("doctor", "柳树村"))
    one = badge(name="Muhammad Abdulrahman al-Khwarizmi", duties=duties, photo=picture())
    said = paper.text(printed(one))
    for words in (one.name, *(grid for _, grid in duties), "网格组长", "村医", "2020年2月20日"):
        assert paper.plain(words) in said, words


def test_hostile_words_are_words_on_a_badge_too(printed):
    some = [badge(n, name=words, duties=((words, words),)) for n, words in enumerate(HOSTILE)]
    said = paper.text(printed(*some))
    for words in HOSTILE:
        assert said.count(paper.plain(words)) >= 3, words
