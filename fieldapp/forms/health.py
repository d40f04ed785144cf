"""Symptoms and temperature, asked alike wherever somebody is unwell."""

from __future__ import annotations

from fieldapp.forms.fields import Choice, Field, When
from fieldapp.forms.words import N_

SYMPTOMS = (
    Choice("fever", N_("Fever")),
    Choice("cough", N_("Dry cough")),
    Choice("fatigue", N_("Weakness")),
    Choice("sore_throat", N_("Sore throat")),
    Choice("blocked_nose", N_("Blocked or running nose")),
    Choice("smell_loss", N_("Less smell or taste")),
    Choice("short_breath", N_("Tight chest or short of breath")),
    Choice("diarrhea", N_("Diarrhoea")),
    Choice("red_eyes", N_("Red eyes")),
    Choice("aches", N_("Aching muscles")),
    Choice("other", N_("Other symptoms")),
)
SYMPTOMS_TEXT = Field(
    "symptoms_text",
    "text",
    N_("Which other symptoms"),
    when=When("symptoms", ("other",)),
    max_length=40,
)

# Outdoors in winter a forehead thermometer shows Lo: that is an answer, not a mistake.
TEMP_STATUS = (
    Choice("measured", N_("Measured")),
    Choice("too_cold", N_("Shows Lo, too cold")),
    Choice("no_thermometer", N_("No thermometer")),
    Choice("refused", N_("Did not want to be measured")),
)
_TEMP_BOUNDS = N_(
    "A temperature is between %(lowest)s and %(highest)s. Please look at the thermometer again."
)
TEMP = Field(
    "temp",
    "dec1",
    N_("Highest temperature (℃)"),
    required=True,
    when=When("temp_status", ("measured",)),
    lowest="34.0",
    highest="43.0",
    says={"too_low": _TEMP_BOUNDS, "too_high": _TEMP_BOUNDS},
)
