"""What a clerk chose to have printed: which boards, in which form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from fieldapp.grids import scope
from fieldapp.i18n import LANGUAGES, N_
from fieldapp.posters.formats import KINDS, SHEETS, TONES

REACHES = {
    "below": N_("Its own board, and all boards below it"),
    "one": N_("Only its own board"),
    "basic": N_("Only the basic grids in it, in which the households are"),
}
WORDS_IN = {"zh": N_("Chinese"), "en": N_("English")}


class Choice(NamedTuple):
    """As the form and the print page's address say it; every field is a key of its table."""

    grid: str
    reach: str
    kind: str
    size: str
    tone: str
    words: str

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Choice:
        """What was asked for; where something was not or cannot be, what is usual."""
        asked: dict[str, tuple[Collection[str], str]] = {
            "reach": (REACHES, "below"),
            "kind": (KINDS, "pdf"),
            "size": (SHEETS, "a4"),
            "tone": (TONES, "red"),
            "words": (LANGUAGES, "zh"),
        }
        known = {
            name: value if (value := given.get(name, "")) in table else usual
            for name, (table, usual) in asked.items()
        }
        roots = scope.children(None)
        return cls(grid=given.get("grid", roots[0].code if roots else ""), **known)

    @property
    def grids(self) -> list[int]:
        """The grids whose boards are meant, a parent first; none if the grid is not there."""
        top = scope.grid_of(self.grid)
        if top is None:
            return []
        if self.reach == "one":
            return scope.at_or_below(top)[:1]
        if self.reach == "basic":
            return [grid for grid in scope.at_or_below(top) if not scope.children(grid)]
        return _depth_first(top)

    @property
    def title(self) -> str:
        """What the file is called."""
        name = scope.name_of(scope.grid_of(self.grid) or 0)
        size = "" if self.kind == "picture" else f"-{self.size.upper()}"
        return f"{_('Grid notice boards')}-{name}{size}"


def _depth_first(grid: int) -> list[int]:
    if grid not in scope.at_or_below(grid):
        return []
    return [grid, *(one for unit in scope.children(grid) for one in _depth_first(unit.id))]
