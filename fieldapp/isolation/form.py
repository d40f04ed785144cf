"""What is asked of a case of home isolation, from its beginning to its end."""

from __future__ import annotations

from fieldapp.forms import N_, Choice, Field, Form, When
from fieldapp.forms.envelope import REMARK, VOIDED

KINDS_OF_CASE = (
    Choice("home_isolation", N_("Home isolation under observation")),
    Choice("home_monitoring", N_("Home health monitoring")),
    Choice("self_monitoring", N_("Watching one's own health")),
)

SLOTS = (Choice("morning", N_("Morning")), Choice("evening", N_("Evening")))

ISOLATION_CASE_1 = Form(
    "isolation_case",
    1,
    (
        Field("person", "ref", N_("Person"), required=True, of="person"),
        Field("hh", "ref", N_("Household"), required=True, of="household"),
        Field("returnee", "ref", N_("Registered as a returnee"), of="returnee"),
        Field(
            "kind",
            "enum",
            N_("What kind"),
            required=True,
            choices=KINDS_OF_CASE,
        ),
        Field(
            "reason",
            "enum",
            N_("Reason"),
            required=True,
            choices=(
                Choice("wuhan", N_("Came back from Wuhan")),
                Choice("hubei", N_("Came back from elsewhere in Hubei")),
                Choice("other_area", N_("Came from another area of concern")),
                Choice("close_contact", N_("Close contact")),
                Choice("second_contact", N_("Contact of a close contact")),
                Choice("abroad", N_("Came from abroad")),
                Choice("discharged", N_("After discharge from hospital")),
                Choice("after_quarantine", N_("After release from quarantine")),
                Choice("other", N_("Another reason")),
            ),
        ),
        Field(
            "count_from_kind",
            "enum",
            N_("Counted from"),
            required=True,
            choices=(
                Choice("left_origin", N_("Day they left the area")),
                Choice("arrived", N_("Day they arrived here")),
                Choice("last_contact", N_("Day of the last contact")),
                Choice("released", N_("Day quarantine ended")),
            ),
        ),
        Field(
            "count_from",
            "date",
            N_("Day 0"),
            required=True,
            lowest="today-366d",
            highest="today",
        ),
        Field("days", "int", N_("Number of days"), required=True, default=14, lowest=1, highest=60),
        Field("shared_home", "int", N_("Others in the home"), lowest=0, highest=30),
        Field(
            "site_check",
            "multi",
            N_("The place has"),
            choices=(
                Choice("own_room", N_("Own flat, or a separate airy room")),
                Choice("own_toilet", N_("Own toilet")),
                Choice("handover_table", N_("Table at the door for handing things over")),
                Choice("kit", N_("Thermometer, masks, disinfectant, lidded bin")),
                Choice("no_central_air", N_("No central air conditioning")),
                Choice("excreta", N_("Excreta are disinfected")),
            ),
        ),
        Field(
            "risks",
            "multi",
            N_("Special care for"),
            choices=(
                Choice("elderly", N_("Elderly person")),
                Choice("child", N_("Child")),
                Choice("pregnant", N_("Pregnant woman")),
                Choice("medicines", N_("Takes medicine all the time")),
                Choice("frail", N_("Cannot move well")),
                Choice("alone", N_("Lives alone")),
            ),
        ),
        Field("notice_no", "text", N_("Number of the notice"), max_length=30),
        Field("signed", "bool", N_("Notice signed for")),
        Field(
            "signed_on",
            "date",
            N_("Signed on"),
            required=True,
            when=When("signed", (True,)),
            lowest="today-366d",
            highest="today",
        ),
        Field(
            "state",
            "enum",
            N_("State"),
            default="isolating",
            says={
                "release_not_yours": N_(
                    "Only the village doctor or a grid head may release somebody. "
                    "The township looks at it; please call the doctor."
                ),
                "before_planned_end": N_(
                    "The time is not over: it lasts until 24:00 of the last day. "
                    "The township looks at it."
                ),
                "alert_open": N_(
                    "There is an alert of which nobody said what came of it. "
                    "Please say so first; the township looks at it."
                ),
            },
            choices=(
                Choice("waiting", N_("Not begun")),
                Choice("isolating", N_("In isolation")),
                Choice("alert", N_("Being looked into")),
                Choice("to_release", N_("To be released")),
                Choice("released", N_("Released")),
                Choice("to_quarantine", N_("Taken to a quarantine place")),
                Choice("to_hospital", N_("Taken to hospital")),
                Choice("moved_away", N_("Moved elsewhere")),
                Choice("mistaken", N_("Ended early: recorded by mistake")),
            ),
        ),
        REMARK,
        VOIDED,
    ),
)

_RELEASED = When("state", ("released",))

ISOLATION_CASE = Form(
    "isolation_case",
    2,
    (
        *ISOLATION_CASE_1.fields,
        Field(
            "registered_on",
            "date",
            N_("Recorded on"),
            lowest="today-366d",
            highest="today",
            not_before="count_from",
        ),
        Field(
            "released_on",
            "date",
            N_("Released on"),
            required=True,
            when=_RELEASED,
            unasked_ok=True,
            lowest="today-366d",
            highest="today",
            not_before="count_from",
        ),
        Field(
            "release_no",
            "text",
            N_("Number of the release notice"),
            required=True,
            when=_RELEASED,
            unasked_ok=True,
            max_length=30,
        ),
        Field("release_remark", "text", N_("Remark on the release"), max_length=100),
        Field("handed_from", "text", N_("Handed over by grid"), max_length=20),
        Field(
            "handed_on",
            "date",
            N_("Handed over on"),
            lowest="today-366d",
            highest="today+1d",  # after the day's last check, the other grid begins tomorrow
        ),
        Field("handed_slot", "enum", N_("First check of the new grid"), choices=SLOTS),
        Field(
            "carried_slots",
            "int",
            N_("Checks made before the hand-over"),
            lowest=0,
            highest=120,
        ),
    ),
)
