"""What a phone keeps of a release: complete, small, the same for everybody, never mixed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import assets
from tests.conftest import MakeApp

SHELL_BYTES = 45_000
SECOND_BYTES = 60_000
SHELLS = {"zh": "/phone/", "en": "/phone/en/"}
SECOND = {"zh": "/phone/more", "en": "/phone/en/more"}
TEXT = (".js", ".css", ".svg")


def named(client: FlaskClient, page: str = "/phone/") -> list[str]:
    return sorted(set(re.findall(r'"(/static/[^"]+)"', client.get(page).text)))


def sizes(client: FlaskClient, page: str) -> dict[str, int]:
    """Bytes on the wire of a page and the texts that it names."""
    pictures = (".png", ".svg")
    paths = [page, *(path for path in named(client, page) if not path.endswith(pictures))]
    how = {"Accept-Encoding": "gzip, deflate, br"}
    return {path: len(client.get(path, headers=how).data) for path in paths}


def precached(client: FlaskClient) -> dict[str, object]:
    (release,) = re.findall(r"\n_\d+\.start\((\{.*\})\)", client.get("/phone/sw.js").text)
    return dict(json.loads(release))


def test_everything_a_page_names_is_there_and_is_kept_for_good(client: FlaskClient) -> None:
    for path in named(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_release_is_not_found_rather_than_answered_with_newer_code(
    client: FlaskClient,
) -> None:
    path = next(path for path in named(client) if path.endswith("app.js"))
    build = client.application.config["BUILD"]

    answer = client.get(path.replace(build, "0123456789ab"))

    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["../config.py", "%2e%2e/config.py", "js/none.js", "js/"])
def test_nothing_but_the_release_can_be_fetched(client: FlaskClient, path: str) -> None:
    build = client.application.config["BUILD"]

    assert client.get(f"/static/{build}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_texts_travel_packed_as_the_browser_understands(
    client: FlaskClient, coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    for path in [
        *SHELLS.values(),
        *SECOND.values(),
        "/phone/sw.js",
        *filter(lambda p: p.endswith(TEXT), named(client)),
    ]:
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        packed = client.get(path, headers={"Accept-Encoding": coding})
        assert packed.headers.get("Content-Encoding") == coding, path
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert unpack(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_browser_that_has_the_page_gets_no_page(client: FlaskClient) -> None:
    etag = client.get("/phone/").headers["ETag"]

    answer = client.get("/phone/", headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Fieldapp-Build"] == client.application.config["BUILD"]


@pytest.mark.parametrize("page", SHELLS.values())
def test_what_the_first_list_needs_is_small_on_the_wire(client: FlaskClient, page: str) -> None:
    found = sizes(client, page)
    found["manifest"] = len(client.get("/phone/manifest.webmanifest").data)

    assert not [path for path in found if "more" in path]
    assert sum(found.values()) <= SHELL_BYTES, found


@pytest.mark.parametrize("page", SECOND.values())
def test_what_comes_after_the_first_list_is_bounded_too(client: FlaskClient, page: str) -> None:
    found = sizes(client, page)

    assert {"/phone/more", "/phone/en/more"} & set(found)
    assert any(path.endswith("/js/more.js") for path in found)
    assert sum(found.values()) <= SECOND_BYTES, found


def test_the_worker_keeps_all_files_of_all_pages_and_nothing_else(client: FlaskClient) -> None:
    release = precached(client)
    pages = [*SHELLS.values(), *SECOND.values()]

    assert release["build"] == client.application.config["BUILD"]
    assert release["assets"] == sorted({path for page in pages for path in named(client, page)})
    assert client.get("/phone/sw.js").headers["Cache-Control"] == "no-cache"


def test_the_worker_keeps_the_pages_of_both_packs(client: FlaskClient) -> None:
    text = client.get("/phone/sw.js").text

    assert {
        page for page in (*SHELLS.values(), *SECOND.values()) if f'"{page}"' not in text
    } == set()


@pytest.mark.parametrize("page", [*SHELLS.values(), *SECOND.values()])
def test_every_page_says_of_which_release_it_is(client: FlaskClient, page: str) -> None:
    answer = client.get(page)

    assert answer.headers["Fieldapp-Build"] == client.application.config["BUILD"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_worker_is_one_classic_script(client: FlaskClient) -> None:
    text = client.get("/phone/sw.js").text

    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)


def test_the_pages_are_the_same_for_everybody(client: FlaskClient, phone: FlaskClient) -> None:
    for page in (*SHELLS.values(), *SECOND.values()):
        assert client.get(page).data == phone.get(page).data
        assert "张丽" not in phone.get(page).text
        assert phone.get(page).headers["Cache-Control"] == "no-cache"


def test_each_language_has_its_pages_and_a_way_to_the_other(client: FlaskClient) -> None:
    for pages in (SHELLS, SECOND):
        assert '<html lang="zh-Hans"' in client.get(pages["zh"]).text
        assert '<html lang="en"' in client.get(pages["en"]).text
    assert 'href="/phone/en/"' in client.get(SECOND["zh"]).text
    assert 'href="/phone/"' in client.get(SECOND["en"]).text


def test_no_page_can_be_ended_by_a_word_in_it(client: FlaskClient) -> None:
    for page in (*SHELLS.values(), *SECOND.values()):
        for block in re.findall(
            r'<script type="application/json"[^>]*>(.*?)</script>', client.get(page).text, re.DOTALL
        ):
            assert "<" not in block
            json.loads(block)


def test_the_manifest_names_a_page_in_its_scope_and_icons_for_every_mask(
    client: FlaskClient,
) -> None:
    answer = client.get("/phone/manifest.webmanifest")
    said = answer.json or json.loads(answer.data)

    assert answer.mimetype == "application/manifest+json"
    assert said["start_url"].startswith(said["scope"])
    assert {(icon["purpose"], icon["sizes"]) for icon in said["icons"]} == {
        (purpose, size) for purpose in ("any", "maskable") for size in ("192x192", "512x512")
    }
    assert all(client.get(icon["src"]).mimetype == "image/png" for icon in said["icons"])


def test_a_release_is_named_by_what_it_is_made_of(app: Flask, make_app: MakeApp) -> None:
    again = make_app(app.config["SQLALCHEMY_DATABASE_URI"])
    other = make_app(app.config["SQLALCHEMY_DATABASE_URI"], RELEASE="next")

    assert app.config["BUILD"] == again.config["BUILD"] == assets.build_id()
    assert other.config["BUILD"] != app.config["BUILD"]
    assert re.fullmatch("[0-9a-f]{12}", other.config["BUILD"])


@pytest.mark.parametrize(
    "file", ["static/js/app.js", "templates/phone/shell.html", "phone/shell.py"]
)
def test_a_change_to_script_page_or_words_is_another_release(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, file: str
) -> None:
    copy = tmp_path_factory.mktemp("fieldapp")
    (copy / file).parent.mkdir(parents=True)
    (copy / file).write_text("before")
    monkeypatch.setattr(assets, "PACKAGE", copy)
    before = assets.build_id()

    (copy / file).write_text("after")

    assert assets.build_id() != before
