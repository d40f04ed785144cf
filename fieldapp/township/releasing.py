"""What the office does to a case: release, close an alert, follow the returnee; and the notice."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from flask import Response, abort, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from fieldapp import clock, i18n, ledger
from fieldapp.extensions import db
from fieldapp.forms import sentence
from fieldapp.grids import scope
from fieldapp.i18n import N_
from fieldapp.isolation import present_rules
from fieldapp.township import cases
from fieldapp.township.blueprint import bp
from fieldapp.township.isolation import KINDS, SLOT_NAMES
from fieldapp.township.once import once
from fieldapp.township.refusal import Refusal

NOT_YET = N_("It cannot be released yet: the time is not over, or an alert is open.")


@bp.post("/isolation/cases/<case_id>/release")
def release_case(case_id: str) -> Response:
    """Release by the number of the paper: when it is time, and no alert is open."""

    def work(session: Session) -> dict[str, object]:
        if not cases.read(session, case_id).can_be_released:
            raise Refusal({"state": [_(NOT_YET)]})
        return {
            "state": "released",
            "release_no": request.form.get("release_no", "").strip(),
            "released_on": request.form.get("released_on") or clock.today().isoformat(),
            "release_remark": request.form.get("release_remark", "").strip() or None,
        }

    return _change(case_id, work, _("Released. The notice can be printed now."))


@bp.post("/isolation/cases/<case_id>/day-0")
def follow_returnee(case_id: str) -> Response:
    """Take over what the returnee's form says now."""

    def work(session: Session) -> dict[str, object]:
        found = cases.read(session, case_id).differences
        return {
            **{one.name: one.would_be for one in found if one.would_be},
            **({"state": "mistaken"} if any(one.would_be is None for one in found) else {}),
        }

    return _change(case_id, work, _("The case says the same as the returnee's form now."))


@bp.post("/isolation/cases/<case_id>/alerts/<check_id>")
def close_alert(case_id: str, check_id: str) -> Response:
    """Say what was done about an alert and what came of it."""
    said = {name: request.form.get(name, "") for name in ("action", "outcome")}

    def work(session: Session) -> dict[str, object]:
        alert = ledger.record(session, "health_check", check_id)
        if alert is None or alert.fields.get("case") != case_id:
            abort(404)
        return {**said, "action_at": clock.utc_now().isoformat(timespec="seconds")}

    if not all(said.values()):
        missing = {name: [_("Please choose one.")] for name, code in said.items() if not code}
        return cases.case_page(case_id, errors=missing, status=422)
    return _change(
        case_id, work, _("The alert is closed."), kind="health_check", record_id=check_id
    )


@bp.get("/isolation/cases/<case_id>/notice")
def release_notice(case_id: str) -> Response:
    """The paper for somebody who was released, to be printed; the ID number stays masked."""
    session = db.session()
    page = cases.read(session, case_id)
    record = ledger.record(session, "isolation_case", case_id)
    if record is None or page.case.state != "released":
        abort(404)
    person = ledger.record(session, "person", page.case.person)
    returnee = ledger.record(session, "returnee", page.case.returnee or "")
    known = [one.fields.get("id_no") for one in (person, returnee) if one]
    body = render_template(
        "township/release_notice.html",
        page=page,
        id_no=next((str(one) for one in known if one), ""),
        town=scope.path(page.case.grid_id)[0].name,
        village=scope.path(page.case.grid_id)[min(1, len(scope.path(page.case.grid_id)) - 1)].name,
        kinds=KINDS,
    )
    return Response(body)


@bp.get("/isolation/rules")
def isolation_rules() -> Response:
    """The rules as they hold, kind by kind; they are changed with `load-rules`."""
    today = clock.today().isoformat()
    rules = [
        (rule, rule["valid_from"] <= today <= (rule["valid_to"] or "9999"))
        for rule in present_rules()
    ]
    body = render_template(
        "township/isolation_rules.html",
        rules=rules,
        kinds=KINDS,
        slot_names=SLOT_NAMES,
        symptoms=cases.SYMPTOMS,
        as_of=clock.utc_now(),
    )
    return Response(body)


def _change(
    case_id: str,
    work: Callable[[Session], Mapping[str, object]],
    done: str,
    *,
    kind: str = "isolation_case",
    record_id: str = "",
) -> Response:
    """Submit on the township's word what `work` says about a record, and show the case again."""

    def submit(session: Session) -> str:
        fields = work(session)
        record = ledger.record(session, kind, record_id or case_id) or abort(404)
        change = {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "record": record.id,
            "base": record.version,
            "form": ledger.kinds()[kind].newest.version,
            "grid": scope.code_of(record.place),
            "made_at": clock.utc_now().isoformat(),
            "fields": dict(fields),
        }
        missing = _unanswered(fields) if kind == "isolation_case" else {}
        origin = ledger.Origin(clerk=current_user.clerk_id)
        if missing:
            raise Refusal(missing)
        [outcome] = ledger.submit_items(session, [change], origin=origin, grid_of=scope.grid_of)
        if outcome.status == "held":
            raise Refusal(_in_words(kind, outcome.errors))
        flash(done, "fine")
        return url_for("township.isolation_case", case_id=case_id)

    try:
        return once(submit)
    except Refusal as refusal:
        return cases.case_page(case_id, errors=refusal.errors, status=422)


def _unanswered(fields: Mapping[str, object]) -> dict[str, list[str]]:
    """A correction may leave out what the record has; the number of a release it may not."""
    if fields.get("state") != "released" or fields.get("release_no"):
        return {}
    return {"release_no": [_("Please write the number that stands on the paper.")]}


def _in_words(kind: str, errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    form = ledger.kinds()[kind].newest
    language, today = i18n.language(), clock.today()
    return {
        name: [
            sentence(form, name, code, say=i18n.say, language=language, today=today)
            for code in codes
        ]
        for name, codes in errors.items()
    }
