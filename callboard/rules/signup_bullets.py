"""Sign-up entries with their neighbours' bullet and spacing, one entry a line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from callboard.model import SignUp, SignUps
from callboard.rules import Unsure, Wish, signups_rule
from callboard.rules.signup_lists import lists_of, own_line, signed_up
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit

_BETWEEN_PEOPLE = re.compile(r"\s*(?:,|;|&|\+|and|<br\s*/?>)\s*", re.IGNORECASE)


def _favourite(bullets: Iterable[str], share: int) -> str | None:
    """The bullet that more than `share` percent have, two at least."""
    counts = Counter(bullets)
    if not counts:
        return None
    best, number = counts.most_common(1)[0]
    return best if number >= 2 and number * 100 > counts.total() * share else None


def _split(text: str, entry: SignUp, bullet: str) -> Iterator[Wish]:
    people = sorted({person.span for person in entry.people})
    if len(people) < 2 or entry.replies or entry.bullet is None or entry.signature is not None:
        return
    gaps = [text[one.end : other.start] for one, other in pairwise(people)]
    alone = (
        not text[entry.bullet.end : people[0].start].strip()
        and not text[people[-1].end : entry.span.end].strip()
    )
    if alone and all(_BETWEEN_PEOPLE.fullmatch(gap) for gap in gaps):
        lines = f"\n{bullet}".join(span.of(text) for span in people)
        yield Unsure(TextEdit(people[0].start, entry.span.end, lines))


@signups_rule("signup-bullets")
def signup_bullets(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`:*Ada` among `:* …` is `:* Ada`; `* Ada` is `:* Ada` if two of three neighbours are so and nobody replied to it.

    A line with several people and nothing else, and one without a bullet among others, are asked about.
    """
    del snapshot  # what the neighbours do is on the page
    text = page.text
    spacing = _favourite((_blanks(text, entry) for entry in signed_up(page.entries) if entry.bullet), 50)
    for entries in lists_of(page):
        marks = [_mark(text, entry) for entry in signed_up(entries) if entry.bullet]
        mark = _favourite(marks, 60)
        blanks = _favourite((_blanks(text, entry) for entry in signed_up(entries) if entry.bullet), 50)
        blanks = spacing if blanks is None else blanks
        for entry in entries:
            if entry.bullet is None:
                yield from _forgotten(text, entry, mark, blanks)
                continue
            own = _mark(text, entry)
            keep = mark is None or entry.replies or _numbered(own) != _numbered(mark)
            new = (own if keep else mark or own) + (_blanks(text, entry) if blanks is None else blanks)
            if new != entry.bullet.of(text):
                yield TextEdit(entry.bullet.start, entry.bullet.end, new)
            yield from _split(text, entry, new)


def _forgotten(text: str, entry: SignUp, mark: str | None, blanks: str | None) -> Iterator[Wish]:
    """The bullet that somebody forgot between others."""
    if mark is not None and own_line(text, entry) is not None:
        at = entry.span.start
        yield Unsure(TextEdit(at, at, mark + (" " if blanks is None else blanks)))


def _numbered(mark: str) -> bool:
    return mark.endswith("#")


def _mark(text: str, entry: SignUp) -> str:
    return entry.bullet.of(text).rstrip() if entry.bullet else ""


def _blanks(text: str, entry: SignUp) -> str:
    return entry.bullet.of(text)[len(_mark(text, entry)) :] if entry.bullet else ""
