"""Home isolation: who stays in, until when, and how often they are looked in on."""

from fieldapp.isolation.checks import HealthCheck
from fieldapp.isolation.models import KINDS, IsolationCase
from fieldapp.isolation.rulebook import IsolationRule, present_rules

__all__ = ["KINDS", "HealthCheck", "IsolationCase", "IsolationRule", "present_rules"]
