"""Boards in English: the usual texts have an English twin; what a town wrote itself stays as it is.

Texts are Chinese wherever they are kept. Only whole texts are exchanged, never parts of a sentence:
words that somebody chose must not come out half translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from fieldapp.boards.card import Card, Hotline, Person, Service
from fieldapp.i18n import language

# What towns usually write about themselves, as the demo town does; beside each what it means.
TWINS = {
    # What the duty of each role is
    "统筹全镇网格工作，协调解决重大问题": (
        "Runs the grids of the whole township, settles what is serious"
    ),
    "负责本村网格工作，安排人员，督促问题办结": (
        "Runs the grids of the village, assigns people, sees that matters get settled"
    ),
    "巡查片区，收集诉求，指导网格组长开展工作": (
        "Looks after the area, collects requests, guides the team leaders"
    ),
    "入户走访，登记摸排，宣传政策，代办代购": (
        "Visits homes, keeps the register, explains policies, runs errands"
    ),
    "健康监测，测量体温，用药和就医指导": (
        "Watches over health, takes temperatures, advises on medicines and doctors"
    ),
    "联系本村，指导和督促网格工作": (
        "Stays in touch with the village, guides and checks the grids' work"
    ),
    "卡口值守，协助走访和宣传": (
        "Keeps watch at the checkpoint, helps with visits and information"
    ),
    "治安巡防，调解纠纷，受理求助": "Patrols, settles disputes, helps those who call",
    "法律咨询，法律援助指引": "Advises on the law, and on where to get legal aid",
    "调解邻里、家庭和土地纠纷": "Mediates between neighbours, in families and about land",
    "联络网格居民，转达诉求": "Stays in touch with the residents, passes their requests on",
    # What residents may expect
    "定期入户走访，了解住户情况，关心独居老人和困难家庭": (
        "Visit homes regularly, know how people are, look after old people who live alone and "
        "families in need"
    ),
    "宣传政策，收集居民意见和诉求，能办的当天办": (
        "Explain policies, collect opinions and requests, settle the same day what can be settled"
    ),
    "登记返乡和来访人员，协助做好居家健康监测": (
        "Register returnees and visitors, help them watch their health at home"
    ),
    "巡查安全隐患和公共设施，发现问题及时上报": (
        "Look for dangers and damage to public facilities, report them at once"
    ),
    "调解邻里纠纷，小事不出村，大事不出镇": (
        "Settle disputes between neighbours: small ones in the village, large ones in the township"
    ),
    # What they can get
    "政策咨询": "Advice on policies",
    "低保、临时救助申请": "Applying for a subsistence allowance or emergency aid",
    "医保、养老保险办理指引": "Guidance on medical and pension insurance",
    "居家隔离咨询和代购": "Advice and shopping during home isolation",
    "矛盾纠纷调解": "Settling disputes",
    "公共设施报修": "Reporting damage to public facilities",
    "政策咨询、低保和临时救助申请": (
        "Advice on policies; applying for a subsistence allowance or emergency aid"
    ),
    "医保、养老保险办理": "Medical and pension insurance",
    "居家隔离咨询、测温": "Advice during home isolation, taking temperatures",
    "矛盾纠纷调解、代办代购": "Settling disputes, running errands",
    # Where, and whom to call
    "镇便民服务中心": "Township service centre",
    "镇便民服务中心1号窗口": "Township service centre, counter 1",
    "镇便民服务中心2号窗口": "Township service centre, counter 2",
    "镇村镇建设办公室": "Township office for construction",
    "镇卫生院": "Township health centre",
    "镇派出所": "Township police station",
    "镇供水站": "Township waterworks",
    "报警": "Police",
    "火警": "Fire",
    "急救": "Ambulance",
    "政务服务便民热线": "Government service line",
    "供电服务": "Electricity",
    "公共法律服务": "Legal services",
    # Where a grid begins and ends
    "村东小桥": "the small bridge east of the village",
    "水塔": "the water tower",
    "老粮站院墙": "the wall of the old grain station",
    "卫生室门前路": "the road before the clinic",
    "灌溉渠": "the irrigation canal",
    "果园": "the orchard",
    "村小学": "the village school",
    "铁道边": "the railway",
    "砂石路": "the gravel road",
    "大柳树": "the big willow",
    "村文化广场": "the village square",
    "养殖小区": "the livestock farm",
    "防护林带": "the shelter belt",
    "供销社旧址": "the old supply cooperative",
}

# The same with the name of one of the board's units in it; names stay as they are.
TWINS_OF_UNITS = {
    "{}值班室": "Duty office of {}",
    "{}政府值班室": "Government duty office of {}",
    "{}委会": "Village committee of {}",
    "{}卫生室": "Clinic of {}",
    "{}院内全部区域。": "Everything within the walls of {}.",
}
BOUNDS = re.compile("东起(.+)，西至(.+)，南到(.+)，北靠(.+)。")
IN_ENGLISH = "From {} in the east to {} in the west, from {} in the south to {} in the north."

# Hours are a few words and figures: they are exchanged if every word of them is known.
HOURS = {
    "急诊随时": "emergencies at any time", "全天": "day and night", "预约": "by appointment",
    "工作日": "working days", "每天": "daily", "周一": "Mon", "周二": "Tue", "周三": "Wed",
    "周四": "Thu", "周五": "Fri", "周六": "Sat", "周日": "Sun",
    "至": "–", "，": ", ", "、": ", ", "；": "; ",
}  # fmt: skip

_SIGN = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff"
CHINESE = re.compile(f"[{_SIGN}](?:[{_SIGN}0-9·]*[{_SIGN}])?")


def shown(card: Card) -> Card:
    """The card in the language of the present text."""
    return in_english(card) if language() == "en" else card


def in_english(card: Card) -> Card:
    """The card with each usual text in English, and with everything else as the town wrote it."""
    names = {*card.units, *(one.grid for one in card.people_on)}
    twins = dict(_twins(names))

    def meant(text: str) -> str:
        return twins.get(text, text)

    def person(one: Person) -> Person:
        return one._replace(duty=meant(one.duty), hours=hours(one.hours))

    def service(one: Service) -> Service:
        return Service(meant(one.title), meant(one.place), hours(one.hours), one.phone)

    return card._replace(
        scope=_bounds(card.scope) or meant(card.scope),
        people_on=tuple(map(person, card.people_on)),
        duties=tuple(map(meant, card.duties)),
        services=tuple(map(service, card.services)),
        hotlines=tuple(Hotline(meant(one.title), one.phone) for one in card.hotlines),
        office=Hotline(meant(card.office.title), card.office.phone),
    )


def office_shown(office: Hotline, units: Iterable[str]) -> Hotline:
    """An office of one of these units, in the language of the present text."""
    if language() != "en":
        return office
    return office._replace(title=dict(_twins(units)).get(office.title, office.title))


def hours(text: str) -> str:
    """When somebody can be reached: in English if that says all of it, else as it was written."""
    said = text
    for word, twin in HOURS.items():
        said = said.replace(word, twin)
    return text if CHINESE.search(said) else said.strip()


@pass_context
def marked(context: Context, text: str) -> Markup:
    """Chinese within an English page, told to whatever reads the page aloud."""
    english = context.get("in_english")  # of a page that is shown to many, asked once
    if not (language() == "en" if english is None else english):
        return escape(text)
    parts, end = [], 0
    for found in CHINESE.finditer(text):
        parts += [escape(text[end : found.start()]), Markup('<span lang="zh">'), escape(found[0])]
        parts.append(Markup("</span>"))
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from TWINS.items()
    for name in names:
        for text, twin in TWINS_OF_UNITS.items():
            yield text.format(name), twin.format(name)


def _bounds(text: str) -> str:
    """A grid's four sides in English; "" if not all of them have a twin."""
    found = BOUNDS.fullmatch(text)
    sides = [TWINS.get(side, "") for side in found.groups()] if found else [""]
    return IN_ENGLISH.format(*sides) if all(sides) else ""
