"""The first page of the office: the figures of the day, and how far the visits have got."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Response, abort, request

from fieldapp import clock
from fieldapp.accounts import clerks
from fieldapp.extensions import db
from fieldapp.htmx import render, wants_fragment
from fieldapp.township import figures, phones, table
from fieldapp.township.blueprint import bp
from fieldapp.visits.coverage import coverage, total

USUAL_DAYS = 14


@bp.get("/")
def overview() -> Response:
    """The whole page; htmx asks for the coverage alone when the first day was changed."""
    return render("township/overview.html", block="coverage", **_context())


@bp.get("/figures")
def key_figures() -> Response:
    """The same page; htmx asks for the figures alone, every half minute."""
    if wants_fragment():
        clerks.not_in_use()
    return render("township/overview.html", block="figures", **_context())


@bp.get("/villages/<key>")
def village(key: str) -> Response:
    """One village's grids: a page of its own, or the rows that open under it in the table."""
    context = _context()
    line = next((one for one in context["villages"] if one.key == key), None)
    if line is None:
        abort(404)
    return render("township/village.html", block="rows", line=line, **context)


def _context() -> dict[str, Any]:
    session = db.session()
    since, mistaken = _since()
    hearings = phones.by_grid(session)
    heard = frozenset(grid for grid, hearing in hearings.items() if hearing.is_known)
    covered = coverage(session, since_ms=figures.start_of(since), heard=heard)
    villages = table.villages(covered, hearings)
    return {
        "since": since,
        "mistaken": mistaken,
        "today": clock.today(),
        "as_of": clock.utc_now(),
        "hours": int(phones.contact_hours().total_seconds() // 3600),
        "figures": figures.read(session, covered, hearings),
        "villages": villages,
        "whole": total(covered.values()),
        "whole_bar": table.bar(total(covered.values())),
    }


def _since() -> tuple[date, bool]:
    """The first day that counts: as asked, or two weeks ago; and whether the asked one was none."""
    usual = clock.today() - timedelta(days=USUAL_DAYS)
    asked = request.args.get("since", "")
    try:
        day = date.fromisoformat(asked) if asked else usual
    except ValueError:
        return usual, True
    return (day, False) if date(2000, 1, 1) <= day <= clock.today() else (usual, True)
