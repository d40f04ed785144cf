"""A client that knows nothing of our code: it fills in a form from its description alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

PLAIN = st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "So"])
BY_FORMAT = {
    "name": ("王小明", "阿卜杜拉·买买提", "Anne Smith"),
    "phone": ("13900000001", "0417-1234567"),
    "cn_id": ("999999195001010018", "999999198012310036", "999999201506010046"),
}


def filled_in(definition: dict[str, Any], draw: Any, today: date) -> dict[str, Any]:
    """Answers to every question that is required, and to some of the others."""
    answers: dict[str, Any] = {}
    for field in definition["fields"]:
        if not _is_asked(field, answers):
            continue
        if field["required"] or draw(st.booleans()):
            answers[field["key"]] = draw(_answer(field, answers, today))
    return answers


def _is_asked(field: dict[str, Any], answers: dict[str, Any]) -> bool:
    when = field.get("when")
    if not when:
        return True
    answer = answers.get(when["key"])
    return any(one in when["in"] for one in (answer if isinstance(answer, list) else [answer]))


def _answer(field: dict[str, Any], answers: dict[str, Any], today: date) -> st.SearchStrategy[Any]:
    return {
        "text": _text,
        "int": lambda field: st.integers(field["lowest"], field["highest"]),
        "dec1": _dec1,
        "date": lambda field: _date(field, answers),
        "dt": lambda _field: st.just(f"{today}T00:00:00+08:00"),
        "bool": lambda _field: st.booleans(),
        "enum": lambda field: st.sampled_from(field["choices"]),
        "multi": _multi,
        "ref": lambda _field: st.uuids().map(str),
        "photo": lambda _field: st.just(["0" * 64]),
    }[field["type"]](field)


def _text(field: dict[str, Any]) -> st.SearchStrategy[str]:
    if "format" in field:
        return st.sampled_from(BY_FORMAT[field["format"]])
    shortest = max(1, field.get("min_length", 0))
    return st.text(PLAIN, min_size=shortest, max_size=field["max_length"])


def _dec1(field: dict[str, Any]) -> st.SearchStrategy[str]:
    lowest, highest = (round(float(field[bound]) * 10) for bound in ("lowest", "highest"))
    return st.integers(lowest, highest).map(lambda tenths: f"{tenths / 10:.1f}")


def _multi(field: dict[str, Any]) -> st.SearchStrategy[list[str]]:
    together = [code for code in field["choices"] if code != field.get("exclusive")]
    return st.lists(st.sampled_from(together), min_size=1, unique=True)


def _date(field: dict[str, Any], answers: dict[str, Any]) -> st.SearchStrategy[str]:
    lowest = max(field["lowest"], answers.get(field.get("not_before", ""), field["lowest"]))
    highest = min(field["highest"], answers.get(field.get("not_after", ""), field["highest"]))
    first, last = date.fromisoformat(lowest), date.fromisoformat(highest)
    days = st.integers(0, (last - first).days)
    return days.map(lambda count: (first + timedelta(days=count)).isoformat())
