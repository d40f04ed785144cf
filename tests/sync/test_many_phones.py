"""Four phones and a town in memory, through everything that can happen to them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.sync.machine import ManyPhones
from tests.sync.towns import MemoryTown


class InMemory(ManyPhones):
    make_town = MemoryTown


InMemory.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestManyPhones = InMemory.TestCase
