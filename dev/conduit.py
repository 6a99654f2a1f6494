"""The Conduit development server: `python -m dev.conduit BOARD.json [--port 8700]`.

Answers the Conduit methods that Callboard uses as a real Phorge does, errors and oddities included, on loopback only;
`maniphest.edit` changes the board in memory. dev/conduit_load.py describes the file. Tests and the demo start it with
`with ConduitServer(board) as server:` and act on `server.board` as people do.
"""

import argparse
import json
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from dev.conduit_board import Board
from dev.conduit_encoding import Call, ConduitFault, read_call
from dev.conduit_methods import answer

FAULTS = ("429", "500", "html", "timeout", "lost answer", "half answer")
_TOO_MANY = 'TOO MANY REQUESTS\nYou ("127.0.0.1") are issuing too many requests too quickly.\n'
_DOWN = '<!DOCTYPE html>\n<html>\n  <head>\n    <meta charset="UTF-8" />\n    <title>Setup Error</title>\n  </head>\n</html>\n'
_PAGE = '<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8" /><title>Authentication Failure</title></head></html>'
_BELOW = {
    "429": (429, "text/plain; charset=utf-8", _TOO_MANY),
    "500": (500, "text/html; charset=UTF-8", _DOWN),
    "html": (200, "text/html; charset=UTF-8", _PAGE),
}
"""Faults that answer from below Conduit."""


@dataclass(slots=True)
class Request:
    """One request that came in: the method, its parameters without the token, and the fault it met, if any.

    `sent` and `answered` are the bytes of the two bodies; `answered` is 0 until the answer is out.
    """

    method: str
    params: dict[str, object]
    fault: str | None = None
    sent: int = 0
    answered: int = 0


class ConduitServer:
    """The server on a free loopback port, running between `with` and its end.

    `token` is the bot's; `requests` holds what came in, and how many bytes went out; `fail_next` makes coming requests fail.
    """

    def __init__(self, board: Board | str | Path, port: int = 0, *, stall: float = 60.0) -> None:
        self.board = board if isinstance(board, Board) else Board.load(board)
        self.token = next(iter(self.board.tokens), "")
        self.requests: list[Request] = []
        self.stall = stall  # seconds that a "timeout" holds a request
        self.closing = threading.Event()
        self._faults: deque[str] = deque()
        self._lock = threading.Lock()
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.conduit = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.005,), name="conduit", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens, e.g. `http://127.0.0.1:8700`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def fail_next(self, fault: str, times: int = 1) -> None:
        """Makes the next requests fail.

        "429" and "500" answer with these; "html" with a page and 200; "timeout" never answers; "lost answer" and
        "half answer" carry the call out first and then close the connection without, or in the middle of, the answer.
        """
        if fault not in FAULTS:
            raise ValueError(f"unknown fault {fault!r}; known: {', '.join(FAULTS)}")
        with self._lock:
            self._faults.extend([fault] * times)

    def heal(self) -> None:
        """Forgets the faults that no request has met yet."""
        with self._lock:
            self._faults.clear()

    def count(self, method: str) -> int:
        """How many requests for a method came in."""
        return sum(request.method == method for request in self.requests)

    def bytes_answered(self, first: int = 0) -> int:
        """The bytes of all answers, or of those from a request on: `first` is what `len(requests)` was."""
        return sum(request.answered for request in self.requests[first:])

    def take(self, method: str, call: Call | None, size: int) -> Request:
        """Notes a request and which fault it meets."""
        with self._lock:
            fault = self._faults.popleft() if self._faults else None
            request = Request(method, dict(call.params) if call else {}, fault, size)
            self.requests.append(request)
            return request

    def start(self) -> Self:
        """Begins to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stops answering, lets go of stalled requests and closes the port."""
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # server_close waits for them, so that no socket outlives the server
    conduit: ConduitServer


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    timeout = 5.0

    def do_GET(self) -> None:
        """Parameters in the query string."""
        self._handle(self.path.partition("?")[2].encode(), "")

    def do_POST(self) -> None:
        """Parameters in the body."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._handle(body, self.headers.get("Content-Type") or "")

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header, by the board's clock."""
        return super().date_time_string(self.server.conduit.board.clock() if timestamp is None else timestamp)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class names it so
        """Says nothing: a token may stand in the path."""

    def _handle(self, body: bytes, content_type: str) -> None:
        path = self.path.partition("?")[0]
        if not path.startswith("/api/"):
            self._send(200, "text/html; charset=UTF-8", _PAGE)
            return
        conduit, method = self.server.conduit, path.removeprefix("/api/")
        try:
            call: Call | ConduitFault = read_call(method, body, content_type)
        except ConduitFault as refusal:
            call = refusal
        request = conduit.take(method, call if isinstance(call, Call) else None, len(body))
        if request.fault == "timeout":
            conduit.closing.wait(conduit.stall)
        elif request.fault in _BELOW:
            self._send(*_BELOW[request.fault], request=request)
        else:
            text = json.dumps(_envelope(conduit.board, call))
            if request.fault != "lost answer":
                part = 0.5 if request.fault == "half answer" else 1.0
                self._send(200, "application/json", text, part=part, request=request)

    def _send(
        self, status: int, content_type: str, text: str, *, part: float = 1.0, request: Request | None = None
    ) -> None:
        data = text.encode()
        if request is not None:
            request.answered = int(len(data) * part)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        if content_type != "text/plain; charset=utf-8":
            self.send_header("X-Frame-Options", "Deny")
            self.send_header("Cache-Control", "no-store")
        if content_type == "application/json":
            self.send_header("X-Conduit-Capabilities", "gzip")
        self.end_headers()
        self.wfile.write(data[: int(len(data) * part)])


def _envelope(board: Board, call: Call | ConduitFault) -> dict[str, object]:
    try:
        if isinstance(call, ConduitFault):
            raise call
        return {"result": answer(board, call), "error_code": None, "error_info": None}
    except ConduitFault as refusal:
        return {"result": None, "error_code": refusal.code, "error_info": refusal.info}


def main() -> None:
    """Serves a board until interrupted."""
    parser = argparse.ArgumentParser(
        prog="python -m dev.conduit", description="Serve a board over Conduit, on loopback."
    )
    parser.add_argument("board", type=Path, help="JSON file; dev/conduit_load.py describes it")
    parser.add_argument("--port", type=int, default=8700)
    options = parser.parse_args()
    with ConduitServer(options.board, options.port) as server:
        print(
            f"{len(server.board.tasks)} tasks at {server.url}; CALLBOARD_CONDUIT_TOKEN={server.token}",
            flush=True,
        )
        try:
            server.closing.wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
