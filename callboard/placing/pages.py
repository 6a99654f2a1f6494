"""The event's pages as they stand, for placing: read anew, before any rule."""

from collections.abc import Iterable, Iterator

from callboard.holding import why_held, why_unread
from callboard.model import Schedule, SignUps
from callboard.placing import NotPlaced
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.snapshot import Snapshot


def _readable(titles: Iterable[str], snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Title and text of the pages that can be read."""
    for title in titles:
        page = snapshot.pages.get(title)
        if page and not why_unread(page):
            yield title, page.text or ""


def schedules_of(snapshot: Snapshot) -> tuple[Schedule, ...]:
    """The schedule pages that can be read."""
    event = snapshot.event
    return tuple(
        read_schedule(text, event, title) for title, text in _readable(event.pages.schedule, snapshot)
    )


def whole_schedules(snapshot: Snapshot) -> tuple[Schedule, ...]:
    """All schedule pages; raises NotPlaced if one is on hold, for nobody can tell then what stands there."""
    schedules = schedules_of(snapshot)
    if why := list(why_held(schedules, snapshot)):
        raise NotPlaced("\n".join(why))
    return schedules


def signups_of(snapshot: Snapshot) -> tuple[SignUps, ...]:
    """The sign-up pages that can be read."""
    event, found = snapshot.event, _readable(snapshot.event.pages.signups, snapshot)
    return tuple(
        read_signups(text, event, title, exists=snapshot.exists, renamed=snapshot.renamed)
        for title, text in found
    )
