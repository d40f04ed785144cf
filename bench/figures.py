"""A measured figure and the limit it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """`limit` is the most it may be, or the least where `at_least`; None where there is none."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def show(figures: Sequence[Figure]) -> None:
    """One line a figure; a star where the limit is missed."""
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        limit = "" if figure.limit is None else f"{sign} {figure.limit:g}"
        mark = " " if figure.holds else "*"
        value = f"{figure.value:,.3f}" if figure.value < 10 else f"{figure.value:,.0f}"
        print(f" {mark} {figure.name:<58} {value:>10} {figure.unit:<6} {limit:<9} {figure.note}")


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
