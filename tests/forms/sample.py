"""A form of everything the language can say and no form of today asks yet."""

from __future__ import annotations

from fieldapp.forms import Choice, Field, Form, When

SAMPLE = Form(
    "sample",
    1,
    (
        Field("reading", "dec1", "Reading", lowest="-5.0", highest="43.0"),
        Field(
            "signs",
            "multi",
            "Signs",
            required=True,
            choices=(Choice("none", "No signs"), Choice("a", "Sign A"), Choice("b", "Sign B")),
            exclusive="none",
        ),
        Field("pictures", "photo", "Pictures", max_length=3),
        Field("built", "int", "Year it was built", lowest=1900, highest="this_year"),
        Field("short", "text", "Short text", max_length=5),
        Field("story", "text", "Story", max_length=40, lines=True),
        Field("old", "date", "An old day", lowest="2000-01-01", highest="2010-12-31"),
        Field("first", "date", "First day", lowest="today-30d", highest="today"),
        Field("last", "date", "Last day", lowest="today-30d", highest="today", not_before="first"),
        Field("seen_at", "dt", "Seen at", lowest="now-72h", highest="now+5m"),
        Field("told", "bool", "Told"),
        Field("whom", "text", "Whom", required=True, when=When("told", (True,)), max_length=20),
    ),
)
