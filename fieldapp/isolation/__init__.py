"""Home isolation: who stays in, until when, and how often they are looked in on."""

from fieldapp.isolation.models import KINDS, IsolationCase

__all__ = ["KINDS", "IsolationCase"]
