"""A change of one page: what it was, what it would be, and the proof that only what was meant is different."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from callboard.config import Event
from callboard.model import FreeSlot, Schedule, Session
from callboard.placing import NotPlaced
from callboard.placing.cells import lengthened, place_around, place_of, taken_out
from callboard.placing.proof import Rectangle, geometry_breaks, read_differently, text_breaks
from callboard.placing.target import Target, told
from callboard.placing.wanted import Wanted
from callboard.read.matching import same_title
from callboard.read.schedule import read_schedule
from callboard.wikitext.edits import Span, TextEdit, apply_edits

_LONGEST_ROOM = 80  # characters of it in an edit summary


@dataclass(frozen=True, slots=True)
class Change:
    """One page as it is and as it would be, what was done in words, and what a person should know."""

    before: Schedule
    after: Schedule
    did: str  # "placed T900012 in 2021-05-22 14:00–14:55 UTC, Hacking room 1"
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()  # why it should not be done without a person's word
    withdrawn: str = ""  # the text that left the page
    task: str = ""
    starts: datetime | None = None  # when and where the session is afterwards
    ends: datetime | None = None
    room: str | None = None
    then: "Change | None" = None  # what is done on another page after this one was saved

    @property
    def page(self) -> str:
        """The title of the page."""
        return self.before.page

    @property
    def steps(self) -> "tuple[Change, ...]":
        """The changes of all pages, in the order in which they are saved."""
        return (self, *self.then.steps) if self.then else (self,)

    @property
    def done(self) -> str:
        """What was done to the page in one word: placed, moved, withdrawn."""
        return self.did.partition(" ")[0].replace("withdrew", "withdrawn")

    def summary(self, about: str, why: str = "") -> str:
        """The edit summary: what was done, on whose word, and where the bot is explained."""
        link = f" ([[{about}|why?]])" if about else ""
        return f"Bot: {self.did}{why}{link}"


@dataclass(slots=True)
class Draft:
    """A change while it is put together; the rectangles are those of the tables as they will be."""

    page: Schedule
    event: Event
    edits: list[TextEdit] = field(default_factory=list)
    touched: dict[int, list[Rectangle]] = field(default_factory=dict)
    row_added: tuple[int, int] | None = None
    gone: list[Session] = field(default_factory=list)
    used: list[FreeSlot] = field(default_factory=list)

    def touch(self, content: Span, rows: int = 0) -> None:
        """The cell with this content, or round this text, may change."""
        if place := place_around(self.page.text, content):
            one = place.placed
            self.touched.setdefault(place.number, []).append(
                (one.row, one.column, rows or one.height, one.width)
            )

    def lengthen(self, target: Target) -> None:
        """Join the target's cells into the first one, if there are several; raises NotPlaced where that is unsure."""
        self.used += target.slots
        places = [place_of(self.page.text, slot.span) for slot in target.slots]
        first = places[0]
        if first is None or len(places) == 1:
            self.touch(target.slots[0].span)
            return
        rows = sum(place.placed.height for place in places if place)
        self.edits.append(lengthened(self.page.text, first, rows))
        self.edits += [taken_out(self.page.text, place.cell) for place in places[1:] if place]
        self.touch(target.slots[0].span, rows)

    def change(
        self,
        target: Target,
        after: Schedule,
        did: str,
        notes: Iterable[str],
        task: str,
        *,
        then: Change | None = None,
    ) -> Change:
        """The change that brings a session to its target; `did` is what the target completes."""
        said = told(self.event, target.start, target.end, told_room(target.room))
        return Change(
            self.page,
            after,
            f"{did} {said}",
            tuple(notes),
            (target.doubt,) if target.doubt else (),
            task=task,
            starts=target.start,
            ends=target.end,
            room=target.room,
            then=then,
        )

    def result(
        self,
        came: Callable[[Schedule], list[Session]] = lambda _: [],
        *,
        freed: Callable[[Schedule], Sequence[FreeSlot]] = lambda _: (),
        lost: str = "",
    ) -> Schedule:
        """The page as it will be read, with the sessions that came; raises NotPlaced if anything else would differ.

        Comments in the text that is `lost` may go with it.
        """
        text = apply_edits(self.page.text, _merged(self.edits))
        after = read_schedule(text, self.event, self.page.page)
        wrong = [
            *geometry_breaks(self.page.text, text, self.touched, self.row_added),
            *text_breaks(self.page.text, text, lost),
            *read_differently(
                self.page, after, gone=self.gone, new=came(after), used=self.used, freed=freed(after)
            ),
        ]
        if wrong:
            raise NotPlaced(
                f"[[{self.page.page}]]: this cannot be done safely, please do it by hand: {wrong[0]}"
            )
        return after


@dataclass(frozen=True, slots=True)
class Find:
    """Finds the session that was placed on the page as it will be; raises NotPlaced if it is not read as it should be."""

    wanted: Wanted
    target: Target

    def __call__(self, after: Schedule) -> list[Session]:
        """The session, alone in a list."""
        wanted, found = self.wanted, [session for session in after.sessions if self._is_it(session)]
        if len(found) != 1:
            why = "could not be read where it was put: is its title one that says something else, such as a break"
            raise NotPlaced(f"{self._called} {why} ({wanted.title!r})? Put it in by hand")
        session = found[0]
        people = [{person.name for person in named} for named in (session.owners, session.facilitators)]
        why = ""
        if not self._is_there(session):
            why = " would be read at another time or in another room than was asked for"
        elif not _alike(session.title, wanted.title):
            why = f"'s title would be read as {session.title!r} instead of {wanted.title!r}"
        elif people != [set(wanted.owners), set(wanted.facilitators)]:
            why = f": {', '.join(sorted(set.union(*people))) or 'nobody'} would be read as its people"
        if why:
            raise NotPlaced(f"{self._called}{why}; put it in by hand")
        return found

    @property
    def _called(self) -> str:
        return self.wanted.task or f"“{self.wanted.title}”"

    def _is_it(self, session: Session) -> bool:
        if self.wanted.task:
            return any(ref.task == self.wanted.task for ref in session.tasks)
        return self._is_there(session) and _alike(session.title, self.wanted.title)

    def _is_there(self, session: Session) -> bool:
        start, room = self.target.start, self.target.room
        return session.start == start and (not room or session.rooms == (room,))


def _alike(read: str, written: str) -> bool:
    """Whether a title is read as written; a reader may leave out signs, and what stands in brackets at its end."""
    one, two = (re.sub(r"[\W_]+", "", same_title(html.unescape(title))) for title in (read, written))
    return bool(one) and (one == two or (two.startswith(one) and len(one) * 3 >= len(two)))


def _merged(edits: Sequence[TextEdit]) -> list[TextEdit]:
    """Edits that meet at one offset, such as a rowspan and the text behind it, as one."""
    merged: list[TextEdit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        last = merged[-1] if merged else None
        if last and last.start == last.end == edit.start:
            merged[-1] = TextEdit(edit.start, edit.end, last.new + edit.new)
        else:
            merged.append(edit)
    return merged


def told_room(room: str | None) -> str:
    """A room in an edit summary: short, and without what a summary would show as a link."""
    return re.sub(r"[\[\]{}|<>]", "", room or "")[:_LONGEST_ROOM]
