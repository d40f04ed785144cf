"""The CSV files that the tests of the tree import, and small ones made on the spot."""

from __future__ import annotations

import csv
import io
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
YINGKOU_2019 = (DATA / "yingkou_villages_2019.csv").read_bytes()
YINGKOU_2020 = (DATA / "yingkou_villages_2020.csv").read_bytes()
CHANGES_2020 = (DATA / "yingkou_code_changes_2019_2020.csv").read_bytes()

GRID_HEADER = "grid_code,parent_code,level,kind,level_name_zh,display_name_zh,village_code"


def villages_of(township_or_county: str) -> list[dict[str, str]]:
    """The rows of the 2020 edition whose code begins like this."""
    rows = csv.DictReader(io.StringIO(YINGKOU_2020.decode()))
    return [row for row in rows if row["code"].startswith(township_or_county)]


def village_csv(rows: list[dict[str, str]]) -> bytes:
    """Rows as a list of villages."""
    lines = ["code,name,township,county,city"]
    lines += [",".join(row.values()) for row in rows]
    return "\n".join(lines).encode()


def grid_csv(*lines: str) -> bytes:
    """Lines as a tree of grids."""
    return "\n".join((GRID_HEADER, *lines)).encode()
