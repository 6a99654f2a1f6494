"""Which sign-up entries stand in one list. No rule of its own."""

import re
from collections.abc import Iterable, Iterator

from callboard.model import SignUp, SignUps
from callboard.wikitext.edits import Span

_OF_THE_LIST = re.compile(r"\s*(?:[*#:]|<!--)|\s*$")


def _goes_on(text: str, before: SignUp, after: SignUp) -> bool:
    """Whether nothing but list items and replies stands between two entries: no heading, no term, no text."""
    if before.role != after.role:
        return False
    between = text[before.span.end : after.span.start]
    if between.isspace():
        return True
    said = {text[reply.start : reply.end].strip() for reply in before.replies}
    return all(_OF_THE_LIST.match(line) or line.strip() in said for line in between.split("\n"))


def lists_of(page: SignUps) -> Iterator[list[SignUp]]:
    """The entries list by list, placeholders too. One role on two days is two lists: there nobody stands twice.

    Those in cells of tables stand in no list: there a line is no entry.
    """
    found: list[SignUp] = []
    for entry in page.entries:
        if entry.cell is not None:
            continue
        if found and not _goes_on(page.text, found[-1], entry):
            yield found
            found = []
        found.append(entry)
    if found:
        yield found


def in_tables(page: SignUps) -> list[SignUp]:
    """The entries that stand in cells of tables, each place once: somebody with two roles has two entries there."""
    return list({entry.span: entry for entry in page.entries if entry.cell is not None}.values())


def own_line(text: str, entry: SignUp) -> Span | None:
    """The entry's own line with its line end, or with the one before it if it is the last of the page.

    None for an entry that shares its line: `; Role : [[User:Ada]]`, `[[User:Ada]]<br>[[User:Bo]]`.
    """
    start, end = entry.span.start, entry.span.end
    if (start and text[start - 1] != "\n") or (end < len(text) and text[end] not in "\r\n"):
        return None
    if end < len(text):
        stop = text.find("\n", end)
        return Span(start, len(text) if stop < 0 else stop + 1)
    return Span(start - 1 if start else start, end)


def signed_up(entries: Iterable[SignUp]) -> list[SignUp]:
    """The entries that stand for somebody."""
    return [entry for entry in entries if not entry.placeholder]
