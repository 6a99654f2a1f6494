"""pywikibot's family of the local development wiki (./run devwiki up)."""

import os
from urllib.parse import urlsplit

from pywikibot import family
from pywikibot.exceptions import UnknownFamilyError


def address() -> tuple[str, int]:
    """Host and port of `CALLBOARD_DEVWIKI`, as in `http://127.0.0.1:8000`.

    Raises UnknownFamilyError if no wiki was chosen, or if the address is not on this machine.
    """
    if os.environ.get("CALLBOARD_WIKI") != "callboard":
        raise UnknownFamilyError(
            "No wiki is chosen: set CALLBOARD_WIKI (mediawiki, meta, wikimania, test or callboard)."
        )
    told = os.environ.get("CALLBOARD_DEVWIKI", "")
    parts = urlsplit(told)
    if parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "localhost"} or not parts.port:
        raise UnknownFamilyError(
            f"CALLBOARD_DEVWIKI must be http://127.0.0.1:PORT, not {told!r}; ./run devwiki up starts a wiki and says it."
        )
    return "127.0.0.1", parts.port


_HOST, _PORT = address()


class Family(family.SingleSiteFamily):
    """One wiki on loopback, without TLS."""

    name = "callboard"
    code = "callboard"
    domain = f"{_HOST}:{_PORT}"

    def protocol(self, code: str) -> str:  # noqa: ARG002 -- pywikibot's signature
        """Plain HTTP."""
        return "http"

    def scriptpath(self, code: str) -> str:  # noqa: ARG002 -- pywikibot's signature
        """api.php stands at the top."""
        return ""
