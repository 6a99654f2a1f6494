"""What organisers said on the outbox page: asked of the wiki where others than the bot changed it, and remembered.

A page that the bot itself wrote last costs nothing, one that people changed one request.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.ledger import Ledger
from callboard.model import OutboxWord, PageText
from callboard.model.outbox import OutboxNote
from callboard.outbox_words import Said, said_since, written
from callboard.ports import Wiki

MOST = 50  # revisions that are looked at
NOTED_FOR = timedelta(days=1)  # what was tried in vain is told for so long


@dataclass(frozen=True, slots=True)
class _Memory:
    revid: int | None = None
    said: Said = field(default_factory=Said)


def said_on_outbox(
    wiki: Wiki, ledger: Ledger, event: Event, pages: Mapping[str, PageText], now: datetime
) -> Said:
    """What counts now; `now` is the wiki's time. Raises WikiAway and WikiRefused: nothing is sent that may be held back.

    A page that was deleted says nothing: what is remembered of it counts on.
    """
    page = pages.get(event.pages.outbox)
    if not event.pages.outbox or page is None:
        return Said()
    memory = _remembered(ledger, event)
    said = memory.said
    if page.revid is not None and page.revid != memory.revid:
        said = _read(wiki, event, page, memory)
        _remember(ledger, event, _Memory(page.revid, said))
    recent = tuple(note for note in said.notes if now - note.at < NOTED_FOR)
    return Said(said.words, recent)


def _read(wiki: Wiki, event: Event, page: PageText, memory: _Memory) -> Said:
    if page.user == wiki.bot and (known := written(page.text or "")):
        return known
    history = wiki.revisions(event.pages.outbox, most=MOST)
    made = [*reversed(history.revisions)]
    numbers = [one.revid for one in made]
    if page.revid in numbers:  # somebody may have saved since the page was read
        made = made[: numbers.index(page.revid) + 1]
    said, text = (Said() if history.whole else memory.said), ""
    for number, one in reversed([*enumerate(made)]):
        known = _known_at(one, memory, wiki.bot)
        if known is not None:
            said, text, made = known, one.text or "", made[number + 1 :]
            break
    else:
        if not history.whole and made:  # the oldest is where what is known of the history begins
            text, made = made[0].text or "", made[1:]
    return said_since(said, text, made, frozenset(event.event.organisers), wiki.bot)


def _known_at(one: PageText, memory: _Memory, bot: str) -> Said | None:
    """What counted at that revision, if that is known."""
    if one.text is None:
        return None
    known = written(one.text) if one.user == bot else None
    return known or (memory.said if one.revid == memory.revid else None)


# --- in the ledger ---


def _fact(event: Event) -> str:
    return f"outbox:{event.slug}"


def _remembered(ledger: Ledger, event: Event) -> _Memory:
    with suppress(ValueError, KeyError, TypeError):  # another version of Callboard may have kept it
        kept = json.loads(ledger.fact(_fact(event)) or "")
        words = [OutboxWord(one[0], one[1], one[2], datetime.fromisoformat(one[3])) for one in kept["words"]]
        notes = [OutboxNote(one[0], datetime.fromisoformat(one[1]), one[2]) for one in kept["notes"]]
        return _Memory(int(kept["revid"]), Said({word.about: word for word in words}, tuple(notes)))
    return _Memory()


def _remember(ledger: Ledger, event: Event, memory: _Memory) -> None:
    said = memory.said
    words = [[one.about, one.says, one.by, one.at.isoformat()] for one in said.words.values()]
    notes = [[one.by, one.at.isoformat(), one.did] for one in said.notes]
    kept = {"revid": memory.revid, "words": words, "notes": notes}
    ledger.remember_fact(_fact(event), json.dumps(kept, ensure_ascii=False))
