"""`hours_unclear`: the hours in your entry can be understood in several ways, or in none; which is right?

Asked once for each text of hours, and about no more than two texts of one person unless the event file says otherwise. The
answer is the entry in the list: once it is clear, nothing more comes.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta

from callboard.config import Event
from callboard.model import Coming, Notice, SignUp, SignUps
from callboard.notices import Occasions, notice_kind
from callboard.notices.helping import entries, limited, role_told
from callboard.notices.telling import COMMON, common
from callboard.read.plain import plain
from callboard.wikitext.escape import shortened

_ASKED = re.compile("“([^”]*)”")
LONGEST_QUOTE = 200  # characters


@notice_kind(
    "hours_unclear",
    rests_on_board=False,
    rests_on_signups=True,
    parameters=(*COMMON, "page", "hours", "question", "readings", "example"),
)
def hours_unclear(look: Occasions) -> Iterator[Notice]:
    """A notice for each person who alone stands in an entry with unclear hours."""
    yield from limited(look.snapshot, _asked(look), look.rule.most_per_person)


def _asked(look: Occasions) -> Iterator[Notice]:
    snapshot, event = look.snapshot, look.snapshot.event
    for page, entry, account in entries(look):
        alone = len({person.name for person in entry.people}) <= 1
        if not entry.ambiguous or not alone or entry.coming is Coming.NO:
            continue
        hours = _said(page, entry)
        ends = [end for reading in entry.possible for _, end in reading.intervals]
        yield Notice(
            event=event.slug,
            kind="hours_unclear",
            subject="hours",
            occasion=hashlib.sha256(hours.casefold().encode()).hexdigest()[:12],
            recipient=account,
            due=snapshot.now - timedelta(minutes=1),
            until=max(ends, default=event.last),
            values={
                **common(event, role_told(entry) or page.page),
                "page": page.page,
                "hours": shortened(_quoted(hours, entry), LONGEST_QUOTE),
                "question": entry.question or "When exactly?",
                "readings": _readings(entry),
                "example": example(event),
            },
        )


def _said(page: SignUps, entry: SignUp) -> str:
    """What the entry says of hours, without markup; what makes the text the same."""
    source = entry.hours.of(page.text) if entry.hours else entry.comment
    return " ".join(plain(source).split())


def _quoted(hours: str, entry: SignUp) -> str:
    """The hours, or the whole remark where the question is about words that stand beside them: `Friday 10–12 (withdrawn)`."""
    asked = [part.strip() for words in _ASKED.findall(entry.question) for part in words.split("…")]
    for said in (hours, " ".join(plain(entry.comment).split())):
        if all(part in said for part in asked):
            return said
    return entry.comment or hours  # a template, which shows no words of its own


def _readings(entry: SignUp) -> str:
    """`“19:00–00:30” or “07:00–12:30”`, in the words of the readings."""
    words = [f"“{reading.words}”" for reading in entry.possible]
    return " or ".join(words) if words else "several things"


def example(event: Event) -> str:
    """Clear hours on the event's first day, as people write them: Friday 18:00–22:00 UTC."""
    start = event.first.astimezone(event.zone)
    return f"{start:%A} 18:00–22:00 {start.tzname()}"
