"""What is asked on a home visit, and of a person who came back or came to stay."""

from __future__ import annotations

from fieldapp.forms import N_, Choice, Field, Form, When
from fieldapp.forms.envelope import HAPPENED
from fieldapp.forms.health import SYMPTOMS, SYMPTOMS_TEXT, TEMP, TEMP_STATUS

NEEDS = (
    Choice("groceries", N_("Food shopping")),
    Choice("medicine", N_("Medicine")),
    Choice("doctor", N_("Seeing a doctor")),
    Choice("heating", N_("Heating")),
    Choice("utilities", N_("Water or electricity")),
    Choice("schooling", N_("Schooling")),
    Choice("counsel", N_("Someone to talk to")),
    Choice("other", N_("Other needs")),
)

HAZARDS = (
    Choice("sanitation", N_("Rubbish and sanitation")),
    Choice("facilities", N_("Roads, lamps, pipes, wires")),
    Choice("safety", N_("Safety hazard")),
    Choice("livelihood", N_("Livelihood matters")),
    Choice("disputes", N_("Quarrel or dispute")),
    Choice("care", N_("Someone needs care")),
    Choice("epidemic", N_("Epidemic prevention")),
    Choice("opinions", N_("Opinion or suggestion")),
    Choice("other", N_("Another problem")),
)

# Only where somebody was spoken to can anything be asked; phones that send "no" all the same
# for an empty house are not refused.
_SPOKEN_TO = When("result", ("normal", "arrivals", "unwell"))
_UNWELL = When("asked_q2", (True,))

VISIT = Form(
    "visit",
    1,
    (
        Field("hh", "ref", N_("Household"), required=True, of="household"),
        Field(
            "mode",
            "enum",
            N_("How"),
            required=True,
            default="indoors",
            choices=(
                Choice("indoors", N_("Indoors")),
                Choice("doorstep", N_("At the door")),
                Choice("phone", N_("By telephone")),
                Choice("wechat", N_("By WeChat")),
                Choice("loudspeaker", N_("They answered the loudspeaker call")),
            ),
        ),
        Field(
            "result",
            "enum",
            N_("Result"),
            required=True,
            choices=(
                Choice("normal", N_("Met, nothing to report")),
                Choice("arrivals", N_("Someone came back or came to stay")),
                Choice("unwell", N_("Someone is unwell")),
                Choice("nobody_home", N_("Nobody home")),
                Choice("refused", N_("Refused")),
                Choice("vacant", N_("House is vacant")),
            ),
        ),
        Field(
            "asked_q1",
            "bool",
            N_("Has anyone come back or come to stay from elsewhere in the last 14 days?"),
            required=True,
            when=_SPOKEN_TO,
            unasked_ok=True,
        ),
        Field(
            "asked_q2",
            "bool",
            N_("Does anyone have a fever, a cough or feel unwell?"),
            required=True,
            when=_SPOKEN_TO,
            unasked_ok=True,
        ),
        Field(
            "symptoms",
            "multi",
            N_("Which symptoms"),
            required=True,
            when=_UNWELL,
            choices=SYMPTOMS,
        ),
        SYMPTOMS_TEXT,
        Field("temp_status", "enum", N_("Temperature taken?"), when=_UNWELL, choices=TEMP_STATUS),
        TEMP,
        Field("needs", "multi", N_("What they need"), choices=NEEDS),
        Field("needs_text", "text", N_("More about what they need"), max_length=100),
        Field("publicity", "bool", N_("Leaflet given")),
        Field("hazards", "multi", N_("Problems found"), choices=HAZARDS),
        Field("next_visit", "date", N_("Next visit"), lowest="today", highest="today+366d"),
        Field("campaign", "text", N_("Campaign"), max_length=40),
        *HAPPENED,
    ),
)

