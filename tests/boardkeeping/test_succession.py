"""The history and its way back, badges that are lost, grids that become one."""

from __future__ import annotations

import re

from tests.boards.conftest import card
from tests.township.town import WILLOW, WILLOW_1, WILLOW_2, Office, Town

BOARDS = "/township/boards"


def undo_of(office: Office, code: str) -> str:
    """The address of the newest change's way back."""
    found = re.findall(
        r'action="([^"]+/undoing)"', office.get(f"{BOARDS}/grids/{code}/history").text
    )
    return found[0]


def test_the_history_says_who_what_before_and_after(office: Office):
    for text in ("上午", "下午"):
        office.post(f"{BOARDS}/grids/{WILLOW}/texts/role_hours:leader", text=text)
    for page in (f"{BOARDS}/grids/{WILLOW}/history", f"{BOARDS}/history"):
        assert "办公室" in office.reads(page)
        assert "When to reach them · Grid team leader 上午 下午 Undo" in office.reads(page).replace(
            "柳树村 ", ""
        )
    assert "Nothing was changed here yet." in office.reads(f"{BOARDS}/grids/{WILLOW_1}/history")


def test_the_last_change_is_undone_as_a_new_change(office: Office, town: Town):
    for text in ("上午", "下午"):
        office.post(f"{BOARDS}/grids/{WILLOW}/texts/hours", text=text)
    way_back = undo_of(office, WILLOW)
    assert office.post(way_back).status_code == 303
    assert "上午 own wording" in office.reads(f"{BOARDS}/grids/{WILLOW}")
    assert office.reads(f"{BOARDS}/grids/{WILLOW}/history").count("Office hours") >= 3
    stale = office.post(way_back)
    assert stale.status_code == 422
    assert "There is a newer change of the same thing." in stale.text
    assert town


def test_a_lost_badge_is_revoked_with_a_reason_and_stays_listed(office: Office, town: Town):
    number = town.members[WILLOW_1]
    page = f"{BOARDS}/badges/{number}"
    code = re.findall(r'class="id">(\w{8})<', office.get(page).text)[0]
    public = town.app.test_client()
    assert "王桂兰" in public.get(f"/m/{code}").text
    answer = office.post(f"{page}/revocation", reason=" ")
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    long = office.post(f"{page}/revocation", reason="长" * 101)
    assert (long.status_code, "长" * 101 in long.text) == (422, True)
    stale = office.form(page, page)
    office.post(f"{page}/revocation", reason="赶集时丢失")
    assert "王桂兰" not in public.get(f"/m/{code}").text
    said = office.reads(f"{BOARDS}/badges/")
    assert re.search(rf"{code} 王桂兰 \S+ \S+ 赶集时丢失", said)
    assert "no valid badge" in said

    assert office.post(page, **stale).status_code == 422, "the page showed a badge that is gone"
    office.post(page)
    codes = re.findall(r'class="id">(\w{8})<', office.get(page).text)
    assert codes[0] != code
    assert "王桂兰" in public.get(f"/m/{codes[0]}").text
    assert "王桂兰" not in public.get(f"/m/{code}").text
    assert "赶集时丢失" in office.reads(f"{BOARDS}/history")
    assert office.get(f"{BOARDS}/badges/99999").status_code == 404


def test_two_grids_become_one_after_a_sentence_about_it_and_it_can_be_taken_back(
    office: Office, town: Town
):
    old, new = card(town, WILLOW_2).code, card(town, WILLOW_1).code
    asked = office.reads(f"{BOARDS}/merges/?old={WILLOW_2}&new={WILLOW_1}")
    assert "Whoever scans the board of 柳树村第2网格 gets the page of 柳树村第1网格" in asked
    public = town.app.test_client()
    assert public.get(f"/b/{old}").status_code == 200
    assert office.post(f"{BOARDS}/merges/", old=WILLOW_2, new=WILLOW_1).status_code == 303
    assert public.get(f"/b/{old}").location.endswith(f"/b/{new}")
    assert f"柳树村第2网格 {old} 柳树村第1网格" in office.reads(f"{BOARDS}/merges/")
    again = office.post(f"{BOARDS}/merges/", old=WILLOW_2, new=WILLOW_1)
    assert (again.status_code, "has no board of its own" in again.text) == (422, True)

    office.post(f"{BOARDS}/merges/{WILLOW_2}/end")
    assert public.get(f"/b/{old}").status_code == 200
    assert office.post(f"{BOARDS}/merges/{WILLOW_2}/end").status_code == 422


def test_a_grid_is_not_merged_with_itself_or_with_nothing(office: Office):
    for old, new in ((WILLOW_1, WILLOW_1), (WILLOW_1, "nowhere"), ("", "")):
        answer = office.post(f"{BOARDS}/merges/", old=old, new=new)
        assert answer.status_code == 422
        assert re.search(r'id="error-(old|new)">[^<]+<', answer.text)
    answer = office.get(f"{BOARDS}/merges/?old={WILLOW_1}&new={WILLOW_1}")
    assert answer.status_code == 422
