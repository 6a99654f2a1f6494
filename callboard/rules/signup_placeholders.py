"""The place to sign stays the last of its list."""

from collections.abc import Iterator

from callboard.model import SignUp, SignUps
from callboard.rules import Wish, signups_rule
from callboard.rules.signup_lists import lists_of, own_line
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import TextEdit


def _end(entry: SignUp) -> int:
    """Where an entry ends with its replies."""
    return max(span.end for span in (entry.span, *entry.replies))


@signups_rule("signup-placeholders")
def signup_placeholders(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`* (your username)` goes below the people who signed under it; nobody else moves, and replies stay with their entry.

    Not where somebody replied to it, or where comments or other lines stand between.
    """
    del snapshot  # all that matters is on the page
    text = page.text
    for entries in lists_of(page):
        people = [entry for entry in entries if not entry.placeholder]
        early = [entry for entry in entries if entry.placeholder and people and entry.span < people[-1].span]
        if not early or any(entry.replies or own_line(text, entry) is None for entry in early):
            continue
        start, end = early[0].span.start, _end(people[-1])
        below = [entry for entry in entries if start <= entry.span.start < end]
        kept = [text[entry.span.start : _end(entry)] for entry in below if not entry.placeholder]
        moved = [entry.span.of(text) for entry in early]
        if "\n".join(text[entry.span.start : _end(entry)] for entry in below) == text[start:end]:
            yield TextEdit(start, end, "\n".join([*kept, *moved]))
