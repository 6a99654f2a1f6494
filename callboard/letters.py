"""The notices to one talk page as one edit: who may get which, in which words, and what is left for another edit.

Pure: what posting saw of the wiki goes in, what it is to save and to note comes out. Each notice is judged on its own: one
may be refused because its kind is not wanted, or its template in doubt, while the others go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from callboard.addresses import Addresses
from callboard.config import Event
from callboard.model import Account, Notice, PageText
from callboard.notices.message import Message, Topic, marks, messages, topic
from callboard.opting_out import OptedOut
from callboard.recipients import Verdict, why_not_on, why_not_there
from callboard.template_choice import Chosen, chosen, codes, titles


@dataclass(frozen=True, slots=True)
class Letter:
    """The notices that are due on one talk page at one moment, the most urgent first."""

    talk: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the wiki showed of the pages of some letters at one moment; pages are by the title asked for."""

    pages: Mapping[str, PageText]
    opted_out: OptedOut
    leads_to: Mapping[str, str] = field(default_factory=dict)  # redirected talk pages that are followed
    nested: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # templates' texts, by page
    put_back: frozenset[str] = frozenset()  # notices' templates with a text that was trusted before

    def page(self, talk: str) -> PageText:
        """The page on which a letter is put."""
        return self.pages[self.leads_to.get(talk, talk)]


@dataclass(frozen=True, slots=True)
class Composed:
    """What becomes of a letter: one edit, and the notices that cannot go; those in neither want a further edit."""

    page: PageText
    message: Message | None = None
    templates: Mapping[str, Chosen] = field(default_factory=dict)  # by key of the notices in the edit
    twins: Mapping[str, Notice] = field(default_factory=dict)  # told by the same topic, by the key of that
    refused: tuple[tuple[Notice, Verdict], ...] = ()

    @property
    def told(self) -> list[Notice]:
        """What the edit tells: each topic's notice, and its twin."""
        topics = [topic.notice for topic in self.message.topics] if self.message else []
        return topics + [self.twins[one.key] for one in topics if one.key in self.twins]


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes letters of one event; `language` is the wiki's."""

    event: Event
    bot: str
    language: str
    addresses: Addresses

    def letters(self, notices: Iterable[Notice]) -> tuple[Letter, ...]:
        """The notices by the talk page that they are put on, in the order given."""
        by_talk: dict[str, list[Notice]] = {}
        for notice in notices:
            by_talk.setdefault(self.addresses.talk(notice), []).append(notice)
        return tuple(Letter(talk, tuple(found)) for talk, found in by_talk.items())

    def templates(self, notice: Notice) -> tuple[str, ...]:
        """The titles of the pages that may hold the notice's text."""
        return titles(self.event, notice.kind, self._codes(notice))

    def compose(self, letter: Letter, sight: Sight) -> Composed:
        """The letter's edit. What the keys of do not fit into one summary is left for another edit."""
        page = sight.page(letter.talk)
        refused: list[tuple[Notice, Verdict]] = []
        topics: dict[str, Topic] = {}
        templates: dict[str, Chosen] = {}
        twins: dict[str, Notice] = {}
        for notice in letter.notices:
            present = self.addresses.present(notice)
            if present in topics:  # the same thing, to the same person by a former name
                twins[topics[present].notice.key] = notice
                continue
            template = chosen(
                self.event, notice.kind, self._codes(notice), sight.pages, self.bot, put_back=sight.put_back
            )
            made = self._topic(notice, letter, sight, template)
            if isinstance(made, Verdict):
                refused.append((notice, made))
            else:
                topics[present], templates[notice.key] = made, template
        edits = messages(tuple(topics.values()), self.event)
        return Composed(page, edits[0] if edits else None, templates, twins, tuple(refused))

    def _topic(self, notice: Notice, letter: Letter, sight: Sight, template: Chosen) -> Topic | Verdict:
        page = sight.page(letter.talk)
        if notice.key in marks(page.text or ""):
            # Posted under the bot's former name, or forged. Not again, but not in silence.
            return Verdict("its mark stands there, but the bot did not write it", lasting=True)
        verdict = self._why_not(notice, letter, sight)
        if verdict.why:
            return verdict
        if template.why:
            return Verdict(template.why)
        redirected = letter.talk if letter.talk in sight.leads_to else ""
        text = template.page.text or ""
        try:
            return topic(
                self._explained(notice), self.event, template.title, text, redirected_from=redirected
            )
        except ValueError as error:
            return Verdict(str(error))

    def _why_not(self, notice: Notice, letter: Letter, sight: Sight) -> Verdict:
        talk, target = sight.pages[letter.talk], sight.page(letter.talk)
        nested = sight.nested.get(target.title)
        if notice.to_page:
            if talk.redirect:
                return Verdict(
                    f"[[{talk.title}]] is a redirect: name its target in the event file", lasting=True
                )
            return why_not_on(talk, self.event, notice.kind, self.bot, nested)
        followed = letter.talk in sight.leads_to
        return why_not_there(
            self.addresses.account(notice.recipient),
            talk,
            self.event,
            notice.kind,
            bot=self.bot,
            opted_out=sight.opted_out,
            target=target if followed else None,
            target_account=self._owner(target) if followed else None,
            nested=nested,
        )

    def _explained(self, notice: Notice) -> Notice:
        """Every notice links a page that explains the bot: where the event file names none, the bot's user page."""
        if notice.values.get("about", "-"):
            return notice
        return replace(notice, values={**notice.values, "about": f"User:{self.bot}"})

    def _owner(self, talk: PageText) -> Account | None:
        return self.addresses.account(talk.title.partition(":")[2].partition("/")[0])

    def _codes(self, notice: Notice) -> tuple[str, ...]:
        account = None if notice.to_page else self.addresses.account(notice.recipient)
        return codes(self.event, notice.recipient, account, self.language)
