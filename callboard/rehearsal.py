"""How notices would be posted this moment, word for word, or why not; nothing is written.

It goes the same way as posting: accounts, talk pages, opt-outs and templates are looked at in batches.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from callboard.addresses import Addresses
from callboard.letters import Composer, Letter, Sight
from callboard.model import Notice
from callboard.notices import kinds
from callboard.opting_out import opted_out
from callboard.posting_look import PostingLook
from callboard.writing import Writer


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One notice as it would stand on the talk page; with a reason and no text where it would be held or given up."""

    notice: Notice
    talk: str
    heading: str = ""
    wikitext: str = ""
    why_not: str = ""


def rehearsed(notices: Iterable[Notice], writer: Writer) -> Iterator[Rehearsed]:
    """Each notice, talk page by talk page; a request or two for some dozens. Raises Stopped, WikiAway and WikiRefused."""
    waiting = list(notices)
    addresses = Addresses(writer.wiki, writer.ledger)
    composer = Composer(writer.event, writer.wiki.bot, writer.wiki.language, addresses)
    looks = PostingLook(writer, addresses, composer)
    said = opted_out(writer.pages.get(writer.event.pages.opt_out), kinds())
    names = {one.recipient for one in waiting if not one.to_page}
    addresses.ask(names | said.names, writer.now - writer.shift)
    while waiting:
        letters = looks.letters(waiting, len(waiting))
        seen = looks.look(letters)
        for letter in letters:
            yield from _letter(letter, seen.sight, composer)
        done = {notice.key for letter in letters for notice in letter.notices}
        waiting = [notice for notice in waiting if notice.key not in done]


def _letter(letter: Letter, sight: Sight, composer: Composer) -> Iterator[Rehearsed]:
    """One after the other: each as if it were the only one, so that none is left for another edit."""
    for notice in letter.notices:
        composed = composer.compose(replace(letter, notices=(notice,)), sight)
        talk = composed.page.title
        for topic in composed.message.topics if composed.message else ():
            yield Rehearsed(notice, talk, topic.heading, topic.wikitext)
        for _, verdict in composed.refused:
            yield Rehearsed(notice, talk, why_not=verdict.why)
