"""Reads a CSV file of grids into rows we understand, and says for every other row what is wrong.

Three layouts are told apart by their header:
- a list of villages: code, name, township, county[, city]
- a tree of grids: grid_code, parent_code, level, kind, level_name_zh, display_name_zh
- code changes between two editions: old_code, new_code, old_name, new_name, new_township
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from fieldapp.grids.refused import Problem, Refused
from fieldapp.i18n import N_

MOST_PROBLEMS = 100
LONGEST_NAME = 60
VILLAGES = frozenset({"code", "name", "township", "county"})
GRIDS = frozenset({"grid_code", "parent_code", "level", "kind", "level_name_zh", "display_name_zh"})
CHANGES = frozenset({"old_code", "new_code", "old_name", "new_name", "new_township"})

_STATISTICAL_CODE = re.compile(r"[0-9]{12}", re.ASCII)
_GRID_CODE = re.compile(r"[0-9]{12}(?:[0-9A-Z]{3})?", re.ASCII)
_KIND = re.compile(r"[a-z][a-z_]{0,29}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit that should be in the tree after the import."""

    row: int
    code: str
    parent: str | None
    level: int
    kind: str
    name: str
    official_name: str | None = None
    level_name: str | None = None


@dataclass(frozen=True, slots=True)
class Recoding:
    """What became of one unit between two editions; no old code: it is new, no new one: gone."""

    row: int
    old: str | None
    new: str | None
    name: str
    township: str


