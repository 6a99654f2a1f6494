"""Which sign-up entries stand in one list. No rule of its own."""

import re
from collections.abc import Iterable, Iterator

from callboard.model import SignUp, SignUps

_OF_THE_LIST = re.compile(r"\s*(?:[*#:]|<!--)|\s*$")


def _goes_on(text: str, before: SignUp, after: SignUp) -> bool:
    """Whether nothing but list items and replies stands between two entries: no heading, no term, no text."""
    if before.role != after.role:
        return False
    between = text[before.span.end : after.span.start]
    said = {text[reply.start : reply.end].strip() for reply in before.replies}
    return all(_OF_THE_LIST.match(line) or line.strip() in said for line in between.split("\n"))


def lists_of(page: SignUps) -> Iterator[list[SignUp]]:
    """The entries list by list, placeholders too. One role on two days is two lists: there nobody stands twice."""
    found: list[SignUp] = []
    for entry in page.entries:
        if found and not _goes_on(page.text, found[-1], entry):
            yield found
            found = []
        found.append(entry)
    if found:
        yield found


def signed_up(entries: Iterable[SignUp]) -> list[SignUp]:
    """The entries that stand for somebody."""
    return [entry for entry in entries if not entry.placeholder]
