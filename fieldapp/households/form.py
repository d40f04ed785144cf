"""What the household file asks: one household, one person. Nothing a visit does not need.

Left out on purpose, though such files often ask it: ethnicity, religion, politics, schooling, job,
income, blood type.

Version 2 adds `merged_into`: a file that was opened twice is withdrawn in favour of the other one.
Whatever was recorded under it stays as it is and counts for the file that remains.
"""

from __future__ import annotations

from fieldapp.forms import N_, Choice, Field, Form, When
from fieldapp.forms.envelope import REMARK, VOIDED

CARE_TAGS = (
    Choice("registered_poor", N_("Registered poor household")),
    Choice("subsistence", N_("Subsistence allowance")),
    Choice("destitute", N_("Destitute, supported")),
    Choice("alone", N_("Elderly, living alone")),
    Choice("empty_nest", N_("Elderly couple, children away")),
    Choice("left_elderly", N_("Elderly left behind")),
    Choice("left_woman", N_("Woman left behind")),
    Choice("left_child", N_("Child left behind")),
    Choice("disabled", N_("Disabled")),
    Choice("ill", N_("Serious or chronic illness")),
    Choice("pregnant", N_("Pregnant or newly delivered")),
    Choice("veteran", N_("Veteran")),
    Choice("other", N_("Other care")),
)
_TAGGED = When("care_tags", tuple(choice.code for choice in CARE_TAGS))

_WITHDRAWN = When("voided", (True,))

SEX = (Choice("1", N_("Male")), Choice("2", N_("Female")))  # GB/T 2261.1

HOUSEHOLD_1 = Form(
    "household",
    1,
    (
        Field("hh_no", "text", N_("Household number"), required=True, max_length=20),
        Field("address_text", "text", N_("Address"), required=True, max_length=60),
        Field(
            "head_name",
            "text",
            N_("Head of household"),
            required=True,
            min_length=2,
            max_length=50,
            format="name",
        ),
        Field("nickname", "text", N_("Known as"), max_length=20),
        Field("walk_no", "int", N_("Place in the walking order"), lowest=0, highest=9999),
        Field("no_phone", "bool", N_("Has no telephone"), required=True, default=False),
        Field(
            "head_phone",
            "text",
            N_("Telephone"),
            required=True,
            when=When("no_phone", (False,)),
            max_length=20,
            format="phone",
        ),
        Field(
            "head_id",
            "text",
            N_("Identity card number of the head"),
            max_length=18,
            format="cn_id",
            sensitive=True,
        ),
        Field(
            "occupied",
            "enum",
            N_("Does anyone live here?"),
            required=True,
            choices=(
                Choice("resident", N_("Lived in all year")),
                Choice("away", N_("Registered, but all are away")),
                Choice("rented", N_("Rented out")),
                Choice("vacant", N_("Vacant")),
                Choice("seasonal", N_("Lived in for a season")),
            ),
        ),
        Field(
            "rh_match",
            "enum",
            N_("Registered and living here"),
            choices=(Choice("01", N_("The same")), Choice("02", N_("Not the same"))),
        ),
        Field("resident_n", "int", N_("People at home"), required=True, lowest=0, highest=30),
        Field("away_n", "int", N_("People away"), required=True, lowest=0, highest=30),
        Field("care_tags", "multi", N_("Care needed"), choices=CARE_TAGS),
        Field(
            "tag_source",
            "enum",
            N_("How this is known"),
            required=True,
            when=_TAGGED,
            choices=(
                Choice("register", N_("From an official list")),
                Choice("own_word", N_("They said so")),
                Choice("visit", N_("Seen on a visit")),
            ),
        ),
        Field(
            "tag_until",
            "date",
            N_("To be looked at again by"),
            required=True,
            when=_TAGGED,
            lowest="today",
            highest="today+366d",
        ),
        Field("helper", "text", N_("Contact for help"), max_length=50, format="name"),
        Field(
            "helper_phone", "text", N_("Telephone of the contact"), max_length=20, format="phone"
        ),
        Field("emergency_name", "text", N_("In an emergency call"), max_length=50, format="name"),
        Field("emergency_relation", "text", N_("How they are related"), max_length=20),
        Field("emergency_phone", "text", N_("Emergency telephone"), max_length=20, format="phone"),
        Field(
            "heating",
            "enum",
            N_("Heating by"),
            choices=(
                Choice("coal_stove", N_("Coal stove")),
                Choice("kang", N_("Heated brick bed")),
                Choice("district", N_("District heating")),
                Choice("electric", N_("Electric heating")),
                Choice("gas", N_("Gas heating")),
                Choice("other", N_("Other heating")),
            ),
        ),
        REMARK,
        VOIDED,
    ),
)

HOUSEHOLD = Form(
    "household",
    2,
    (
        *HOUSEHOLD_1.fields,
        Field("merged_into", "ref", N_("The same household as"), when=_WITHDRAWN, of="household"),
    ),
)

PERSON_1 = Form(
    "person",
    1,
    (
        Field("hh", "ref", N_("Household"), required=True, of="household"),
        Field(
            "name", "text", N_("Name"), required=True, min_length=2, max_length=50, format="name"
        ),
        Field("nickname", "text", N_("Known as"), max_length=20),
        Field("sex", "enum", N_("Sex"), choices=SEX),
        Field("age", "int", N_("Age"), lowest=0, highest=120),
        Field("birth_year", "int", N_("Year of birth"), lowest=1900, highest="this_year"),
        Field(
            "relation",
            "enum",
            N_("To the head of household"),
            choices=(  # the short list of GB/T 4761
                Choice("head", N_("Is the head")),
                Choice("spouse", N_("Husband or wife")),
                Choice("son", N_("Son")),
                Choice("daughter", N_("Daughter")),
                Choice("grandchild", N_("Grandchild")),
                Choice("parent", N_("Parent")),
                Choice("grandparent", N_("Grandparent")),
                Choice("sibling", N_("Brother or sister")),
                Choice("other", N_("Another relation")),
            ),
        ),
        Field("phone", "text", N_("Telephone"), max_length=20, format="phone"),
        Field(
            "id_no",
            "text",
            N_("Identity card number"),
            max_length=18,
            format="cn_id",
            sensitive=True,
        ),
        Field("away_place", "text", N_("Away in (province, city)"), max_length=60),
        Field("person_tags", "multi", N_("Care needed"), choices=CARE_TAGS),
        REMARK,
        VOIDED,
    ),
)

PERSON = Form(
    "person",
    2,
    (
        *PERSON_1.fields,
        Field("merged_into", "ref", N_("The same person as"), when=_WITHDRAWN, of="person"),
    ),
)
