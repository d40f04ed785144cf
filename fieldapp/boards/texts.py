"""The parts of a board's content: what each is called, how long it may be, and the usual texts.

The usual texts hold where neither the grid nor any above it says anything. They are in the words of
a Chinese town, as everything that towns write themselves.
"""

from __future__ import annotations

from typing import NamedTuple

from fieldapp.boards.card import Hotline, Service
from fieldapp.i18n import N_


class Part(NamedTuple):
    """One text. inherited: grids below have it too, unless they have one of their own."""

    label: str
    longest: int
    sort: str = "text"  # or "phone", "count"
    inherited: bool = True


PARTS = {
    "scope": Part(N_("Area in words"), 200, inherited=False),
    "households": Part(N_("Households"), 6, sort="count", inherited=False),
    "people": Part(N_("People"), 6, sort="count", inherited=False),
    "office_title": Part(N_("Name of the office"), 60),
    "office_phone": Part(N_("Telephone of the office"), 20, sort="phone"),
    "supervision": Part(N_("Supervision telephone"), 20, sort="phone"),
    "hours": Part(N_("Office hours"), 60),
    "role_duty": Part(N_("What the duty is"), 200),
    "role_hours": Part(N_("When to reach them"), 60),
}
PER_ROLE = ("role_duty", "role_hours")

# What a row of the history is about.
LABELS = {key: part.label for key, part in PARTS.items()} | {
    "duty": N_("Duties"),
    "service": N_("Services"),
    "hotline": N_("Hotlines"),
    "sketch": N_("Sketch"),
    "contact": N_("Contact"),
    "member": N_("Member"),
    "consent": N_("Consent to publish the own number"),
    "photo": N_("Photo"),
    "board": N_("Id of the board"),
    "badge": N_("Badge"),
}

USUAL_ROLE_DUTIES = {
    "chief_head": "统筹全镇网格工作，协调解决重大问题",
    "head": "负责本村网格工作，安排人员，督促问题办结",
    "member": "巡查片区，收集诉求，指导网格组长开展工作",
    "leader": "入户走访，登记摸排，宣传政策，代办代购",
    "doctor": "健康监测，测量体温，用药和就医指导",
    "officer": "联系本村，指导和督促网格工作",
    "volunteer": "卡口值守，协助走访和宣传",
    "policeman": "治安巡防，调解纠纷，受理求助",
    "lawyer": "法律咨询，法律援助指引",
    "mediator": "调解邻里、家庭和土地纠纷",
    "liaison": "联络网格居民，转达诉求",
}

USUAL_DUTIES = (
    "定期入户走访，了解住户情况，关心独居老人和困难家庭",
    "宣传政策，收集居民意见和诉求，能办的当天办",
    "登记返乡和来访人员，协助做好居家健康监测",
    "巡查安全隐患和公共设施，发现问题及时上报",
    "调解邻里纠纷，小事不出村，大事不出镇",
)

USUAL_SERVICES = (
    Service("政策咨询"),
    Service("低保、临时救助申请"),
    Service("医保、养老保险办理指引"),
    Service("居家隔离咨询和代购"),
    Service("矛盾纠纷调解"),
    Service("公共设施报修"),
)

USUAL_HOTLINES = (
    Hotline("报警", "110"),
    Hotline("火警", "119"),
    Hotline("急救", "120"),
    Hotline("政务服务便民热线", "12345"),
    Hotline("供电服务", "95598"),
    Hotline("公共法律服务", "12348"),
)
