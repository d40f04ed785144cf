"""Many modules, one answer: what a phone loads first comes in one request.

A phone on a slow line pays for every request with a round trip of half a second, and thirty small
files compress worse than one. Each module stays a file of its own, tested as it is; here they are
put one after the other, in the order in which they need each other, each in a function of its own.
A second script, loaded later, meets the modules of the first as the same instances.

Understands the few forms that our modules use, and refuses all others.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

IMPORT = re.compile(r'^import (?:(\{[^"}]*\}|\* as \w+) from )?"(\.[^"]+)"\n', re.MULTILINE)
PASSED_ON = re.compile(r'^export \{([^}]*)\} from "(\.[^"]+)"\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(function\*?|class|const|let) (\w+))", re.MULTILINE)
NOT_UNDERSTOOD = re.compile(r"^(?:import|export)\b|\bimport\(", re.MULTILINE)
BLOCK_COMMENT = re.compile(r"/\*\*.*?\*/[ \t]*", re.DOTALL)
LINE_COMMENT = re.compile(r"^[ \t]*//.*\n|[ \t]+// [^\"'`\n]*$", re.MULTILINE)

Read = Callable[[str], str]


class CannotJoin(Exception):
    """A module uses a form of import or export that is not understood here."""


def join(entry: str, read: Read, *, call: str = "") -> str:
    """`entry` and all that it imports, as one script; at its end it may `call` an export of it.

    `read` gives the text under a name.
    """
    order = in_order(entry, read)
    variables = _variables(order)
    wrapped = [_wrapped(name, read(name), variables).text for name in order]
    end = f"{variables[entry]}.{call}\n" if call else ""
    return "".join(['"use strict"\n', *wrapped, end])


def join_two(first: str, second: str, read: Read) -> tuple[str, str]:
    """Two scripts of one folder: `first`, and what `second` needs beyond it.

    `first` is a classic script: browsers compile those when the worker keeps them, and every later
    start finds them compiled, which they do not do for modules. It alone may load `second`, with
    `import("./its-name.js")`; that one is a module, and sees the modules of `first` as they are,
    by the names that a classic script declares for the whole page.
    """
    before = in_order(first, read)
    after = [name for name in in_order(second, read) if name not in before]
    variables = _variables([*before, *after])
    later = f'import("./{posixpath.basename(second)}")'
    ones = [
        _wrapped(name, read(name), variables, later if name == first else "") for name in before
    ]
    others = [_wrapped(name, read(name), variables) for name in after]
    exported = f"export const {{ {', '.join(others[-1].names)} }} = {variables[second]}\n"
    return (
        "".join(['"use strict"\n', *(one.text for one in ones)]),
        "".join([*(one.text for one in others), exported]),
    )


def in_order(entry: str, read: Read) -> list[str]:
    """The modules that `entry` needs, each after those it imports; `entry` is the last."""
    order: list[str] = []
    open_now: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_now:
            raise CannotJoin(f"modules import each other: {' → '.join([*open_now, name])}")
        open_now.append(name)
        for needed in _needed(name, read(name)):
            visit(needed)
        open_now.pop()
        order.append(name)

    visit(entry)
    return order


def slim(text: str) -> str:
    """Without comments, blank lines and indentation, of which phones have no use."""
    text = LINE_COMMENT.sub("", BLOCK_COMMENT.sub("", text))
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


class _Wrapped(NamedTuple):
    """A module in its function, and the names that it exports."""

    text: str
    names: list[str]


def _variables(order: list[str]) -> dict[str, str]:
    return {name: f"_{number}" for number, name in enumerate(order)}


def _needed(name: str, text: str) -> list[str]:
    found = sorted(
        (match.start(), match.group(2))
        for pattern in (IMPORT, PASSED_ON)
        for match in pattern.finditer(slim(text))
    )
    return [_resolved(name, path) for _, path in found]


def _wrapped(name: str, text: str, variables: dict[str, str], later: str = "") -> _Wrapped:
    """The module as `const _3 = (() => { … return { what it exports } })()`.

    later: the one import in the midst of the code that may stand in it.
    """
    text = slim(text)
    given: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        names, path = match.groups()
        source = variables[_resolved(name, path)]
        if names is None:
            return ""
        if names.startswith("* as "):  # sees a `let` change, as the language demands
            return f"const {names.removeprefix('* as ')} = {source}\n"
        return f"const {names.replace(' as ', ': ')} = {source}\n"

    def pass_on(match: re.Match[str]) -> str:
        source = variables[_resolved(name, match.group(2))]
        for item in filter(None, (part.strip() for part in match.group(1).split(","))):
            inner, _, outer = item.partition(" as ")
            given[outer or inner] = f"{outer or inner}: {source}.{inner}"
        return ""

    def give(match: re.Match[str]) -> str:
        what, name = match.groups()
        given[name] = f"get {name}() {{ return {name} }}" if what == "let" else name
        return ""

    body = EXPORT.sub(give, PASSED_ON.sub(pass_on, IMPORT.sub(take, text)))
    rest = body.replace(later, "", 1) if later else body
    if left := NOT_UNDERSTOOD.search(rest):
        line = rest[left.start() :].split("\n", 1)[0]
        raise CannotJoin(f"{name}: {line}")
    exports = ", ".join(given.values())
    whole = f"const {variables[name]} = (() => {{\n{body}return {{ {exports} }}\n}})()\n"
    return _Wrapped(whole, list(given))


def _resolved(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
