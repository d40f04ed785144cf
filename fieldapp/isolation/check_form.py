"""What is asked twice a day of somebody in home isolation.

Thresholds are not part of the form: they are rules with dates, and a record that is late or above
one is as welcome as any other (`rules`).
"""

from __future__ import annotations

from fieldapp.forms import N_, Choice, Field, Form, When
from fieldapp.forms.envelope import HAPPENED
from fieldapp.forms.health import SYMPTOMS, SYMPTOMS_TEXT, TEMP, TEMP_STATUS
from fieldapp.isolation.form import SLOTS

NO_SYMPTOMS = "none"

_NOT_REACHED = (
    Choice("no_answer", N_("Did not answer the telephone")),
    Choice("not_home", N_("Not at home")),
)
# The last of TEMP_STATUS, "refused", was spoken to all the same, but owes no answer.
_ANSWERED = When("temp_status", ("measured", "too_cold", "no_thermometer"))
_MEASURED = When("temp_status", ("measured",))
_REACHED = When("temp_status", tuple(one.code for one in TEMP_STATUS))

SUPPLIES = (
    Choice("groceries", N_("Food shopping")),
    Choice("medicine", N_("Medicine")),
    Choice("masks", N_("Masks")),
    Choice("disinfectant", N_("Disinfectant")),
    Choice("thermometer", N_("Thermometer")),
    Choice("heating", N_("Heating")),
    Choice("daily", N_("Daily necessities")),
    Choice("other", N_("Other needs")),
)

HEALTH_CHECK = Form(
    "health_check",
    1,
    (
        Field("case", "ref", N_("Isolation case"), required=True, of="isolation_case"),
        Field("hh", "ref", N_("Household"), of="household"),
        Field("date", "date", N_("Day"), required=True, lowest="today-366d", highest="today"),
        Field("slot", "enum", N_("Morning or evening"), required=True, choices=SLOTS),
        Field(
            "by",
            "enum",
            N_("How"),
            required=True,
            default="visit",
            choices=(
                Choice("visit", N_("At the door")),
                Choice("phone", N_("By telephone")),
                Choice("wechat", N_("By WeChat")),
            ),
        ),
        Field(
            "temp_status",
            "enum",
            N_("Temperature taken?"),
            required=True,
            default="measured",
            choices=(*TEMP_STATUS, *_NOT_REACHED),
        ),
        Field(
            "temp",
            "dec1",
            N_("Temperature (℃)"),
            required=True,
            when=_MEASURED,
            lowest=TEMP.lowest,
            highest=TEMP.highest,
            says=TEMP.says,
        ),
        Field(
            "site",
            "enum",
            N_("Measured at"),
            when=_MEASURED,
            choices=(
                Choice("armpit", N_("Armpit")),
                Choice("forehead", N_("Forehead")),
                Choice("wrist", N_("Wrist")),
                Choice("ear", N_("Ear")),
                Choice("mouth", N_("Mouth")),
            ),
        ),
        Field(
            "temp2",
            "dec1",
            N_("Measured again (℃)"),
            when=_MEASURED,
            lowest=TEMP.lowest,
            highest=TEMP.highest,
            says=TEMP.says,
        ),
        Field(
            "temp2_at",
            "dt",
            N_("When it was measured again"),
            when=_MEASURED,
            lowest="now-366d",
            highest="now+5m",
        ),
        Field(
            "symptoms",
            "multi",
            N_("Which symptoms"),
            required=True,
            when=_ANSWERED,
            unasked_ok=True,
            choices=(Choice(NO_SYMPTOMS, N_("No symptoms")), *SYMPTOMS),
            exclusive=NO_SYMPTOMS,
        ),
        SYMPTOMS_TEXT,
        Field("medicine", "bool", N_("Took something against fever")),
        Field("at_home", "bool", N_("Is at home"), required=True, when=_REACHED, unasked_ok=True),
        Field("supplies", "multi", N_("What they need"), choices=SUPPLIES),
        Field("supplies_text", "text", N_("More about what they need"), max_length=100),
        Field("disinfected", "bool", N_("Rubbish and doorway disinfected")),
        Field(
            "mood",
            "enum",
            N_("Mood"),
            choices=(
                Choice("calm", N_("Calm")),
                Choice("anxious", N_("Anxious")),
                Choice("upset", N_("Upset")),
            ),
        ),
        Field(
            "action",
            "enum",
            N_("What was done about it"),
            choices=(
                Choice("told_doctor", N_("Told the village doctor")),
                Choice("told_centre", N_("Reported to the health centre")),
                Choice("ambulance", N_("Called 120")),
                Choice("recheck_normal", N_("Measured again, normal")),
                Choice("other", N_("Something else")),
            ),
        ),
        Field("action_at", "dt", N_("When that was"), lowest="now-366d", highest="now+5m"),
        Field("action_by", "text", N_("By whom"), max_length=50),
        Field(
            "outcome",
            "enum",
            N_("What came of it"),
            choices=(
                Choice("recheck_normal", N_("Normal when measured again")),
                Choice("watched_at_home", N_("Stays at home and is watched")),
                Choice("taken_to_hospital", N_("Taken to hospital")),
                Choice("mistaken_reading", N_("The reading was a mistake")),
            ),
        ),
        *HAPPENED,
    ),
)
