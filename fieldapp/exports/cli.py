"""`flask export` and `flask held`: JSON lines on standard output."""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext

from fieldapp import ledger
from fieldapp.exports.records import held_changes, records
from fieldapp.extensions import db
from fieldapp.grids import scope


@click.command("export")
@click.argument("kind")
@click.option("--grid", help="Only this grid and those below it.")
@with_appcontext
def export_records(kind: str, grid: str | None) -> None:
    """Print every settled record of KIND, one JSON object a line."""
    if kind not in ledger.kinds():
        known = ", ".join(sorted(ledger.kinds()))
        raise click.UsageError(f"没有这种记录 / no such kind: {kind} ({known})")
    place = scope.grid_of(grid) if grid else None
    if grid and place is None:
        raise click.UsageError(f"没有这个网格 / no such grid: {grid}")
    for one in records(db.session(), kind, grid=place):
        click.echo(json.dumps(one, ensure_ascii=False))


@click.command("held")
@with_appcontext
def list_held() -> None:
    """Print every held change, one JSON object a line."""
    for one in held_changes(db.session()):
        click.echo(json.dumps(one))
