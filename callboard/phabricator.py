"""Conduit, Phabricator's API: the only module that talks to it.

Failures leave as BoardAway (try again next tick), BoardRefused (an operator must act) or CallRefused, never as an error
of `requests`; no message, exception or log line holds the token, which Conduit repeats in its own refusals.
"""

import json
import logging
import math
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote

import requests
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from callboard.errors import BoardAway, BoardRefused, CallboardError

log = logging.getLogger(__name__)

_TOKEN_REFUSED = ("ERR-INVALID-AUTH", "ERR-INVALID-SESSION")
_READS = (".search", ".query", "whoami", ".ping", "mediawikiquery", ".gettasktransactions")
_OPERATOR_MUST_ACT = (301, 302, 303, 307, 308, 401, 403, 404)
_ALTOGETHER = 30  # seconds that a call may take, repetitions included
_SCRUBBED = "api-…"
_SIGNS = " !#$%&'()+*,/:;=?@[]|"  # that stand in a header as they are; letters of other scripts cannot


class CallRefused(BoardAway):
    """Conduit answered this call with an error: a cursor that names nothing, an object that is hidden …"""

    def __init__(self, method: str, code: str, info: str) -> None:
        super().__init__(f"{method}: {code}: {info}")
        self.method = method
        self.code = code
        self.info = info


class _Passing(BoardAway):
    """A failure that may pass within seconds."""


class Conduit:
    """A Conduit server and an account on it.

    `requests` counts every HTTP request, repeated ones included; `server_time` is the server's clock at the last answer
    (epoch seconds), None before the first.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        user_agent: str,
        timeout: tuple[float, float] = (5, 30),
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url.rstrip("/")
        self._token = token.strip()
        self._timeout = timeout
        self._session = requests.Session()
        self._session.headers["User-Agent"] = quote(user_agent, safe=_SIGNS)
        self._pause = pause
        self.requests = 0
        self.server_time: int | None = None

    def close(self) -> None:
        """Lets go of the connection."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def call(self, method: str, **params: object) -> object:
        """The `result` of a call.

        Reads are tried up to four times, within about 30 seconds, after 429, 5xx, time-outs and answers that are no
        JSON. Nothing that writes is ever repeated: it may have been carried out although the answer was lost.

        Raises BoardAway if no answer came, BoardRefused for the token and the address, CallRefused for any other error
        that Conduit names.
        """
        if not method.endswith(_READS):
            return self._once(method, params)
        attempts = Retrying(
            stop=stop_after_attempt(4) | stop_after_delay(20),
            wait=wait_random_exponential(multiplier=0.5, max=4),
            retry=retry_if_exception_type(_Passing),
            sleep=self._pause,
            reraise=True,
        )
        for attempt in attempts:
            with attempt:
                left = _ALTOGETHER - (attempt.retry_state.seconds_since_start or 0)
                return self._once(method, params, longest=max(left, 1))
        raise AssertionError("the last attempt raises or returns")

    def _once(self, method: str, params: dict[str, object], longest: float = math.inf) -> object:
        response = self._post(method, {**params, "__conduit__": {"token": self._token}}, longest)
        if response.status_code in _OPERATOR_MUST_ACT:
            raise BoardRefused(
                f"{self._url} answers {response.status_code} to {method}: check the address and the account"
            )
        if response.status_code != requests.codes.ok:
            raise _Passing(f"{method}: Phabricator answers {response.status_code}")
        envelope = _json(response)
        if not isinstance(envelope, dict) or "error_code" not in envelope:
            raise _Passing(f"{method}: the answer is not Conduit's")
        code = envelope["error_code"]
        if code is None:
            return envelope.get("result")
        raise self._refusal(method, str(code), self._scrub(str(envelope.get("error_info"))))

    def _refusal(self, method: str, code: str, info: str) -> CallboardError:
        if code in _TOKEN_REFUSED:
            return BoardRefused(f"Phabricator does not accept the token: {info} ({code})")
        return CallRefused(method, code, info)

    def _post(self, method: str, params: dict[str, object], longest: float) -> requests.Response:
        """One request. The failure is raised outside `except`, so that it holds no request body (the token is in it)."""
        self.requests += 1
        failure = ""
        try:
            response = self._session.post(
                f"{self._url}/api/{method}",
                data={"params": json.dumps(params), "output": "json"},
                timeout=(min(self._timeout[0], longest), min(self._timeout[1], longest)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            failure = type(error).__name__
        if failure:
            log.debug("%s: no answer (%s)", method, failure)
            raise _Passing(f"{method}: no answer from {self._url} ({failure})")
        self.server_time = _date(response.headers.get("Date")) or self.server_time
        return response

    def _scrub(self, text: str) -> str:
        return text.replace(self._token, _SCRUBBED) if self._token else text


def _json(response: requests.Response) -> object:
    try:
        return response.json()
    except ValueError:
        return None


def _date(header: str | None) -> int | None:
    """`Sun, 22 Nov 2026 16:00:00 GMT` → 1795363200."""
    if header is None:
        return None
    try:
        return int(parsedate_to_datetime(header).timestamp())
    except ValueError:
        return None
