"""Sessions and free slots from the rows of a table with a row per session."""

from dataclasses import replace

from callboard.model import Facilitation, FreeSlot, Person, Problem, Session, TaskRef
from callboard.read.cell_memory import said_of
from callboard.read.cells import CellKind
from callboard.read.columns import Role
from callboard.read.facilitation import may_have_mark, read_facilitators, read_people
from callboard.read.page_reader import PageReader
from callboard.read.phrases import may_say_off, says_off
from callboard.read.recordings import any_link, recording
from callboard.read.session_rows import Line
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Table
from callboard.wikitext.tasks import cell_tasks

_LONGEST_STATUS = 40  # characters


class RowSessions:
    """Makes values of rows whose day, time and room are known; what is wrong with them goes into `problems`."""

    def __init__(self, page: PageReader, table: Table, problems: list[Problem]) -> None:
        self.page, self.table, self.problems = page, table, problems
        self.text = page.text

    def session(self, line: Line) -> Session | None:
        """The session that a row has, if it has one."""
        reading = line.reading
        found = self._tasks(line)
        owners = self._people(line)
        blank = reading.kind in {CellKind.BLANK, CellKind.FREE} and bool(
            found or (owners and reading.kind is CellKind.BLANK)
        )
        if reading.kind is CellKind.SESSION and (said := self._called_off(line)):
            self.problems.append(self.page.called_off(said))
            return None
        is_break = reading.kind in {CellKind.BREAK, CellKind.DOUBTFUL}
        if is_break and not found and not self._led(line):
            self.problems += self.page.not_held(reading.kind, line.title.cell.content)
            return None
        if reading.kind not in {CellKind.SESSION, CellKind.PEOPLE} and not is_break and not blank:
            self.problems += self.page.not_held(reading.kind, line.title.cell.content)
            return None
        if not reading.title:
            self.problems.append(self.page.title_missing(line.title.cell.content))
        row = self.table.rows[line.number]
        span = line.part or row.span
        kind = line.below(Role.TYPE)
        marker = self.page.words(kind.cell.content) if kind else ""
        return Session(
            reading.title,
            line.start,
            line.end,
            line.rooms,
            owners,
            found,
            line_at(self.text, span.start),
            span,
            self._facilitation(line),
            self.page.format_named(marker) or self.page.format_named(reading.format),
            marker,
            layout="rows",
            table=self.table.span.start,
            title_cell=line.part or line.title.cell.content,
            time_cell=line.time_cell,
            task_cell=line.own(line.columns.task),
            owner_cell=line.own(line.columns.first(Role.OWNER)),
            recording=self._recording(line),
        )

    def _called_off(self, line: Line) -> Span | None:
        """The row's own cell that only says that the session is not held: a status `❌ cancelled`."""
        if not may_say_off(self.table.rows[line.number].span.of(self.text)):
            return None
        for placed in dict.fromkeys(line.cells.values()):
            if placed is not line.title and placed.row == line.number:
                words = self.page.words(placed.cell.content)
                if len(words) < _LONGEST_STATUS and says_off(words):
                    return placed.cell.content
        return None

    def _led(self, line: Line) -> bool:
        """Whether the column of owners links somebody: `Brunch & bugs` is no mere break then."""
        columns = line.columns.roles.get(Role.OWNER, [])
        return any(people(self.text, line.cells[at].cell.content) for at in columns if at in line.cells)

    def _tasks(self, line: Line) -> tuple[TaskRef, ...]:
        if line.part:
            return cell_tasks(self.text, line.part)
        found: dict[str, TaskRef] = {}
        for placed in dict.fromkeys(line.cells.values()):
            for ref in cell_tasks(self.text, placed.cell.content):
                found.setdefault(ref.task, ref)
        return tuple(found.values())

    def _recording(self, line: Line) -> str:
        """The link below a head like "Recording", or one in the row that says to be one; not one that rows share."""
        if line.part:
            return recording(self.text, line.part)
        for column in line.columns.recordings:
            if (cell := line.own(column)) and (link := any_link(self.text, cell)):
                return link
        return recording(self.text, self.table.rows[line.number].span)

    def _people(self, line: Line) -> tuple[Person, ...]:
        owners = {person.name: person for person in line.reading.owners}
        for column in line.columns.roles.get(Role.OWNER, []) if line.part is None else []:
            beside = dict.fromkeys(cells[column] for cells in (line.cells, *line.more) if column in cells)
            for placed in beside:
                if placed is line.title:
                    continue
                for person in read_people(self.text, placed.cell.content, self.page.known):
                    owners.setdefault(person.name, person)
        return tuple(owners.values())

    def _facilitation(self, line: Line) -> Facilitation | None:
        own = line.reading.facilitation or self._facilitation_beside(line)
        placed = line.below(Role.FACILITATOR)
        if placed is None or (own and own.people):
            return own
        column = read_facilitators(self.text, placed.cell.content, self.page.known)
        return own if own and not column.people else column

    def _facilitation_beside(self, line: Line) -> Facilitation | None:
        """A mark in another cell of the row than the title's: `| Maps || [[User:Ada]]<br>facilitation: [[User:Bo]]`."""
        if line.part or not may_have_mark(
            self.table.rows[line.number].span.of(self.text), said_of(self.page.known)
        ):
            return None
        for placed in dict.fromkeys(line.cells.values()):
            if placed is line.title or placed.row != line.number:
                continue
            if mark := self.page.cell(placed.cell.content).facilitation:
                return mark
        return None

    def free(self, line: Line) -> list[FreeSlot]:
        """The free slots that a row without a session is."""
        cell, row = line.title.cell, self.table.rows[line.number]
        if line.start is None or line.reading.kind not in {CellKind.BLANK, CellKind.FREE}:
            return []
        slot = FreeSlot(
            line.start,
            line.end,
            None,
            line_at(self.text, line.reading.first),
            cell.content,
            cell.content.of(self.text).strip(),
            layout="rows",
            table=self.table.span.start,
            row=row.span,
            time_cell=line.time_cell,
            task_cell=line.own(line.columns.task),
            owner_cell=line.own(line.columns.first(Role.OWNER)),
        )
        if line.reading.kind is CellKind.BLANK:
            if self.page.is_grey(cell.attributes) or self.page.is_grey(row.attributes):
                return []
            if line.rooms or self.page.event.room:
                return [replace(slot, room=room) for room in line.rooms if self.page.rooms.is_open(room)]
            return [slot]
        return [replace(slot, room=room) for room in line.rooms] or [slot]
