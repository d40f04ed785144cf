"""GET /sync/forms: the definitions that any phone can check answers against."""

from __future__ import annotations

from tests.syncing.smalltown import LEADER_1, Phone, SmallTown, household, visit

TYPES = {"text", "int", "dec1", "date", "dt", "bool", "enum", "multi", "ref", "photo"}


def definitions(phone: Phone) -> dict:
    response = phone.client.get("/sync/forms")
    assert response.status_code == 200
    return response.json


def test_every_kind_is_defined_as_the_contract_says(town: SmallTown):
    forms = definitions(town.phone(LEADER_1))

    assert {"visit", "returnee", "household", "person"} <= set(forms)
    for kind, form in forms.items():
        assert type(form["version"]) is int
        keys = [field["key"] for field in form["fields"]]
        assert len(keys) == len(set(keys)), kind
        for field in form["fields"]:
            assert field["type"] in TYPES
            assert type(field["required"]) is bool
            assert field["type"] not in {"enum", "multi"} or field["choices"]
            assert all(code.isascii() for code in field.get("choices", []))
            assert "when" not in field or field["when"]["key"] in keys
            assert field["type"] != "ref" or field["of"]
            assert field["label"].keys() == {"zh", "en"}


def test_what_is_required_there_is_required_when_it_is_sent(town: SmallTown):
    phone = town.phone(LEADER_1)
    forms = definitions(phone)
    for whole in (visit(), household()):
        for field in forms[whole["kind"]]["fields"]:
            if field["required"] and "when" not in field:
                assert field["key"] in whole["fields"]
                rest = {k: v for k, v in whole["fields"].items() if k != field["key"]}
                [result] = phone.send(visit() | {"kind": whole["kind"], "fields": rest})["results"]
                assert result["errors"][field["key"]] == ["required"]


def test_definitions_come_zipped_where_that_is_understood(town: SmallTown):
    phone = town.phone(LEADER_1)

    zipped = phone.client.get("/sync/forms", headers={"Accept-Encoding": "gzip"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.data) < 12_000
