"""Talk pages that were deleted: what stood there is no contribution any more, so a ledger that is younger cannot know of it.

The deletion log comes with every look at the own contributions, for two copies of the bot see each other's notices only there.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.ledger import Ledger
from callboard.model import Notice
from callboard.notices import kinds

# A kind that does not know since when its news is news makes it due this moment.
_JUST_DUE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Deleted:
    """Since when the ledger remembers, and when pages were deleted last, by title: on a large wiki thousands, few asked for."""

    since: datetime
    stamps: Mapping[str, str]


def note_deleted(deleted: Mapping[str, datetime], event: Event, ledger: Ledger, now: datetime) -> Deleted:
    """Keep when user talk pages were deleted last, and tell what is known of that by now; `now` is the wiki's time."""
    fact = f"talk pages deleted:{event.slug}"
    kept = json.loads(ledger.fact(fact) or "{}")
    since, stamps = kept.get("since"), kept.get("pages", {})
    new = {
        title: at.isoformat()
        for title, at in deleted.items()
        if title not in stamps or datetime.fromisoformat(stamps[title]) < at
    }
    known = Deleted(datetime.fromisoformat(since) if since else now, dict(sorted({**stamps, **new}.items())))
    if new or since is None:
        kept = {"since": known.since.isoformat(), "pages": known.stamps}
        ledger.remember_fact(fact, json.dumps(kept, ensure_ascii=False))
    return known


def why_unsure(
    notice: Notice, talks: Iterable[str], gone: Deleted, *, now: datetime, shift: timedelta
) -> str:
    """Why nobody can tell whether the notice stood on one of these pages before it was deleted; nothing if it cannot have.

    `now` is as notices count it, so far ahead of the wiki's clock as `shift` says.
    """
    found = () if notice.to_page else (talk for talk in dict.fromkeys(talks) if talk in gone.stamps)
    return next(filter(None, (_why_unsure(notice, talk, gone, now, shift) for talk in found)), "")


def _why_unsure(notice: Notice, talk: str, gone: Deleted, now: datetime, shift: timedelta) -> str:
    at = datetime.fromisoformat(gone.stamps[talk])
    unknown_to_ledger = at < gone.since and not kinds()[notice.kind].any_hour
    if notice.due > at + shift and not (unknown_to_ledger and now - notice.due < _JUST_DUE):
        return ""
    return (
        f"[[{talk}]] was deleted on {at:%Y-%m-%d %H:%M} UTC, and the notice may have stood there: ask this person, or tell them"
        " in another way"
    )
