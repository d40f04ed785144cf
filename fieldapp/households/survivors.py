"""Which file remains of those that were merged. Values and one pure function.

The phone's twin is in `static/js/store/book.js`.
"""

from __future__ import annotations

from collections.abc import Mapping


def survivors(merged_into: Mapping[str, str]) -> dict[str, str]:
    """For every merged record the one that remains; a record that remains is not in the answer.

    `merged_into`: of every merged record, the one it was merged into. Merges may follow on each
    other. Two phones may also have merged two files into each other: of such a ring the record with
    the smallest id remains, so that every phone and the server keep the same one.
    """
    found: dict[str, str] = {}
    for record in merged_into:
        survivor = _last(record, merged_into)
        if survivor != record:
            found[record] = survivor
    return found


def _last(record: str, merged_into: Mapping[str, str]) -> str:
    way = [record]
    while (following := merged_into.get(way[-1])) is not None:
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]
