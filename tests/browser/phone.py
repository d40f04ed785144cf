"""A phone: Debian's Chromium as a real process with a lasting profile, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
AT_REST_S = 0.03  # of processor time in half a second
PATIENCE_MS = 30_000  # nothing is timed here: this only bounds how long a broken story takes
SCREEN = {"width": 360, "height": 640}  # a cheap Android phone, in CSS pixels
WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/142.0.0.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.68.2880 NetType/4G "
    "Language/zh_CN"
)


class Chromium:
    """One browser process on one profile folder."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self.profile = profile
        self.start()

    def start(self) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()
        self._process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # a killed Chromium leaves its socket folder behind: it shall go with the test's folder
            env={**os.environ, "TMPDIR": str(self.profile.parent)},
        )
        address = f"http://127.0.0.1:{_port_in(port_file)}"
        self.browser: Browser = self._playwright.chromium.connect_over_cdp(address)

    def processor_s(self) -> float:
        """Processor time that all processes of this browser have used so far, in seconds."""
        group = os.getpgid(self._process.pid)
        stats = [_stat(Path(entry)) for entry in os.scandir("/proc") if entry.name.isdigit()]
        ticks = sum(int(one[11]) + int(one[12]) for one in stats if one and int(one[2]) == group)
        return ticks / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """SIGKILL to the whole process group: battery pulled, out of memory, swiped away."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Phone:
    """What a member holds in the hand: one store of data, one page in front."""

    def __init__(self, context: BrowserContext) -> None:
        self._scripts: list[str] = []
        self.user_agent: str | None = None
        self.cpu_slowdown = 1
        self.mishaps: list[str] = []  # uncaught errors and violated policies, on any page
        self._hold(context)

    def _hold(self, context: BrowserContext) -> None:
        self.context = context
        self.context.set_default_timeout(PATIENCE_MS)
        for script in self._scripts:
            context.add_init_script(script)
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page in front."""
        assert self._page is not None, "nothing is open on this phone"
        return self._page

    def cdp(self, page: Page | None = None) -> CDPSession:
        return self.context.new_cdp_session(page or self.page)

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.set_viewport_size(SCREEN)
        page.on("pageerror", lambda error: self.mishaps.append(str(error)))
        page.on("console", lambda said: self._listen(said.text))
        if self.user_agent:
            cdp = self.cdp(page)
            cdp.send("Emulation.setUserAgentOverride", {"userAgent": self.user_agent})
        if self.cpu_slowdown != 1:
            self.cdp(page).send("Emulation.setCPUThrottlingRate", {"rate": self.cpu_slowdown})
        self._page = page
        return page

    def open(self, url: str) -> Page:
        """Type an address, or follow a link from a message: always a new page, the old one goes."""
        old = self._page
        page = self.new_page()
        if old and not old.is_closed():
            old.close()
        page.goto(url)
        return page

    def open_beside(self, url: str) -> Page:
        """A second tab; the first one stays open behind it."""
        page = self.new_page()
        page.goto(url)
        return page

    def before_every_page(self, script: str) -> None:
        """Run `script` in every page from now on, before the product's own code."""
        self._scripts.append(script)
        self.context.add_init_script(script)

    def wrong_clock(self, *, hours: float) -> None:
        """The phone's clock is off by so many hours, from the next page on."""
        self.before_every_page(f"""{{
            const shift = {hours} * 3600e3, Right = Date;
            const wrong = () => Right.now() + shift;
            globalThis.Date = class extends Right {{
                constructor(...given) {{ super(...(given.length ? given : [wrong()])); }}
                static now() {{ return wrong(); }}
            }};
        }}""")

    def wipe(self, origin: str) -> None:
        """The browser throws away the databases, the saved pages and the worker; cookies stay."""
        what = "indexeddb,cache_storage,service_workers,local_storage"
        self.cdp().send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": what})

    def has_room_for(self, megabytes: float, origin: str) -> None:
        """The phone is nearly full: the origin may keep so much, all together."""
        room = {"origin": origin, "quotaSize": int(megabytes * 1_000_000)}
        self.cdp().send("Storage.overrideQuotaForOrigin", room)

    def loses_signal(self) -> None:
        """Flight mode, in the browser itself: navigator.onLine says so, too."""
        self.context.set_offline(True)

    def finds_signal(self) -> None:
        self.context.set_offline(False)

    def _listen(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.mishaps.append(text)


class OwnPhone(Phone):
    """A phone with a browser process of its own, which may be killed."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._chromium = Chromium(playwright, profile)
        super().__init__(self._chromium.browser.contexts[0])

    def kill(self) -> None:
        self._chromium.kill()

    def rests(self) -> None:
        """Waits until the browser has nothing more to do by itself.

        Chromium for desktops begins by loading the page of its own address bar, which takes a whole
        core for a second and more. No phone's browser has one.
        """
        busy_s = self._chromium.processor_s()
        for _ in range(60):
            time.sleep(0.5)
            before, busy_s = busy_s, self._chromium.processor_s()
            if busy_s - before < AT_REST_S:
                return
        raise AssertionError("the browser never came to rest")

    def boot(self) -> None:
        self._chromium.start()
        self._hold(self._chromium.browser.contexts[0])

    def writes_its_login_down(self) -> None:
        """Waits until the login's cookie is on the disk; Chromium takes up to half a minute."""
        for _ in range(600):
            files = self._chromium.profile.rglob("Cookies")
            if any(b"device" in file.read_bytes() for file in files):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the cookie was not written down")

    def reboot(self) -> None:
        self.kill()
        self.boot()


def _stat(folder: Path) -> list[str]:
    """What follows a process's name in its stat (proc(5)); nothing if it has ended meanwhile."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _port_in(port_file: Path) -> str:
    for _ in range(600):
        if port_file.exists() and len(words := port_file.read_text().split()) == 2:
            return words[0]
        time.sleep(0.05)
    raise AssertionError("Chromium did not start")
