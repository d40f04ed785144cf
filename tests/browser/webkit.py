"""WebKitGTK, the nearest relative of an iPhone's browser that runs here, driven by WebDriver."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.patience import eventually

DRIVER = shutil.which("WebKitWebDriver") or "/usr/bin/WebKitWebDriver"
_displays = itertools.count(90 + os.getpid() % 400)


class WebKit:
    """One page of a browser, asked in plain JavaScript."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def opens(self, url: str) -> None:
        self.driver.get(url)

    def look(self, expression: str) -> Any:
        """The value of an expression; a promise is waited for."""
        return self.driver.execute_async_script(
            "const tell = arguments[0];"
            f"Promise.resolve({expression}).then(tell, (fault) => tell('fault: ' + fault));"
        )

    def waits_for(self, expression: str) -> Any:
        """Look again and again until it is true; pages may change meanwhile."""
        seen: list[Any] = []

        def holds() -> bool:
            try:
                seen.append(self.look(expression))
            except WebDriverException:
                return False
            return bool(seen[-1]) and not str(seen[-1]).startswith("fault: ")

        eventually(holds)
        return seen[-1]

    def taps_on(self, selector: str) -> None:
        """Taps, as soon as it is shown; by script, as the driver's own pointer misses at times."""
        self.waits_for(f"!!document.querySelector({selector!r})?.getClientRects().length")
        self.look(f"void document.querySelector({selector!r}).click()")


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A browser with a screen of its own; both end with the block."""
    display = f":{next(_displays)}"
    screen = subprocess.Popen(
        ["Xvfb", display, "-screen", "0", "800x1000x24"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: Path(f"/tmp/.X11-unix/X{display[1:]}").exists())
        with _driver(folder, display) as driver:
            driver.set_script_timeout(30)
            yield WebKit(driver)
    finally:
        screen.terminate()
        screen.wait()


@contextmanager
def _driver(folder: Path, display: str) -> Iterator[Any]:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # containers allow it no sandbox
    }
    options = WebKitGTKOptions()
    options.binary_location = glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")[0]
    options.add_argument("--automation")
    driver = WebKitGTK(options=options, service=Service(DRIVER, env=environment))
    try:
        yield driver
    finally:
        driver.quit()
