"""Sign-up lists of helpers and participants: roles with bullets or numbers, one entry a line.

`; Chat watch` / `:* [[User:Ada|Ada]] (18:00 to 22:00 UTC on Friday)` / `:** thanks! …` (a reply, kept with its entry).
Text lines, instructions (`Add your name below`) and lists of links are no entries; placeholders are, and say so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from callboard.config import Event
from callboard.model import Coming, Person, Problem, Severity, SignUp, SignUps
from callboard.read.availability import Availability, availability_reader
from callboard.read.days import read_day
from callboard.read.plain import plain, without_struck
from callboard.read.signup_doubts import Below, doubted, hours_below, own_lines
from callboard.read.signup_entry import Entry, Exists, read_entry
from callboard.read.signup_people import is_ip
from callboard.read.signup_purpose import is_help
from callboard.read.signup_roles import Item, RoleList, role_lists
from callboard.read.signup_states import coming, lesser
from callboard.read.signup_tables import table_sign_ups
from callboard.read.signup_withdrawn import still_comes
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people

_SIGN_HERE = re.compile(
    r"sign (?:up|in|here|below|your)|your (?:user ?)?name|~~~|add yourself|volunteer|participant|helper|attend|facilitat"
    r"|interested|sign-?up|teilnehm|eintragen|tragt euch|mithelfen|particip|inscri|asist|ajoutez",
    re.IGNORECASE,
)
Renamed = Callable[[str], str | None]
_WORTH = 0.5  # of the entries of a list under a heading that must name somebody, for people to sign in it


def _counts(entry: Entry, *, generous: bool) -> bool:
    likely = entry.person is not None or entry.labelled or bool(entry.candidates)
    return entry.signs or entry.placeholder or (generous and likely)


def _people_sign_here(found: RoleList, entries: list[Entry]) -> bool:
    """Whether a list is for signing: at least half of it names people, with bare names where the page invites them."""
    if found.certain:
        return True
    asked = [entry for entry in entries if not entry.instruction]
    told = any(_SIGN_HERE.search(words) for words in [found.role or "", *found.intro])
    filled = found.filled and any(entry.person for entry in asked)
    generous = found.by in {"term", "bold"} or told or filled
    good = sum(_counts(entry, generous=generous) for entry in asked)
    return good > 0 and good >= _WORTH * len(asked)


@value()
class _Place:
    """Where entries stand: their role, its day, and what the page says of those who sign there."""

    role: str | None
    day: date | None
    coming: Coming
    helps: bool = True


_Hours = Callable[[str, date | None], Availability]
_Said = Callable[[str], Availability]
_NOTHING = Availability()


def _about(entry: Entry, place: _Place, hours: _Hours) -> str:
    """What may speak of hours: of roles that the organisers filled what stands behind a linked name, at the same offsets.

    The label before it counts only if it speaks of days or hours itself: `Host (Saturday): Ada (10:00–14:00)`.
    """
    if not entry.labelled:
        return entry.about
    if not entry.label:
        return ""
    label, rest = entry.about[: entry.label], entry.about[entry.label :]
    return entry.about if hours(label, place.day).text else " " * len(label) + rest


def _spoken(
    entry: Entry, place: _Place, hours: _Hours, below: Sequence[Below], start: int
) -> tuple[Availability, Span | None]:
    """The hours that an entry gives, or else its author's lines below it, and where; those of several people are nobody's."""
    if entry.placeholder:
        return _NOTHING, None
    about = _about(entry, place, hours)
    said: _Said = lambda words: hours(words, place.day)  # noqa: E731 -- a name says what it is
    spoken = said(about) if about and not about.isspace() else _NOTHING
    where = spoken.text.moved(start) if spoken.text else None
    if not spoken.text and entry.user and (from_below := hours_below(below, said)):
        spoken, where = from_below
    else:
        spoken = doubted(spoken, about, below, said)
    people_there = {person.name for person in entry.people}
    if len(people_there) > 1 and where:
        question = f"{len(people_there)} people in one entry: whose hours are these?"
        return Availability(ambiguous=True, question=question), where
    return spoken, where


def _still_comes(entry: Entry, below: Sequence[Below], *, has_hours: bool) -> Coming:
    """What the entry's own words say; of several people in it nobody knows who withdrew."""
    if entry.person is None:
        return Coming.YES
    state = still_comes(entry.comment, *(line.said for line in below), has_hours=has_hours)
    several = len({person.name for person in entry.people}) > 1
    return Coming.MAYBE if several and state is Coming.NO else state


