"""`flask backup`, `restore`, `purge`, `rebuild-projections`, `check-integrity`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from fieldapp import database, ledger
from fieldapp.accounts import retention
from fieldapp.boards import retention as boards
from fieldapp.extensions import db
from fieldapp.posters import jobs
from fieldapp.upkeep import copies, integrity

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write a checked copy of the database to FILE, also while the server runs."""
    copies.back_up(file)
    click.echo(f"已备份 / backed up: {file} ({file.stat().st_size:,} bytes)")


@click.command()
@click.argument("file", type=FILE)
@with_appcontext
def restore(file: Path) -> None:
    """Put the database back to what it was when FILE was written; phones send the rest again."""
    try:
        epoch = copies.restore(file)
    except copies.Unfit as unfit:
        raise click.ClickException(f"没有恢复 / not restored: {unfit}") from None
    click.echo(f"已恢复 / restored: {file} (epoch {epoch})")


@click.command()
@with_appcontext
def purge() -> None:
    """Delete what is older than its kind may be kept (docs/data.md)."""
    with database.writing() as session:
        deleted = ledger.purge(session) | retention.purge() | boards.purge(session)
    database.shrink(db.engine)
    deleted["printed file"] = jobs.sweep()
    for name, count in deleted.items():
        click.echo(f"{name}: {count}")


@click.command("rebuild-projections")
@with_appcontext
def rebuild_projections() -> None:
    """Write all feature tables anew from the ledger."""
    with database.writing() as session:
        count = ledger.rebuild(session)
    click.echo(f"已重建 / rebuilt: {count}")


@click.command("check-integrity")
@with_appcontext
def check_integrity() -> None:
    """Compare history, records and feature tables; exit status 1 if anything is wrong."""
    found = list(integrity.faults(db.session()))
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise SystemExit(1)
    click.echo("完好 / all is well")


COMMANDS = (backup, restore, purge, rebuild_projections, check_integrity)
