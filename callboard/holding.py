"""Why a page is on hold: it cannot be read, or too much of it is gone; nothing is done that rests on it."""

from collections.abc import Iterator

from callboard.model import PageText, Schedule
from callboard.snapshot import Snapshot
from callboard.translations import source_of

MOST_CHARACTERS = 2_097_152  # of a page that is read; MediaWiki admits as many bytes ($wgMaxArticleSize)
_ENOUGH_TO_SHRINK = 4  # sessions; below that a share says nothing


def why_unread(page: PageText) -> str:
    """Why a page is not read at all, with the way out; empty if it is."""
    if page.revid is None:
        return "there is no such page: create it, or correct its title in the event file"
    if not (page.text or "").strip():
        return "the page is empty: restore it, or fill it"
    if page.redirect:
        return "the page is a redirect: put the new title into the event file"
    if page.model != "wikitext":
        return f"the page's content model is {page.model}, not wikitext"
    if len(page.text or "") > MOST_CHARACTERS:
        return f"the page has {len(page.text or ''):,} characters; above {MOST_CHARACTERS:,} it is left alone"
    return ""


def why_shrunk(page: Schedule, snapshot: Snapshot) -> str:
    """Whether fewer sessions are left on a schedule than the event file lets vanish at once."""
    before, now = snapshot.sessions_before.get(page.page, 0), len(page.sessions)
    if now >= before * snapshot.event.limits.sessions_share or (now and before < _ENOUGH_TO_SHRINK):
        return ""
    return f"only {now} of {before} sessions are left: restore the page, or confirm with -confirm"


def why_translated(page: PageText) -> str:
    """Whether the page is a translation: no edit there lasts."""
    source = source_of(page.title, page.text or "")
    return (
        f"the page is a translation and would be written anew: name its source, {source}, in the event file"
        if source
        else ""
    )


def why_held(schedules: tuple[Schedule, ...], snapshot: Snapshot) -> Iterator[str]:
    """Why nothing may be placed, moved or taken out: each of the event's schedules that is on hold, with the reason."""
    for title in snapshot.event.pages.schedule:
        page = snapshot.pages.get(title)
        why = why_unread(page) if page else "it was not read"
        if why:
            yield f"[[{title}]] is on hold: {why}"
    for schedule in schedules:
        if why := why_shrunk(schedule, snapshot):
            yield f"[[{schedule.page}]] is on hold: {why}"
