"""Templates outside cells that seem to hold sessions, or to show another page of the schedule, and are not known."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from callboard.model import Problem, Severity
from callboard.read.page_reader import PageReader
from callboard.read.template_hints import hint, holds_session
from callboard.read.times import read_day
from callboard.wikitext.arguments import call_at, name_at
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people
from callboard.wikitext.masking import Kind, marks
from callboard.wikitext.shown import UNWRAPPED
from callboard.wikitext.tasks import task_of_template
from callboard.wikitext.titles import canonical_title

_ALONE_AFTER = re.compile(r"[ \t\r]*(?:\n|\Z)")
_IN_CELL = re.compile(r"[|!]\s*\Z")
_SCHEDULE = re.compile(
    r"(?:schedule|program(?:me)?|timetable|agenda|programm|zeitplan|horario)\b", re.IGNORECASE
)
_INFOBOX = re.compile(r"(?:infobox|taxobox|navbox)\b", re.IGNORECASE)  # about the event, not one session
_NEAR = 300  # characters of indentation and blank lines before a template that are looked at


@dataclass(slots=True)
class _Seen:
    span: Span
    count: int = 1


class UnreadTemplates:
    """Collects the templates of one page that are not known."""

    def __init__(self, page: PageReader) -> None:
        self.page, self.text = page, page.text
        self.rooms: set[str] = set()  # unknown ones that were told of
        self._sessions: dict[str, _Seen] = {}
        self._others: list[Problem] = []

    def look(self, span: Span, *, in_table: bool) -> bool:
        """Take note of a template; whether what it holds is told of with it."""
        if self.text.startswith("#", span.start + 2):
            return self._function(span)
        before = self.text[max(0, span.start - _NEAR) : span.start]
        if before.rstrip(" \t*#:;")[-1:] not in {"", "\n"} or not _ALONE_AFTER.match(self.text, span.end):
            return False
        if in_table and _IN_CELL.search(before):
            return False  # the table's reader tells of it
        name = name_at(self.text, span)
        if not name or name.casefold() in UNWRAPPED or _INFOBOX.match(name) or self._is_person_or_task(span):
            return False
        call = call_at(self.text, span)
        if not call.arguments:
            self._page(name, span)
        elif holds_session(self.text, call) and not self._holds_known(span):
            if name in self._sessions:
                self._sessions[name].count += 1
            else:
                self._sessions[name] = _Seen(span)
            return True
        return False

    def _is_person_or_task(self, span: Span) -> bool:
        named = any(person.span == span for person in people(self.text, span))
        return named or task_of_template(self.text, span) is not None

    @cached_property
    def _known(self) -> list[int]:
        """Where the templates begin that are known."""
        found = (mark.span for mark in marks(self.text) if mark.kind is Kind.TEMPLATE)
        return [span.start for span in found if self.page.templates.of(span)]

    def _holds_known(self, span: Span) -> bool:
        return bisect_right(self._known, span.start) < bisect_left(self._known, span.end)

    def _function(self, span: Span) -> bool:
        """A parser function shows what it holds only sometimes."""
        if self._holds_known(span):
            message = (
                "Whether this session is shown depends on a condition; write it without one to have it read"
            )
            self._others.append(self.page.problem("template-unread", Severity.WARNING, message, span))
            return True
        return False

    def _page(self, name: str, span: Span) -> None:
        """`{{Event/Program/Saturday}}`: a page shown inside this one that by its name is a part of the schedule."""
        title = canonical_title(name.removeprefix(":") if name.startswith(":") else f"Template:{name}")
        if name.startswith("/"):
            title = canonical_title(f"{self.page.title}{name}")
        last = name.rstrip("/").rpartition("/")[2]
        named = "/" in name or ":" in name
        about = _SCHEDULE.search(last) or read_day(last, self.page.event.dates).day
        if not named or not about or title in self.page.event.pages.schedule:
            return
        message = (
            f"This shows another page, which is not read; if it is a part of the schedule, add {title} to `schedule` "
            "under [pages] in the event file"
        )
        self._others.append(self.page.problem("page-included", Severity.WARNING, message, span))

    def problems(self) -> tuple[Problem, ...]:
        """The first template of each name, with how many there are, and what else was noticed."""
        told = []
        for seen in self._sessions.values():
            often = f"; there are {seen.count} of them" if seen.count > 1 else ""
            message = f"Callboard does not know this template, and what it shows is not read{often}; {hint(self.text, seen.span)}"
            told.append(self.page.problem("template-unread", Severity.WARNING, message, seen.span))
        return (*told, *self._others)
