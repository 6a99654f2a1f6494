"""What one schedule cell says: a session, a free slot, a break, or nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from callboard.model import Facilitation, Person, TaskRef
from callboard.read.names import bare_names, only_names
from callboard.read.phrases import (
    is_break,
    is_closed,
    is_dash,
    is_free,
    is_placeholder,
    is_same,
    keeps_out,
)
from callboard.read.titles import OTHER_ROLE, clean_title, find_title, line_title, owner_label
from callboard.wikitext.edits import Span
from callboard.wikitext.inline import LINE, LINK, PERSON, SPECIAL, TASK, TEMPLATE, Flat, Style, flatten
from callboard.wikitext.tasks import tasks


class CellKind(StrEnum):
    """What a cell is to the schedule."""

    SESSION = "session"
    FREE = "free"  # says so in words, or waits for a name
    BLANK = "blank"  # free if its room is open
    BREAK = "break"
    SAME = "same"  # points to the cell above
    CLOSED = "closed"  # a dash, "closed", "(Buffer)"
    PEOPLE = "people"  # only people, as in a helpers' table
    STRUCK = "struck"  # everything in it is struck out
    UNREAD = "unread"  # only a template that is not known


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell as read; `first` is the offset of its first visible character."""

    kind: CellKind
    title: str = ""
    owners: tuple[Person, ...] = ()
    tasks: tuple[TaskRef, ...] = ()
    facilitation: Facilitation | None = None
    first: int = 0
    seen: str = ""  # what a reader sees, without facilitation, people, tasks and small print
    format: str = ""  # a word before the title that may be a kind of session: "Workshop"


_FACILITATION = re.compile(
    rf"(?<!\w)(?:(?:room|session)\s+)?(?:fac+il+it(?!ies|y|ates?\b)\w*|(?:session\s+)?co-?ordinators?(?=\s*[:：]))"
    rf"(?:\s*\(s\))?\s*(?:[:：]|by\b\s*[:：]?|[-–—=]\s*(?={PERSON}|\(\s*your|\?)|(?={PERSON}|\(\s*your))",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"'{2,5}")


def _seen(flat: Flat) -> str:
    """The visible text with struck and small print blanked; small print stays if there is nothing else."""
    if not any(style & (Style.SMALL | Style.STRUCK) for style in flat.styles):
        return flat.text

    def without(hidden: int) -> str:
        return "".join(
            " "
            if style & hidden and (character not in SPECIAL or style & Style.STRUCK) and character != LINE
            else character
            for character, style in zip(flat.text, flat.styles, strict=True)
        )

    seen = without(Style.SMALL | Style.STRUCK)
    return seen if any(character.isalnum() for character in seen) else without(Style.STRUCK)


def _line_end(seen: str, at: int) -> int:
    end = seen.find(LINE, at)
    return len(seen) if end < 0 else end


@dataclass(slots=True)
class _Mark:
    """A facilitation mark by indices of the flat text."""

    start: int
    label_end: int
    end: int
    people: list[tuple[int, Person]]
    open: bool


def _people_between(flat: Flat, seen: str, start: int, end: int) -> list[tuple[int, Person]]:
    return [
        (at, person)
        for at, named in flat.people.items()
        if start <= at < end and seen[at] == PERSON
        for person in named
    ]


def _mark(flat: Flat, seen: str, found: re.Match[str], known: frozenset[str]) -> _Mark | None:
    end = _line_end(seen, found.end())
    value_end = found.end() + len(seen[found.end() : end].rstrip(f" \t–—-,;·|{TASK}{LINK}{TEMPLATE}"))
    if value_end <= found.end() or not seen[found.end() : value_end].strip():
        following = _line_end(seen, end + 1)
        before = _people_between(flat, seen, 0, found.start())
        if before and end < len(seen) and only_names(flat, end + 1, following, known):
            value_end = end + 1 + len(seen[end + 1 : following].rstrip())
    named = _people_between(flat, seen, found.end(), value_end)
    named += bare_names(flat, found.end(), value_end, known, sure=True)
    value = re.sub(rf"[{SPECIAL}]", " ", seen[found.end() : value_end])
    if not named and not is_placeholder(value) and not is_dash(value) and not seen[: found.start()].strip():
        return None  # a title that begins with the word
    return _Mark(
        found.start(),
        found.end(),
        value_end,
        sorted(named, key=lambda item: item[0]),
        not named and is_placeholder(value),
    )


