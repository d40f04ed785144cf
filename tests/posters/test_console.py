"""The office's pages for printing: what to print, how far it is, the file, the print page."""

from __future__ import annotations

import io
import re
import time
import uuid
import zipfile
from urllib.parse import unquote

import pytest
from PIL import Image

from fieldapp import boards, clock
from fieldapp.database import writing
from fieldapp.posters import webpage
from tests.posters import paper
from tests.posters.conftest import BASE
from tests.township.town import LEADERS, WILLOW, WILLOW_1, Office, Town, words

PAGE = "/township/posters/"
TOWN = "999999106000"


@pytest.fixture
def town(app, monkeypatch) -> Town:
    made = Town(app)
    monkeypatch.setattr(clock, "_now", lambda: made.now)
    made.build()
    with app.app_context(), writing() as session:
        boards.provide(session)
    return made


@pytest.fixture
def office(town: Town) -> Office:
    clerk = Office(town)
    clerk.lang = "zh"
    return clerk


def order(office: Office, **form: str) -> str:
    """Send the form; the address of the job."""
    answer = office.post(PAGE, **{"request_id": str(uuid.uuid4()), "grid": TOWN} | form)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def fetched(office: Office, job: str) -> tuple[str, bytes]:
    """The name and content of the file, when it is ready."""
    while "/file" not in (page := office.get(job).text):
        assert 'role="alert"' not in page, words(page)
        time.sleep(0.05)
    link = re.search(r'href="([^"]+/file)"', page)
    assert link
    answer = office.get(link[1])
    name = re.search(r"filename\*=UTF-8''([^;]+)", answer.headers["Content-Disposition"])
    assert name
    content = answer.data
    answer.close()
    return unquote(name[1]), content


def addresses(pdf: bytes) -> list[str]:
    return [
        code.says
        for page in range(paper.pages(pdf))
        for code in paper.codes(paper.scanned(pdf, page))
    ]


def test_the_whole_town_is_one_file_with_a_sheet_for_every_unit(office):
    name, made = fetched(office, order(office, kind="pdf", reach="below", size="a3"))

    assert name == "网格公示牌-柳河镇-A3.pdf"
    assert paper.size_mm(made) == (297, 420)
    assert paper.pages(made) == 8
    found = addresses(made)
    assert len(set(found)) == 8
    assert all(address.startswith(f"{BASE}/b/") for address in found)
    titles = ["柳河镇", "粮库", "柳树村", "柳树村第1片区"]
    assert [title in paper.text(made, page) for page, title in enumerate(titles)] == [True] * 4


def test_a_village_or_its_basic_grids_or_one_board_alone(office):
    below = fetched(office, order(office, grid=WILLOW, reach="below"))[1]
    basic = fetched(office, order(office, grid=WILLOW, reach="basic"))[1]
    alone = fetched(office, order(office, grid=WILLOW_1, reach="one"))[1]
    assert [paper.pages(made) for made in (below, basic, alone)] == [4, 2, 1]
    assert addresses(alone) == addresses(basic)[:1]
    assert "王桂兰" in paper.text(alone)


def test_a_picture_or_an_archive_of_pictures(office):
    name, one = fetched(office, order(office, grid=WILLOW_1, reach="one", kind="picture"))
    assert name == "网格公示牌-柳树村第1网格.png"
    assert Image.open(io.BytesIO(one)).width == 1080

    name, many = fetched(office, order(office, grid=WILLOW, reach="basic", kind="picture"))
    assert name == "网格公示牌-柳树村.zip"
    with zipfile.ZipFile(io.BytesIO(many)) as archive:
        names = [one.rpartition("-")[0] for one in archive.namelist()]
    assert names == ["柳树村第1网格", "柳树村第2网格"]


def test_a_form_sent_twice_is_one_job(office):
    form = office.form(PAGE, PAGE)
    first, second = (office.post(PAGE, grid=WILLOW_1, **form).location for _ in range(2))
    assert first == second == f"{PAGE}jobs/{form['request_id']}"


def test_the_page_of_a_job_renews_itself_with_a_script_and_without(office):
    job = order(office, reach="below")
    page = office.get(job).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="{job}"' in page
    fetched(office, job)

    ready = office.get(job, htmx=True).text
    assert ready.lstrip().startswith("<section")
    assert "hx-get" not in ready
    assert "http-equiv" not in office.get(job).text


def test_a_job_is_cancelled_and_gone(office):
    job = order(office, reach="below")
    answer = office.post(f"{job}/cancellation")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "已取消" in office.reads(PAGE)
    assert office.get(job).status_code == office.get(f"{job}/file").status_code == 404
    assert office.post(f"{job}/cancellation").status_code == 303


