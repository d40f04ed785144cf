"""The harness tells the truth: what each mood of the network does to question and answer."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.wire import Wire


class Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    posts: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posts.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on the test's terminal."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Counting.posts = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def wire(server: ThreadingHTTPServer) -> Iterator[Wire]:
    wire = Wire(server.server_address[1])
    yield wire
    wire.close()


def post(wire: Wire, body: bytes = b"{}") -> tuple[int, bytes] | None:
    line = http.client.HTTPConnection("127.0.0.1", wire.port, timeout=20)
    try:
        line.request("POST", "/sync", body)
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def test_a_network_that_is_up_carries_question_and_answer(wire: Wire) -> None:
    assert post(wire, b'{"pending": 3}') == (200, b'{"pending": 3}')
    assert [seen.request.json for seen in wire.posts()] == [{"pending": 3}]


def test_a_network_that_is_down_carries_nothing(wire: Wire) -> None:
    wire.down()
    assert post(wire) is None
    assert Counting.posts == []

    wire.up()
    assert post(wire) is not None


def test_a_lost_answer_was_a_received_question(wire: Wire) -> None:
    wire.lose(times=1)
    assert post(wire) is None
    assert Counting.posts == [b"{}"]
    assert post(wire) == (200, b"{}")


def test_a_hole_answers_nothing_until_the_network_is_back(wire: Wire) -> None:
    wire.hole()
    got: list[object] = []
    asking = threading.Thread(target=lambda: got.append(post(wire)))
    asking.start()
    asking.join(0.2)
    assert asking.is_alive()

    wire.up()
    asking.join()
    assert got == [None]
    assert Counting.posts == []


def test_a_captive_portal_answers_200_with_a_page_of_its_own(wire: Wire) -> None:
    wire.portal()
    status, page = post(wire) or (0, b"")
    assert status == 200
    assert page.startswith(b"<!doctype html>")
    assert Counting.posts == []


def test_a_slow_network_is_slow(wire: Wire) -> None:
    wire.slow(kbit_s=400, delay_ms=100)
    assert post(wire, b"x" * 5000) == (200, b"x" * 5000)
    assert wire.bytes_received() > 5000


def test_a_server_that_died_looks_like_a_network_that_is_down(
    wire: Wire, server: ThreadingHTTPServer
) -> None:
    server.socket.close()
    assert post(wire) is None
