"""Draws the installed app's PNG icons from our own SVG files; run it when a drawing changes.

.venv/bin/python tests/phone/draw_icons.py
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).parents[2] / "fieldapp" / "static" / "icons"
DRAWINGS = (
    ("app.svg", "app-192.png", 192),
    ("app.svg", "app-512.png", 512),
    ("app-maskable.svg", "app-maskable-192.png", 192),
    ("app-maskable.svg", "app-maskable-512.png", 512),
)


def main() -> None:
    """One picture a size, with the corners of the rounded drawing left transparent."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for source, target, pixels in DRAWINGS:
            _draw(page, ICONS / source, ICONS / target, pixels)
        browser.close()


def _draw(page: Page, source: Path, target: Path, pixels: int) -> None:
    page.set_viewport_size({"width": pixels, "height": pixels})
    page.set_content(
        f"<style>body{{margin:0}}svg{{display:block;width:{pixels}px}}</style>"
        + source.read_text(encoding="utf-8")
    )
    page.screenshot(path=target, omit_background=True)


if __name__ == "__main__":
    main()