@pytest.mark.parametrize(("lang", "says"), [("zh", "装上字体"), ("en", "installs one")])
def test_why_nothing_was_printed_is_said_in_the_readers_language(office, tmp_path, lang, says):
    office.town.app.config["FONTS"] = str(tmp_path)
    office.lang = lang
    job = order(office)
    while 'role="alert"' not in (page := office.get(job).text):
        time.sleep(0.05)
    assert says in words(page)
    assert "fonts-noto-cjk" in words(page)


def test_a_grid_that_is_not_there_is_told_and_the_choice_stays(office):
    answer = office.post(PAGE, grid="nowhere", size="a3", tone="blue", request_id="")
    assert answer.status_code == 422
    assert "这里没有可打印的公示牌" in words(answer.text)
    for chosen in ("a3", "blue"):
        assert re.search(rf'value="{chosen}" checked', answer.text)
    assert office.get(f"{PAGE}page?grid=nowhere").status_code == 404


def test_nonsense_in_the_form_is_taken_as_what_is_usual(office):
    job = order(office, reach="<x>", size="../a4", tone="#eval", words="xx", kind="exe")
    assert fetched(office, job)[0] == "网格公示牌-柳河镇-A4.pdf"


def test_the_print_page_has_every_board_and_its_code(office):
    answer = office.post(PAGE, grid=WILLOW, reach="below", kind="page", size="a3", tone="blue")
    assert answer.status_code == 303
    page = office.get(answer.location)
    assert page.status_code == 200
    assert page.text.count('<article class="sheet"') == 4
    assert page.text.count("<svg") == 4
    assert "css/paper-a3.css" in page.text
    assert "王桂兰" in page.text


def test_the_words_of_a_board_are_chosen_apart_from_the_clerks_language(office):
    office.lang = "en"
    made = fetched(office, order(office, grid=WILLOW_1, reach="one", words="zh"))[1]
    assert "网格公示牌" in paper.text(made)
    made = fetched(office, order(office, grid=WILLOW_1, reach="one", words="en"))[1]
    assert paper.plain("Grid notice board") in paper.text(made)


def test_a_stranger_gets_no_file(office):
    job = order(office, grid=WILLOW_1, reach="one")
    fetched(office, job)
    stranger = office.town.app.test_client()
    assert stranger.get(f"{job}/file").status_code == 303


BADGES = f"{PAGE}badges"


def test_everybody_on_duty_gets_a_badge_or_one_of_them(office):
    page = office.get(BADGES).text
    assert "王桂兰 · 网格组长 · 柳树村第1网格" in page
    name, made = fetched(office, office.post(BADGES, whose="", request_id="").location)
    assert name == "网格工作证.pdf"
    found = addresses(made)
    assert len(set(found)) == len(LEADERS)
    assert all(address.startswith(f"{BASE}/m/") for address in found)

    member = str(office.town.members[WILLOW_1])
    name, made = fetched(office, office.post(BADGES, whose=member, tone="blue").location)
    assert name == "网格工作证-王桂兰.pdf"
    assert len(addresses(made)) == 1
    said = paper.text(made)
    for words_of_it in ("王桂兰", "网格组长", "柳树村第1网格", "2020年2月20日"):
        assert words_of_it in said


@pytest.mark.parametrize("whose", ["999999", "x", "-1", "9" * 40])
def test_who_has_no_badge_is_told(office, whose):
    answer = office.post(BADGES, whose=whose)
    assert answer.status_code == 422
    assert "这里没有可打印的工作证" in words(answer.text)


def test_english_on_the_print_page_is_not_set_smaller_than_its_letters_need():
    """They are narrower than Chinese ones: as many of them take less room."""
    person = {"detail": "", "name": "", "phone": ""}
    board = {
        "scope": "", "sketch": None, "duties": [], "services": [], "hotlines": [],
        "groups": [{"note": "", "near": False, "people": [person] * 14}],
    }  # fmt: skip
    english, chinese = (
        webpage.scales(board | {"duties": [letter * 110] * 6})["said"] for letter in ("a", "走")
    )
    assert english > chinese


@pytest.mark.parametrize("page", [PAGE, PAGE + "badges"])
@pytest.mark.parametrize(
    ("address", "warned"),
    [
        (BASE, False),
        ("https://grids.example.cn:8443/", False),
        ("https://1.1.1.1", False),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.20", True),
        ("https://fieldapp", True),
        ("https://localhost", True),
        ("https://town.local", True),
    ],
)
def test_who_would_print_codes_that_lead_nowhere_is_told(
    app, office, page: str, address: str, warned: bool
):
    app.config["BASE_URL"] = address

    said = office.get(page).text

    assert ('id="unreachable"' in said) is warned
    assert (f"这些二维码会通到 {address.rstrip('/')}" in said) is warned
