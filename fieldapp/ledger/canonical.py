"""One way to write down what a message said, so that the same content is the same bytes."""

from __future__ import annotations

import json

import orjson

DEEPEST = 254  # brackets in brackets; orjson writes no more, and recursive readers fail soon after


def canonical(item: object) -> bytes:
    """JSON of `item`, however its keys were ordered.

    What is nested too deep for whoever would read it becomes one JSON string that holds the JSON.
    """
    try:
        return orjson.dumps(item, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # too deep, a lone surrogate, or a number beyond 64 bits
        text, depth = _written(item)
        return (text if depth <= DEEPEST else json.dumps(text)).encode()


def storable(text: str) -> str:
    """The text with everything spelled out that a database or a line of JSON cannot hold."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()


class _Piece(str):
    """JSON that is written already."""

    __slots__ = ()


def _written(item: object) -> tuple[str, int]:
    """JSON of `item` in ASCII and how deep it is nested, found without recursion."""
    text: list[str] = []
    depth = deepest = 0
    left = [item]
    while left:
        one = left.pop()
        if isinstance(one, _Piece):
            text.append(one)
            depth -= one in {"]", "}"}
        elif isinstance(one, list | dict):
            text.append("[" if isinstance(one, list) else "{")
            depth += 1
            deepest = max(deepest, depth)
            left += reversed(_pieces(one))
        else:
            text.append(_scalar(one))
    return "".join(text), deepest


def _pieces(one: list[object] | dict[str, object]) -> list[object]:
    """What stands after the opening bracket of `one`, the closing one included."""
    pieces: list[object] = []
    if isinstance(one, list):
        for value in one:
            pieces += (value, _Piece(","))
    else:
        for name in sorted(one):
            pieces += (_Piece(json.dumps(name) + ":"), one[name], _Piece(","))
    return [*pieces[:-1], _Piece("]" if isinstance(one, list) else "}")]


def _scalar(one: object) -> str:
    # NaN and infinity are no JSON; orjson, which writes everything else, makes them null.
    return orjson.dumps(one).decode() if isinstance(one, float) else json.dumps(one)
