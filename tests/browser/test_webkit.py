"""The story of U2 once more in WebKit: saved offline, answer lost, received exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.office import Town
from tests.browser.smalltown import People
from tests.browser.webkit import webkit
from tests.browser.wire import Wire

VISITS = 50


# Selenium's own WebKitGTK class calls its own outdated parameter.
@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")
@pytest.mark.webkit
def test_in_webkit_fifty_offline_visits_reach_the_township_once_each(
    wire: Wire, people: People, town: Town, tmp_path: Path
) -> None:
    with webkit(tmp_path) as phone:
        phone.opens(wire.url + people.link("王桂兰"))
        phone.taps_on("main button")
        phone.waits_for("document.querySelectorAll('[data-household]').length > 0")
        # Asked again and again: a promise that stays open once kept the driver waiting for ever.
        phone.waits_for("navigator.serviceWorker.getRegistration().then(one => !!one?.active)")
        phone.waits_for("caches.keys().then(keys => keys.length)")
        phone.opens(wire.url + "/phone/")
        phone.waits_for("document.documentElement.dataset.ready")
        wire.down()

        for nth in range(VISITS):
            if nth == VISITS // 2:  # closed and opened again, still without a network
                phone.opens(wire.url + "/phone/")
                phone.waits_for("document.documentElement.dataset.ready")
            phone.look("void (location.hash = '#/')")
            phone.waits_for("document.documentElement.dataset.screen === 'today'")
            phone.taps_on("main [data-household]")
            phone.taps_on('main [data-action="fine"]')
            phone.waits_for("!!document.querySelector('main [data-saved]')?.dataset.saved")
        phone.waits_for(f"document.querySelector('#pending').dataset.count === '{VISITS}'")

        wire.lose(times=1)
        phone.look("void (location.hash = '#/outbox')")
        phone.taps_on('main [data-action="send"]')
        phone.waits_for("document.querySelector('#pending').dataset.count === '0'")

    visits = town.visits()
    assert len(visits) == VISITS
    assert len({visit["fields"]["hh"] for visit in visits}) == VISITS
    assert town.held() == []
