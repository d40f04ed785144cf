"""Guessing ids is stopped: who asks for too many that do not exist waits, and learns nothing.

Kept in memory, in every process for itself: a restart forgives a minute of guessing, of which it
would take thousands of years. Only so many addresses are remembered, the last ones.
"""

from __future__ import annotations

import ipaddress
import math
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import NamedTuple

MOST_MISSES = 30  # of ids that lead nowhere; a person mistypes a few
MOST_REQUESTS = 600  # of all: a village behind one address of a mobile network fits
COUNTED_FOR = timedelta(minutes=1)
MOST_ADDRESSES = 20_000


class Seen(NamedTuple):
    """What one address asked for since `since`."""

    since: datetime
    requests: int
    misses: int


class Limit:
    """Counts by address. One for each application."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, Seen] = OrderedDict()
        self._turn = threading.Lock()

    def __len__(self) -> int:
        return len(self._seen)

    def claim(self, address: str, now: datetime) -> int | None:
        """Count one request; or after how many seconds to come back."""
        with self._turn:
            key, known = self._known(address, now)
            if known.misses >= MOST_MISSES or known.requests >= MOST_REQUESTS:
                return math.ceil((known.since + COUNTED_FOR - now).total_seconds())
            self._keep(key, known._replace(requests=known.requests + 1))
            return None

    def missed(self, address: str, now: datetime) -> None:
        """What was asked for does not exist, or no longer."""
        with self._turn:
            key, known = self._known(address, now)
            self._keep(key, known._replace(misses=known.misses + 1))

    def _known(self, address: str, now: datetime) -> tuple[str, Seen]:
        key = _network(address)
        known = self._seen.get(key)
        if known is None or not known.since <= now < known.since + COUNTED_FOR:
            known = Seen(now, 0, 0)
        return key, known

    def _keep(self, key: str, seen: Seen) -> None:
        self._seen[key] = seen
        self._seen.move_to_end(key)
        while len(self._seen) > MOST_ADDRESSES:
            self._seen.popitem(last=False)


def _network(address: str) -> str:
    """IPv6 addresses are given out by the 64 bits: one subscriber has them all."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(one, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((one, 64), strict=False))
    return str(one)
