"""The two parts of the report page: the bot's, between its marks, and the people's, above and below."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote, unquote

from callboard.model import AcceptedMark

START = "<!-- callboard:report start; the bot writes below this line -->"
END = "<!-- callboard:report end; the bot writes above this line -->"
HEARTBEAT = "<!-- callboard:heartbeat "
_RECORD = re.compile(r"<!-- callboard:accepted ([^<>\n]+) -->")


def bots_part(text: str) -> tuple[int, int] | None:
    """Where the bot's part lies, marks included; None if there is none. Copies of the marks without a heartbeat do not count."""
    beat = text.find(HEARTBEAT)
    start = text.rfind(START, 0, max(0, beat))
    if start < 0:
        start = beat = text.find(START)
    end = text.find(END, beat)
    return None if start < 0 or end < 0 else (start, end + len(END))


def peoples_part(text: str) -> str:
    """What people wrote on the page."""
    part = bots_part(text)
    return text if part is None else f"{text[: part[0]]}\n{text[part[1] :]}"


# --- what organisers accepted, so that the wiki alone is enough to know it ------------------------


def records(marks: Iterable[AcceptedMark]) -> Iterator[str]:
    """`<!-- callboard:accepted … -->`, one a word that an organiser gave."""
    for one in sorted(marks, key=lambda one: (one.page, one.mark, one.by, one.at)):
        words = (one.mark, one.at.isoformat(), ",".join(one.facts) or "none", one.by, one.page)
        yield f"<!-- callboard:accepted {' '.join(plain(word) for word in words)} -->"


def records_in(text: str) -> tuple[AcceptedMark, ...]:
    """What `records` wrote into the bot's part of a report page; what is no such record is left out."""
    part = bots_part(text)
    found = _RECORD.finditer(text, *part) if part else ()
    return tuple(mark for record in found if (mark := _mark(record[1].split(" "))))


def plain(word: str) -> str:
    """A word without blanks, and without anything that a comment or the wiki could take for something else."""
    return quote(word, safe=",:+").replace("-", "%2D").replace("~", "%7E")


def _mark(words: list[str]) -> AcceptedMark | None:
    try:
        mark, at, facts, by, page = map(unquote, words)
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    every = () if facts == "none" else tuple(facts.split(","))
    return AcceptedMark(mark, page, by, instant, every) if instant.tzinfo else None
