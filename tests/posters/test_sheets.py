"""Everything that a board says stands on its sheet, on one page, whatever it is."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from PIL import Image

from fieldapp import boards
from fieldapp.boards.card import Hotline, Service
from fieldapp.posters import content, orders
from fieldapp.posters.press import TYPESET
from tests.posters import cards, paper
from tests.posters.conftest import finished

LONG = "走访住户，了解情况，宣传政策，调解纠纷，发现隐患及时上报；" * 7
MANY = tuple(
    cards.person(
        "古丽巴哈尔·阿布都热合曼" if number % 4 == 0 else f"王桂兰{number}",
        "leader" if number == 0 else "member",
        phone="" if number % 5 == 0 else f"154000{number:05}",
        duty=LONG if number % 6 == 0 else f"第{number}排",
    )
    for number in range(25)
)
SCRIPTS = {
    "Tibetan": "བཀྲ་ཤིས་རྡོ་རྗེ",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ ᠪᠠᠲᠤ",
    "Uyghur": "ئابدۇرەھىم ئۆتكۈر",
    "Korean": "김철수",
    "Yi": "ꆈꌠꁱꂷ",
    "transcribed": "古丽巴哈尔·阿布都热合曼·买买提吐尔逊江",
    "Latin": "Muhammad Abdulrahman al-Khwarizmi ibn Musa of the western village",
    "rare": "王𰻝䶮",
}
HARD = {
    "an ordinary one": {},
    "twenty-five people": {"people_on": MANY},
    "nobody": {"people_on": ()},
    "nothing but a name": {
        "people_on": (), "duties": (), "services": (), "hotlines": (), "scope": "",
        "supervision": "", "households": None, "people": None,
    },
    "no numbers": {"people_on": tuple(one._replace(phone="") for one in MANY[:4])},
    "a name without end": {
        "grid": "巴音郭楞蒙古自治州和静县巴音布鲁克镇第十二生产建设兵团第七十三连第二十二责任网格",
        "units": ("巴音郭楞蒙古自治州和静县巴音布鲁克镇", "第十二生产建设兵团第七十三连"),
    },
    "a word without end": {"scope": "x" * 200, "grid": "W" * 60, "duties": ("y" * 150,)},
    "a town, without anything above": {"units": ("柳河镇",), "grid": "柳河镇"},
    "duties without end": {"duties": (LONG[:200],) * 8, "scope": LONG[:200]},
    "many services and numbers": {
        "services": (Service("设施报修", "村委会", "全天", "0417-5550112"),) * 14,
        "hotlines": (Hotline("镇便民服务中心值班电话", "0417-5550120"),) * 14,
    },
    "services that are only named": {
        "services": tuple(map(Service, ("政策咨询", "低保、临时救助申请", LONG[:60], "调解"))),
    },
    "names in many scripts": {"people_on": tuple(map(cards.person, SCRIPTS.values()))},
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a4", "a3", "60x90"])
def test_whatever_it_says_has_room_on_one_page(printed, size):
    boards = [cards.card(number, **changed) for number, changed in enumerate(HARD.values(), 1)]

    made = printed(orders.of_sheets(boards, size=size, tone="blue"))

    assert paper.pages(made) == len(HARD)
    for page, board in enumerate(boards):
        assert _unsaid(board, paper.text(made, page)) == [], list(HARD)[page]
    assert set(paper.fonts(made).values()) == {True}


def test_nothing_stands_outside_of_the_paper(printed):
    made = printed(
        orders.of_sheets([cards.card(2, **HARD["a word without end"])], size="a4", tone="red")
    )
    sheet = paper.scanned(made, dpi=50)
    frame = Image.new("L", sheet.size, 255)
    inside = (14, 14, sheet.width - 14, sheet.height - 14)  # the margin is 11 mm, 21 pixels
    frame.paste(sheet, (0, 0))
    frame.paste(255, inside)
    assert frame.getextrema() == (255, 255)


HOSTILE = (
    '#eval("1+1") #panic()',
    "[*bold*] _it_ = head",
    "$x^2$ `raw` ~",
    "\\u{1F600} \\ \\\\ // /* */",
    '@ref <label> #import "@preview/x:1"',
    "<script>alert(1)</script> &lt;b&gt; \"'",
    "{{ 7*7 }} {% if %} %s %(x)s",
)


@pytest.mark.slow
def test_hostile_words_are_words(printed):
    """In every field, as far as a field is text: read by nobody but people."""
    for number, hostile in enumerate(HOSTILE):
        person = cards.person(hostile, grid=hostile, duty=hostile, hours=hostile, phone=hostile)
        board = cards.card(
            number, grid=hostile, units=(hostile, hostile), level={"zh": hostile}, scope=hostile,
            people_on=(person, person._replace(role=hostile)), duties=(hostile,),
            services=(Service(hostile, hostile, hostile, hostile),),
            hotlines=(Hotline(hostile, hostile),), supervision=hostile,
            office=Hotline(hostile, hostile),
        )  # fmt: skip
        said = paper.text(printed(orders.of_sheets([board], size="a4", tone="red")))
        assert said.count(paper.plain(hostile)) >= 16, hostile


def test_what_cannot_be_seen_does_not_turn_the_words_around(printed):
    board = cards.card(
        1, scope="东\u202e西\u0000南\u0007北\u200f中\ud800上\ufeff下\u2028左\u0085右"
    )
    assert "东西南北中上下左右" in paper.text(
        printed(orders.of_sheets([board], size="a4", tone="red"))
    )


def test_our_own_sketch_marks_the_grid_in_the_colour_of_the_sheet(printed):
    marked = SKETCH.replace("#2864a0", "#12498b")
    made = printed(orders.of_sheets([cards.card(1, sketch=marked)], size="a4", tone="red"))
    assert (0x12, 0x49, 0x8B) not in paper.colours(made)


def test_what_everybody_does_is_said_once(at_work):
    people = tuple(cards.person(f"王桂兰{number}", "member") for number in range(5))
    (group,) = content.board(cards.card(1, people_on=people))["groups"]
    assert group["note"] == f"网格员：{cards.DUTY}"
    assert {one["detail"] for one in group["people"]} == {""}


SKETCH = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><path fill="#2864a0" '
    'd="M20 20h260v160h-260z"/></svg>'
)


@pytest.mark.parametrize("broken", ["<svg", "<svg>&nope;</svg>", "<svg xmlns='x'></b></svg>"])
def test_a_sketch_is_drawn_and_a_broken_one_stops_nobodys_board(printed, broken):
    boards = [cards.card(1, sketch=SKETCH), cards.card(2, sketch=broken)]
    made = printed(orders.of_sheets(boards, size="a4", tone="red"))
    assert (40, 100, 160) in paper.colours(made, 0)
    assert (40, 100, 160) not in paper.colours(made, 1)
    assert len(paper.codes(paper.scanned(made, 1))) == 1


def test_the_designs_fetch_nothing_and_read_nothing_but_what_they_are_given():
    for design in TYPESET.glob("*.typ"):
        source = design.read_text(encoding="utf-8")
        assert (
            re.findall(r"@preview|#import|#include|\b(?:read|eval|plugin|csv|yaml|toml)\(", source)
            == []
        )
        assert re.findall(r"\bjson\((?!bytes\(sys\.inputs)", source) == []


def test_numbers_are_written_so_that_they_can_be_read_out(at_work):
    written = {
        phone: content.number(phone) for phone in ("15400040001", "04175550100", "12345", "")
    }
    assert written == {
        "15400040001": "154\u00a00004\u00a00001",
        "04175550100": "0417-5550100",
        "12345": "12345",
        "": "",
    }


@pytest.mark.slow
def test_a_picture_for_wechat_is_tall_and_light_and_leads_to_the_page(printed):
    for changed in (HARD["an ordinary one"], HARD["twenty-five people"]):
        made = printed(orders.of_pictures([cards.card(3, **changed)], tone="red"))
        picture = Image.open(io.BytesIO(made))
        assert len(made) <= 1_000_000
        assert picture.width >= 720
        assert picture.height > 2 * picture.width
        assert [code.says for code in paper.codes(picture)] == [boards.address_of(cards.code(3))]


def test_many_pictures_come_in_an_archive(printed):
    made = printed(orders.of_pictures(cards.town(3), tone="red"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [f"柳树村第{n}网格-{cards.code(n)}.png" for n in (1, 2, 3)]


def test_without_a_chinese_font_nothing_is_printed_but_a_sentence(at_work, tmp_path):
    at_work.config["FONTS"] = str(tmp_path)
    job = finished(orders.of_sheets([cards.card(1)], size="a4", tone="red"))
    assert (job.state, job.failure) == ("failed", "no_chinese_font")
    assert not job.file.exists()


@pytest.mark.parametrize("order", ["sheets", "pictures"])
def test_what_no_font_has_is_named_with_its_board_and_never_an_empty_box(at_work, order):
    boards = [cards.card(1), cards.card(2, scope="\ue001村")]
    work = {
        "sheets": lambda: orders.of_sheets(boards, size="a4", tone="red"),
        "pictures": lambda: orders.of_pictures(boards, tone="red"),
    }[order]()
    job = finished(work)
    assert (job.failure, job.about) == ("no_glyph", {"board": "柳树村第2网格", "text": "\ue001"})


def test_more_than_a_sheet_can_hold_is_refused_and_not_cut(at_work):
    board = cards.card(1, duties=(LONG,) * 200)
    job = finished(orders.of_sheets([board], size="a4", tone="red"))
    assert (job.failure, job.about["board"]) == ("too_much_text", "柳树村第1网格")


def _unsaid(card, sheet: str) -> list[str]:
    """What the card says and the sheet does not."""
    board = content.board(card)
    groups = board["groups"]
    people = [one for group in groups for one in group["people"]]
    said = [
        board["grid"], board["above"], board["level"], board["counts"], board["scope"],
        *board["duties"], board["supervision"], *board["office"].values(), board["changed"],
        "".join(board["code"]), board["host"],
        *(group[key] for group in groups for key in ("title", "note")),
        *(one[key] for one in people for key in ("name", "role", "detail", "phone", "phone_note")),
        *(words for service in board["services"] for words in service.values()),
        *(words for hotline in board["hotlines"] for words in hotline.values()),
    ]  # fmt: skip
    return [words for words in said if paper.plain(words) not in sheet]
