"""The forms under test, and the definitions and cases that both languages are held to."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fieldapp.forms import messages_json
from fieldapp.households.form import HOUSEHOLD, PERSON
from fieldapp.isolation.check_form import HEALTH_CHECK
from fieldapp.isolation.form import ISOLATION_CASE
from fieldapp.visits.form import RETURNEE, VISIT
from tests.forms.sample import SAMPLE

CONTRACT = Path(__file__).parents[1] / "contract"
DAY = date(2026, 11, 23)

OURS = {
    form.kind: form for form in (VISIT, RETURNEE, HOUSEHOLD, PERSON, ISOLATION_CASE, HEALTH_CHECK)
}
FORMS = {**OURS, SAMPLE.kind: SAMPLE}

TABLE = json.loads((CONTRACT / "form_cases.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(TABLE["now"])
RECORDS: dict[str, dict[str, Any]] = TABLE["records"]
CASES: list[dict[str, Any]] = TABLE["cases"]


def described() -> dict[str, Any]:
    """What tests/contract/forms.json has to hold: the definitions as they are on DAY."""
    forms = {kind: form.as_json(DAY, languages=("en",)) for kind, form in FORMS.items()}
    read: dict[str, Any] = json.loads(json.dumps(forms))
    return read


def in_english() -> dict[str, str]:
    """What tests/contract/messages.json has to hold."""
    return messages_json(lambda msgid, _language: msgid, "en")


def given(case: dict[str, Any]) -> Any:
    """The record of a case: a valid one of its kind, without some keys, with others put in."""
    fields = case.get("fields", RECORDS[case["kind"]])
    if not isinstance(fields, dict):
        return fields
    kept = {key: value for key, value in fields.items() if key not in case.get("without", ())}
    return {key: _unpacked(value) for key, value in (kept | case.get("but", {})).items()}


def _unpacked(value: Any) -> Any:
    """Long values are written short: {"$repeat": ["x", 1000]}, {"$list": ["x", 1000]}."""
    if isinstance(value, dict) and "$repeat" in value:
        text, count = value["$repeat"]
        return text * count
    if isinstance(value, dict) and "$list" in value:
        item, count = value["$list"]
        return [item] * count
    return value


def write() -> None:
    """Write the definitions anew: `python -m tests.forms.definitions` after changing a form."""
    text = ",\n".join(f'"{kind}": {json.dumps(form)}' for kind, form in described().items())
    (CONTRACT / "forms.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")
    messages = json.dumps(in_english(), ensure_ascii=False, indent=1)
    (CONTRACT / "messages.json").write_text(messages + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
