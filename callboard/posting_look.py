"""The look right before notices are posted: everything on which they rest, as it is this moment, mostly in one request."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from callboard.addresses import Addresses
from callboard.gather import CLAIM_OPEN, contributions_since
from callboard.ledger import Sent
from callboard.letters import Composer, Letter, Sight
from callboard.model import Notice, PageText
from callboard.notices import kinds
from callboard.opting_out import opted_out
from callboard.ports import Reading
from callboard.posting_turn import turn_page
from callboard.recipients import talk_of
from callboard.snapshot import Snapshot
from callboard.talk_deleted import Deleted, note_deleted
from callboard.template_choice import was_put_back, why_not_sent
from callboard.template_watch import TemplateWatch
from callboard.told_on_wiki import last_told, note_told
from callboard.writing import Writer


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look showed of some letters; `told` are notices that nobody knew to be told, by key."""

    at: datetime  # by the wiki's clock
    began: float  # by time.monotonic: what it shows is no older
    sight: Sight
    told: dict[str, Sent]
    last_told: datetime | None  # the newest notice of the event, whoever posted it; of the last hour at least
    gone: Deleted


class PostingLook:
    """Looks at the wiki for one run.

    The first look asks for all of the bot's own edits that can be notices of the event, because they show who was told under
    a former name too; the later ones only for those since the look before, with room for saves that land late.
    """

    def __init__(self, writer: Writer, addresses: Addresses, composer: Composer) -> None:
        self.writer, self.addresses, self.composer = writer, addresses, composer
        self.watch = TemplateWatch(writer)
        self.since = contributions_since(writer.event, writer.now - writer.shift)
        self.doubted: dict[
            int, bool
        ] = {}  # revisions of templates by strangers, and whether they only put text back

    def letters(self, waiting: Iterable[Notice], most: int) -> list[Letter]:
        """The most urgent letters, as many as one request can ask for, and no more than `most`."""
        found: list[Letter] = []
        titles = set(self._fixed(waiting))
        for letter in self.composer.letters(waiting)[:most]:
            titles |= {letter.talk, *self._templates(letter)}
            if found and len(titles) > self.writer.wiki.most_titles:
                break
            found.append(letter)
        return found

    def look(self, letters: Iterable[Letter]) -> Seen:
        """Everything for these letters: one request, and more only for redirects and for exclusion inside templates."""
        began, letters = time.monotonic(), tuple(letters)
        fixed = self._fixed(notice for letter in letters for notice in letter.notices)
        templates = [title for letter in letters for title in self._templates(letter)]
        talks = [letter.talk for letter in letters]
        reading, told, gone = self._read((*fixed, *self.watch.titles, *templates, *talks))
        self.watch.look(reading.pages, reading.now)
        pages, newest = dict(reading.pages), reading.contributions
        leads_to = {
            letter.talk: target
            for letter in letters
            if not letter.notices[0].to_page and (target := talk_of(pages[letter.talk]))
        }
        if leads_to:
            more, told_there, gone = self._read(leads_to.values())
            pages, told = pages | dict(more.pages), told | told_there
            newest = more.contributions or newest
            self.addresses.ask((title.partition(":")[2] for title in leads_to.values()), reading.now)
        sight = Sight(
            pages,
            opted_out(pages.get(self.writer.event.pages.opt_out), kinds()).following(self.addresses.asked),
            leads_to,
            self.writer.nested(pages[leads_to.get(talk, talk)] for talk in talks),
            frozenset(title for title in dict.fromkeys(templates) if self._was_put_back(title, pages[title])),
        )
        return Seen(reading.now, began, sight, told, last_told(newest, self.writer.event), gone)

    def _read(self, titles: Iterable[str]) -> tuple[Reading, dict[str, Sent], Deleted]:
        """The pages, what the contributions show that was told, read after the pages so that no mark is older, and what is gone."""
        reading = self.writer.look(titles, contributions_since=self.since)
        told = note_told(
            reading.contributions, self.writer.event, self.writer.ledger, self.writer.wiki, reading.now
        )
        gone = note_deleted(reading.deleted, self.writer.event, self.writer.ledger, reading.now)
        self.since = reading.now - CLAIM_OPEN
        return reading, told, gone

    def _was_put_back(self, title: str, page: PageText) -> bool:
        """Whether a template that a stranger changed last has a trusted text all the same; one request a revision."""
        event, bot = self.writer.event, self.writer.wiki.bot
        if page.revid is None or not why_not_sent(page, event, bot):
            return False
        if page.revid not in self.doubted:
            made = self.writer.wiki.revisions(title).revisions
            self.doubted[page.revid] = was_put_back(page, made, event, bot)
        return self.doubted[page.revid]

    def _fixed(self, notices: Iterable[Notice]) -> tuple[str, ...]:
        pages = self.writer.event.pages
        own = turn_page(self.writer.wiki.bot, self.writer.event)
        return tuple(
            filter(None, (*self.rest_on(notices), pages.outbox, pages.opt_out, pages.off_switch, own))
        )

    def rest_on(self, notices: Iterable[Notice]) -> tuple[str, ...]:
        """The event's pages on which these notices rest."""
        pages = self.writer.event.pages
        on_lists = any(kinds()[notice.kind].rests_on_signups for notice in notices)
        return (*pages.schedule, *(pages.signups if on_lists else ()))

    def _templates(self, letter: Letter) -> list[str]:
        return [title for notice in letter.notices for title in self.composer.templates(notice)]


def outbox_moved(snapshot: Snapshot, writer: Writer) -> str:
    """Why nothing more may be posted: organisers, or somebody, changed the outbox since the plan was made."""
    title = snapshot.event.pages.outbox
    before, now = snapshot.pages.get(title), writer.pages.get(title)
    if before is None or now is None or before.revid == now.revid:
        return ""
    return f"[[{title}]] was changed a moment ago: the next tick reads what it says now"
