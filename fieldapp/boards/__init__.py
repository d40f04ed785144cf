"""Notice boards: what hangs on a wall of each grid, and what its QR code leads to.

`cards` and `badges` tell what boards and badges say; `edit`, `folk` and `succession` change it;
`provide` makes those that are missing.
"""

from fieldapp.boards.address import address_of, badge_address_of, base, is_reachable
from fieldapp.boards.badges import BadgeCard, badge_of, badges
from fieldapp.boards.card import Card, Hotline, Person, Service
from fieldapp.boards.compose import card_of, cards
from fieldapp.boards.register import provide
from fieldapp.boards.roles import ROLES
from fieldapp.boards.views import init_app

__all__ = [
    "ROLES",
    "BadgeCard",
    "Card",
    "Hotline",
    "Person",
    "Service",
    "address_of",
    "badge_address_of",
    "badge_of",
    "badges",
    "base",
    "card_of",
    "cards",
    "init_app",
    "is_reachable",
    "provide",
]