RETURNEE = Form(
    "returnee",
    1,
    (
        Field(
            "name", "text", N_("Name"), required=True, min_length=2, max_length=50, format="name"
        ),
        Field(
            "sex",
            "enum",
            N_("Sex"),
            required=True,
            choices=(Choice("1", N_("Male")), Choice("2", N_("Female"))),  # GB/T 2261.1
        ),
        Field("age", "int", N_("Age"), required=True, lowest=0, highest=120),
        Field(
            "id_kind",
            "enum",
            N_("Which document"),
            required=True,
            default="cn_id",
            choices=(
                Choice("cn_id", N_("Resident identity card")),
                Choice("passport", N_("Passport")),
                Choice("other", N_("Another document")),
                Choice("not_given", N_("None given")),
            ),
        ),
        Field(
            "id_no",
            "text",
            N_("Number of the document"),
            required=True,
            when=When("id_kind", ("cn_id", "passport", "other")),
            max_length=18,
            format="cn_id",
            format_when=When("id_kind", ("cn_id",)),
            sensitive=True,
        ),
        Field(
            "id_reason",
            "enum",
            N_("Why no document was given"),
            required=True,
            when=When("id_kind", ("not_given",)),
            choices=(
                Choice("not_at_hand", N_("Not at hand")),
                Choice("lost", N_("Lost")),
                Choice("too_young", N_("Child without a document")),
                Choice("unwilling", N_("Did not want to give it")),
                Choice("other", N_("Another reason")),
            ),
        ),
        Field("no_phone", "bool", N_("Has no telephone"), required=True, default=False),
        Field(
            "phone",
            "text",
            N_("Telephone"),
            required=True,
            when=When("no_phone", (False,)),
            max_length=20,
            format="phone",
        ),
        Field("stay_at", "ref", N_("Stays with"), required=True, of="household"),
        Field(
            "origin",
            "enum",
            N_("Came from"),
            required=True,
            choices=(
                Choice("wuhan", N_("Wuhan, Hubei")),
                Choice("hubei", N_("Elsewhere in Hubei")),
                Choice("other_province", N_("Another province")),
                Choice("same_province", N_("Elsewhere in this province")),
                Choice("abroad", N_("Abroad")),
            ),
        ),
        Field("origin_text", "text", N_("City or county they came from"), max_length=60),
        Field(
            "wuhan_link",
            "enum",
            N_("Anything to do with Wuhan?"),
            required=True,
            choices=(
                Choice("returned", N_("Came back from Wuhan")),
                Choice("passed", N_("Passed through Wuhan")),
                Choice("none", N_("Nothing to do with Wuhan")),
            ),
        ),
        Field(
            "arrived_at",
            "date",
            N_("Day they arrived here"),
            required=True,
            lowest="today-366d",
            highest="today",
        ),
        Field(
            "left_origin_at",
            "date",
            N_("Day they left there"),
            lowest="today-366d",
            highest="today",
            not_after="arrived_at",
        ),
        Field(
            "transport",
            "enum",
            N_("Travelled by"),
            required=True,
            choices=(
                Choice("rail", N_("Train")),
                Choice("air", N_("Plane")),
                Choice("coach", N_("Coach")),
                Choice("own_car", N_("Own car")),
                Choice("shared_car", N_("Hired or shared car")),
                Choice("ship", N_("Ship")),
                Choice("other", N_("Another way")),
            ),
        ),
        Field("transport_no", "text", N_("Train, flight or plate number"), max_length=20),
        Field(
            "contact_case",
            "enum",
            N_("Contact with a confirmed or suspected case?"),
            required=True,
            choices=(
                Choice("no", N_("No")),
                Choice("yes", N_("Yes")),
                Choice("unknown", N_("Not sure")),
            ),
        ),
        Field(
            "health_now",
            "enum",
            N_("How they are now"),
            required=True,
            choices=(Choice("normal", N_("Well")), Choice("unwell", N_("Unwell"))),
        ),
        Field(
            "symptoms",
            "multi",
            N_("Which symptoms"),
            required=True,
            when=When("health_now", ("unwell",)),
            choices=SYMPTOMS,
        ),
        SYMPTOMS_TEXT,
        Field("temp_status", "enum", N_("Temperature taken?"), choices=TEMP_STATUS),
        TEMP,
        Field(
            "measure",
            "enum",
            N_("What was arranged"),
            required=True,
            choices=(
                Choice("home_isolation", N_("Home isolation")),
                Choice("home_monitoring", N_("Home health monitoring")),
                Choice("moved_to_quarantine", N_("Taken to a quarantine place")),
                Choice("moved_to_hospital", N_("Taken to hospital")),
                Choice("none", N_("Nothing needed")),
            ),
        ),
        Field("left_area", "bool", N_("Has left again")),
        Field(
            "left_on",
            "date",
            N_("Day they left here"),
            required=True,
            when=When("left_area", (True,)),
            lowest="today-366d",
            highest="today",
            not_before="arrived_at",
        ),
        Field(
            "left_to", "text", N_("Where they went"), when=When("left_area", (True,)), max_length=60
        ),
        Field("visit", "ref", N_("Found on the visit"), of="visit"),
        Field("person", "ref", N_("Person in the household file"), of="person"),
        *HAPPENED,
    ),
)
