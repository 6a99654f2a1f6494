"""What several kinds of notice say in the same words: who is told, which session, when."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Person, Session
from callboard.snapshot import Snapshot
from callboard.wikitext.escape import shortened

LONGEST_TITLE = 255  # characters, as many as a task's title may have; a cell can hold a novel
DEFAULT_LEAD = timedelta(hours=1)


def recipients(snapshot: Snapshot, session: Session, *, facilitators: bool) -> Iterator[str]:
    """The accounts that a session's cell links to, each once; a bare name is nobody's identity."""
    yield from accounts_of(snapshot, session.owners + (session.facilitators if facilitators else ()))


def accounts_of(snapshot: Snapshot, people: Iterable[Person]) -> Iterator[str]:
    """The accounts of people who are linked, each once; not who has a bare name, or a link to another wiki.

    Missing, renamed and blocked ones too: whether somebody can be told is judged right before posting, and goes on record.
    """
    seen: set[str] = set()
    for person in people:
        account = snapshot.account(person.name)
        if not person.is_account or account is None or account.name in seen:
            continue
        seen.add(account.name)
        yield account.name


def moments(start: datetime, leads: Iterable[timedelta]) -> Iterator[tuple[timedelta, datetime, datetime]]:
    """Each lead of a reminder with when it is due and until when it is of use; without leads an hour before.

    A long lead is of use for half its length and until the next shorter one is due: nobody is told "tomorrow" an hour before.
    """
    leads = set(leads) or {DEFAULT_LEAD}
    for lead, due, next_due in turns(start, leads):
        yield lead, due, next_due if lead == min(leads) else min(next_due, due + lead / 2)


def turns(start: datetime, leads: Iterable[timedelta]) -> Iterator[tuple[timedelta, datetime, datetime]]:
    """Each lead, the shortest first, with when it is due and when the next shorter one is, or what it leads to."""
    ordered = sorted(set(leads))
    for shorter, lead in zip((timedelta(), *ordered), ordered, strict=False):
        yield lead, start - lead, start - shorter


def reminder_of(start: datetime, lead: timedelta) -> str:
    """The occasion of a reminder: a session that moves earns a new one."""
    return f"{occasion_of(start)} -{int(lead.total_seconds() // 60)}min"


def has_kind(event: Event, kind: str) -> bool:
    """Whether the event sends notices of a kind."""
    return any(rule.kind == kind and rule.enabled for rule in event.notice)


def spelt_by_the_wiki(name: str) -> str:
    """The name as MediaWiki spells it: `ada_L.` is `Ada L.`; in a key a person must have one spelling."""
    bare = " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split())
    return bare[:1].upper() + bare[1:]


def subject(session: Session) -> str:
    """What stands for a session in a key: its task, else its title."""
    return session.tasks[0].task if session.tasks else slug_of(session.title)


def slug_of(title: str) -> str:
    """A title, or the name of a role, as it stands in a key: short, without blanks and signs."""
    slug = re.sub(r"\W+", "-", title.casefold()).strip("-")
    if len(slug) <= 60:
        return slug or "untitled"
    return f"{slug[:50]}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"


def occasion_of(moment: datetime) -> str:
    """An instant as part of a key: 2021-05-22T14:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def when(event: Event, start: datetime, end: datetime | None = None) -> str:
    """A time in the event's zone for people: Saturday, 22 May 2021, 14:00–14:55 (UTC)."""
    local = start.astimezone(event.zone)
    until = f"–{end.astimezone(event.zone):%H:%M}" if end else ""
    return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M}{until} ({local.tzname()})"


def unix(moment: datetime) -> str:
    """Seconds since 1970, as zonestamp's links want them (hartman/zonestamp, docs/technical-design.md)."""
    return str(int(moment.timestamp()))


def common(event: Event, title: str) -> dict[str, str]:
    """The values that every notice gets."""
    return {
        "event": event.event.title,
        "title": shortened(title, LONGEST_TITLE),
        "schedule": event.pages.schedule[0] if event.pages.schedule else "",
        "about": event.pages.about,
        "team": event.event.coordination_team or "The coordination team",
    }


COMMON = ("event", "title", "schedule", "about", "team")
