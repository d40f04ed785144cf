"""Rules no linter knows. Each says in its name what a reader may rely on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE_LINES = 300
SOURCES = (".py", ".js", ".css", ".html", ".sh")
OUR_CODE = ("sync/", "fieldapp/", "tests/", "bench/", "tools/")
CJK = "\u4e00-\u9fff"


def _files() -> list[str]:
    """What is in the repository, or will be with the next commit."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


FILES = _files()


def _ours(*endings: str, under: str | tuple[str, ...] = OUR_CODE) -> list[str]:
    return [name for name in FILES if name.endswith(endings) and name.startswith(under)]


def _lines_with(pattern: str, names: list[str], *, flags: int = 0) -> list[str]:
    """`file:line: text` of every line that has the pattern."""
    found = re.compile(pattern, flags)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in names
        for number, line in enumerate(_text(name).splitlines(), 1)
        if found.search(line)
    ]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def _texts() -> list[str]:
    """Every text file but this one, whose patterns would find themselves."""
    binary = (".png", ".ico", ".gz", ".webp", ".jpg")
    this = Path(__file__).relative_to(ROOT).as_posix()
    return [name for name in FILES if not name.endswith(binary) and name != this]


TEMPLATES = _ours(".html", under="fieldapp/templates/")
SCRIPTS = _ours(".js", under="fieldapp/static/js/")
STYLES = _ours(".css", under="fieldapp/static/")


# The repository


def test_no_source_file_outgrows_a_sitting():
    long = {name: len(_text(name).splitlines()) for name in _ours(*SOURCES)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE_LINES} == {}


def test_nobody_elses_files_are_in_the_repository():
    foreign = re.compile(r"(^|/)(node_modules|vendor)/|\.min\.(js|css)$|\.(woff2?|ttf|otf|whl)$")
    assert [name for name in FILES if foreign.search(name)] == []


def test_no_file_is_larger_than_a_megabyte():
    sizes = {name: (ROOT / name).stat().st_size for name in FILES}
    assert {name: size for name, size in sizes.items() if size > 1_000_000} == {}


def test_no_file_names_a_package_index_or_a_path_of_one_machine():
    hosts = r"(pypi|npmjs|pythonhosted|debian)\.(org|com)"
    paths = r"(?<![\w.\]])/(work|farm|root|opt/(wheels|pypi))/"
    assert _lines_with(f"{hosts}|{paths}", _texts()) == []


def test_a_module_is_named_for_what_it_knows():
    vague = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "misc"}
    parts = {name: set(Path(name).with_suffix("").parts) for name in _ours(".py", ".js")}
    assert [name for name, words in parts.items() if words & vague] == []


def test_no_test_is_skipped_and_nothing_is_left_for_later():
    later = r"\b(TODO|FIXME|XXX|HACK)\b"
    skipped = r"\.mark\.(skip|skipif|xfail)|pytest\.(skip|xfail)\("
    skipped_in_js = r"\b(it|test|describe)\.(skip|todo|only)\("
    assert _lines_with(f"{later}|{skipped}|{skipped_in_js}", _texts()) == []


def test_every_exception_from_a_rule_says_which_and_why():
    noqa_alone = r"#\s*noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)*\s*\S)"
    ignore_alone = r"#\s*type: ignore(?!\[[\w, -]+\]\s*\S)"
    expected_alone = r"@ts-(ignore|nocheck)|@ts-expect-error\s*(\*/)?$"
    python = _ours(".py", under=("sync/", "fieldapp/"))
    assert _lines_with(f"{noqa_alone}|{ignore_alone}", python) == []
    assert _lines_with(expected_alone, SCRIPTS) == []


# Templates


def test_only_the_field_macros_write_inputs():
    others = [name for name in TEMPLATES if not name.endswith("parts/fields.html")]
    assert _lines_with(r"<(input|select|textarea)\b", others) == []


def test_behaviour_and_style_stay_out_of_the_markup():
    inline = r"""<style\b|\sstyle\s*=|<[^>]*\son\w+\s*=|javascript:"""
    script = r"""<script(?![^>]*\s(src|type="application/(manifest\+)?json")\s*=?)"""
    assert _lines_with(f"{inline}|{script}", TEMPLATES, flags=re.IGNORECASE) == []


def test_htmx_is_told_nothing_that_is_code():
    assert _lines_with(r"\bhx-(boost|on|vars)\b|hx-\w+=.js:", TEMPLATES) == []


def test_nothing_is_fetched_from_another_host():
    elsewhere = r"""(src|href|action)\s*=\s*["'](https?:)?//|url\(\s*["']?(https?:)?//|@import"""
    assert _lines_with(elsewhere, TEMPLATES + STYLES) == []
    assert _lines_with(r"""(from|import|fetch)\s*\(?\s*["'](https?:)?//""", SCRIPTS) == []


def test_what_people_read_comes_from_the_catalog():
    """Chinese in markup or code would be missing in English; 中文 names the switch to it."""
    comment = re.compile(r"{#.*?#}|/\*.*?\*/|(?<!:)//.*|/[^/]+/\.(?:exec|test)|^\s*/?\*.*|中文")
    lines = _lines_with(f"[{CJK}]", TEMPLATES + SCRIPTS)
    assert [line for line in lines if re.search(f"[{CJK}]", comment.sub("", _code(line)))] == []


def _code(line: str) -> str:
    """What stands in a line that `_lines_with` found."""
    return line.split(":", 2)[2]


# Scripts and styles


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"\bnavigator\.onLine\b", "says yes on a dead Wi-Fi: only a server's answer counts"),
        (r"\b(localStorage|sessionStorage)\b", "synchronous, without transactions, first to go"),
        (
            r"\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b",
            "text is never markup",
        ),
        (r"\beval\(|\bnew Function\b", "the content security policy refuses it"),
        (r"(?<![.\w])(alert|confirm|prompt)\(", "WeChat's window shows none of them reliably"),
        (
            r"\bDate\.now\(\)\s*[<>]",
            "the clock may be days off: measure by performance",
        ),
    ],
)
def test_scripts_keep_away_from_what_fails_in_the_field(pattern, reason):
    assert _lines_with(pattern, SCRIPTS) == [], reason


def test_scripts_import_only_from_their_own_build():
    """Relative addresses stay inside `/static/<build>/`, so a page never mixes two builds."""
    imports = r"""(^import\s*|\bfrom\s*|\bimport\()["'](?!\.{1,2}/)"""
    assert _lines_with(imports, SCRIPTS) == []


def test_elements_speak_by_events_and_not_by_importing_each_other():
    elements = _ours(".js", under="fieldapp/static/js/elements/")
    assert _lines_with(r"""^import\b.*["']\./""", elements) == []


def test_no_style_shouts_down_another():
    """Only what must hold everywhere may: `hidden`, and less motion for who asked for it."""
    others = [name for name in STYLES if not name.endswith("/tokens.css")]
    assert _lines_with(r"!important", others) == []


def test_the_server_never_empties_a_phone():
    """`Clear-Site-Data` would take the outbox with it, and with it what nobody else has yet."""
    assert _lines_with(r"Clear-Site-Data", _ours(".py", ".js", under="fieldapp/")) == []
