"""The event's pages as they stand, for placing: read anew, before any rule."""

from callboard.model import PageText, Schedule, SignUps
from callboard.read.schedule import read_schedule
from callboard.read.signups import read_signups
from callboard.snapshot import Snapshot


def is_whole(page: PageText | None) -> bool:
    """Whether a page is there to be read: no redirect, not empty, wikitext."""
    return bool(page and page.revid is not None and (page.text or "").strip() and not page.redirect) and (
        page is not None and page.model == "wikitext"
    )


def schedules_of(snapshot: Snapshot) -> tuple[Schedule, ...]:
    """The schedule pages that can be read."""
    pages = ((title, snapshot.pages.get(title)) for title in snapshot.event.pages.schedule)
    return tuple(
        read_schedule(page.text or "", snapshot.event, title)
        for title, page in pages
        if page and is_whole(page)
    )


def signups_of(snapshot: Snapshot) -> tuple[SignUps, ...]:
    """The sign-up pages that can be read."""
    pages = ((title, snapshot.pages.get(title)) for title in snapshot.event.pages.signups)
    return tuple(
        read_signups(page.text or "", snapshot.event, title, exists=snapshot.exists)
        for title, page in pages
        if page and is_whole(page)
    )
