"""The layout with a list per day: `* 12:30-14:00 Sessions: Freedom of panorama / Wikiexpeditions`, `; 10:00 : Title`, slot lists."""

import re
from collections.abc import Sequence

from callboard.model import FreeSlot, Session, Severity
from callboard.read.cells import CellKind
from callboard.read.list_items import Group, Item, Outline, walk
from callboard.read.list_parallel import Drafter
from callboard.read.list_rooms import ItemRooms
from callboard.read.list_sessions import ItemReader
from callboard.read.list_times import ItemTimes, own_day
from callboard.read.page_reader import PageReader, TableReading
from callboard.read.plain import plain
from callboard.read.row_times import is_open_end
from callboard.read.table_context import Surroundings
from callboard.read.times import read_day
from callboard.read.times_behind import give_times_behind
from callboard.read.tokens import Kind, tokens
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import LineKind
from callboard.wikitext.tables import tables

_LINE = re.compile(
    r"^[ \t]*\d{1,2}(?:[:.hu]\d\d|[hu]\b)|^(?:[*#:;=<'\[]|[ \t]*slot)[^\n]{0,60}?(?:\d[:.h]\d\d|\d{4}|\d[ ]?h\b|\d[ ]?[ap]\.?m|\d[ ]?[-–—][ ]?\d|noon|midnight|parallel)",
    re.IGNORECASE | re.MULTILINE,
)
# Lines that `list_items` may take for items with a time: headings with one, and what begins with a bullet, bold letters or
# a comment, with the word slot or a time itself.
_DIGIT = r"[^\n]*?(?:\d|noon|midday|midnight)"
_TIMED = re.compile(
    r"^(?:=[^\n]*?(?:\d[:h]\d\d|\d\s?[ap]\.?m\b|\d\W+\d|slot)"
    rf"|[ \t]*\d{{1,2}}(?:[:.hu]\d\d|[hu]\b)|(?![=|!{{}}])[^\w\n]{_DIGIT}|(?!=)[^\w\n]*(?:time\s*)?slot{_DIGIT}|(?!=)[^\n]*?-->{_DIGIT})",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER = re.compile(
    r"\b(?:minutes|protocol|log|logs|chat|transcript|archives?|changelog|changes|history|news|updates?|"
    r"harmonogram\s+prac|deadlines?|fristen|to-?\s?do|shuttles?|what\s+happened)\b",
    re.IGNORECASE,
)
_OTHER_UNLESS_DAY = re.compile(
    r"\b(?:discussions?|comments?|questions|availab\w+|sign-?ups?|opening\s+(?:hours|times)|getting\s+(?:there|here)|travel\w*|trains?|bus(?:es)?|"
    r"transport\w*|before\s+the|deadlines?|office\s+hours|links|see\s+also|participants|attendees|directions|how\s+to|important\s+dates)\b",
    re.IGNORECASE,
)
_TIMELINE = re.compile(r"\b(?:time-?line|milestones|zeitleiste|chronologie|cronología)\b", re.IGNORECASE)
_SCHEDULE = re.compile(
    r"\b(?:schedule|programme?|agenda|timetable|sessions?|talks|slots?|zeitplan|programm|horaire)\b",
    re.IGNORECASE,
)
_EARLY = re.compile(  # a time near the beginning, also one of four digits that is no year
    r".{0,30}?(?<![\w:.,/])(?:[01]?\d|2[0-4])(?:[:.hu][0-5]\d|[ ]?[hu])(?![\w:]|[.,]\d)|(?!19|20)(?:[01]\d|2[0-4])[0-5][05](?=\s)",
    re.DOTALL,
)
_FEW = 2  # timed items that make a list of sessions
_LONGEST_NAME = 30  # characters of a name without a link


class BulletsReader:
    """Reads all lists of one page."""

    def __init__(self, page: PageReader, surroundings: Surroundings) -> None:
        self.page, self.text = page, page.text
        self.surroundings = surroundings
        self.rooms = ItemRooms(page.text, page.event, page.rooms)
        self.drafter = Drafter(page, self.rooms)
        self.problems = self.drafter.problems

    def read(self) -> TableReading | None:
        """The sessions and free slots of every list that belongs to the schedule, or None if there is no such list."""
        if not self._may_hold_lists():
            return None
        outline = Outline(self.page, self.surroundings)
        groups = [group for group in outline.groups if group.items]
        for group in groups:
            if group.context.day and not self._is_other(group):
                give_times_behind(self.page, self.rooms, group.items)
        timed = {id(group): [item for item in walk(group.items) if item.time] for group in groups}
        chosen = [group for group in groups if self._is_schedule(group, timed[id(group)])]
        if sum(len(timed[id(group)]) for group in chosen) < _FEW:
            chosen = [group for group in chosen if self._is_clear(group, timed[id(group)][0])]
        self._ask_for_days(groups, timed, found=bool(chosen))
        read = set(map(id, chosen))
        self._ask_for_times([group for group in groups if id(group) not in read], found=bool(chosen))
        self._ask_for_paragraphs(outline)
        if not chosen:
            return TableReading("none", (), (), tuple(self.problems), 0) if self.problems else None
        self.rooms.learn(outline.lines)
        self.drafter.slashes.items = [item for group in chosen for item in timed[id(group)]]
        times, reader = ItemTimes(self.page, self.drafter), ItemReader(self.page, self.problems)
        entries = [entry for group in chosen for entry in times.entries(group, timed[id(group)])]
        values = [value for entry in entries for value in reader.values(entry)]
        for group in chosen:
            self._untimed(group, timed[id(group)])
        return TableReading(
            "bullets",
            tuple(value for value in values if isinstance(value, Session)),
            tuple(value for value in values if isinstance(value, FreeSlot)),
            tuple(self.problems),
            len(entries),
            tuple(reader.pauses),
        )

    def _may_hold_lists(self) -> bool:
        """A look that costs little: whether lines have times, and one of them outside of tables is more than a date's heading."""
        if not _LINE.search(self.text):
            return False
        at = 0
        for table in tables(self.text):
            if table.span.start > at and _TIMED.search(self.text, at, table.span.start):
                return True
            at = max(at, table.span.end)
        return _TIMED.search(self.text, at) is not None

    # what belongs to the schedule

    def _is_schedule(self, group: Group, timed: Sequence[Item]) -> bool:
        if not timed or self._is_other(group):
            return False
        if not (group.context.day or group.context.problems or self._own_days(timed)):
            return False
        if self._is_timeline(group, timed):
            return False
        signed = sum(item.signed for item in timed)
        if signed * 2 >= len(timed):
            return False
        own_day = group.context.named_day or self._own_days(timed)
        if len(timed) < _FEW and not (own_day or group.context.problems or self._about_schedule(group)):
            return False
        prefixes = {item.line.prefix for item in timed}
        beside = [
            item
            for item in group.items
            if not item.time
            and not item.names
            and item.line.prefix in prefixes
            and not item.timed
            and not is_open_end(self.page.words(item.line.content))
        ]
        if len(beside) > len(timed):
            self._ask_for_list(timed)
            return False
        named = sum(self._names_people(item) for item in timed)
        return named * 2 <= len(timed)

    def _is_clear(self, group: Group, item: Item) -> bool:
        """Whether a single item is a session without others beside it: it has a day above it, and an end."""
        day, source = group.context.named_day, item.time.source.of(self.text) if item.time else ""
        return day and any(piece.kind is Kind.DASH for piece in tokens(plain(source)))

    def _names_people(self, item: Item) -> bool:
        """Whether behind the time there is nobody but people: a list of who is there when."""
        body = Span(item.time.body if item.time else 0, item.line.content.end)
        source = body.of(self.text).lstrip(" '")
        if source[:1].isalnum() and not source[:1].isupper():
            return False
        return (source[:1] in "[{@(" or len(source) < _LONGEST_NAME) and self.page.cell(
            body
        ).kind is CellKind.PEOPLE

    def _is_other(self, group: Group) -> bool:
        """Whether headings say that the list is something else: minutes, travel, helpers."""
        if group.context.elsewhere or group.context.helpers:
            return True
        if group.heading is None:
            return False
        seen = self.page.words(group.heading)
        day = read_day(group.heading.of(self.text), self.page.event.dates)
        return bool(_OTHER.search(seen) or (_OTHER_UNLESS_DAY.search(seen) and not day.day))

    def _is_timeline(self, group: Group, timed: Sequence[Item]) -> bool:
        """Whether a list is rather what a team has to do when: each item has its date, and the heading says "timeline"."""
        if group.heading is None or not all(item.time and item.time.day for item in timed):
            return False
        if not _TIMELINE.search(self.page.words(group.heading)):
            return False
        message = "A timeline with a date in each line is not read; if these are sessions, give each day a heading of its own"
        self.problems.append(
            self.page.problem("layout-unread", Severity.NOTE, message, timed[0].line.content)
        )
        return True

    def _about_schedule(self, group: Group) -> bool:
        above = self.surroundings.above(group.items[0].line.span.start)
        return any(_SCHEDULE.search(self.page.words(heading.title)) for heading in above)

    def _own_days(self, timed: Sequence[Item]) -> bool:
        return any(own_day(self.page, item) for item in timed)

    def _ask_for_list(self, timed: Sequence[Item]) -> None:
        if len(timed) < _FEW:
            return
        message = f"{len(timed)} lines of this list begin with a time and more do not; it is not read: is it a part of the schedule?"
        self.problems.append(
            self.page.problem("layout-unread", Severity.NOTE, message, timed[0].line.content)
        )

    def _ask_for_days(self, groups: Sequence[Group], timed: dict[int, list[Item]], *, found: bool) -> None:
        """Lists of sessions of which the day is not known."""
        for group in groups:
            items = [item for item in timed[id(group)] if not item.signed and item.time and not item.time.day]
            if len(items) <= _FEW or group.context.day or group.context.problems or self._is_other(group):
                continue
            if found and not self._about_schedule(group):
                continue
            message = "On which day is this? Put the day into the heading above the list"
            self.problems.append(
                self.page.problem("day-unknown", Severity.WARNING, message, items[0].line.content)
            )

    def _ask_for_times(self, groups: Sequence[Group], *, found: bool) -> None:
        """Lists below a day whose times stand somewhere in their items."""
        asked = {problem.line for problem in self.problems if problem.code == "layout-unread"}
        for group in groups:
            if not group.context.named_day or self._is_other(group):
                continue
            if any(item.line.number in asked for item in group.items):
                continue
            items = [item for item in group.items if item.line.kind is LineKind.ITEM and self._is_said(item)]
            early = [item for item in items if self._has_early_clock(item)]
            clocks = [item for item in items if item in early or self.page.has_clock(item.line.content)]
            if all(item.time for item in clocks):
                continue
            most = found or len(clocks) * 2 > len(group.items) or len(early) >= _FEW
            if not clocks or not most or (not found and len(clocks) < _FEW):
                continue
            message = f"{len(clocks)} lines of this list have a time that does not lead; it is not read: begin each session with its time"
            self.problems.append(
                self.page.problem("layout-unread", Severity.NOTE, message, clocks[0].line.content)
            )

    def _is_said(self, item: Item) -> bool:
        """Whether an item has words of its own, and is no remark and not somebody's name with hours."""
        content = item.line.content
        if item.names or item.signed or self.page.templates.holds(content):
            return False
        return self.page.cell(content).kind is not CellKind.PEOPLE

    def _has_early_clock(self, item: Item) -> bool:
        return bool(_EARLY.match(self.page.words(item.line.content)))

    def _ask_for_paragraphs(self, outline: Outline) -> None:
        """Lines without bullets that begin with times, and among them others that do not."""
        for line, group in outline.unclear:
            if group.context.named_day and not self._is_other(group):
                message = "These lines begin with times and others among them do not; they are not read: begin each session with a bullet (*)"
                self.problems.append(self.page.problem("layout-unread", Severity.NOTE, message, line.content))

    def _untimed(self, group: Group, timed: Sequence[Item]) -> None:
        """Items beside those with a time that look like sessions."""
        prefixes = {item.line.prefix for item in timed if item.line.kind is LineKind.ITEM}
        if any(item.line.kind is not LineKind.ITEM for item in timed):
            return
        for item in group.items:
            if item.time or item.names or item.signed or item.timed or item.line.prefix not in prefixes:
                continue
            if item.line.number in self.rooms.rules:
                continue
            content = item.line.content
            if is_open_end(self.page.words(content)) or self.page.templates.holds(content):
                continue
            kind = self.page.cell(content).kind
            if kind is CellKind.STRUCK:
                self.problems.append(self.page.struck(content))
            if kind not in {CellKind.SESSION, CellKind.UNREAD}:
                continue
            message = "This line has no time; add one, nest it below the session that it belongs to, or say that it is a break"
            self.problems.append(
                self.page.problem("time-unreadable", Severity.NOTE, message, item.line.content)
            )
