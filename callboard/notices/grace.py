"""The grace time: from when on people may be told of what stands on a page, so that a change undone at once tells nobody.

What counts is since when the session stands as it does, whichever line of the page makes it so: its own, the time that its
row shares with others, the day's heading, the head of the table. The bot's tidying and an edit that changes no fact of the
session do not begin the grace time anew.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.model import Maker, Schedule, Session
from callboard.notices.facts import mark_of
from callboard.snapshot import Snapshot


def maker_of(snapshot: Snapshot, schedule: Schedule, session: Session, person: str = "") -> Maker | None:
    """Who made the session stand as it does, or the person stand in it; None if that is older than what was read.

    Where the history does not tell, as when it could not be read, it is nobody's, and as late as the page's last edit.
    """
    authors, mark = snapshot.authors.get(schedule.page), mark_of(session, person)
    if authors and mark in authors.sessions:
        return authors.sessions[mark]
    return somebody(snapshot, schedule)


def somebody(snapshot: Snapshot, schedule: Schedule) -> Maker | None:
    """Nobody who is known, as late as the page's last edit: what stands for a maker of whom the history does not tell."""
    page = snapshot.pages.get(schedule.page)
    return Maker("", page.timestamp) if page and page.timestamp else None


def makers(snapshot: Snapshot, schedule: Schedule, session: Session, person: str) -> Iterator[Maker]:
    """Who made the session stand as it does, and who put the person into it, whichever spelling the page has of their name."""
    accounts = ((one.name, snapshot.account(one.name)) for one in (*session.owners, *session.facilitators))
    names = dict.fromkeys(name for name, account in accounts if account and account.name == person)
    found = (maker_of(snapshot, schedule, session, name) for name in ("", *names))
    yield from (maker for maker in found if maker)


def told_from(snapshot: Snapshot, changed: datetime | None, start: datetime | None) -> datetime:
    """From when on people may be told of a change that the wiki dates `changed` (None: long ago), as `now` counts.

    That is after `delivery.grace` of quiet; at once where the session starts, or would have, within `delivery.no_grace`. What
    is over is in no haste: a time that is wrong by a day may be mended in a minute.
    """
    rules, now = snapshot.event.delivery, snapshot.now
    if changed is None:
        return now
    made = min(changed + snapshot.shift, now)  # somebody may have saved after the look began
    return made if at_once(snapshot.event, start, now) else made + rules.grace


def at_once(event: Event, start: datetime | None, now: datetime) -> bool:
    """Whether the start is so near that nobody waits for the page to be quiet."""
    return start is not None and timedelta() <= start - now < event.delivery.no_grace


def stands_quietly_from(snapshot: Snapshot, schedule: Schedule, session: Session, person: str) -> datetime:
    """From when on somebody may be told that they are named there: the row, and they in it, stood for the grace time."""
    made = (maker.at for maker in makers(snapshot, schedule, session, person))
    return told_from(snapshot, max(made, default=None), session.start)


def not_before(quiet: datetime, due: datetime, now: datetime) -> datetime:
    """When it is due, or when the page is quiet if that is later and still to come."""
    return due if quiet <= now else max(due, quiet)


def did_it(maker: Maker | None, person: str, snapshot: Snapshot) -> bool:
    """Whether the person did it themselves, by the name that the page has for them or the one they have now."""
    return maker is not None and maker.user in {person, snapshot.renamed(person)}
