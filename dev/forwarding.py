"""A request on its way through a proxy: taken apart, changed, sent on to the wiki."""

import http.client
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

PATIENCE_SECONDS = 90.0
_HOP = {"connection", "proxy-connection", "accept-encoding", "content-length", "host"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back."""

    status: int
    body: bytes
    kind: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the wiki; `params` are those of its body, or of its address where there is no body."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes
    params: dict[str, str]

    @classmethod
    def of(cls, method: str, address: str, headers: Iterable[tuple[str, str]], body: bytes) -> Self:
        """A request as it came in."""
        told = body.decode("utf-8", "replace") if body else urllib.parse.urlsplit(address).query
        kept = {name: value for name, value in headers if name.lower() not in _HOP}
        params = dict(urllib.parse.parse_qsl(told, keep_blank_values=True))
        return cls(method, address, kept, body, params)

    def saying(self, **changed: str) -> "Call":
        """The same request with other values in its body."""
        params = self.params | changed
        return replace(self, params=params, body=urllib.parse.urlencode(params).encode())

    def sessions(self) -> set[str]:
        """The sessions that the request's cookies name."""
        return {value for name, value in self._cookies() if name.lower().endswith("session")}

    def without(self, dead: set[str]) -> "Call":
        """The same request as if the wiki had forgotten these sessions."""
        kept = "; ".join(f"{name}={value}" for name, value in self._cookies() if value not in dead)
        others = {name: value for name, value in self.headers.items() if name != "Cookie"}
        return replace(self, headers=others | ({"Cookie": kept} if kept else {}))

    def _cookies(self) -> list[tuple[str, str]]:
        pairs = (
            one.strip().partition("=") for one in self.headers.get("Cookie", "").split(";") if one.strip()
        )
        return [(name, value) for name, _, value in pairs]


def forwarded(call: Call) -> Answer:
    """The wiki's own answer. Raises OSError and http.client.HTTPException."""
    address = urllib.parse.urlsplit(call.address)
    wiki = http.client.HTTPConnection(address.netloc, timeout=PATIENCE_SECONDS)
    try:
        path = address.path + (f"?{address.query}" if address.query else "")
        wiki.request(call.method, path, call.body or None, call.headers)
        response = wiki.getresponse()
        content = response.read()
    finally:
        wiki.close()
    cookies = tuple(("Set-Cookie", value) for value in response.headers.get_all("Set-Cookie") or ())
    return Answer(response.status, content, response.headers.get("Content-Type", "text/html"), cookies)
