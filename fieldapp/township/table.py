"""The coverage table: villages, and the basic grids inside each, with sums that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldapp.grids import scope
from fieldapp.grids.scope import Unit
from fieldapp.township.phones import NOBODY, Hearing
from fieldapp.visits.coverage import Coverage, total

PARTS = ("visited", "refused", "nobody_home", "not_yet", "unknown")


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar, in hundredths of its length."""

    name: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """One basic grid. `within` is what it lies in, where that is not the village itself."""

    unit: Unit
    within: str
    covered: Coverage
    hearing: Hearing

    @property
    def bar(self) -> list[Part]:
        return bar(self.covered)


@dataclass(frozen=True, slots=True)
class VillageLine:
    """One village with its grids; `unit` is None for the grids that lie right under the town."""

    unit: Unit | None
    grids: Sequence[GridLine]

    @property
    def key(self) -> str:
        """What its address says: the code, or a word for those without a village."""
        return self.unit.code if self.unit else "direct"

    @property
    def covered(self) -> Coverage:
        return total(line.covered for line in self.grids)

    @property
    def unheard(self) -> int:
        """How many of its grids nothing is known of at present."""
        return sum(not line.hearing.is_known for line in self.grids)

    @property
    def bar(self) -> list[Part]:
        return bar(self.covered)


def villages(covered: Mapping[int, Coverage], hearings: Mapping[int, Hearing]) -> list[VillageLine]:
    """Every unit right under a root that has households in it, in the order of the codes.

    Whatever depth the tree has: a town with villages, a district with streets, a town of ten grids.
    """
    found: list[VillageLine] = []
    direct: list[GridLine] = []
    for root in scope.children(None):
        direct += [_line(root, "", covered, hearings)] if root.id in covered else []
        for unit in scope.children(root.id):
            if unit.id in covered and not scope.children(unit.id):
                direct.append(_line(unit, "", covered, hearings))
            elif lines := _lines(unit, covered, hearings):
                found.append(VillageLine(unit, lines))
    return [*found, VillageLine(None, direct)] if direct else found


def bar(covered: Coverage) -> list[Part]:
    """The parts one after another; nothing for a grid without anybody."""
    parts, start = [], 0.0
    for name, count in zip(PARTS, covered, strict=True):
        length = 100 * count / covered.occupied if count else 0.0
        if length:
            parts.append(Part(name, round(start, 2), round(length, 2)))
        start += length
    return parts


def _lines(
    village: Unit, covered: Mapping[int, Coverage], hearings: Mapping[int, Hearing]
) -> list[GridLine]:
    below = (grid for grid in scope.at_or_below(village.id) if grid in covered)
    lines = []
    for grid in below:
        unit = scope.unit(grid)
        parent = unit.parent_id
        within = "" if parent in (None, village.id) or grid == village.id else scope.name_of(parent)
        lines.append(_line(unit, within, covered, hearings))
    return sorted(lines, key=lambda line: line.unit.code)


def _line(
    unit: Unit, within: str, covered: Mapping[int, Coverage], hearings: Mapping[int, Hearing]
) -> GridLine:
    return GridLine(unit, within, covered[unit.id], hearings.get(unit.id, NOBODY))
