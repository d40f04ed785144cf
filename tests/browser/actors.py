"""The people of the stories, and what they do, in the words of the product."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.smalltown import STAFF, People
from tests.browser.wire import Wire

SAVED = re.compile("已保存到手机|Saved on this phone")

expect.set_options(timeout=PATIENCE_MS)


class Leader:
    """Somebody who serves a grid, with a phone in the hand."""

    def __init__(self, phone: Phone, wire: Wire, people: People, who: str) -> None:
        self.phone = phone
        self.wire = wire
        self.people = people
        self.who = who
        self.grid = next(one.grid for one in STAFF if one.name == who)
        self.taps = 0

    @property
    def page(self) -> Page:
        return self.phone.page

    def sees(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def taps_on(self, selector: str | Locator) -> None:
        """One tap, counted."""
        target = self.page.locator(selector) if isinstance(selector, str) else selector
        target.click()
        self.taps += 1

    # Arriving

    def opens(self, path: str = "/phone/") -> None:
        """Opens an address of the product and waits until a screen is drawn."""
        self.phone.open(self.wire.url + path)
        self.ready()

    def ready(self) -> None:
        self.sees("html[data-ready]").wait_for(state="attached")

    def opens_the_link(self) -> None:
        """Opens the invitation that the town sent; each works once."""
        self.phone.open(self.wire.url + self.people.link(self.who))

    def accepts(self) -> None:
        """Taps the one button of the invitation and waits for the households of the grid."""
        self.taps_on("main button")
        self.page.wait_for_url("**/phone/**")
        self.ready()
        self.sees("[data-household]").first.wait_for()

    def joins(self) -> None:
        self.opens_the_link()
        self.accepts()

    def gets_ready_for_offline(self) -> None:
        """Waits on the readiness page until the phone says that it can start without a network."""
        self.goes_to("ready")
        self.sees('#verdict[data-verdict="offline"]').wait_for()
        self.goes_to("")

    def goes_to(self, route: str) -> None:
        """Moves inside the app, as the links of its screens do."""
        self.page.evaluate("route => { location.hash = '#/' + route }", route)
        screen = route.split("/")[0] or "today"
        self.sees(f'html[data-screen="{screen}"]').wait_for(state="attached")

    # Visiting

    def households(self) -> list[str]:
        """The households of the grid in walking order, by record id."""
        self.goes_to("households")
        rows = self.sees("[data-household]")
        rows.first.wait_for()
        more = self.sees('main [data-action="more"]')
        while more.is_visible():
            more.click()
        found: list[str] = rows.evaluate_all("rows => rows.map(row => row.dataset.household)")
        return found

    def visits(self, household: str) -> Doorstep:
        """Taps a household on today's list."""
        self.goes_to("")
        self.taps = 0
        self.taps_on(f'[data-household="{household}"]')
        return Doorstep(self)

    def pending(self) -> int:
        """How many records the screen says are still on the phone."""
        return int(self.sees("#pending").get_attribute("data-count") or "-1")

    def has_sent_everything(self) -> None:
        """Waits until the screen says so: after counting, and not only before it."""
        expect(self.sees("#sync")).to_have_attribute("data-verdict", "all_sent")
        expect(self.sees("#pending")).to_have_attribute("data-count", "0")

    def has_unsent(self, count: int) -> None:
        expect(self.sees("#pending")).to_have_attribute("data-count", str(count))

    def sends_now(self) -> None:
        """Opens the outbox and taps 立即上传."""
        self.goes_to("outbox")
        self.taps_on('[data-action="send"]')

    def outbox(self) -> list[dict[str, str]]:
        """The rows of the outbox as the screen shows them, newest first."""
        self.goes_to("outbox")
        rows: list[dict[str, str]] = self.sees("[data-change]").evaluate_all(
            "rows => rows.map(row => ({...row.dataset, text: row.innerText}))"
        )
        return rows


class Doorstep:
    """A member in front of a door, with the visit form open."""

    def __init__(self, leader: Leader) -> None:
        self.leader = leader
        leader.sees('html[data-screen="household"]').wait_for(state="attached")

    def finds_everything_fine(self) -> None:
        """Taps 平安无事 and waits until the screen says that it is kept."""
        self._answers("fine")

    def finds_nobody(self) -> None:
        self._answers("nobody")

    def _answers(self, answer: str) -> None:
        self.leader.taps_on(f'[data-action="{answer}"]')
        self.is_told_it_is_saved()

    def is_told_it_is_saved(self) -> None:
        """The phone says so only after the disk has it."""
        expect(self.leader.sees("main [data-saved]")).to_be_visible()
        expect(self.leader.sees("#said")).to_contain_text(SAVED)


class Form:
    """A form on the phone, one step after the other."""

    def __init__(self, leader: Leader, kind: str) -> None:
        self.leader = leader
        self.kind = kind
        self._form = leader.sees(f'form[data-form="{kind}"]')
        self._form.wait_for()

    def question(self, key: str) -> Locator:
        return self._form.locator(f'[data-question="{key}"]')

    def error(self, key: str) -> Locator:
        """The sentence beside a field, once there is one."""
        return self._form.locator(f"#error-{key}")

    def answers(self, key: str, value: str) -> None:
        """Types a text, or taps the choice of that code."""
        question = self.question(key)
        choice = question.locator(f'label:has(input[name="{key}"][value="{value}"])')
        if choice.count():
            choice.click()
        else:
            question.locator(f'[name="{key}"]').fill(value)

    def goes_on(self, **answers: str) -> None:
        """Answers what is asked on the present step and taps 下一步."""
        for key, value in answers.items():
            self.answers(key, value)
        self._form.locator('[data-action="next"]').click()

    def walks_through(self, answers: dict[str, str]) -> None:
        """Answers every question of `answers` as its step comes, up to the last step."""
        left = self._walks(dict(answers), until=None)
        assert not left, f"never asked for: {left}"

    def comes_to(self, key: str, answers: dict[str, str]) -> None:
        """Walks up to the step that asks for `key`, and leaves that one unanswered."""
        self._walks({one: answers[one] for one in answers if one != key}, until=key)

    def _walks(self, left: dict[str, str], until: str | None) -> dict[str, str]:
        save = self._form.locator('[data-action="save"]')
        for _ in range(60):
            step = self._form.locator("[data-step]:visible")
            step.wait_for()
            asked = self._asked(step)
            while given := [key for key in self._asked(step) if key in left]:
                self.answers(given[0], left.pop(given[0]))  # which may bring up another question
            if save.is_visible() or until in asked:
                break
            before = step.evaluate("step => [...step.parentNode.children].indexOf(step)")
            self._form.locator('[data-action="next"]').click()
            self._has_left(before)
        return left

    def saves(self) -> None:
        self._form.locator('[data-action="save"]').click()

    def _asked(self, step: Locator) -> list[str]:
        shown = step.locator("[data-question]:visible")
        keys: list[str] = shown.evaluate_all("all => all.map(one => one.dataset.question)")
        return keys

    def _has_left(self, step: int) -> None:
        here = self._form.locator("[data-step]:visible")
        expect(here).to_have_count(1)
        now = here.evaluate("step => [...step.parentNode.children].indexOf(step)")
        wrong = [text for text in self._form.locator(".error:visible").all_inner_texts() if text]
        assert now != step, f"the form does not go on: {wrong}"
