"""Whoever reads with trouble has every screen read out, where the phone has a voice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.actors import Form, Leader

# A phone's voice, which says nothing but keeps what it was given to say.
VOICE = """(() => {
    const said = (globalThis.said = []);
    const heard = new EventTarget();
    const voices = [{lang: "zh-CN", localService: true}, {lang: "en-GB", localService: true}];
    Object.defineProperty(globalThis, "speechSynthesis", {value: Object.assign(heard, {
        getVoices: () => globalThis.mute ? [] : voices,
        speak(speech) {
            said.push(speech.lang + ": " + speech.text);
            if (!globalThis.slow) setTimeout(() => speech.onend?.(), 0);
        },
        cancel: () => said.push("cancel"),
    })});
})()"""
BUTTON = "read-aloud button"


@pytest.fixture
def listener(leader: Leader) -> Leader:
    leader.phone.before_every_page(VOICE)
    leader.opens()
    leader.sees(BUTTON).wait_for()
    return leader


def test_every_question_and_every_choice_is_read_out(listener: Leader) -> None:
    door = listener.households()[0]
    listener.goes_to(f"visit/{door}")

    listener.taps_on(BUTTON)

    said = heard(listener)
    assert all(one.startswith("zh-CN: ") for one in said)
    assert any("结果" in one for one in said)
    assert any("家中无人" in one for one in said)
    assert not any("14天" in one for one in said), "only the present step is read"

    Form(listener, "visit").answers("result", "normal")
    listener.taps_on(BUTTON)
    assert any("已选" in one for one in heard(listener))


def test_what_is_wrong_and_how_things_stand_is_read_out(listener: Leader) -> None:
    door = listener.households()[0]
    listener.wire.down()
    listener.goes_to(f"visit/{door}")
    Form(listener, "visit").goes_on()
    listener.taps_on(BUTTON)
    wrong = listener.sees("#error-result").inner_text()
    assert any(wrong in one for one in heard(listener))

    listener.visits(door).finds_everything_fine()
    listener.goes_to("outbox")
    listener.taps_on(BUTTON)
    assert any("还在手机里" in one or "还在这部手机" in one for one in heard(listener))


def test_reading_stops_at_a_second_tap_and_when_the_screen_is_left(listener: Leader) -> None:
    listener.page.evaluate("slow = true")
    listener.goes_to("households")
    listener.taps_on(BUTTON)
    expect(listener.sees(BUTTON)).to_have_attribute("aria-pressed", "true")
    listener.taps_on(BUTTON)
    expect(listener.sees(BUTTON)).to_have_attribute("aria-pressed", "false")

    listener.taps_on(BUTTON)
    listener.goes_to("outbox")
    expect(listener.sees(BUTTON)).to_have_attribute("aria-pressed", "false")
    assert listener.page.evaluate("said.at(-1)") == "cancel"


def test_a_phone_without_a_voice_shows_no_button(leader: Leader) -> None:
    leader.phone.before_every_page(VOICE)
    leader.phone.before_every_page("mute = true")
    leader.opens()
    leader.sees("read-aloud").wait_for(state="attached")
    expect(leader.sees(BUTTON)).to_be_hidden()


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_button_leaves_the_bar_legible(listener: Leader, language: str) -> None:
    listener.opens(f"/phone/{language}")
    listener.sees(BUTTON).wait_for()
    page = listener.page
    assert eyes.small_text(page) + eyes.small_targets(page) + eyes.axe_findings(page) == []
    listener.taps_on(BUTTON)
    assert heard(listener)[0].startswith("en-GB" if language else "zh-CN")


def heard(leader: Leader) -> list[str]:
    """What was said since the last look."""
    expect(leader.sees(BUTTON)).to_have_attribute("aria-pressed", "false")
    said: list[str] = leader.page.evaluate("said.splice(0)")
    return [one for one in said if one != "cancel"]
