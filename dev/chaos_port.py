"""A port on loopback that takes HTTP requests for a proxy, counts what is under way, and can be closed for a while."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any, cast

from dev.forwarding import Answer, Call

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: a close becomes a reset


class Port:
    """Asks `answer` for what each request is to hear; None means that its connection is reset."""

    def __init__(self, answer: Callable[[Call], Answer | None]) -> None:
        self.answer = answer
        self._busy = 0
        self._idle = threading.Condition()
        self._ended = False
        self._open_again = 0.0  # 0 as long as it is open
        self._listener = _listening(0)
        self._number = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._number}"
        threading.Thread(target=self._accept, daemon=True).start()

    def begins(self) -> None:
        """One more thing is under way."""
        with self._idle:
            self._busy += 1

    def ends(self) -> None:
        """One of them has come to its end."""
        with self._idle:
            self._busy -= 1
            self._idle.notify_all()

    def settle(self, seconds: float) -> bool:
        """Wait until nothing is under way; False if it did not come to that."""
        with self._idle:
            return self._idle.wait_for(lambda: self._busy == 0, seconds)

    def refuse(self, seconds: float) -> None:
        """Closed for so long: whoever connects meanwhile is refused."""
        with self._idle:
            if self._ended or self._open_again:
                return
            self._open_again = time.monotonic() + seconds
            self._busy += 1  # until the port is open again
        self._shut()

    def close(self) -> None:
        """Closed for good."""
        self._ended = True
        self._shut()

    def _shut(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits in accept
        with suppress(OSError):
            self._listener.close()

    def _accept(self) -> None:
        while not self._ended:
            try:
                connection, address = self._listener.accept()
            except OSError:
                if self._open_again:
                    self._reopen()
                continue
            threading.Thread(target=self._serve, args=(connection, address), daemon=True).start()

    def _reopen(self) -> None:
        time.sleep(max(0.0, self._open_again - time.monotonic()))
        if not self._ended:
            self._listener = _listening(self._number)
        self._open_again = 0.0
        self.ends()

    def _serve(self, connection: socket.socket, address: Any) -> None:
        self.begins()
        try:
            with suppress(OSError):
                _Handler(connection, address, cast("Any", self))
            with suppress(OSError):
                connection.close()
        finally:
            self.ends()


class _Handler(BaseHTTPRequestHandler):
    """One connection, one request."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that http.server gives it
        """Silent."""

    def do_GET(self) -> None:
        self._pass_on(b"")

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _pass_on(self, body: bytes) -> None:
        self.close_connection = True
        answer = self.server.answer(Call.of(self.command, self.path, self.headers.items(), body))
        if answer is None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(16)
    return listener
