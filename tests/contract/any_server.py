"""A Conduit server as the contract tests talk to it, development or real."""

import json
from typing import Any

import requests

AGENT = "Callboard-contract-tests (https://www.mediawiki.org/wiki/Wikimedia_Hackathon)"


class Server:
    def __init__(self, url: str, token: str, *, real: bool) -> None:
        self.url, self.token, self.real = url.rstrip("/"), token, real
        self.session = requests.Session()
        self.session.headers["User-Agent"] = AGENT

    def send(self, method: str, body: dict[str, str]) -> dict[str, Any]:
        response = self.session.post(f"{self.url}/api/{method}", data=body, timeout=60)
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("application/json")
        answer: dict[str, Any] = response.json()
        assert set(answer) == {"result", "error_code", "error_info"}
        return answer

    def json(self, method: str, **params: object) -> dict[str, Any]:
        params["__conduit__"] = {"token": self.token}
        return self.send(method, {"params": json.dumps(params), "output": "json"})

    def form(self, method: str, **params: str) -> dict[str, Any]:
        return self.send(method, {**params, "api.token": self.token})

    def result(self, method: str, **params: object) -> Any:
        answer = self.json(method, **params)
        assert answer["error_code"] is None, answer["error_info"]
        return answer["result"]

    def error(self, method: str, **params: object) -> tuple[str, str]:
        answer = self.json(method, **params)
        assert answer["result"] is None
        return answer["error_code"], answer["error_info"]
