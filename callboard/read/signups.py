"""Sign-up lists of helpers and participants: roles with bullets or numbers, one entry a line.

`; Chat watch` / `:* [[User:Ada|Ada]] (18:00 to 22:00 UTC on Friday)` / `:** thanks! …` (a reply, kept with its entry).
Text lines, instructions (`Add your name below`) and lists of links are no entries; placeholders are, and say so.
"""

import re
from dataclasses import replace

from callboard.config import Event
from callboard.model import Person, Problem, Severity, SignUp, SignUps
from callboard.read.availability import read_availability
from callboard.read.days import read_day
from callboard.read.plain import plain, without_struck
from callboard.read.signup_entry import Entry, Exists, is_ip, read_entry
from callboard.read.signup_roles import Item, RoleList, role_lists
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import tables

_SIGN_HERE = re.compile(
    r"sign (?:up|in|here|below|your)|your (?:user ?)?name|~~~|add yourself|volunteer|participant|helper|attend|facilitat"
    r"|interested|sign-?up",
    re.IGNORECASE,
)
_WORTH = 0.5  # of the entries of a list under a heading that must name somebody, for people to sign in it


def _counts(entry: Entry, *, generous: bool) -> bool:
    likely = entry.person is not None or entry.labelled or bool(entry.candidates)
    return entry.signs or entry.placeholder or (generous and likely)


def _people_sign_here(found: RoleList, entries: list[Entry]) -> bool:
    """Whether a list is for signing: at least half of it names people, with bare names where the page invites them."""
    asked = [entry for entry in entries if not entry.instruction]
    told = any(_SIGN_HERE.search(words) for words in [found.role or "", *found.intro])
    generous = found.by in {"term", "bold"} or told
    good = sum(_counts(entry, generous=generous) for entry in asked)
    return good > 0 and good >= _WORTH * len(asked)


def _signup(item: Item, entry: Entry, role: str | None, event: Event) -> SignUp:
    line = item.line
    signup = SignUp(
        entry.user,
        role,
        line.number,
        line.span,
        person=entry.person,
        comment="" if entry.placeholder else entry.comment,
        bullet=line.bullet,
        signature=entry.signature,
        replies=tuple(item.replies),
        placeholder=entry.placeholder,
        people=entry.people,
    )
    if entry.placeholder or entry.labelled:
        return signup
    day = read_day(role or "", event.dates).day
    spoken = read_availability(entry.about, event, day=day)
    hours = (
        Span(spoken.text.start + line.content.start, spoken.text.end + line.content.start)
        if spoken.text
        else None
    )
    people_there = {person.name for person in entry.people}
    if len(people_there) > 1 and hours:
        question = f"{len(people_there)} people in one entry: whose hours are these?"
        return replace(signup, ambiguous=True, question=question, hours=hours)
    return replace(
        signup,
        availability=spoken.intervals,
        ambiguous=spoken.ambiguous,
        question=spoken.question,
        hours=hours,
    )


def _withdrawn(text: str, content: Span) -> bool:
    """Whether everybody whom the entry names is struck out: `<s>[[User:Ada|Ada]] Friday</s> sorry`."""
    source = content.of(text)
    left = without_struck(source)
    if left == source:
        return False
    return not people(left, Span(0, len(left))) if people(text, content) else not plain(left).strip()


def _entries(text: str, exists: Exists | None) -> list[tuple[RoleList, Item, Entry]]:
    out: list[tuple[RoleList, Item, Entry]] = []
    for found in role_lists(text):
        read = [(item, read_entry(text, item.line.content, exists)) for item in found.items]
        if _people_sign_here(found, [entry for _, entry in read]):
            out += [
                (found, item, entry)
                for item, entry in read
                if not entry.instruction and not _withdrawn(text, item.line.content)
            ]
    return out


def _unread_tables(text: str, page: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "signup-table-unread",
            Severity.NOTE,
            "This table names people, but sign-ups in tables are not read yet",
            page,
            line_at(text, table.span.start),
            table.span.of(text).split("\n", 1)[0],
        )
        for table in tables(text)
        if people(text, table.span)
    )


def bare_names(text: str) -> tuple[Person, ...]:
    """The bare words of a page's sign-up lists that may be accounts: ask the wiki once for all of them."""
    # A list of bare names is one in which people sign only if they are accounts: as if all were.
    asked = (read_entry(text, item.line.content, None) for _, item, _ in _entries(text, lambda _: True))
    return tuple(person for entry in asked for person in entry.candidates if not is_ip(person.name))


def read_signups(text: str, event: Event, page: str = "", *, exists: Exists | None = None) -> SignUps:
    """The entries of every sign-up list of the page, in order; `exists` says of a bare name whether it is an account."""
    entries = tuple(_signup(item, entry, found.role, event) for found, item, entry in _entries(text, exists))
    unread = () if page and page in event.pages.schedule else _unread_tables(text, page)
    return SignUps(page, text, "roles" if entries else "none", entries, unread)
