"""Benchmarks: each prints figures beside their limits, or ratios measured in one run."""