def rows_of(raw: bytes) -> tuple[frozenset[str], list[tuple[int, dict[str, str]]]]:
    """The layout of the file and its rows with their line numbers. Raises Refused."""
    lines = csv.reader(io.StringIO(_text(raw), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        layout = _layout(header)
        rows: list[tuple[int, dict[str, str]]] = []
        problems: list[Problem] = []
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                params = {"found": len(cells), "expected": len(header)}
                sentence = N_("%(found)s columns here, %(expected)s in the header.")
                problems.append(Problem(sentence, params, lines.line_num))
                continue
            values = (cell.strip() for cell in cells)
            rows.append((lines.line_num, dict(zip(header, values, strict=True))))
    except csv.Error as error:
        broken = Problem(N_("This line is not CSV: %(why)s."), {"why": error}, lines.line_num)
        raise Refused((broken,)) from error
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    if not rows:
        raise Refused.because(N_("The file has a header but no rows."))
    return layout, rows


def villages(rows: list[tuple[int, dict[str, str]]], *, depth: int) -> list[Wanted]:
    """A list of villages as the lowest of `depth` levels (1 to 3): county, township, village."""
    problems = [p for row, cells in rows for p in _village_problems(row, cells)]
    problems += _repeated([(row, cells["code"]) for row, cells in rows])
    problems += _two_names(rows)
    if problems:
        raise Refused(sorted(problems, key=lambda p: p.row or 0)[:MOST_PROBLEMS])
    found: dict[str, Wanted] = {}
    for row, cells in rows:
        code, above = cells["code"], None
        county, town = f"{code[:6]}000000", f"{code[:9]}000"
        if depth == 3:
            found.setdefault(county, Wanted(row, county, None, 1, "county", cells["county"]))
            above = county
        if depth >= 2:
            town_unit = Wanted(row, town, above, depth - 1, "town", cells["township"])
            found.setdefault(town, town_unit)
            above = town
        spoken = spoken_name(cells["name"])
        found[code] = Wanted(row, code, above, depth, "village", spoken, cells["name"])
    return list(found.values())


def grids(rows: list[tuple[int, dict[str, str]]]) -> list[Wanted]:
    """A tree of grids, each row naming its parent's code. Whether the parent exists: see `load`."""
    problems = [p for row, cells in rows for p in _grid_problems(row, cells)]
    problems += _repeated([(row, cells["grid_code"]) for row, cells in rows])
    if problems:
        raise Refused(sorted(problems, key=lambda p: p.row or 0)[:MOST_PROBLEMS])
    return [
        Wanted(
            row, cells["grid_code"], cells["parent_code"] or None, int(cells["level"]),
            cells["kind"], cells["display_name_zh"], None, cells["level_name_zh"],
        )
        for row, cells in rows
    ]  # fmt: skip


def recodings(rows: list[tuple[int, dict[str, str]]]) -> list[Recoding]:
    """The changes of codes and names between two editions."""
    problems = [p for row, cells in rows for p in _change_problems(row, cells)]
    for column in ("old_code", "new_code"):
        problems += _repeated([(row, cells[column]) for row, cells in rows if cells[column]])
    if problems:
        raise Refused(sorted(problems, key=lambda p: p.row or 0)[:MOST_PROBLEMS])
    return [
        Recoding(
            row, cells["old_code"] or None, cells["new_code"] or None,
            cells["new_name"], cells["new_township"],
        )
        for row, cells in rows
    ]  # fmt: skip


def spoken_name(official: str) -> str:
    """What people say for the name of a village committee: 虎庄村委会 is 虎庄村."""
    return official.removesuffix("委会") if official.endswith("村委会") else official


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        sentence = N_("Not UTF-8 text. In Excel, save the file as “CSV UTF-8”.")
        raise Refused((Problem(sentence, {}, row),)) from error
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise Refused((Problem(N_("This line is not CSV: %(why)s."), {"why": "NUL"}, row),))
    return text


def _layout(header: list[str]) -> frozenset[str]:
    names = frozenset(header)
    nearest = max((VILLAGES, GRIDS, CHANGES), key=lambda layout: len(layout & names))
    missing = sorted(nearest - names)
    if missing:
        sentence = N_("The header lacks %(columns)s; the columns are %(expected)s.")
        params = {"columns": ", ".join(missing), "expected": ", ".join(sorted(nearest))}
        raise Refused((Problem(sentence, params, 1),))
    if len(names) != len(header):
        raise Refused((Problem(N_("A column stands twice in the header."), {}, 1),))
    return nearest


def _village_problems(row: int, cells: dict[str, str]) -> list[Problem]:
    found = _code_problems(row, cells["code"], _STATISTICAL_CODE)
    for column in ("name", "township", "county"):
        found += _name_problems(row, column, cells[column])
    return found


def _grid_problems(row: int, cells: dict[str, str]) -> list[Problem]:
    found = _code_problems(row, cells["grid_code"], _GRID_CODE)
    if cells["parent_code"]:
        found += _code_problems(row, cells["parent_code"], _GRID_CODE)
    if not re.fullmatch("[1-9]", cells["level"], re.ASCII):
        sentence = N_("“%(level)s” is not a level; levels are 1 (the top) to 9.")
        found.append(Problem(sentence, {"level": cells["level"]}, row))
    if not _KIND.fullmatch(cells["kind"]):
        sentence = N_("“%(kind)s” is not a kind; a kind is a short English word such as village.")
        found.append(Problem(sentence, {"kind": cells["kind"]}, row))
    found += _name_problems(row, "level_name_zh", cells["level_name_zh"])
    return found + _name_problems(row, "display_name_zh", cells["display_name_zh"])


def _change_problems(row: int, cells: dict[str, str]) -> list[Problem]:
    codes = [cells[column] for column in ("old_code", "new_code") if cells[column]]
    if not codes:
        return [Problem(N_("Neither an old nor a new code."), {}, row)]
    found = [p for code in codes for p in _code_problems(row, code, _STATISTICAL_CODE)]
    for column in ("new_name", "new_township") if cells["new_code"] else ():
        found += _name_problems(row, column, cells[column])
    return found


def _code_problems(row: int, code: str, pattern: re.Pattern[str]) -> list[Problem]:
    if pattern.fullmatch(code):
        return []
    if pattern is _GRID_CODE:
        sentence = N_("“%(code)s” is not a code: 12 digits, or 15 characters for a grid.")
    else:
        sentence = N_("“%(code)s” is not a code of 12 digits.")
    return [Problem(sentence, {"code": code}, row)]


def _name_problems(row: int, column: str, name: str) -> list[Problem]:
    if not name:
        return [Problem(N_("%(column)s is empty."), {"column": column}, row)]
    if len(name) > LONGEST_NAME or not name.isprintable():
        sentence = N_("%(column)s must be at most %(most)s printable characters.")
        return [Problem(sentence, {"column": column, "most": LONGEST_NAME}, row)]
    return []


def _repeated(codes: list[tuple[int, str]]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row, code in codes:
        if first.setdefault(code, row) != row:
            sentence = N_("The code %(code)s stands in row %(first)s already.")
            found.append(Problem(sentence, {"code": code, "first": first[code]}, row))
    return found


def _two_names(rows: list[tuple[int, dict[str, str]]]) -> list[Problem]:
    """A township or county that two rows call by different names."""
    first: dict[str, str] = {}
    found = []
    for row, cells in rows:
        if not _STATISTICAL_CODE.fullmatch(cells["code"]):
            continue
        for prefix, column in ((cells["code"][:9], "township"), (cells["code"][:6], "county")):
            known = first.setdefault(prefix, cells[column])
            if known != cells[column]:
                sentence = N_("%(prefix)s… is called %(known)s further up and %(name)s here.")
                params = {"prefix": prefix, "known": known, "name": cells[column]}
                found.append(Problem(sentence, params, row))
    return found
