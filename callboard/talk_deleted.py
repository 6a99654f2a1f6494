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
    since, stamps = _kept(ledger, event)
    new = {
        title: at.isoformat()
        for title, at in deleted.items()
        if title not in stamps or datetime.fromisoformat(stamps[title]) < at
    }
    if new or since is None:
        kept = {"since": (since or now).isoformat(), "pages": dict(sorted({**stamps, **new}.items()))}
        ledger.remember_fact(_fact(event), json.dumps(kept, ensure_ascii=False))


def why_unsure(
    notice: Notice, talk: str, event: Event, ledger: Ledger, *, now: datetime, shift: timedelta
) -> str:
    """Why nobody can tell whether the notice stood on that page before it was deleted; nothing if it cannot have.

    `now` is as notices count it, so far ahead of the wiki's clock as `shift` says.
    """
    since, stamps = _kept(ledger, event)
    if talk not in stamps or notice.to_page:
        return ""
    at = datetime.fromisoformat(stamps[talk])
    unknown_to_ledger = since is not None and at < since and not kinds()[notice.kind].any_hour
    if notice.due > at + shift and not (unknown_to_ledger and now - notice.due < _JUST_DUE):
        return ""
    return (
        f"[[{talk}]] was deleted on {at:%Y-%m-%d %H:%M} UTC, and the notice may have stood there: ask this person, or tell them"
        " in another way"
    )


def _kept(ledger: Ledger, event: Event) -> tuple[datetime | None, dict[str, str]]:
    """Since when the ledger remembers, and the stamps by title: on a large wiki thousands, of which few are asked for."""
    kept = json.loads(ledger.fact(_fact(event)) or "{}")
    since = kept.get("since")
    return (datetime.fromisoformat(since) if since else None), kept.get("pages", {})


def _fact(event: Event) -> str:
    return f"talk pages deleted:{event.slug}"
