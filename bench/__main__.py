"""`make bench`, or `python -m bench NAME …` for some of them."""

from __future__ import annotations

import importlib
import sys
import time

from bench.figures import Figure, show
from tools.serve import count_no_memory

NAMES = (
    "intake",
    "single",
    "pull",
    "history",
    "memory",
    "first_load",
    "start",
    "interaction",
    "save",
    "days",
    "isolation",
    "likeness",
    "boards",
    "posters",
    "taps",
)


def main() -> None:
    """Run what was asked for, one after the other: two at a time would measure each other."""
    if "--list" in sys.argv:
        print(*NAMES, sep="\n")
        return
    names = sys.argv[1:] or NAMES
    if unknown := set(names) - set(NAMES):
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    count_no_memory()  # as the product's server does, which the raw limit stands beside
    every: list[Figure] = []
    for name in names:
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        figures = importlib.import_module(f"bench.{name}").measure()
        show(figures)
        print(f"   ({time.monotonic() - started:.0f} s)", flush=True)
        every += figures
    missed = [figure for figure in every if not figure.holds]
    print(f"\n{len(every) - len(missed)} of {len(every)} figures are within their limits.")


main()
