"""The requests that reached the development wiki, as its router wrote them down."""

import json
from dataclasses import dataclass
from pathlib import Path

# Requests of dev.wiki_person and of the set-up carry this in their User-Agent.
PEOPLE_AGENT = "CallboardPerson"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `POST`, `/api.php`, the API's action (or ``), its parameters (long values as `…`), who sent it."""

    method: str
    path: str
    action: str
    params: dict[str, str]
    agent: str

    @property
    def by_person(self) -> bool:
        """Whether a simulated person sent it, and not a bot or a browser."""
        return PEOPLE_AGENT in self.agent


def read_requests(log: Path, *, people: bool) -> list[Request]:
    """All requests since the log was emptied, oldest first; those of simulated people only if asked for."""
    if not log.exists():
        return []
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    requests = [
        Request(
            method=line["method"],
            path=line["path"],
            action=str(line["params"].get("action", "")),
            params={name: str(value) for name, value in line["params"].items()},
            agent=line["agent"],
        )
        for line in lines
    ]
    return [request for request in requests if people or not request.by_person]
