"""Invented boards: an ordinary one, the hard ones, and a whole town of them."""

from __future__ import annotations

from datetime import date

from fieldapp.boards.card import Card, Hotline, Person, Service

DUTY = "入户走访、登记摸排，上门测温，代购送药"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

HOTLINES = (
    Hotline("镇便民服务中心", "0417-5550120"),
    Hotline("镇卫生院", "0417-5550130"),
    Hotline("派出所", "0417-5550140"),
    Hotline("供电", "95598"),
    Hotline("供水", "0417-5550160"),
    Hotline("政务服务热线", "12345"),
    Hotline("报警 / 火警 / 急救", "110 119 120"),
)
SERVICES = (
    Service("政策咨询、低保申请", "镇便民服务中心1号窗口", "工作日 8:30–16:30", "0417-5550120"),
    Service("居家隔离咨询、代购", "村卫生室", "", "15400050001"),
    Service("纠纷调解、设施报修", "村委会", "", "0417-5550112"),
)
ABOVE = (
    Person("李有福", "member", "柳树村第1片区", "15400030001", "own", duty=DUTY),
    Person("赵秀英", "head", "柳树村", "04175550112", "office", duty="统筹全村网格工作"),
    Person(
        "孙立国", "doctor", "柳树村", "15400050001", "own", duty="健康监测", hours="每天 8:00–17:00"
    ),
    Person("周建军", "chief_head", "柳河镇", "04175550100", "office"),
    Person("吴晓梅", "chief_head", "柳河镇", "04175550100", "office"),
)


def person(name: str, role: str = "leader", grid: str = "柳树村第1网格", **more: object) -> Person:
    """Somebody of the grid itself."""
    known = {"phone": "15400040001", "phone_of": "own", "duty": DUTY} | more
    return Person(name, role, grid, **known)


def card(number: int = 1, **changed: object) -> Card:
    """The board of a basic grid with the usual people and numbers."""
    grid = f"柳树村第{number}网格"
    usual = Card(
        code=code(number),
        grid=grid,
        grid_code=f"999999106201{number:03}",
        units=("柳河镇", "柳树村", "柳树村第1片区", grid),
        level={"zh": "基础网格", "en": "Basic grid"},
        kind="villager_group",
        scope="东起村东小桥，西至卫生室门前大路，南到灌渠，北靠铁路；含前街、后街和老粮站家属院。",
        sketch=None,
        households=90,
        people=240,
        people_on=(person("王桂兰", grid=grid), *ABOVE),
        duties=(
            "每天走访住户，了解返乡人员和困难家庭情况",
            "宣传政策，收集意见，能办的当天办",
            "发现隐患及时上报，调解邻里纠纷",
        ),
        services=SERVICES,
        hotlines=HOTLINES,
        supervision="0417-5550199",
        office=Hotline("柳河镇政府值班室", "0417-5550100"),
        changed=date(2020, 2, 20),
        edition=3,
    )
    return usual._replace(**changed)


def code(number: int) -> str:
    """An id such as boards have: eight characters that are not mistaken for each other."""
    seed = number * 2_654_435_761 % len(LETTERS) ** 8
    return "".join(LETTERS[seed // len(LETTERS) ** place % len(LETTERS)] for place in range(8))


def town(boards: int = 151) -> list[Card]:
    """So many boards, no two of them alike."""
    return [card(number) for number in range(1, boards + 1)]
