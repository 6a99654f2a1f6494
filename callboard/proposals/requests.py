"""What coordinators ask for in comments, a line each: `slot: 2021-05-22 14:00, Hacking room 1`, `recording: https://…`.

Quotes, code and struck-out text say nothing; a removed comment is empty, and of an edited one the newest version counts.
"""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from callboard.model import SlotWish
from callboard.proposals.acknowledgement import Rule
from callboard.proposals.memory import Sign
from callboard.proposals.wording import own_words

_SLOT = re.compile(r"^\W*slot\W{0,3}:[\s*_]*(.*)$", re.IGNORECASE | re.MULTILINE)
_RECORDING = re.compile(
    r"^\W*recording\W{0,3}:[\s*_]*(?:\[\[\s*)?<?(https://[^\s|\]>]+)", re.IGNORECASE | re.MULTILINE
)
_NO_SLOT = re.compile(r"[-–—]*|none\b\W*", re.IGNORECASE)
_LONGEST = 200  # characters; no slot needs more


def slot_wish(signs: Iterable[Sign], rule: Rule) -> SlotWish | None:
    """What the coordinators' newest comment with such a line asks for; None if it is `slot: -` or `slot: none`.

    Several lines in one comment stand in the wish side by side: nobody can tell which of them is meant.
    """
    wish: SlotWish | None = None
    for sign in _comments(signs, rule.coordinators):
        asked = [
            " ".join(line.split()).strip(" *_")[:_LONGEST] for line in _SLOT.findall(own_words(sign.text))
        ]
        if asked:
            text = " or ".join(dict.fromkeys(asked))
            at = datetime.fromtimestamp(sign.at, UTC)
            gone = _NO_SLOT.fullmatch(text)
            wish = None if gone else SlotWish(text, rule.coordinators[sign.author], at, sign.phid)
    return wish


def recording(signs: Iterable[Sign], rule: Rule) -> str:
    """The https URL that a coordinator's newest line `recording: https://…` names; empty if there is none."""
    found = ""
    for sign in _comments(signs, rule.coordinators):
        for url in _RECORDING.findall(own_words(sign.text)):
            host = _host(url)
            found = url.rstrip(".,;)'\"") if host else found
    return found


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _comments(signs: Iterable[Sign], coordinators: Container[str]) -> Iterator[Sign]:
    for sign in sorted(signs, key=lambda sign: sign.id):
        # An administrator may rewrite anybody's comment: those are not the coordinator's words.
        if sign.how == "comment" and sign.seen and sign.own and sign.author in coordinators:
            yield sign