def _marks(flat: Flat, seen: str, known: frozenset[str]) -> list[_Mark]:
    marks: list[_Mark] = []
    for found in _FACILITATION.finditer(seen):
        if marks and found.start() < marks[-1].end:
            continue
        if mark := _mark(flat, seen, found, known):
            marks.append(mark)
    return marks


def _label_span(text: str, within: Span, start: int, end: int) -> Span:
    """The label with the quotes that make it bold or italic, so that replacing it leaves none behind."""
    if sum(len(found[0]) for found in _QUOTES.finditer(text, start, end)) % 2 == 0:
        before = re.search(r"'{2,5}\Z", text[max(within.start, start - 5) : start])
        after = _QUOTES.match(text, end, within.end)
        if before and after and len(before[0]) == len(after[0]):
            return Span(start - len(before[0]), after.end())
        return Span(start, end)
    before = re.search(r"'{2,5}\Z", text[max(within.start, start - 5) : start])
    if before:
        return Span(start - len(before[0]), end)
    after = _QUOTES.match(text, end, within.end)
    return Span(start, after.end() if after else end)


def _facilitation(text: str, within: Span, flat: Flat, marks: list[_Mark]) -> Facilitation | None:
    if not marks:
        return None
    first = marks[0]
    label_end = first.label_end
    while label_end > first.start + 1 and flat.text[label_end - 1].isspace():
        label_end -= 1
    source = flat.source(first.start, label_end)
    label = _label_span(text, within, source.start, source.end)
    at = first.label_end
    while at < first.end and flat.text[at].isspace():
        at += 1
    value = flat.source(at, first.end) if at < first.end else Span(label.end, label.end)
    seen = dict.fromkeys(person.name for mark in marks for _, person in mark.people)
    people = [next(p for mark in marks for _, p in mark.people if p.name == name) for name in seen]
    return Facilitation(
        Span(label.start, max(label.end, value.end)),
        label,
        value,
        tuple(people),
        all(mark.open for mark in marks),
    )


def _lines(seen: str, marks: list[_Mark]) -> list[tuple[int, int]]:
    """The lines of a cell without what belongs to facilitation."""
    lines: list[tuple[int, int]] = []
    at = 0
    edges = [(mark.start, mark.end) for mark in marks]
    while at <= len(seen):
        end = _line_end(seen, at)
        pieces = [(at, end)]
        for start, stop in edges:
            pieces = [
                part
                for first, last in pieces
                for part in (
                    [(first, last)] if stop <= first or start >= last else [(first, start), (stop, last)]
                )
            ]
        lines += [(first, last) for first, last in pieces if first < last and seen[first:last].strip()]
        at = end + 1
    return lines


def _owners(
    flat: Flat, seen: str, lines: list[tuple[int, int]], known: frozenset[str], title: str
) -> tuple[Person, ...]:
    found: list[tuple[int, Person]] = []
    for start, end in lines:
        label = owner_label(seen, start, end)
        other = OTHER_ROLE.search(seen, start, end)
        stop = other.start() if other and other.start() > (label.start() if label else start - 1) - 1 else end
        linked = _people_between(flat, seen, start, stop)
        found += linked
        if label:
            found += bare_names(flat, label.end(), stop, known, sure=True)
        elif linked and only_names(flat, start, stop, known):
            found += bare_names(flat, start, stop, known, sure=True)
        elif linked:
            found += bare_names(flat, linked[0][0] + 1, stop, known, sure=True)
            found += [
                item
                for item in bare_names(flat, start, linked[0][0], known, sure=False)
                if item[1].name != title
            ]
        elif (
            line_title(seen, start, end) != title
            and only_names(flat, start, end, known)
            and not flat.styles[start] & Style.ITEM
        ):
            found += bare_names(flat, start, end, known, sure=True)
        else:
            dash = max(seen.rfind(mark, start, end) for mark in ("–", "—", " - "))
            if dash > start and only_names(flat, dash + 1, end, known):
                found += bare_names(flat, dash + 1, end, known, sure=False)
    owners: dict[str, Person] = {}
    for _, person in sorted(found, key=lambda item: item[0]):
        owners.setdefault(person.name, person)
    return tuple(owners.values())


def _without_known_name(
    seen: str, lines: list[tuple[int, int]], flat: Flat, known: frozenset[str]
) -> list[tuple[int, int]]:
    """Lines that end in a dash and a known name, cut before the dash."""
    cut: list[tuple[int, int]] = []
    for start, end in lines:
        dash = max(seen.rfind(mark, start, end) for mark in ("–", "—", " - "))
        names = (
            dash > start
            and only_names(flat, dash + 1, end, frozenset(known))
            and bare_names(flat, dash + 1, end, known, sure=False)
        )
        cut.append((start, dash) if names and seen[start:dash].strip() else (start, end))
    return cut


