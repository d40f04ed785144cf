"""The same phones as in tests/sync, through the same weather, with the real application."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.sync.machine import ManyPhones
from tests.syncing.machinetown import RealTown


class OverHttp(ManyPhones):
    make_town = RealTown

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            if hasattr(self, "town"):
                self.town.close()


OverHttp.TestCase.settings = settings(
    max_examples=5,
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.generate],  # a story takes a second, and making it shorter takes hundreds
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
TestManyPhonesOverHttp = pytest.mark.slow(OverHttp.TestCase)
