"""A proxy between the bot and the wiki that loses answers: after the wiki did the work, or before it heard of it.

with LostAnswerProxy() as proxy:
    session.proxies["http"] = proxy.url
    proxy.next_edit(CLOSE)                       # the wiki saves, the bot hears nothing
    proxy.next_edit(status(503), arrives=False)  # the wiki hears nothing
"""

import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from dev.forwarding import Call, forwarded

PATIENCE_SECONDS = 30.0  # a test that forgets `settle` ends all the same


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot hears: a status and a body, of which only a part may come, perhaps late or never."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html"
    missing: int = 0  # bytes that Content-Length promises and that never come
    hang: bool = False
    close: bool = False
    headers: tuple[tuple[str, str], ...] = ()


Fate = Callable[[bytes], Answer]  # from the wiki's own answer (empty if it was not asked)


def status(code: int) -> Fate:
    return lambda _: Answer(code, b"<html><h1>Wikimedia Error</h1>Our servers are having a problem</html>")


def says(json: str) -> Fate:
    return lambda _: Answer(200, json.encode(), "application/json")


def time_out(_: bytes) -> Answer:
    return Answer(hang=True, close=True)


def close(_: bytes) -> Answer:
    return Answer(close=True)


def html(_: bytes) -> Answer:
    return Answer(200, b"<!DOCTYPE html><html><body>Log in to the hotel's network</body></html>")


def empty(_: bytes) -> Answer:
    return Answer(200, b"", "application/json")


def half_json(answer: bytes) -> Answer:
    return Answer(200, (answer or b'{"edit": {"result": "Success"}}')[:-9], "application/json")


def cut_off(answer: bytes) -> Answer:
    whole = answer or b'{"edit": {"result": "Success"}}'
    return Answer(200, whole[:-9], "application/json", missing=9)


@dataclass
class _Orders:
    """What happens to the next edits, and how many there were."""

    fates: list[tuple[Fate, bool]] = field(default_factory=list)
    reads: list[Fate] = field(default_factory=list)
    edits_seen: int = 0
    edits_passed_on: int = 0
    under_way: int = 0
    settled: threading.Condition = field(default_factory=threading.Condition)
    released: threading.Event = field(default_factory=threading.Event)


class LostAnswerProxy:
    """A forward proxy on loopback, for plain HTTP."""

    def __init__(self) -> None:
        orders = _Orders()

        class Handler(_Handler):
            pass

        Handler.orders = orders
        self._orders = orders
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_edit(self, fate: Fate, *, arrives: bool = True) -> None:
        """The next edit request has this fate; `arrives` says whether the wiki gets to see it."""
        self._orders.fates.append((fate, arrives))

    def next_read(self, fate: Fate) -> None:
        """The next other request has this fate and does not arrive."""
        self._orders.reads.append(fate)

    def settle(self) -> None:
        """Lets go of requests that hang, and waits until the wiki is done with every edit."""
        self._orders.released.set()
        with self._orders.settled:
            self._orders.settled.wait_for(lambda: self._orders.under_way == 0, PATIENCE_SECONDS)

    def forget(self) -> None:
        """Starts anew: no orders, nothing counted."""
        self._orders.released.clear()
        self._orders.fates.clear()
        self._orders.reads.clear()
        self._orders.edits_seen = self._orders.edits_passed_on = 0

    @property
    def edits_seen(self) -> int:
        """Edit requests that the bot sent."""
        return self._orders.edits_seen

    @property
    def edits_passed_on(self) -> int:
        """Edit requests that the wiki got."""
        return self._orders.edits_passed_on

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Forwards one request, or answers it as ordered."""

    protocol_version = "HTTP/1.1"
    orders: _Orders

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that http.server gives it
        """Silent."""

    def do_GET(self) -> None:
        self._handle(b"")

    def do_POST(self) -> None:
        self._handle(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _handle(self, body: bytes) -> None:
        with self.orders.settled:
            self.orders.under_way += 1
        try:
            self._fulfil(body)
        finally:
            with self.orders.settled:
                self.orders.under_way -= 1
                self.orders.settled.notify_all()

    def _fulfil(self, body: bytes) -> None:
        if urllib.parse.parse_qs(body.decode()).get("action") == ["edit"]:
            fate, arrives = self._next_edit()
        else:
            fate, arrives = (self.orders.reads.pop(0), False) if self.orders.reads else (None, True)
        answer = self._forwarded(body) if arrives else Answer()
        self._answer(fate(answer.body) if fate else answer)

    def _next_edit(self) -> tuple[Fate | None, bool]:
        with self.orders.settled:
            self.orders.edits_seen += 1
            fate, arrives = self.orders.fates.pop(0) if self.orders.fates else (None, True)
            self.orders.edits_passed_on += arrives
        return fate, arrives

    def _forwarded(self, body: bytes) -> Answer:
        got = forwarded(Call.of(self.command, self.path, self.headers.items(), body))
        return Answer(got.status, got.body, got.kind, headers=got.headers)

    def _answer(self, answer: Answer) -> None:
        if answer.hang:
            self.orders.released.wait(PATIENCE_SECONDS)
        if answer.close:
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body) + answer.missing))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        if answer.missing:
            self.close_connection = True