def _signup(text: str, item: Item, entry: Entry, place: _Place, hours: _Hours) -> SignUp:
    line, below = item.line, tuple(own_lines(text, item.replies, entry.user))
    spoken, where = _spoken(entry, place, hours, below, line.content.start)
    return SignUp(
        entry.user,
        place.role,
        line.number,
        line.span,
        person=entry.person,
        availability=spoken.intervals,
        ambiguous=spoken.ambiguous,
        question=spoken.question,
        hours=where,
        comment="" if entry.placeholder else entry.comment,
        bullet=line.bullet,
        signature=entry.signature,
        replies=tuple(item.replies),
        placeholder=entry.placeholder,
        people=entry.people,
        possible=spoken.possible,
        coming=lesser(place.coming, _still_comes(entry, below, has_hours=where is not None)),
        helps=place.helps,
    )


def _withdrawn(source: str) -> bool:
    """Whether everybody whom the entry names is struck out: `<s>[[User:Ada|Ada]] Friday</s> sorry`."""
    left = without_struck(source)
    if left == source:
        return False
    named = people(source, Span(0, len(source)))
    return not people(left, Span(0, len(left))) if named else not plain(left).strip()


def _entries(text: str, exists: Exists | None) -> Iterator[tuple[RoleList, list[tuple[Item, Entry]]]]:
    for found in role_lists(text):
        read = [
            (item, read_entry(text, item.line.content, exists, filled=found.filled)) for item in found.items
        ]
        if _people_sign_here(found, [entry for _, entry in read]):
            there = [
                (item, entry)
                for item, entry in read
                if not entry.instruction and not _withdrawn(item.line.content.of(text))
            ]
            if there:
                yield found, there


def _places(found: list[RoleList], event: Event, page: str) -> list[_Place]:
    """The role and the day of each list; a term that stands under several headings is told by them: `Bus stop map: Interested`.

    Not where the headings are days: a role is the same on each.
    """
    days: dict[str | None, date | None] = {None: None}
    for words in {one.role for one in found} | {one.heading for one in found}:
        days[words] = read_day(words or "", event.dates).day
    under: defaultdict[str | None, set[str]] = defaultdict(set)
    for one in found:
        if one.heading and days[one.heading] is None:
            under[one.role].add(one.heading)
    places = []
    for one in found:
        told = one.heading and one.role and days[one.heading] is None and len(under[one.role]) > 1
        role = f"{one.heading}: {one.role}" if told else one.role
        day, helps = days[one.role] or days[one.heading], is_help(one.role, one.heading, page)
        places.append(_Place(role, day, coming(one.role, one.heading), helps))
    return places


def _unreachable(signups: list[tuple[SignUp, str]], page: str, text: str) -> Iterator[Problem]:
    for signup, name in signups:
        kind = "an IP address" if is_ip(name) else "a temporary account"
        yield Problem(
            "signup-unreachable",
            Severity.NOTE,
            f"{name} is {kind}: nobody can be told anything there. Who is it? Please sign with an account",
            page,
            signup.line,
            signup.span.of(text),
        )


def bare_names(text: str) -> tuple[Person, ...]:
    """The bare words of a page's sign-up lists that may be accounts: ask the wiki once for all of them."""
    # A list of bare names is one in which people sign only if they are accounts: as if all were.
    always: Callable[[str], bool] = lambda _: True  # noqa: E731 -- a name says what it is
    found = (entry for _, entries in _entries(text, always) for _, entry in entries)
    return tuple(person for entry in found for person in entry.candidates)


def read_signups(
    text: str, event: Event, page: str = "", *, exists: Exists | None = None, renamed: Renamed | None = None
) -> SignUps:
    """The entries of every sign-up list of the page, in order; `exists` says of a bare name whether it is an account.

    `renamed` gives the name that an account has now: who signed as Old and is New today signed up as New.
    """
    found = list(_entries(text, exists))
    places = _places([role for role, _ in found], event, page)
    hours = availability_reader(event)
    read = [
        (_signup(text, item, entry, place, hours), entry.unreachable)
        for (_, entries), place in zip(found, places, strict=True)
        for item, entry in entries
    ]
    in_lists = [signup for signup, _ in read]
    in_tables, unreachable, of_tables = table_sign_ups(text, event, page, exists=exists)
    told = _unreachable([*((signup, name) for signup, name in read if name), *unreachable], page, text)
    problems = sorted((*told, *of_tables), key=lambda problem: problem.line or 0)
    seen = (replace(one, helps=one.firm or is_help(one.role, None, page)) for one in in_tables)
    entries = sorted((*in_lists, *seen), key=lambda signup: signup.span)
    if renamed:
        new_names = [renamed(signup.user) if signup.user else None for signup in entries]
        entries = [
            replace(one, user=new) if new else one for one, new in zip(entries, new_names, strict=True)
        ]
    return SignUps(page, text, _layout(in_lists, in_tables), tuple(entries), tuple(problems))


def _layout(in_lists: Sequence[SignUp], in_tables: Sequence[SignUp]) -> str:
    if in_lists and in_tables:
        return "both"
    return "roles" if in_lists else "table" if in_tables else "none"
