"""Households and the people in them."""

from fieldapp.households.models import KINDS, OCCUPIED, Household, Person

__all__ = ["KINDS", "OCCUPIED", "Household", "Person"]
