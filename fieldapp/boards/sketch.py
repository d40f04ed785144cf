"""A schematic drawing of where a grid stands: the units beside it as tiles, this one marked.

It shows the order of the tree, not of the land: no coordinates are kept, and no house is drawn.
"""

from __future__ import annotations

from markupsafe import escape

from fieldapp.grids.scope import Tree, Unit

COLUMNS = 3
MOST_TILES = 28
WIDE, HIGH, GAP = 100, 48, 6
INK, PAPER, MARK, LINE = "#14213d", "#f3f5f9", "#12498b", "#8a94a6"
LETTERS_IN_A_TILE = 5


def drawing(tree: Tree, unit: Unit) -> str | None:
    """An SVG of the unit among the others of its village or town; None where it stands alone."""
    beside = _beside(tree, unit)
    if len(beside) < 2:
        return None
    columns = min(COLUMNS, len(beside))
    rows = -(-len(beside) // columns)
    width, height = columns * (WIDE + GAP) + GAP, rows * (HIGH + GAP) + GAP
    tiles = "".join(
        _tile(tree, one, place, marked=_is_marked(one, unit)) for place, one in enumerate(beside)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' font-family="sans-serif" font-size="18" text-anchor="middle">'
        f'<rect width="{width}" height="{height}" rx="8" fill="#fff" stroke="{LINE}"/>'
        f"{tiles}</svg>"
    )


def _beside(tree: Tree, unit: Unit) -> list[Unit]:
    """The lowest units of the same village, or the villages of the town; those around ours."""
    top = unit.path[1] if len(unit.path) > 2 else unit.path[0]
    if len(unit.path) > 2:
        found = [tree.units[one] for one in tree.at_or_below(top)]
        found = [one for one in found if not _open_below(tree, one)]
    else:
        found = _open_below(tree, tree.units[top])
    first = next((place for place, one in enumerate(found) if _is_marked(one, unit)), 0)
    start = max(0, min(first - MOST_TILES // 2, len(found) - MOST_TILES))
    return found[start : start + MOST_TILES]


def _open_below(tree: Tree, unit: Unit) -> list[Unit]:
    units = (tree.units[one] for one in tree.below.get(unit.id, ()))
    return [one for one in units if not one.closed]


def _is_marked(one: Unit, unit: Unit) -> bool:
    return unit.id in one.path[1:]


def _tile(tree: Tree, one: Unit, place: int, *, marked: bool) -> str:
    x, y = GAP + place % COLUMNS * (WIDE + GAP), GAP + place // COLUMNS * (HIGH + GAP)
    fill, ink = (MARK, "#fff") if marked else (PAPER, INK)
    weight = ' font-weight="bold"' if marked else ""
    return (
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5" fill="{fill}"'
        f' stroke="{MARK if marked else LINE}" stroke-width="{3 if marked else 1}"/>'
        f'<text x="{x + WIDE // 2}" y="{y + HIGH // 2 + 6}" fill="{ink}"{weight}>'
        f"{escape(_short(tree, one))}</text>"
    )


def _short(tree: Tree, one: Unit) -> str:
    """The name without what all names around it begin with: 第3网格 of 虎庄村第3网格."""
    for above in reversed(one.path[:-1]):
        name = tree.units[above].name
        if one.name.startswith(name) and len(one.name) > len(name):
            short = one.name[len(name) :]
            break
    else:
        short = one.name
    return short if len(short) <= LETTERS_IN_A_TILE else f"…{short[1 - LETTERS_IN_A_TILE :]}"