def _names_line(flat: Flat, seen: str, line: tuple[int, int], known: frozenset[str]) -> bool:
    """Whether a line only names people of whom one is linked here or elsewhere, so that it cannot be a title."""
    if not only_names(flat, *line, known):
        return False
    return PERSON in seen[line[0] : line[1]] or bool(bare_names(flat, *line, known, sure=False))


def _kind(flat: Flat, reading: CellReading, text: str, facilitated: bool) -> CellKind:
    seen, named = reading.seen, bool(reading.owners or reading.tasks)
    words = seen.replace(LINE, " ")
    if (
        not any(character.isalnum() for character in words)
        and not named
        and not re.search(r"[?–—―✗×…\"″”-]", words)
    ):
        if any(style & Style.STRUCK for style in flat.styles):
            return CellKind.STRUCK
        if TEMPLATE in flat.text:
            return CellKind.UNREAD
        if facilitated:
            return CellKind.FREE
        closed = any(keeps_out(comment.of(text)) for comment in flat.comments)
        return CellKind.CLOSED if closed else CellKind.BLANK
    if not named:
        if is_dash(words) or is_closed(words):
            return CellKind.CLOSED
        if is_same(words):
            return CellKind.SAME
        if is_free(words):
            return CellKind.FREE
    if not reading.tasks and is_break(seen.replace(LINE, " · ")):
        return CellKind.BREAK
    if re.match(r"\W*(?:free|open|empty|available)\s+slot\b", words, re.IGNORECASE) and not reading.tasks:
        return CellKind.FREE
    if not reading.title and not reading.tasks:
        return CellKind.PEOPLE
    return CellKind.SESSION


_BEFORE_COLON = re.compile(r"\W*([^\W\d_][\w -]{2,20}?)\s*[:–—]")


def read_cell(text: str, within: Span, known: frozenset[str] = frozenset()) -> CellReading:
    """What the cell says whose content fills the span; `known` are names that count as people without a link."""
    flat = flatten(text, within)
    seen = _seen(flat)
    marks = _marks(flat, seen, known)
    lines = _lines(seen, marks)
    told = [line for line in lines if not _names_line(flat, seen, line, known)]
    title = find_title(flat, seen, _without_known_name(seen, told, flat, known))
    visible = next((number for number, character in enumerate(flat.text) if not character.isspace()), None)
    first = within.start if visible is None else flat.starts[visible]
    prefix = _BEFORE_COLON.match(seen, lines[0][0], lines[0][1]) if lines else None
    body = LINE.join(
        clean_title(seen[start:end]) or re.sub(rf"[{SPECIAL}]", " ", seen[start:end]).strip()
        for start, end in lines
    )
    reading = CellReading(
        CellKind.SESSION,
        title,
        _owners(flat, seen, lines, known, title),
        tasks(text, within) if TASK in flat.text or flat.tasks else (),
        _facilitation(text, within, flat, marks),
        first,
        body,
        prefix[1] if prefix else "",
    )
    kind = _kind(flat, reading, text, bool(marks))
    return CellReading(
        kind, title, reading.owners, reading.tasks, reading.facilitation, first, body, reading.format
    )


def read_people(text: str, within: Span, known: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Everybody whom a cell of a column for people names, linked or not: `[[User:Ada]] (notes), Testuser Quill`."""
    flat = flatten(text, within)
    seen = _seen(flat)
    found = _people_between(flat, seen, 0, len(seen)) + bare_names(flat, 0, len(seen), known, sure=True)
    owners: dict[str, Person] = {}
    for _, person in sorted(found, key=lambda item: item[0]):
        owners.setdefault(person.name, person)
    return tuple(owners.values())


def read_facilitators(text: str, within: Span, known: frozenset[str] = frozenset()) -> Facilitation:
    """A cell of a column for facilitators as a mark without a label; blank, `?` and `(your username)` are open."""
    source = within.of(text)
    inner = source.strip()
    start = within.start + source.index(inner) if inner else within.start
    value = Span(start, start + len(inner)) if inner else within
    people = read_people(text, within, known)
    flat = flatten(text, within)
    seen = re.sub(rf"[{SPECIAL}]", "", flat.text)
    keeps = any(keeps_out(comment.of(text)) for comment in flat.comments)
    open_ = not people and not keeps and not is_dash(seen) and is_placeholder(seen)
    return Facilitation(value, Span(value.start, value.start), value, people, open_)
