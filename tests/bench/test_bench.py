"""The benches are run by people, now and then; here it is only seen that they can be."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

from bench.figures import Figure, percentile

ROOT = Path(__file__).parents[2]


def test_every_bench_that_is_listed_can_measure_and_is_explained():
    command = [sys.executable, "-m", "bench", "--list"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = listed.split()
    explained = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")

    assert len(names) == 15
    for name in names:
        assert callable(importlib.import_module(f"bench.{name}").measure)
        assert f"`{name}`" in explained


def test_a_figure_holds_up_to_its_limit_or_from_it_on():
    assert Figure("bytes", 45_000, "bytes", 45_000).holds
    assert not Figure("bytes", 45_001, "bytes", 45_000).holds
    assert Figure("ratio", 0.28, "", 0.28, at_least=True).holds
    assert not Figure("ratio", 0.27, "", 0.28, at_least=True).holds
    assert Figure("told only", 1e9, "").holds


def test_a_percentile_is_one_of_the_values():
    assert percentile(range(1, 101), 0.95) == 96
    assert percentile([3, 1, 2], 1) == 3
