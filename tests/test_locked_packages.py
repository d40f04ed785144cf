"""What is installed is what was reviewed: exact versions, with hashes, from wherever they come."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("runtime.txt", "dev.txt", "node.txt")
OURS = {"bench", "fieldapp", "sync", "tests", "tools", "wsgi"}
PARTS_OF_FLASK = {"babel", "click", "jinja2", "markupsafe", "werkzeug"}  # and of Flask-Babel
HTMX_SHA256 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"  # of 4.0.1


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text, flags=re.MULTILINE))


def test_the_htmx_that_browsers_get_is_the_released_one():
    file = ROOT / "fieldapp/static/vendor/htmx.min.js"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == HTMX_SHA256


def test_its_licence_lies_beside_it():
    licence = (ROOT / "fieldapp/static/vendor/htmx.LICENSE.txt").read_text(encoding="utf-8")
    assert "Permission to use, copy, modify" in licence


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(lock):
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    packages = [entry for entry in re.split(r"\n(?=[a-z])", text) if not entry.startswith("#")]
    assert packages
    assert [p.split("\n")[0] for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


@pytest.mark.parametrize("lock", [*(f"requirements/{name}" for name in LOCKS), "package-lock.json"])
def test_no_lock_says_where_packages_come_from(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert (
        re.findall(r"--(?:index-url|extra-index-url|find-links|trusted-host)|file://", text) == []
    )
    funding = r'"url": "https://[^"]+"'  # where authors take money; npm copies it along
    assert re.findall(r'"resolved"|https?://', re.sub(funding, "", text)) == []


def test_developing_uses_the_versions_that_serving_uses():
    dev = _locked("dev.txt")
    assert {name: dev.get(name) for name in _locked("runtime.txt")} == _locked("runtime.txt")


def test_the_locks_hold_all_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[~=<>]", wanted)[0] for wanted in project["dependencies"]}
    assert names - _locked("runtime.txt").keys() == set()
    extra = {re.split(r"[\[~=<>]", w)[0] for w in project["optional-dependencies"]["dev"]}
    assert extra - _locked("dev.txt").keys() == set()


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(("fieldapp", "sync"), ()), (("bench", "tests", "tools"), ("dev",))],
    ids=["serving", "developing"],
)
def test_what_is_imported_is_asked_for(folders, extras):
    """Not only there because something else needs it, and gone with that."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    asked = [*project["dependencies"], *(one for extra in extras for one in optional[extra])]
    names = {re.split(r"[\[~=<>]", wanted)[0] for wanted in asked} | PARTS_OF_FLASK
    known = packages_distributions()
    foreign = _imported(folders) - sys.stdlib_module_names - OURS
    missing = [m for m in foreign if not {d.lower() for d in known.get(m, [])} & names]
    assert sorted(missing) == []


def _imported(folders: tuple[str, ...]) -> set[str]:
    """The top-level modules that the files of these folders import."""
    found = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


def test_browser_side_packages_are_locked_with_integrity():
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    assert [n for n, p in packages.items() if n and not p["integrity"].startswith("sha512-")] == []
