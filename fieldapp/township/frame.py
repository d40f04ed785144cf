"""What every page of the console has around it: who is logged in, where one can go, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request, url_for
from flask_babel import format_datetime, format_timedelta
from flask_babel import gettext as _
from flask_login import current_user

from fieldapp import ledger
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.i18n import N_

# The menu: where an entry leads, and which pages belong to it. A page outside of this package has
# the name of its blueprint before its own; a blueprint's name alone stands for all of its pages.
SECTIONS = {
    "overview": ("overview", "key_figures", "village", "losses"),
    "visits": ("visits",),
    "isolation": (
        "isolation",
        "isolation_village",
        "missed",
        "isolation_cases",
        "isolation_case",
        "release_case",
        "follow_returnee",
        "close_alert",
        "isolation_rules",
    ),
    "held": ("held", "held_case", "release", "set_aside"),
    "conflicts": ("conflicts", "settle"),
    "boardkeeping.boards": ("boardkeeping",),
    "posters.choose": (
        "posters.choose",
        "posters.order",
        "posters.progress",
        "posters.badges",
        "posters.order_badges",
    ),
    "people_on_duty": (),
}
NAMES = {
    "overview": N_("Overview"),
    "visits": N_("Visits"),
    "isolation": N_("Home isolation"),
    "held": N_("Held"),
    "conflicts": N_("Contradictions"),
    "boardkeeping.boards": N_("Notice boards"),
    "posters.choose": N_("Print boards"),
    "people_on_duty": N_("People and phones"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the console's menu; `count` is how much waits there."""

    name: str
    url: str
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Console:
    """The frame of a page for a clerk who is logged in."""

    clerk: str
    logout: str
    places: list[Place]


def frame() -> dict[str, object]:
    """For templates: `console`, None for somebody who is not logged in."""
    if not current_user.is_authenticated:
        return {"console": None}
    session = db.session()
    at = str(request.endpoint).removeprefix("township.")
    waiting = {"held": ledger.count_held(session), "conflicts": ledger.count_flagged(session)}
    names = {at, at.partition(".")[0]}
    section = next((home for home in SECTIONS if names & {*SECTIONS[home]}), "people_on_duty")
    places = [
        Place(_(NAMES[home]), _address(home), home == section, waiting.get(home, 0))
        for home in SECTIONS
    ]
    return {
        "console": Console(current_user.name, url_for("accounts.logout"), places),
        # A form that came back stands at an address that cannot be fetched.
        "language_page": _address(section) if request.method == "POST" else "",
    }


def _address(page: str) -> str:
    return url_for(page if "." in page else f"township.{page}")


def moment(ms: int, pattern: str) -> str:
    """Milliseconds since 1970 UTC as the township's clock shows it."""
    text: str = format_datetime(datetime.fromtimestamp(ms / 1000, UTC), pattern)
    return text


def grid_name(grid_id: int) -> str:
    """What people call a grid, also one that no longer exists."""
    unit = scope.tree().units.get(grid_id)
    return unit.name if unit else ""


def clock_words(skew_s: int) -> str:
    """How far a phone's clock is off, in words; a few minutes do not matter."""
    if abs(skew_s) < 10 * 60:
        return str(_("on time"))
    minutes = abs(skew_s) // 60
    amount = format_timedelta(timedelta(minutes=minutes), threshold=1.5)
    sentence = N_("%(amount)s ahead") if skew_s > 0 else N_("%(amount)s behind")
    return str(_(sentence, amount=amount))
