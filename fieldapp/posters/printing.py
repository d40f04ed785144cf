"""How a job stands, the file when it is ready, and the end of one that is not wanted any more."""

from __future__ import annotations

import uuid

from flask import Response, abort, flash, send_file, url_for
from flask_babel import gettext as _

from fieldapp.accounts import clerks
from fieldapp.htmx import render, wants_fragment
from fieldapp.posters import jobs
from fieldapp.posters.blueprint import bp
from fieldapp.township.once import see


@bp.get("/jobs/<uuid:job_id>")
def progress(job_id: uuid.UUID) -> Response:
    """How far it is; htmx asks again every second, a browser without it loads the page anew."""
    if wants_fragment():
        clerks.not_in_use()
    job = jobs.job(job_id) or abort(404)
    failure = _(jobs.FAILURES[job.failure], **job.about) if job.failure else ""
    return render("posters/job.html", block="job", job=job, failure=failure)


@bp.get("/jobs/<uuid:job_id>/file")
def file(job_id: uuid.UUID) -> Response:
    """What was printed, under a name that says what it is."""
    job = jobs.job(job_id)
    if job is None or job.state != "ready":
        abort(404)
    name = f"{job.title}{job.file.suffix}"
    return send_file(job.file.absolute(), as_attachment=True, download_name=name)


@bp.post("/jobs/<uuid:job_id>/cancellation")
def cancel(job_id: uuid.UUID) -> Response:
    """End it and delete what it made. Sent twice, it is gone all the same."""
    jobs.cancel(job_id)
    flash(_("Cancelled. Nothing was kept of it."), "plain")
    return see(url_for("posters.choose"))
