"""The report page: heartbeat, problems with edit links, cover, free slots, what waits for a yes, notices posted and held.

The bot writes between its two marks only; people may write above and below them. The page is written when what it
says changes, and at least every HEARTBEAT, so that its age tells whether the bot is alive.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.ledger import Sent
from callboard.plan import Plan
from callboard.report_cover import cover_told
from callboard.report_frame import END, START, bots_part
from callboard.report_lists import brakes, notices_told, undecided
from callboard.report_problems import problems
from callboard.report_proposals import proposals_elsewhere, proposals_told
from callboard.report_slots import free_slots, wished
from callboard.wikitext.escape import escape

HEARTBEAT = timedelta(hours=6)
_BEAT = re.compile(r"<!-- callboard:heartbeat (?P<at>\S+) -->[^\n]*\n")


class NotOurPage(ValueError):
    """The report page exists without the bot's marks: somebody else's text stands there."""


def report(plan: Plan, notices: Iterable[Sent]) -> str:
    """What the report page should say, heartbeat left out; the same state gives the same text."""
    parts = [
        *problems(plan),
        *cover_told(plan),
        *free_slots(plan),
        *wished(plan),
        *_proposals(plan),
        *undecided(plan),
        *brakes(plan),
        *notices_told(plan, notices),
    ]
    return "\n".join(parts) + "\n"


def _proposals(plan: Plan) -> Iterator[str]:
    """In full where they have no page of their own; nothing as long as the board shows none."""
    pages = plan.snapshot.event.pages
    if plan.states:
        yield from (
            proposals_told(plan) if pages.proposals in {"", pages.report} else proposals_elsewhere(plan)
        )


def with_report(
    page: str | None, body: str, event: Event, now: datetime, *, beats: bool = True
) -> str | None:
    """The page's new text, or None if there is nothing to write; one that does not beat is written at changes only.

    Raises NotOurPage.
    """
    if page is not None and page.strip():
        part = bots_part(page)
        if part is None:
            raise NotOurPage("the page exists without the bot's marks: empty it, or name another page")
        there = page[part[0] + len(START) : part[1] - len(END)]
        if (not beats or _fresh(there, now)) and _BEAT.sub("", there).strip() == body.strip():
            return None
        return page[: part[0]] + _part(body, event, now, beats=beats) + page[part[1] :]
    return _part(body, event, now, beats=beats) + "\n"


def _fresh(body: str, now: datetime) -> bool:
    """Whether the heartbeat is recent; one that people changed, or that lies ahead, is not."""
    beat = _BEAT.search(body)
    try:
        at = datetime.fromisoformat(beat["at"]) if beat else None
    except ValueError:
        return False
    return at is not None and at.tzinfo is not None and abs(now - at) < HEARTBEAT


def _part(body: str, event: Event, now: datetime, *, beats: bool) -> str:
    about = f" ([[{event.pages.about}|what the bot does]])" if event.pages.about else ""
    switch = (
        f" To stop the bot, write anything but ''go'' on [[{event.pages.off_switch}]]."
        if event.pages.off_switch
        else ""
    )
    often = f", and at least every {HEARTBEAT // timedelta(hours=1)} hours" if beats else ""
    beat = (
        f"<!-- callboard:heartbeat {now.isoformat()} -->This page is kept by a bot{about} for {escape(event.event.title)}."
        f" State of {now:%Y-%m-%d %H:%M} (UTC); it is renewed at every change{often}.{switch}\n"
    )
    return f"{START}\n{beat}\n{body}{END}"
