"""What owners are told of their session in several kinds of notice: the words for what changed, who did it, and where to see that."""

from callboard.model import Maker, SessionFacts
from callboard.notices import Occasions
from callboard.notices.facts import otherwise, place_told
from callboard.notices.known import Case
from callboard.notices.telling import common, unix, when

NOBODY = "not known"  # who did it: older than the history that was read, or hidden
BY_BOT = "this bot; the coordination team asked for it"


def by_whom(look: Occasions, maker: Maker | None) -> str:
    """Who made a change, for people."""
    if maker is None or not maker.user:
        return NOBODY
    return BY_BOT if maker.user == look.snapshot.bot else maker.user


def where_seen(maker: Maker | None, page: str) -> str:
    """The page of the wiki that shows the change: `Special:Diff/123`, or else the history of the schedule."""
    if maker is not None and maker.user and maker.revid:
        return f"Special:Diff/{maker.revid}"
    return f"Special:PageHistory/{page}"


def as_it_stands(look: Occasions, case: Case) -> dict[str, str]:
    """The values that say how a session stands now, and who made it so."""
    event, now = look.snapshot.event, case.now
    return {
        **common(event, now.title or case.told.facts.title or case.name),
        "when": when(event, now.start, case.session.end),
        "start": unix(now.start),
        "end": unix(case.session.end) if case.session.end else "",
        "room": now.room or "the place that the schedule names",
        "by": by_whom(look, case.maker),
        "diff": where_seen(case.maker, case.page.page),
        "page": case.page.page,
    }


AS_IT_STANDS = ("when", "start", "end", "room", "by", "diff", "page")


def before(look: Occasions, case: Case) -> str:
    """What they knew: the place, or that it was cancelled there."""
    place = place_told(look.snapshot.event, case.told.facts)
    return f"cancelled ({place})" if case.told.gone else place


def what_changed(known: SessionFacts, now: SessionFacts) -> str:
    """Length, format and title, each as it was and as it is: `length: 25 → 55 minutes; format: workshop`; "" if none did.

    Where only a key remembers the words, they are as they are now.
    """
    told = {
        "length": f"{known.minutes} → {now.minutes} minutes",
        "format": _words(known.format, now.format),
        "title": _words(known.title, now.title),
    }
    return "; ".join(f"{name}: {told[name]}" for name in otherwise(known, now))


def _words(was: str, now: str) -> str:
    return f"{was} → {now}" if was else now
