"""The event's pages as they stand, for placing: read anew, before any rule."""

from callboard.holding import why_held, why_unread
from callboard.model import Schedule, SignUps
from callboard.placing import NotPlaced
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.snapshot import Snapshot


def schedules_of(snapshot: Snapshot) -> tuple[Schedule, ...]:
    """The schedule pages that can be read."""
    pages = ((title, snapshot.pages.get(title)) for title in snapshot.event.pages.schedule)
    return tuple(
        read_schedule(page.text or "", snapshot.event, title)
        for title, page in pages
        if page and not why_unread(page)
    )


def whole_schedules(snapshot: Snapshot) -> tuple[Schedule, ...]:
    """All schedule pages; raises NotPlaced if one is on hold, for nobody can tell then what stands there."""
    schedules = schedules_of(snapshot)
    if why := list(why_held(schedules, snapshot)):
        raise NotPlaced("\n".join(why))
    return schedules


def signups_of(snapshot: Snapshot) -> tuple[SignUps, ...]:
    """The sign-up pages that can be read."""
    pages = ((title, snapshot.pages.get(title)) for title in snapshot.event.pages.signups)
    return tuple(
        read_signups(page.text or "", snapshot.event, title, exists=snapshot.exists)
        for title, page in pages
        if page and not why_unread(page)
    )
