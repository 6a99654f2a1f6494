"""What the layouts of sign-up tables share: the entries of a cell, and the role that a table gets from the page round it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from callboard.config import Event
from callboard.model import Coming, Person, Problem, SignUp
from callboard.read.page_reader import PageReader
from callboard.read.plain import plain
from callboard.read.signup_cells import Named, people_of, says_nobody
from callboard.read.signup_entry import Exists
from callboard.read.signup_people import named_in
from callboard.read.signup_roles import shown
from callboard.read.signup_shifts import Hours
from callboard.read.signup_states import lesser
from callboard.read.signup_withdrawn import still_comes
from callboard.read.table_context import Context, Surroundings
from callboard.read.times import read_day
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.grid import Grid
from callboard.wikitext.links import linked_person
from callboard.wikitext.masking import line_at
from callboard.wikitext.tables import Table

NO_NAMES = "no column of it is known to hold those who sign up"
_SHORT = 4  # characters before a name: a bullet, quotes
_ONLY_A_LINK = re.compile(r"\s*(\[\[[^\[\]{}<>|\n]+(?:\|[^\[\]{}<>|\n]*)?\]\])\s*")


@value()
class Place:
    """What somebody in a cell is down for, and what the cell's head says of whether they come."""

    role: str | None = None
    room: str | None = None
    coming: Coming = Coming.YES


@value()
class TableSignUps:
    """What a table says of people who sign up; `why` is the reason if nothing of it is read, empty if nothing is missing."""

    entries: tuple[SignUp, ...] = ()
    problems: tuple[Problem, ...] = ()
    why: str = ""
    left: tuple[Span, ...] = ()  # cells that name people of whom nothing was read
    unreachable: tuple[
        tuple[SignUp, str], ...
    ] = ()  # with the IP address or temporary account that is down there


class HelperPage(PageReader):
    """A page of sign-up tables: a cell that names people is no time, whatever it says beside them."""

    def __init__(self, text: str, event: Event, title: str) -> None:
        super().__init__(text, event, title)
        self._named: dict[tuple[int, int], tuple[Person, ...]] = {}

    def named(self, span: Span) -> tuple[Person, ...]:
        """Everybody whom a cell names by a link or a template."""
        key = span.start, span.end
        found = self._named.get(key)
        if found is None:
            found = self._named[key] = self._look(span)
        return found

    def _look(self, span: Span) -> tuple[Person, ...]:
        source = self.text[span.start : span.end]
        if "[[" not in source and "{{" not in source:
            return ()
        if only := _ONLY_A_LINK.fullmatch(source):  # most cells are so
            person = linked_person(self.text, Span(span.start + only.start(1), span.start + only.end(1)))
            if person:
                return (person,)
        return named_in(self.text, span)

    def has_clock(self, span: Span) -> bool:
        """Whether the cell is a time, odd or not, and little else."""
        return not self.named(span) and super().has_clock(span)


class TablePeople:
    """The people of one table; counts in `others` the cells that hold other words."""

    def __init__(
        self, page: HelperPage, grid: Grid, context: Context, role: str | None, exists: Exists | None
    ) -> None:
        self.page, self.grid, self.context, self.role, self.exists = page, grid, context, role, exists
        self.unreachable: dict[Span, str] = {}  # of entries
        self.others = 0
        self.filled = 0  # cells with people
        self.titled = 0  # those of them that begin with other words, as with a title
        self.aside: set[Span] = set()  # cells that were looked at, or name people who do not sign up there

    def why_none(self, entries: Sequence[SignUp]) -> str:
        """Why what was read is not to be trusted; empty if it is."""
        if not entries:
            return NO_NAMES
        if self.others > self.filled:
            return "at least as many cells hold other words as hold people"
        if self.titled * 2 > self.filled:
            return (
                "most of its cells begin with other words than a name, as those of a schedule with titles do"
            )
        return ""

    def left(self) -> list[Span]:
        """The cells that name people of whom nothing was read."""
        named = (placed.cell.content for placed in self.grid.cells if self.page.named(placed.cell.content))
        return [content for content in named if content not in self.aside]

    def at(self, content: Span, place: Place, *, quiet: bool = False) -> Iterator[tuple[SignUp, str]]:
        """An entry for each person in a cell, and what the cell says beside their name; `quiet`: other words do not count."""
        text = self.page.text
        self.aside.add(content)
        found = people_of(text, content, self.page.named(content), self.exists)
        if not found and not quiet and (words := self.page.words(content)) and not says_nobody(words):
            self.others += 1
        if found:
            self.filled += 1
            self.titled += _begins_with_words(text, found[0], known=self.exists is not None)
        for named in found:
            if named.entry.unreachable:
                self.unreachable[named.span] = named.entry.unreachable
            yield self._entry(named, content, place), _about(named)

    def _entry(self, named: Named, content: Span, place: Place) -> SignUp:
        first = named.people[0].span.start if named.people else named.span.start
        coming = lesser(named.coming, place.coming, still_comes(named.entry.comment))
        return SignUp(
            named.user,
            place.role or (None if place.room and self.role is None else self.role),
            line_at(self.page.text, first),
            named.span,
            person=named.person,
            ambiguous=bool(named.question),
            question=named.question,
            comment=_with_quotes(named.entry.comment),
            signature=named.entry.signature,
            people=named.people,
            coming=coming,
            room=place.room,
            cell=content,
        )

    def with_hours(self, entry: SignUp, hours: Hours, *, firm: bool, span: Span | None = None) -> SignUp:
        """The entry with its hours; a question that it already has stays."""
        if entry.ambiguous:
            return replace(entry, firm=firm, hours=span)
        return replace(
            entry,
            availability=hours.intervals,
            ambiguous=bool(hours.question),
            question=hours.question,
            possible=hours.possible,
            hours=span,
            firm=firm and not hours.question,
        )


def _begins_with_words(text: str, first: Named, *, known: bool) -> bool:
    """Whether a cell begins with more than a word before the first name, or with one that is no account's if they are `known`."""
    if first.user is None and first.person is None:
        return known and bool(first.people)
    before = text[first.span.start : first.people[0].span.start] if first.people else ""
    words = re.findall(r"[^\W\d_]{2,}", plain(before)) if len(before) > _SHORT else []
    return len(words) > 1


def _with_quotes(comment: str) -> str:
    """A comment whose closing quotes went with the name: `''backup:'' [[User:Ada]]`."""
    return f"{comment}''" if comment.startswith("''") and comment.count("''") == 1 else comment


def _about(named: Named) -> str:
    if not named.people:
        return ""  # an IP address, which looks like times
    if named.person is None:
        return named.entry.comment.replace(named.people[0].name, "", 1)
    return named.entry.about


def role_around(around: Surroundings, table: Table) -> str | None:
    """The role that caption or headings give a table: the nearest words that name neither a day nor a room."""
    above = [heading.title for heading in around.above(table.span.start)]
    for span in [*([table.caption] if table.caption else []), *above]:
        words = " ".join(around.text[span.start : span.end].split())
        reading = read_day(words, around.event.dates)
        if words and not reading.day and not reading.odd and not around.rooms.named(words):
            return shown(around.text, span)
    return None
