"""The grace time: from when on people may be told of what stands on a page, so that a change undone at once tells nobody."""

from datetime import datetime

from callboard.config import Event
from callboard.model import Maker, Schedule, Session
from callboard.snapshot import Snapshot
from callboard.wikitext.masking import line_range


def maker_of(snapshot: Snapshot, schedule: Schedule, session: Session) -> Maker | None:
    """Who last changed the session's row, or the time that it shares with others; None if that is older than what was read."""
    authors = snapshot.authors.get(schedule.page)
    if authors is None:
        return None
    spans = [session.span, *((session.time_cell,) if session.time_cell else ())]
    made = [maker for span in spans if (maker := authors.latest(*line_range(schedule.text, span)))]
    return max(made, key=lambda maker: maker.at, default=None)


def told_from(snapshot: Snapshot, changed: datetime | None, start: datetime | None) -> datetime:
    """From when on people may be told of a change that the wiki dates `changed` (None: long ago), as `now` counts.

    That is after `delivery.grace` of quiet; at once where the session starts, or would have, within `delivery.no_grace`.
    """
    rules, now = snapshot.event.delivery, snapshot.now
    if changed is None:
        return now
    made = min(changed + snapshot.shift, now)  # somebody may have saved after the look began
    return made if at_once(snapshot.event, start, now) else made + rules.grace


def at_once(event: Event, start: datetime | None, now: datetime) -> bool:
    """Whether the start is so near that nobody waits for the page to be quiet."""
    return start is not None and start - now < event.delivery.no_grace
