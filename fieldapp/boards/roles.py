"""What people on a board are called: the duties of the tree, and those who serve without one."""

from __future__ import annotations

from fieldapp.grids import duties
from fieldapp.i18n import N_

OTHERS = {
    "policeman": N_("Community policeman"),
    "lawyer": N_("Legal adviser"),
    "mediator": N_("People's mediator"),
    "liaison": N_("Contact person"),
}

ROLES = duties.ROLES | OTHERS

# Within a level, who comes first.
ORDER = ("leader", "member", "head", "chief_head", "officer", "doctor", "volunteer", *OTHERS)


def rank(role: str) -> int:
    """Where a role stands within its level; the town's own words come last."""
    return ORDER.index(role) if role in ORDER else len(ORDER)
