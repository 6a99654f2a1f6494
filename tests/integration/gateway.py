"""The gateway of this test process: one log-in for all tests."""

from typing import TYPE_CHECKING

from dev.devwiki import DevWiki
from tests.contract_wiki import NO_MESSAGES

if TYPE_CHECKING:
    from callboard.wiki import Gateway

_connected: "dict[str, Gateway]" = {}


def gateway_to(wiki: DevWiki) -> "Gateway":
    """The gateway, logged in as the bot; callboard.wiki is imported only now that the wiki's address is known."""
    if wiki.url not in _connected:
        from callboard.wiki import Gateway

        _connected[wiki.url] = Gateway.connect("callboard", opt_out_categories=[NO_MESSAGES])
    return _connected[wiki.url]
