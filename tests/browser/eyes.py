"""What a reader with old eyes, thick fingers or a screen reader would complain about on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SMALLEST_TEXT_PX = 18
SMALLEST_TARGET_PX = 60

# Text in a node that is drawn: neither hidden nor clipped away for screen readers only.
SMALL_TEXT = """(() => {
    const small = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
        const element = node.parentElement;
        if (!node.data.trim() || !element.checkVisibility({checkVisibilityCSS: true})) continue;
        if (element.closest("script, style, template, svg, option")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect(), own = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || own.width < 2 || own.height < 2) continue;
        const px = parseFloat(getComputedStyle(element).fontSize);
        if (px < SMALLEST) small.push(`${px}px: ${node.data.trim().slice(0, 40)}`);
    }
    for (const field of document.querySelectorAll("input, select, textarea")) {
        const px = parseFloat(getComputedStyle(field).fontSize);
        const typed = !["checkbox", "radio", "hidden"].includes(field.type);
        if (typed && field.checkVisibility() && px < SMALLEST) small.push(`${px}px: ${field.name}`);
    }
    return small;
})()"""

# A radio or checkbox is hit by way of its label, whatever size it has itself.
SMALL_TARGETS = """(() => {
    const small = [];
    const targets = "a[href], button, input, select, textarea, summary, [role=button], [onclick]";
    for (const element of document.querySelectorAll(targets)) {
        if (element.type === "hidden") continue;
        if (!element.checkVisibility({checkVisibilityCSS: true})) continue;
        const chosen = ["checkbox", "radio"].includes(element.type);
        const box = ((chosen && element.labels[0]) || element).getBoundingClientRect();
        const away = box.bottom <= 1 || box.right <= 1;  // a skip link waits there for the focus
        if (away && element.matches("a[href^='#']")) continue;
        if (box.width < SMALLEST - 0.5 || box.height < SMALLEST - 0.5) {
            const name = element.getAttribute("aria-label") || element.textContent || element.name;
            const size = `${Math.round(box.width)}x${Math.round(box.height)}`;
            small.push(`${size}: <${element.localName}> ${(name || "").trim().slice(0, 40)}`);
        }
    }
    return small;
})()"""

AXE_RUN = """(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary})`));
})()"""


def look(page: Page, expression: str) -> Any:
    """The value of an expression, asked the way developer tools do: the policy forbids eval."""
    cdp = page.context.new_cdp_session(page)
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = cdp.send("Runtime.evaluate", asked)
    cdp.detach()
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def small_text(page: Page) -> list[str]:
    """Text that is drawn smaller than 18 CSS pixels."""
    return list(look(page, SMALL_TEXT.replace("SMALLEST", str(SMALLEST_TEXT_PX))))


def small_targets(page: Page) -> list[str]:
    """What can be tapped and is smaller than 60 by 60 CSS pixels."""
    return list(look(page, SMALL_TARGETS.replace("SMALLEST", str(SMALLEST_TARGET_PX))))


def axe_findings(page: Page) -> list[str]:
    """What axe-core reports: WCAG 2.0 to 2.2, A and AA, contrast included, and its advice."""
    look(page, AXE.read_text() + ";0")
    return list(look(page, AXE_RUN))
