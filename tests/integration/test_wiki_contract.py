"""The gateway keeps the contract on a real MediaWiki."""

from typing import TYPE_CHECKING

import pytest

from dev.devwiki import DevWiki
from tests.contract_wiki import PERSON, WikiContract
from tests.integration.gateway import gateway_to

if TYPE_CHECKING:
    from callboard.wiki import Gateway

ORGANISER = "Ada Organiser"


class RealWorld:
    """The development wiki, its people, and the gateway to it."""

    def __init__(self, devwiki: DevWiki, gateway: "Gateway") -> None:
        self.wiki = gateway
        self._devwiki = devwiki

    def edit(self, title: str, text: str) -> int:
        return self._devwiki.person(PERSON).edit(title, text)

    def text(self, title: str) -> str | None:
        return self._devwiki.person(PERSON).text(title)

    def history(self, title: str) -> list[tuple[str, str, bool]]:
        return [
            (made["user"], made["comment"], bool(made["minor"]))
            for made in self._devwiki.person(PERSON).history(title)
        ]

    def delete(self, title: str) -> None:
        self._devwiki.person(ORGANISER).delete(title)

    def protect(self, title: str) -> None:
        self._devwiki.person(ORGANISER).protect(title)


class TestGateway(WikiContract):
    @pytest.fixture
    def world(self, wiki: DevWiki) -> RealWorld:
        return RealWorld(wiki, gateway_to(wiki))
