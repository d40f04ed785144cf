"""Home visits, and the people who came back: what members write down at the doors."""

from fieldapp.visits.models import KINDS, Returnee, Visit

__all__ = ["KINDS", "Returnee", "Visit"]
