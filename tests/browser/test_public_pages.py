"""What a resident's browser makes of a board's page, as the usual judges of pages see it.

Lighthouse asks a phone of the middle class on a slow network; the Nu checker reads HTML and CSS.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.program import ROOT
from tests.browser.server import Server

NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIGHTHOUSE = ROOT / "node_modules" / ".bin" / "lighthouse"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
CATEGORIES = ("performance", "accessibility", "best-practices")
TRIES = 3  # a busy machine can cost a page its last point, or its verdict; it never gives one
PAGES = ("board", "board in English", "mistyped", "badge", "revoked badge")


@pytest.fixture
def pages(server: Server) -> dict[str, str]:
    """The public pages by name, each with its address."""
    found = server.runs(
        """
        import json, sqlalchemy as sa
        from fieldapp.boards.models import Badge, Board
        from fieldapp.extensions import db
        from fieldapp.grids import scope
        grid = scope.grid_of("999999106201G01")
        board = db.session.scalar(sa.select(Board.id).where(Board.grid_id == grid))
        badge, revoked = db.session.scalars(sa.select(Badge).order_by(Badge.member_id)).all()[:2]
        from fieldapp.boards.succession import revoke_badge
        revoke_badge(revoked.member_id, by="office")
        print(json.dumps([board, badge.id, revoked.id]))
        """
    )
    board, badge, revoked = json.loads(found[found.index("[") : found.rindex("]") + 1])
    paths = (f"/b/{board}", f"/b/{board}?lang=en", "/b/22222222", f"/m/{badge}", f"/m/{revoked}")
    return {name: server.url + path for name, path in zip(PAGES, paths, strict=True)}


def fetched(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        return refused.read()


def judged(folder: Path, name: str, content: bytes) -> list[str]:
    """What the Nu checker has to say about one file, warnings included."""
    file = folder / name
    file.write_bytes(content)
    said = subprocess.run(
        ["java", "-jar", str(NU), "--format", "json", "--stdout", "--also-check-css", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(said.stdout)["messages"]
    return [f"{one.get('lastLine')}: {one['message']}" for one in messages]


def points(url: str, folder: Path) -> dict[str, float | str]:
    """Lighthouse's points for a page on a phone, 0 to 100, by category.

    Where it came to no verdict, as when its browser did not answer in time, what it said instead.
    """
    report = folder / "report.json"
    command = [
        str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}",
        "--no-enable-error-reporting",
    ]  # fmt: skip
    browser = os.environ | {"CHROME_PATH": str(shutil.which("chromium"))}
    done = subprocess.run(command, env=browser, check=False, capture_output=True, text=True)
    if done.returncode:
        return dict.fromkeys(CATEGORIES, done.stderr)
    read = json.loads(report.read_text())
    return {name: round(read["categories"][name]["score"] * 100) for name in CATEGORIES}


def test_lighthouse_has_nothing_to_improve_on_a_board(pages: dict[str, str], tmp_path: Path):
    whole = dict.fromkeys(CATEGORIES, 100)
    found = []
    while len(found) < TRIES and whole not in found:
        found.append(points(pages["board"], tmp_path))

    assert whole in found


def test_the_pages_are_valid_html(pages: dict[str, str], tmp_path: Path):
    said = {name: judged(tmp_path, "page.html", fetched(url)) for name, url in pages.items()}

    assert {name: some for name, some in said.items() if some} == {}


def test_their_style_sheet_is_valid_css(server: Server, tmp_path: Path):
    said = judged(tmp_path, "public.css", (ROOT / "fieldapp/static/css/public.css").read_bytes())

    assert said == []
