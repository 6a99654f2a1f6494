"""What the arguments of one template say of a session: title, people, tasks, facilitation, with their places."""

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from callboard.config_tables import Template
from callboard.model import Facilitation, FreeSlot, Person, Session, TaskForm, TaskRef
from callboard.read.cells import CellKind, CellReading, read_cell
from callboard.read.columns import plain_words
from callboard.read.facilitation import read_facilitators, read_people
from callboard.read.recordings import any_link
from callboard.wikitext.arguments import Argument, Call, call_at
from callboard.wikitext.edits import Span
from callboard.wikitext.inline import LINE
from callboard.wikitext.masking import line_at
from callboard.wikitext.tasks import tasks

_NUMBER = re.compile(r"T?0*([1-9]\d{0,8})", re.IGNORECASE)
_PAGE = re.compile(r"(?::?\d{4}:\S|[^\s\[\]{}<>]*(?:_|%[0-9A-Fa-f]{2})[^\s\[\]{}<>]*\Z)")
_SPACE = re.compile(r":?\d{4}:\s*")
_TAKEN = {CellKind.BLANK, CellKind.FREE, CellKind.BREAK}


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """One template as read; `cell` is what a cell with the same words would be."""

    template: Template
    call: Call
    cell: CellReading
    title: Argument
    marker: str = ""
    recording: str = ""

    def filled(self, names: tuple[str, ...]) -> Span | None:
        """The place of the first value that is not empty."""
        found = argument(self.call, names)
        return found.value if found and found.value.start < found.value.end else None

    def place(self, names: tuple[str, ...]) -> Span | None:
        """The place of the first value that is not empty, else of the first that is there."""
        found = argument(self.call, names)
        return found.value if found else None

    def placed(self, session: Session, text: str) -> Session:
        """The session with the places of this template's values."""
        return replace(
            session,
            span=self.call.span,
            line=line_at(text, self.call.span.start),
            layout="templates",
            marker=self.marker or session.marker,
            title_cell=self.title.value,
            owner_cell=self.place(self.template.owners),
            task_cell=self.place(self.template.task),
            recording=self.recording or session.recording,
        )

    def slot(self, slot: FreeSlot, text: str) -> FreeSlot:
        """The free slot as the place of this template's title."""
        return replace(
            slot,
            span=self.title.value,
            text=self.title.value.of(text),
            line=line_at(text, self.call.span.start),
            row=self.call.span,
            layout="templates",
            owner_cell=self.place(self.template.owners),
            task_cell=self.place(self.template.task),
        )


def argument(call: Call, names: tuple[str, ...]) -> Argument | None:
    """The first of the arguments that is not empty, else the first that is there."""
    there = [call.arguments[name] for name in names if name in call.arguments]
    return next(
        (found for found in there if found.value.start < found.value.end), there[0] if there else None
    )


def page_title(raw: str) -> str:
    """What a reader sees of a session's page: `2026:Libraries/The_card_catalogue#Part 1` is `The card catalogue: Part 1`."""
    name = unquote(raw, errors="replace").replace("_", " ")
    page, _, section = name.partition("#")
    page = _SPACE.sub("", page, count=1).rstrip("/").rpartition("/")[2]
    return ": ".join(" ".join(part.split()) for part in (page, section) if part.strip())


class ValueReader:
    """Reads the templates of one page; `known` are names that count as people without a link."""

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self.text, self.known = text, known

    def read(self, span: Span, template: Template) -> TemplateReading:
        """The session that the template in the span shows."""
        call = call_at(self.text, span)
        end = Span(span.end - 2, span.end - 2)
        title = argument(call, template.title) or Argument(end, end)
        form = argument(call, template.format)
        marker = self._words(form.value) if form else ""
        return TemplateReading(
            template,
            call,
            self._cell(call, template, title, marker),
            title,
            marker,
            self._recording(call, template),
        )

    def _words(self, span: Span) -> str:
        return " ".join(plain_words(self.text, span).split())

    def _cell(self, call: Call, template: Template, title: Argument, marker: str) -> CellReading:
        reading = read_cell(self.text, title.whole, self.known)
        owners, found = self._owners(call, template, reading), self._tasks(call, template, reading)
        kind = CellKind.SESSION if reading.kind in _TAKEN and (owners or found) else reading.kind
        return replace(
            reading,
            kind=kind,
            title=self._title(reading, title),
            owners=owners,
            tasks=found,
            facilitation=self._facilitation(call, template, reading),
            first=call.span.start,
            format=marker or reading.format,
        )

    def _title(self, reading: CellReading, title: Argument) -> str:
        raw = title.value.of(self.text)
        if _PAGE.match(raw):
            return page_title(raw)
        if _PAGE.match(reading.title):
            return page_title(reading.title)
        # an argument is the title and no more, so that bold letters or a dash in it cut nothing off
        whole = reading.seen if not reading.owners and LINE not in reading.seen else ""
        return whole if any(map(str.isalnum, whole)) else reading.title

    def _owners(self, call: Call, template: Template, reading: CellReading) -> tuple[Person, ...]:
        given = argument(call, template.owners)
        named = read_people(self.text, given.value, self.known) if given else ()
        owners = {person.name: person for person in named}
        for person in reading.owners:
            owners.setdefault(person.name, person)
        return tuple(owners.values())

    def _tasks(self, call: Call, template: Template, reading: CellReading) -> tuple[TaskRef, ...]:
        given = argument(call, template.task)
        found: dict[str, TaskRef] = {}
        if given:
            alone = _NUMBER.fullmatch(given.value.of(self.text))
            bare = (TaskRef(f"T{alone[1]}", TaskForm.BARE, given.value),) if alone else ()
            found = {ref.task: ref for ref in bare or tasks(self.text, given.value)}
        for ref in reading.tasks:
            found.setdefault(ref.task, ref)
        return tuple(found.values())

    def _facilitation(self, call: Call, template: Template, reading: CellReading) -> Facilitation | None:
        given = argument(call, template.facilitator)
        if given is None:
            return reading.facilitation
        within = given.whole if "<!--" in given.whole.of(self.text) else given.value
        return read_facilitators(self.text, within, self.known)

    def _recording(self, call: Call, template: Template) -> str:
        given = argument(call, template.recording)
        return any_link(self.text, given.value) if given else ""
