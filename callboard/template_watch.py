"""Whose text went out: the wiki puts a template's text into a notice at the save, a moment after the bot looked at it.

A template that somebody changes within these seconds cannot be kept out by comparing. The next look finds it, and says loudly
which notices have whose text.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from callboard.errors import WikiAway, WikiRefused
from callboard.letters import Composed
from callboard.model import PageText
from callboard.ports import Saved
from callboard.template_choice import protected, trusted
from callboard.writing import Writer


@dataclass(frozen=True, slots=True)
class _Used:
    """A template that went into an edit."""

    template: str
    looked_at: PageText
    talk: str
    kind: str
    at: datetime


@dataclass(slots=True)
class TemplateWatch:
    """The templates of the notices posted since the last look."""

    writer: Writer
    used: list[_Used] = field(default_factory=list)
    looked: datetime | None = None  # the wiki's time of the last look

    @property
    def titles(self) -> tuple[str, ...]:
        """The templates that the next look must look at."""
        return tuple(dict.fromkeys(one.template for one in self.used))

    def posted(self, composed: Composed, saved: Saved) -> None:
        """Keep in mind which templates went out, and when."""
        for topic in composed.message.topics if composed.message else ():
            template = composed.templates[topic.notice.key]
            self.used.append(
                _Used(template.title, template.page, composed.page.title, topic.notice.kind, saved.timestamp)
            )

    def look(self, pages: Mapping[str, PageText], at: datetime) -> None:
        """Compare the templates as they are now; what went out otherwise than looked at is told as a failure."""
        for title in self.titles:
            used = [one for one in self.used if one.template == title]
            if any(one.looked_at.revid != pages[title].revid for one in used):
                self.writer.results.failed += self._doubtful(title, pages[title], used)
        self.used.clear()
        self.looked = at

    def look_again(self) -> None:
        """A last look after the last notice; one request, and none where nothing was posted since the last one."""
        if self.used:
            reading = self.writer.look(self.titles)
            self.look(reading.pages, reading.now)

    def _doubtful(self, title: str, now: PageText, used: list[_Used]) -> Iterator[str]:
        made: tuple[PageText, ...] = ()
        with suppress(WikiAway, WikiRefused):
            made = self.writer.wiki.revisions(title, since=self.looked).revisions
        event, bot = self.writer.event, self.writer.wiki.bot
        for one in used:
            if now.revid is None or not made:
                yield f"[[{one.talk}]]: the notice {one.kind} went out while [[{title}]] was changed or deleted: look at both"
                continue
            newer = [
                page
                for page in made
                if page.revid != one.looked_at.revid and page.timestamp and page.timestamp <= one.at
            ]
            last = [page for page in newer[1:] if page.timestamp == one.at]  # which came first, nobody knows
            strangers = [page for page in (*newer[:1], *last) if not trusted(page.user, event, bot)]
            if strangers and not protected(now, event):
                yield (
                    f"[[{one.talk}]]: the notice {one.kind} went out with the text of [[{title}]] as"
                    f" {strangers[0].user or 'somebody'} had changed it just then (revision {strangers[0].revid}): look at both"
                )
