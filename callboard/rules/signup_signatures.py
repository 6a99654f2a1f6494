"""Talk links and time stamps of signatures taken off where a list goes without them."""

from collections.abc import Iterator

from callboard.model import Level, SignUp, SignUps
from callboard.rules import Unsure, Wish, signups_rule
from callboard.rules.signup_lists import in_tables, lists_of, signed_up
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit

_NAME = "signup-signatures"


def _with_blanks(text: str, entry: SignUp, signature: Span) -> Span:
    """The signature with the blanks before it, or those after it if it begins the entry."""
    start, end = signature.start, signature.end
    least = entry.bullet.end if entry.bullet else entry.span.start
    while start > least and text[start - 1] in " \t":
        start -= 1
    if start == least:
        start = signature.start
        while end < entry.span.end and text[end] in " \t":
            end += 1
    return Span(start, end)


def _signed_by_custom(text: str, entries: list[SignUp]) -> bool:
    """Whether the list is one of `# ~~~~` lines: numbered, and most of it signed."""
    signed = sum(entry.signature is not None for entry in entries)
    numbered = sum(entry.bullet is not None and "#" in entry.bullet.of(text) for entry in entries)
    return signed * 2 > len(entries) and numbered * 2 > len(entries)


@signups_rule(_NAME)
def signup_signatures(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`[[User:Ada|Ada]] ([[User talk:Ada|talk]]) 20:15, 2 May 2026 (UTC)` is `[[User:Ada|Ada]]`.

    Certain where most entries of the role have no signature, or where the event file says SAFE; otherwise asked. Lists in
    which people sign with `# ~~~~` stay as they are.
    """
    wanted = snapshot.event.rules.get(_NAME) is Level.SAFE
    for entries in map(signed_up, [*lists_of(page), in_tables(page)]):
        signed = [entry for entry in entries if entry.signature]
        if _signed_by_custom(page.text, entries) and not wanted:
            continue
        for entry in signed:
            if entry.signature is None or entry.person is None or not _keeps_person(entry):
                continue
            span = _with_blanks(page.text, entry, entry.signature)
            edit = TextEdit(span.start, span.end, "")
            yield edit if wanted or len(signed) * 2 < len(entries) else Unsure(edit)


def _keeps_person(entry: SignUp) -> bool:
    person, signature = entry.person, entry.signature
    return person is not None and signature is not None and person.span not in signature
