"""Questions that every record of something that happened carries: when, why late, told, remark."""

from __future__ import annotations

from fieldapp.forms.fields import Field, Unless
from fieldapp.forms.words import N_

VOIDED = Field("voided", "bool", N_("Recorded by mistake"))

REMARK = Field("remark", "text", N_("Remark"), max_length=200, lines=True)

HAPPENED = (
    Field(
        "occurred_at",
        "dt",
        N_("When it happened"),
        help=N_("Left empty: when it was recorded."),
        lowest="now-72h",
        highest="now+5m",
        unless=Unless("late_reason", lowest="now-366d"),
    ),
    Field("late_reason", "text", N_("Why it is entered late"), max_length=100),
    Field("notice_shown", "bool", N_("Told why and for how long this is recorded")),
    REMARK,
    VOIDED,
)
