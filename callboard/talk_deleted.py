"""Talk pages that were deleted: what stood there is no contribution any more, so a ledger that is younger cannot know of it.

The deletion log comes with every look at the own contributions, for two copies of the bot see each other's notices only there.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.ledger import Ledger
from callboard.model import Notice
from callboard.notices import kinds

# A kind that does not know since when its news is news makes it due this moment.
_JUST_DUE = timedelta(minutes=2)


def note_deleted(deleted: Mapping[str, datetime], event: Event, ledger: Ledger, now: datetime) -> None:
    """Keep when user talk pages were deleted last, and since when this ledger remembers; `now` is the wiki's time."""
    since, pages = _kept(ledger, event)
    new = {title: at for title, at in deleted.items() if title not in pages or pages[title] < at}
    if new or since is None:
        stamps = {title: at.isoformat() for title, at in sorted({**pages, **new}.items())}
        kept = {"since": (since or now).isoformat(), "pages": stamps}
        ledger.remember_fact(_fact(event), json.dumps(kept, ensure_ascii=False))


def why_unsure(
    notice: Notice, talk: str, event: Event, ledger: Ledger, *, now: datetime, shift: timedelta
) -> str:
    """Why nobody can tell whether the notice stood on that page before it was deleted; nothing if it cannot have.

    `now` is as notices count it, so far ahead of the wiki's clock as `shift` says.
    """
    since, pages = _kept(ledger, event)
    at = pages.get(talk)
    if at is None or notice.to_page:
        return ""
    unknown_to_ledger = since is not None and at < since and not kinds()[notice.kind].any_hour
    if notice.due > at + shift and not (unknown_to_ledger and now - notice.due < _JUST_DUE):
        return ""
    return (
        f"[[{talk}]] was deleted on {at:%Y-%m-%d %H:%M} UTC, and the notice may have stood there: ask this person, or tell them"
        " in another way"
    )


def _kept(ledger: Ledger, event: Event) -> tuple[datetime | None, dict[str, datetime]]:
    kept = json.loads(ledger.fact(_fact(event)) or "{}")
    since = kept.get("since")
    pages = {title: datetime.fromisoformat(at) for title, at in kept.get("pages", {}).items()}
    return (datetime.fromisoformat(since) if since else None), pages


def _fact(event: Event) -> str:
    return f"talk pages deleted:{event.slug}"
