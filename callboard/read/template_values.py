"""What the arguments of one template say of a session: title, people, tasks, facilitation, with their places."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from callboard.config_tables import Template
from callboard.model import Facilitation, FreeSlot, Person, Session, TaskForm, TaskRef
from callboard.read.cells import CellKind, CellReading, read_cell
from callboard.read.columns import plain_words
from callboard.read.facilitation import read_facilitators, read_people
from callboard.read.recordings import any_link
from callboard.values import value
from callboard.wikitext.arguments import Argument, Call, call_at
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE
from callboard.wikitext.masking import line_at
from callboard.wikitext.tasks import tasks

_NUMBER = re.compile(r"T?0*([1-9]\d{0,8})", re.IGNORECASE)
_PAGE = re.compile(r"(?::?\d{4}:\S|[^\s\[\]{}<>]*(?:_|%[0-9A-Fa-f]{2})[^\s\[\]{}<>]*\Z)")
_SPACE = re.compile(r":?\d{4}:\s*")
_TAKEN = {CellKind.BLANK, CellKind.FREE, CellKind.BREAK, CellKind.DOUBTFUL}


@value()
class TemplateReading:
    """One template as read; `cell` is what a cell with the same words would be."""

    call: Call
    values: dict[str, Argument]  # by role: "title", "start"
    cell: CellReading
    title: Argument
    marker: str = ""
    recording: str = ""

    def filled(self, *roles: str) -> Span | None:
        """The place of the first value that is not empty."""
        for role in roles:
            found = self.values.get(role)
            if found and found.value.start < found.value.end:
                return found.value
        return None

    def place(self, role: str) -> Span | None:
        """The place of a value, empty or not."""
        found = self.values.get(role)
        return found.value if found else None

    def placed(self, session: Session, text: str, **more: Any) -> Session:
        """The session with the places of this template's values; `more` are further fields of it."""
        return replace(
            session,
            span=self.call.span,
            line=line_at(text, self.call.span.start),
            layout="templates",
            marker=self.marker or session.marker,
            title_cell=self.title.value,
            owner_cell=self.place("owners"),
            task_cell=self.place("task"),
            recording=self.recording or session.recording,
            **more,
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
            owner_cell=self.place("owners"),
            task_cell=self.place("task"),
            facilitator_cell=self.place("facilitator"),
        )


_ROLES = (
    "title",
    "day",
    "time",
    "start",
    "end",
    "minutes",
    "zone",
    "room",
    "format",
    "owners",
    "facilitator",
    "task",
    "recording",
)


@lru_cache(maxsize=64)
def _parameters(template: Template) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The roles for which the template has parameters, and these."""
    return tuple((role, names) for role in _ROLES if (names := getattr(template, role)))


def values_of(call: Call, template: Template) -> dict[str, Argument]:
    """For each role the first of its arguments that is not empty, else the first that is there."""
    found: dict[str, Argument] = {}
    for role, names in _parameters(template):
        for name in names:
            value = call.arguments.get(name)
            if value and (role not in found or value.value.start < value.value.end):
                found[role] = value
                if value.value.start < value.value.end:
                    break
    return found


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
        values = values_of(call, template)
        end = Span(span.end - 2, span.end - 2)
        title = values.get("title") or Argument(end, end)
        marker = self._words(values["format"].value) if "format" in values else ""
        link = any_link(self.text, values["recording"].value) if "recording" in values else ""
        return TemplateReading(call, values, self._cell(call, values, title, marker), title, marker, link)

    def _words(self, span: Span) -> str:
        return " ".join(plain_words(self.text, span).split())

    def _cell(self, call: Call, values: dict[str, Argument], title: Argument, marker: str) -> CellReading:
        reading = read_cell(self.text, title.whole, self.known)
        owners, found = self._owners(values, reading), self._tasks(values, reading)
        kind = CellKind.SESSION if reading.kind in _TAKEN and (owners or found) else reading.kind
        return replace(
            reading,
            kind=kind,
            title=self._title(reading, title),
            owners=owners,
            tasks=found,
            facilitation=self._facilitation(values, reading),
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

    def _owners(self, values: dict[str, Argument], reading: CellReading) -> tuple[Person, ...]:
        given = values.get("owners")
        named = read_people(self.text, given.value, self.known) if given else ()
        owners = {person.name: person for person in named}
        for person in reading.owners:
            owners.setdefault(person.name, person)
        return tuple(owners.values())

    def _tasks(self, values: dict[str, Argument], reading: CellReading) -> tuple[TaskRef, ...]:
        given = values.get("task")
        found: dict[str, TaskRef] = {}
        if given:
            alone = _NUMBER.fullmatch(given.value.of(self.text))
            bare = (TaskRef(f"T{alone[1]}", TaskForm.BARE, given.value),) if alone else ()
            found = {ref.task: ref for ref in bare or tasks(self.text, given.value)}
        for ref in reading.tasks:
            found.setdefault(ref.task, ref)
        return tuple(found.values())

    def _facilitation(self, values: dict[str, Argument], reading: CellReading) -> Facilitation | None:
        given = values.get("facilitator")
        if given is None:
            return reading.facilitation
        place = given.value
        if "<!--" in given.whole.of(self.text):
            return read_facilitators(self.text, given.whole, self.known)
        if place.start == place.end:
            return Facilitation(place, place, place, (), open=True)
        return read_facilitators(self.text, place, self.known)
