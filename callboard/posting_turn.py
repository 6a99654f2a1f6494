"""Whose turn it is to post: a page of the bot's names the one copy that posts an event's notices, so that two never tell the same.

A copy of the bot is a database: the same bot with a new one, or on another machine, is another copy. Looking before each
save does not keep two apart, for MediaWiki weaves a save in if the page was edited and put back to the letter since it was
read (measured): each could post what the other posted a second ago. On this one page all copies write the same line, so of
two saves only one succeeds. It costs an edit and a look when the turn changes, or somebody else edits the page.

What a copy saw is good for SIGHT_LASTS. Whoever takes over waits SURE_AFTER, until the other one has looked again and found
that it is not its turn. Several processes with one database, such as a script beside the timer, are one copy: a fact in the
database lets one of them post at a time; if it is killed, or left a save without an answer, the next one may after SURE_AFTER.
"""

import logging
import re
import secrets
import time
from datetime import datetime, timedelta

from callboard.config import Event
from callboard.ledger import Ledger
from callboard.model import PageText
from callboard.ports import Refused, Saved
from callboard.writing import Writer, Written

log = logging.getLogger("callboard")
SIGHT_LASTS = timedelta(seconds=30)
# The age of the sight, and the time within which a save goes out (wiki_session.SENT_WITHIN), with half a minute to land.
SURE_AFTER = timedelta(minutes=2)
_COPY = "copy of the bot"  # the name of a fact in the ledger
_NAMED = re.compile(
    r"Copy <code>(?P<copy>[0-9a-f]+)</code>, since [0-9: -]+ UTC(?P<later>, after another one)?\."
)


def turn_page(bot: str, event: Event) -> str:
    """The title of the page that names the copy."""
    return f"User:{bot}/Posts notices of {event.slug}"


def with_turn(page: PageText, bot: str, copy: str, now: datetime) -> str:
    """The page's text with this copy named in its line; what people wrote there stays."""
    later = ", after another one" if page.revid is not None else ""
    line = f"Copy <code>{copy}</code>, since {now:%Y-%m-%d %H:%M:%S} UTC{later}."
    text = page.text or (
        f"One copy of [[User:{bot}]] posts the notices of this event, the one that is named here. If it posts none, another copy"
        " may take over. Nobody needs to edit this page."
    )
    first, *more = _NAMED.split(text, maxsplit=1)
    if not more:
        return f"{text.rstrip()}\n\n{line}"
    return f"{first}{line}{_NAMED.sub('', more[-1])}"


def copy_of(ledger: Ledger) -> str:
    """What tells this copy's database from every other one: twelve hexadecimal digits, made up when first asked for."""
    if (known := ledger.fact(_COPY)) is None:
        ledger.exchange_fact(_COPY, None, secrets.token_hex(6))
        known = ledger.fact(_COPY)
    return known or ""


