"""The documents say what the program has: each setting, command, code, message and field."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

from fieldapp.config import DEFAULTS
from fieldapp.errors import JSON_CODES
from fieldapp.forms.fields import FieldType
from fieldapp.forms.messages import MESSAGES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if path.is_file()
)
SAID_IN_CODE = re.compile(
    r"""(?:: \[|Unreadable\(|error=)"([a-z_]+)"(?: if \w+ else "([a-z_]+)")?[\])]"""
)
FLASKS_OWN_COMMANDS = {"run", "shell", "routes"}


def _document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _named(name: str, document: str) -> bool:
    """Whether the document has the name in code type, alone or with what follows it."""
    return re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", document) is not None


def test_every_setting_is_in_settings():
    document = _document("docs/settings.md")
    assert [name for name in DEFAULTS if f"`{name}`" not in document] == []


def test_every_setting_that_the_code_reads_is_in_settings():
    document = _document("docs/settings.md")
    read = {
        name
        for path in (ROOT / "fieldapp").rglob("*.py")
        for name in re.findall(
            r"""config(?:\.get\(|\[)\s*["']([A-Z_]+)["']""", path.read_text(encoding="utf-8")
        )
    }
    ours = read - {"BUILD", "DATA_KEY", "TESTING"}  # made at the start, or Flask's own
    assert sorted(name for name in ours if f"`{name}`" not in document) == []


def test_every_documented_setting_exists():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", _document("docs/settings.md"), flags=re.MULTILINE)
    optional = {"INSTANCE", "DATA_KEY_FILE", "SECRET_KEY"}
    assert [name for name in rows if name not in DEFAULTS.keys() | optional] == []


def test_the_example_of_a_server_sets_only_what_exists():
    document = _document("docs/settings.md")
    names = re.findall(r"^(?:FLASK_)?([A-Z_]+)=", _document("deploy/fieldapp.env"), re.MULTILINE)
    assert names
    assert [name for name in names if f"`{name}`" not in document] == []


def test_every_command_is_in_deploy(app: Flask):
    document = _document("docs/deploy.md")
    ours = set(app.cli.commands) - FLASKS_OWN_COMMANDS
    assert sorted(name for name in ours if not _named(name, document)) == []


def test_every_documented_command_exists(app: Flask):
    rows = re.findall(r"^\| `([a-z][a-z-]+)[` ]", _document("docs/deploy.md"), flags=re.MULTILINE)
    assert rows
    assert [name for name in rows if name not in app.cli.commands] == []


def test_every_error_code_is_in_sync():
    document = _document("docs/sync.md")
    at_fields = {code for code in MESSAGES if not _says_it_for_one_type(code)}
    of_http = {*JSON_CODES.values()}
    elsewhere = {
        code
        for folder in ("sync", "fieldapp/ledger", "fieldapp/syncing", "fieldapp/forms")
        for path in (ROOT / folder).glob("*.py")
        for found in SAID_IN_CODE.finditer(path.read_text(encoding="utf-8"))
        for code in found.groups()
        if code
    }
    codes = at_fields | of_http | elsewhere
    assert sorted(code for code in codes if f"`{code}`" not in document) == []


def _says_it_for_one_type(code: str) -> bool:
    """`too_high_date` is no code: it is how `too_high` is said of a date."""
    base, _, last = code.rpartition("_")
    return base in MESSAGES and last in get_args(FieldType)


@pytest.mark.parametrize("part", ["request", "answer", "change", "record"])
def test_every_part_of_a_message_is_in_sync(part):
    names = {
        "request": ["protocol", "device", "sent_at", "cursor", "epoch", "pending", "changes"],
        "answer": ["protocol", "epoch", "server_time", "cursor", "more", "reset", "results"],
        "change": ["id", "kind", "record", "base", "form", "grid", "made_at", "fields"],
        "record": ["kind", "record", "version", "grid", "gone", "fields"],
    }[part]
    document = _document("docs/sync.md")
    assert [
        name for name in names if f'"{name}"' not in document and f"`{name}`" not in document
    ] == []


def test_every_field_of_every_kind_is_in_data(app: Flask):
    from fieldapp.ledger import kinds

    document = _document("docs/data.md")
    with app.app_context():
        fields = {name: kind.newest.keys for name, kind in kinds().items()}
    paragraphs = {
        name: next((p for p in document.split("\n\n") if p.startswith(f"**`{name}`**")), "")
        for name in fields
    }
    missing = [
        f"{name}.{key}"
        for name, keys in fields.items()
        for key in keys
        if f"`{key}`" not in paragraphs[name]
    ]
    assert missing == []


def test_keeping_times_are_those_of_the_kinds(app: Flask):
    from fieldapp.ledger import kinds, retention

    table = _document("docs/data.md").split("## Keeping times")[1]
    with app.app_context():
        times = {name: kind.keep_days for name, kind in kinds().items()}
    for name, days in times.items():
        [row] = [line for line in table.splitlines() if f"`{name}`" in line and "|" in line]
        assert (f"{days} days" if days else "as long as they are used") in row
    assert f"{retention.HELD_DAYS} days more" in table


def test_every_duty_is_in_data():
    from fieldapp.grids.duties import ALIASES

    document = _document("docs/data.md")
    assert [role for role in ALIASES if f"| `{role}` |" not in document] == []
    named = {role for role, words in ALIASES.items() if any(f"| {w} |" in document for w in words)}
    assert sorted(ALIASES.keys() - named) == []


def test_every_direct_dependency_has_a_line_in_the_decision():
    import tomllib

    project = tomllib.loads(_document("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[~=<>]", name)[0] for name in wanted]
    document = _document("docs/adr/0011-dependencies.md").lower()
    typed = [name for name in names if not name.startswith("types-")]
    assert [name for name in typed if name not in document] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    ours = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in ours if not (path.parent / link).exists()] == []


def test_every_make_target_in_a_document_exists():
    targets = set(re.findall(r"^([a-z-]+):", _document("Makefile"), flags=re.MULTILINE))
    used = {
        name
        for path in DOCUMENTS
        for name in re.findall(
            r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), flags=re.MULTILINE
        )
    }
    assert sorted(used - targets) == []


def test_the_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_both_readmes_say_the_same_things():
    """Equal standing: the same commands, the same number of sections and points."""
    english, chinese = _document("README.md"), _document("README.zh.md")
    for pattern in (r"^## ", r"^- ", r"^\| ", r"^!\[", r"^make \w+", r"^\.venv/bin/flask.*$"):
        ours, theirs = (
            [line.split("#")[0].strip() if "make" in pattern or "flask" in pattern else ""
             for line in re.findall(pattern, text, flags=re.MULTILINE)]
            for text in (english, chinese)
        )  # fmt: skip
        assert ours == theirs, pattern
