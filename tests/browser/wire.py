"""The network between a phone and the server, with its moods.

It stands in front of the server as an HTTP proxy on its own port, so that pages, service workers
and navigations all feel the same weather, and so that an answer can be lost after the server
committed without any hook in the product. It also keeps a diary of what went over it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.browser.messages import Answer, Exchange, Json, Request, requests

Mood = Callable[["Wire", Exchange], Answer | None]


@dataclass
class Wire:
    """Start it with the server's port; the phone goes to `url`."""

    server_port: int
    mood: Mood = field(default=lambda wire, exchange: wire.ask_server(exchange))
    diary: list[Exchange] = field(default_factory=list)
    busy: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._changed = threading.Event()
        self._pace: tuple[float, float] | None = None  # bytes a second, seconds of delay
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # Moods

    def up(self) -> None:
        """Everything passes, at once."""
        self._pace = None
        self.turn(lambda wire, exchange: wire.ask_server(exchange))

    def down(self) -> None:
        """Every connection is reset."""
        self.turn(_nothing)

    def hole(self) -> None:
        """Packets are swallowed: no answer, and no error either, until the mood changes."""
        self.turn(_silence)

    def lose(self, times: int = 1_000_000, *, path: str = "/sync") -> None:
        """Requests reach the server; the next `times` answers to POSTs of `path` get lost."""
        self.turn(_Losing(times, path))

    def portal(self) -> None:
        """A captive portal answers everything itself, with 200 and a page of its own."""
        page = "<!doctype html><title>免费WiFi</title><h1>请登录后上网</h1>".encode()
        self.answer(Answer(200, [("Content-Type", "text/html; charset=utf-8")], page), path="/")

    def answer(self, answer: Answer, *, path: str = "/sync", times: int = 1_000_000) -> None:
        """Answer requests under `path` in the server's place; everything else passes."""
        self.turn(_Answering(answer, path, times))

    def refuse(self, status: int, *, times: int = 1_000_000, **said: object) -> None:
        """Answer /sync in the server's place with a status and a JSON body; asks to wait 1 s."""
        headers = [("Content-Type", "application/json"), ("Retry-After", "1")]
        self.answer(Answer(status, headers, json.dumps(said).encode()), times=times)

    def slow(self, *, kbit_s: float = 400, delay_ms: float = 400) -> None:
        """Pass everything, as a weak mobile connection would: shared rate, delay for each trip."""
        self.up()
        self._pace = (kbit_s * 1000 / 8, delay_ms / 1000)

    # What was seen

    def posts(self, path: str = "/sync") -> list[Exchange]:
        """The POSTs to `path`, in the order in which they arrived here."""
        with self._lock:
            return [x for x in self.diary if x.request.method == "POST" and x.request.path == path]

    def changes(self) -> list[Json]:
        """Every change the phone put on this wire, repeated ones too, in order."""
        return [change for post in self.posts() for change in post.request.json["changes"]]

    def bytes_received(self) -> int:
        """All that came to the phone so far, heads included."""
        with self._lock:
            return sum(exchange.size for exchange in self.diary)

    def forget(self) -> None:
        """Begin a new diary."""
        with self._lock:
            self.diary.clear()

    def wait_until_quiet(self, quiet_s: float = 0.25) -> None:
        """Return when nothing was under way for a little while."""
        still = 0.0
        while still < quiet_s:
            time.sleep(0.05)
            still = 0.0 if self.busy else still + 0.05

    def close(self) -> None:
        self.down()
        self._listener.close()

    # The way of a request

    def ask_server(self, exchange: Exchange) -> Answer | None:
        request = exchange.request
        line = http.client.HTTPConnection("127.0.0.1", self.server_port, timeout=60)
        try:
            line.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
            for name, value in request.headers:
                if name.lower() != "connection":
                    line.putheader(name, value)
            line.endheaders(request.body)
            got = line.getresponse()
            exchange.served = Answer(got.status, got.getheaders(), got.read())
        except (OSError, http.client.HTTPException):
            return None  # the server is not there, or died while it answered
        finally:
            line.close()
        return exchange.served

    def turn(self, mood: Mood) -> None:
        """Any other weather; what is under way now gets no answer."""
        self.mood = mood
        self._changed.set()
        self._changed = threading.Event()
        with self._lock:
            live = list(self._live)
        for line in live:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def wait_for_change(self) -> None:
        self._changed.wait()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with self._lock:
            self._live.add(line)
        try:
            with line, line.makefile("rb") as incoming:
                for request in requests(incoming):
                    if not self._exchange(line, request):
                        return
        except OSError:
            return  # the phone hung up, or the mood changed in the middle
        finally:
            with self._lock:
                self._live.discard(line)

    def _exchange(self, line: socket.socket, request: Request) -> bool:
        exchange = Exchange(request)
        with self._lock:
            self.busy += 1
            self.diary.append(exchange)
        try:
            mood, pace = self.mood, self._pace
            if pace:
                time.sleep(pace[1] / 2)
            answer = mood(self, exchange)
            if answer is None or mood is not self.mood:
                return False  # when the weather turned meanwhile, the answer does not get through
            raw = answer.raw()
            # Written down first: the phone may have it, and a test ask, before this thread goes on.
            exchange.answer, exchange.size = answer, len(raw)
            if pace:
                self._drip(line, raw, pace)
            else:
                line.sendall(raw)
            return True
        except OSError:
            exchange.answer, exchange.size = None, 0
            raise
        finally:
            with self._lock:
                self.busy -= 1

    def _drip(self, line: socket.socket, raw: bytes, pace: tuple[float, float]) -> None:
        rate, delay_s = pace
        time.sleep(delay_s / 2)
        for at in range(0, len(raw), 1400):  # one packet after the other, whoever it is for
            with self._packet:
                time.sleep(len(raw[at : at + 1400]) / rate)
            line.sendall(raw[at : at + 1400])

    _packet = threading.Lock()


def _nothing(_wire: Wire, _exchange: Exchange) -> Answer | None:
    return None


def _silence(wire: Wire, _exchange: Exchange) -> Answer | None:
    wire.wait_for_change()
    return None


@dataclass
class _Losing:
    times: int
    path: str

    def __call__(self, wire: Wire, exchange: Exchange) -> Answer | None:
        answer = wire.ask_server(exchange)  # the server commits and answers
        request = exchange.request
        if request.method == "POST" and request.path == self.path and self.times > 0:
            self.times -= 1
            return None
        return answer


@dataclass
class _Answering:
    answer: Answer
    path: str
    times: int

    def __call__(self, wire: Wire, exchange: Exchange) -> Answer | None:
        if exchange.request.path.startswith(self.path) and self.times > 0:
            self.times -= 1
            return self.answer
        return wire.ask_server(exchange)
