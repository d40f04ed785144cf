"""The whole of our htmx support: one URL, answered with its page or with one block of it."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request


def render(template: str, *, block: str, status: int = 200, **context: object) -> Response:
    """Render `template`, or only its `block` where htmx asked for a fragment.

    One URL may answer with two different bodies, so caches are told what the answer depends on.
    """
    body = (
        _render_block(template, block, context)
        if wants_fragment()
        else render_template(template, **context)
    )
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def wants_fragment() -> bool:
    """Whether htmx asked for a part of the page; a restored history entry wants all of it."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"
    )


def _render_block(template: str, block: str, context: dict[str, object]) -> str:
    found = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    return "".join(found.blocks[block](found.new_context(context)))