class Turn:
    """This copy's turn, asked for at each look."""

    def __init__(self, writer: Writer) -> None:
        self.why_not = ""  # nothing is posted in this run
        self.needs_person = False  # and it will be no different in a few minutes
        self.in_flight = 0  # saves without an answer, which may still land
        self._writer = writer
        self._copy = copy_of(writer.ledger)
        self._process, self._fact = writer.ledger.process, f"posts:{writer.event.slug}"
        self.title = turn_page(writer.wiki.bot, writer.event)
        self._tries = 0

    def mine(self, page: PageText, now: datetime, last_told: datetime | None) -> bool:
        """Whether this copy may post on the look that showed the page; if not, look again, unless `why_not` says why.

        `now` is the wiki's time of the look, `last_told` that of the newest notice of the event, whoever posted it. Waits
        where the turn has just come; raises what the wiki's `save` raises.
        """
        named = self._named(page)
        if named and named["copy"] == self._copy:
            return self._waited(_begins(named, page, now) - now) and self._still_alone(now)
        busy_until = max(filter(None, (last_told, named and _begins(named, page, now))), default=None)
        if busy_until and busy_until > now - SURE_AFTER:
            self.why_not = (
                f"another copy of the bot posts the notices of this event just now: [[{self.title}]] names it"
                if named
                else f"[[{self.title}]] was changed by {page.user or 'somebody'}: the notices wait {SURE_AFTER.total_seconds():.0f} seconds"
            )
        else:
            self._take(page, now)
        return False

    def _named(self, page: PageText) -> re.Match[str] | None:
        """What the page says, if it says it once and it is the bot itself that says it."""
        said = tuple(_NAMED.finditer(page.text or "")) if page.user == self._writer.wiki.bot else ()
        return said[0] if len(said) == 1 else None

    def _waited(self, left: timedelta) -> bool:
        if left <= timedelta():
            return True
        if left > SURE_AFTER:
            self.why_not = f"[[{self.title}]] was saved in the future: the wiki's clock has been put back"
            return False
        log.warning(
            "waits %.0f s before it posts: another copy of the bot may still be at it", left.total_seconds()
        )
        self._writer.wiki.wait(left.total_seconds())
        return False

    def alone(self) -> bool:
        """Whether no other process of this copy, such as a script beside the timer, is at it; noted until SURE_AFTER.

        Asked before a look, so that what the other one told is seen. `why_not` says why not.
        """
        ledger, now = self._writer.ledger, self._writer.now - self._writer.shift
        known = ledger.fact(self._fact)
        process, until = known.split() if known else ("", "")
        free = process in {"", self._process} or datetime.fromisoformat(until) <= now
        if not free or not self._noted(known, now):
            self.why_not = f"another process with this ledger posts the notices of this event just now; try again in {SURE_AFTER.total_seconds():.0f} seconds"
        return not self.why_not

    def _noted(self, known: str | None, now: datetime) -> bool:
        return self._writer.ledger.exchange_fact(
            self._fact, known, f"{self._process} {(now + SURE_AFTER).isoformat()}"
        )

    def _still_alone(self, now: datetime) -> bool:
        known = self._writer.ledger.fact(self._fact) or ""
        return known.startswith(self._process) and self._noted(known, now)

    def done(self) -> None:
        """Let the next process post; not before SURE_AFTER if a save may still land."""
        known = self._writer.ledger.fact(self._fact) or ""
        if known.startswith(self._process) and not self.in_flight:
            self._writer.ledger.exchange_fact(self._fact, known, None)

    def _take(self, page: PageText, now: datetime) -> None:
        """Name this copy on the page; `why_not` says if that cannot be done."""
        writer, self._tries = self._writer, self._tries + 1
        if self._tries > writer.event.limits.retries:
            self.why_not = f"somebody else takes the turn to post just now: see [[{self.title}]]"
            return
        verdict = writer.keeps_out(page)
        if not verdict.allowed:
            self._kept_off(f"{verdict.why}: take that off the page; to stop the bot there is the off switch")
            return
        text = with_turn(page, writer.wiki.bot, self._copy, now)
        summary = f"Bot: names its copy that posts the notices{writer.event.pages.what_is_this}"
        match writer.wiki.save(page, text, summary, minor=True):
            case Saved(revid=revid):
                size = len(text) - len(page.text or "")
                writer.results.written.append(Written(self.title, "turn to post notices", revid, size))
            case Refused(code=code, why=why):
                self._kept_off(f"{why} ({code})")

    def _kept_off(self, why: str) -> None:
        """The page cannot be saved until somebody does something about it."""
        self.why_not = f"no notice is posted before [[{self.title}]] says which copy of the bot posts: {why}"
        self.needs_person = True


def too_old(began: float) -> bool:
    """Whether a look that began then, by time.monotonic, is no ground for a save any more."""
    return time.monotonic() - began > SIGHT_LASTS.total_seconds()


def _begins(named: re.Match[str], page: PageText, now: datetime) -> datetime:
    """From when on the copy that is named may post."""
    return (page.timestamp or now) + (SURE_AFTER if named["later"] else timedelta())
