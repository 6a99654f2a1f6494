"""What a person knows of a session: its place, and owners also its length, format and title; how keys and messages say it.

The design of all notices about changes (`scheduled`, `moved`, `changed`, `cancelled` for owners, `shift_changed` and
`shift_cancelled` for facilitators) in one paragraph: **a notice is due where what a person knows differs from what stands on
the page.** What they know is the last thing that they were told, which their notices' keys say with a running number
(`3 2021-05-22T17:00Z 55m t1f2e3d f0 Room 1`), so it is known with a new ledger too (`told`). Before the first notice it is how
the session stood when the bot first saw them in it, kept in the ledger and in hidden comments of the report page; what
they changed themselves they know as well (`known`). So there and back again within the grace time differs in nothing, and
after a notice it is a notice. One change of several facts is one notice. A session stays the same when its title changes or
its task is linked, as long as one of task, title and place stays; its keys keep the name that it had first. Since when it
stands as it does, and who did that, is told by comparing the readings of the page's revisions (`grace`, `page_history`).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from callboard.config import Event
from callboard.model import Session, SessionFacts
from callboard.notices.telling import occasion_of, when
from callboard.read.matching import exact_title

_PLACE = re.compile(r"(?P<start>\d{4}-\d\d-\d\dT\d\d:\d\dZ)(?: (?P<rest>.*))?")
_WHOLE = re.compile(r"(?P<minutes>\d+)m t(?P<title>\w+) f(?P<format>\w+)(?: (?P<room>.*))?")
_NONE = "0"


def facts_of(session: Session) -> SessionFacts | None:
    """What can be known of a session as it stands; None if its time cannot be read."""
    if session.start is None:
        return None
    minutes = int(session.length.total_seconds() // 60) if session.length else 0
    title, form = session.title, session.format or ""
    return SessionFacts(session.start, session.room or "", minutes, title, form, _mark(title), _mark(form))


def _mark(words: str) -> str:
    """Six signs for words in a key; the same for what makes no other title: case, blanks, kinds of quotes."""
    plain = exact_title(words)
    return hashlib.sha256(plain.encode()).hexdigest()[:6] if plain else ""


def as_key(facts: SessionFacts, *, whole: bool) -> str:
    """As a part of an occasion, and as the wiki stores it; `whole` with what only owners are told."""
    told = f" {facts.minutes}m t{facts.title_mark or _NONE} f{facts.format_mark or _NONE}" if whole else ""
    return unicodedata.normalize("NFC", f"{occasion_of(facts.start)}{told} {facts.room}".strip())


def from_key(said: str, *, whole: bool) -> SessionFacts | None:
    """What `as_key` said; None for anything else."""
    found = _PLACE.fullmatch(said)
    if not found:
        return None
    rest = found["rest"] or ""
    told = _WHOLE.fullmatch(rest) if whole else None
    try:
        start = datetime.fromisoformat(found["start"]).astimezone(UTC)
    except ValueError:
        return None
    if not told:
        return SessionFacts(start, rest)
    title, form = ("" if told[name] == _NONE else told[name] for name in ("title", "format"))
    room = told["room"] or ""
    return SessionFacts(start, room, int(told["minutes"]), title_mark=title, format_mark=form)


def room_named(event: Event, room: str) -> str:
    """The room by the event file's name for it, also where it was told by one of the aliases."""
    names = {
        unicodedata.normalize("NFC", alias).casefold(): one.name
        for one in event.room
        for alias in (one.name, *one.aliases)
    }
    plain = unicodedata.normalize("NFC", room)
    if plain.casefold() in names:
        return names[plain.casefold()]
    return ", ".join(names.get(part.casefold(), part) for part in plain.split(", "))


def elsewhere(event: Event, known: SessionFacts, now: SessionFacts) -> bool:
    """Another start or another room; a room that the page does not name is not another one."""
    if known.start != now.start:
        return True
    if not known.room or not now.room or known.room == now.room:
        return False
    return room_named(event, known.room) != room_named(event, now.room)


def otherwise(known: SessionFacts, now: SessionFacts) -> Iterator[str]:
    """In what a session differs besides its place: "length", "format", "title"; what is not said differs from nothing."""
    if known.minutes and now.minutes and known.minutes != now.minutes:
        yield "length"
    if known.format_mark and now.format_mark and known.format_mark != now.format_mark:
        yield "format"
    if known.title_mark and now.title_mark and known.title_mark != now.title_mark:
        yield "title"


def in_words(known: SessionFacts, seen: SessionFacts) -> SessionFacts:
    """What a key says, with the words for its marks where what was seen has the same marks."""
    title = seen.title if seen.title_mark == known.title_mark else known.title
    form = seen.format if seen.format_mark == known.format_mark else known.format
    return replace(known, title=title, format=form)


def updated(known: SessionFacts, now: SessionFacts) -> SessionFacts:
    """What somebody knows who was told of what stands there now: what the page does not say any more they still know."""
    facts = now if now.room else replace(now, room=known.room)
    if not facts.minutes:
        facts = replace(facts, minutes=known.minutes)
    if not facts.format_mark:
        facts = replace(facts, format=known.format, format_mark=known.format_mark)
    if not facts.title_mark:
        facts = replace(facts, title=known.title, title_mark=known.title_mark)
    return facts


def place_told(event: Event, facts: SessionFacts) -> str:
    """For people: Saturday, 22 May 2021, 14:00 (UTC), Room 1."""
    return ", ".join(filter(None, (when(event, facts.start), facts.room)))


def mark_of(session: Session, person: str = "") -> str:
    """What stands for a session as it is, or for a person in it, in the history of its page: any other fact is another mark."""
    name = exact_title(session.title) or "".join(ref.task for ref in session.tasks[:1])
    if person:
        return _digest(name, person)
    start, end = (at.isoformat() if at else "" for at in (session.start, session.end))
    return _digest(name, start, end, *session.rooms, session.format or "")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
