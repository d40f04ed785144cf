"""The form language: one definition gives the check here, the check on the phone and the words.

Imports nothing of Flask or SQLAlchemy, so that a definition serves a page, the ledger, an export
and a test alike. The phone's twin is `static/js/forms/`; `tests/contract/` holds the two together.
"""

from fieldapp.forms.described import Say
from fieldapp.forms.fields import Choice, Field, FieldType, Unless, When
from fieldapp.forms.form import Errors, Form
from fieldapp.forms.id_number import is_masked, masked, tidy_id
from fieldapp.forms.messages import MESSAGES, messages_json, sentence
from fieldapp.forms.words import N_

__all__ = [
    "MESSAGES",
    "N_",
    "Choice",
    "Errors",
    "Field",
    "FieldType",
    "Form",
    "Say",
    "Unless",
    "When",
    "is_masked",
    "masked",
    "messages_json",
    "sentence",
    "tidy_id",
]
