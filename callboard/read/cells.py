"""What one schedule cell says: a session, a free slot, a break, or nothing."""

import re
from collections.abc import Container, Iterator
from dataclasses import replace

from callboard.model import Person, TaskRef
from callboard.read.cell_kinds import CellKind, CellReading, kind_of_words, word_before_colon
from callboard.read.cell_memory import Names, kept_by_source, said_of
from callboard.read.facilitation import Mark, as_facilitation, find_marks, line_end, moved_mark, visible_text
from callboard.read.labels import other_role, owner_label
from callboard.read.names import (
    bare_names,
    byline,
    linked_people,
    looks_like_name,
    moved_people,
    only_names,
    without_remarks,
)
from callboard.read.phrases import keeps_out, says_off
from callboard.read.regular_cells import regular_reading
from callboard.read.regular_lists import regular_list
from callboard.read.several import holds_several
from callboard.read.struck import beside_struck
from callboard.read.titles import clean_title, find_title, line_title, type_above
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, SPECIAL, TASK, TEMPLATE, Flat, Style, without_special
from callboard.wikitext.inline import flat_of
from callboard.wikitext.tasks import tasks

__all__ = ["CellKind", "CellReading", "read_cell", "read_source"]

_NOTHING_HERE = frozenset({"n/a", "na", "not available", "dash", "x mark", "xmark", "cross"})  # templates
_PICTURE = re.compile("[\u2600-\u27bf\u2b50\U0001f300-\U0001faff]")
_FOOD = frozenset("☕🍕🍽🍴🥪🍰🎂🍵🥐🍩🍪🍎🍻🍺🍷🥗🍲🍝🍜🍛🥙🌮🥤🧁🫖🥘🍱")
_NESTED_TABLE = re.compile(r"[\s:]*\{\|")
_DASHES = ("–", "—", " - ")
_VISIBLE = re.compile(r"\S")
_SAYS_MORE = re.compile(r"[?–—―✗×…\"″”↓⇓⬇⇩↑⇑⬆-]")


def _without(seen: str, marks: list[Mark]) -> Iterator[tuple[int, int]]:
    at = 0
    for mark in marks:
        yield at, mark.start
        at = mark.end
    yield at, len(seen)


def _lines(seen: str, marks: list[Mark]) -> list[tuple[int, int]]:
    """The lines of a cell without what belongs to facilitation."""
    lines: list[tuple[int, int]] = []
    for start, stop in _without(seen, marks):
        at = start
        while at < stop:
            end = min(line_end(seen, at), stop)
            if seen[at:end].strip():
                lines.append((at, end))
            at = end + 1
    return lines


def _owners(
    flat: Flat, seen: str, lines: list[tuple[int, int]], known: Container[str], title: str
) -> tuple[Person, ...]:
    found: list[tuple[int, Person]] = []
    listed = False  # below "Speakers:" alone
    for number, (start, end) in enumerate(lines):
        label = owner_label(seen, start, end)
        item = _style(flat, seen, (start, end)) & Style.ITEM
        listed = not seen[label.end() : end].strip() if label else listed and bool(item)
        other = other_role(seen, start, end)
        stop = other.start() if other and (label is None or other.start() >= label.start()) else end
        linked = linked_people(flat, seen, start, stop)
        found += linked
        if label:
            found += bare_names(flat, label.end(), stop, known, sure=True)
        elif listed and not linked and only_names(flat, start, stop, known):
            found += bare_names(flat, start, stop, known, sure=True)
        elif linked and flat.style(start) & Style.ITEM:
            continue  # the points of a talk, of which each may begin with a word like "Intro"
        elif linked and title != line_title(seen, start, end) and only_names(flat, start, stop, known):
            named = bare_names(flat, start, stop, known, sure=True)
            found += [item for item in named if item[1].name not in title]
        elif linked:
            after = bare_names(flat, linked[0][0] + 1, stop, known, sure=True)
            found += [item for item in after if item[1].name not in title]
            before = bare_names(flat, start, linked[0][0], known, sure=False)
            found += [item for item in before if item[1].name != title]
        elif by := byline(flat, seen, start, end):
            found += bare_names(flat, by.start(1), by.end(1), known, sure=True)
        elif title != line_title(seen, start, end) and _is_name_line(flat, start, end, known):
            # below the title a first and a last name are a name, one plain word only if the title stands out in bold;
            # a line further down may be anything
            below = bare_names(flat, start, end, known, sure=number == 1 and not found)
            bold = _style(flat, seen, lines[0]) & Style.BOLD and not _style(flat, seen, (start, end))
            found += [item for item in below if item[1].name in known or " " in item[1].name or bold]
        else:
            dash = max(seen.rfind(mark, start, end) for mark in _DASHES)
            if dash > start and only_names(flat, dash + 1, end, known):
                found += bare_names(flat, dash + 1, end, known, sure=False)
    owners: dict[str, Person] = {}
    for _, person in sorted(found, key=lambda item: item[0]):
        owners.setdefault(person.name, person)
    return tuple(owners.values())


def _style(flat: Flat, seen: str, line: tuple[int, int]) -> int:
    """How the first character of a line that shows is shown."""
    start, end = line
    return flat.style(start + len(seen[start:end]) - len(seen[start:end].lstrip()))


def _is_name_line(flat: Flat, start: int, end: int, known: Container[str]) -> bool:
    return not flat.style(start) & Style.ITEM and only_names(flat, start, end, known)


def _without_known_name(
    seen: str, lines: list[tuple[int, int]], flat: Flat, known: Container[str]
) -> list[tuple[int, int]]:
    """Lines that end in a dash and a known name, cut before the dash."""
    cut: list[tuple[int, int]] = []
    for start, end in lines:
        dash = max(seen.rfind(mark, start, end) for mark in _DASHES)
        names = bool(
            dash > start
            and only_names(flat, dash + 1, end, known)
            and bare_names(flat, dash + 1, end, known, sure=False)
        )
        if by := byline(flat, seen, start, end):
            names, dash = True, by.start()
        cut.append((start, dash) if by or (names and seen[start:dash].strip()) else (start, end))
    return cut


_TITLED = re.compile(rf"{PERSON}\s*:\s*\w|{PERSON}(?=[^\W_])")  # `[[User:Ada]]: CSS`, `[[User:Ada]]'s hour`


_BEHIND_PERSON = re.compile(
    rf"\s*{PERSON}(?:[\s{TASK}{LINK}]|\([^(){PERSON}]*\))*(?<=[\s)])([^\s(][^{SPECIAL}{LINE}]*)[{TASK}{LINK}\s(),]*"
)
_REMARK = re.compile(
    r".*\d[:.h]\d|(?:until|till|from|only|maybe|may|might|not|no|need|needs|if|after|before|also|all|any|every|morning|afternoon|evening|remote|"
    r"remotely|online|onsite|back-?up|team|staff|bis|ab|nur|bringt|brings?|will|can|has|is|with|and|at|in|on|for|or)\b",
    re.IGNORECASE,
)
_LED = re.compile(rf"\s*([^\W\d_][\w '’-]{{2,60}}):\s*{PERSON}")


def _names_line(flat: Flat, seen: str, line: tuple[int, int], known: Container[str]) -> bool:
    """Whether a line only names people, so that it cannot be a title: `[[User:Ada]], Testuser Quill`.

    What stands before the first link must be known as a name: `Opening, [[User:Ada]]` has a title.
    """
    start, end = line
    if _TITLED.search(seen, start, end) or not only_names(flat, start, end, known):
        return False
    person = seen.find(PERSON, start, end)
    first = end if person < 0 else person
    before = bare_names(flat, start, first, known, sure=True)
    if not before and any(map(str.isalnum, without_remarks(seen[start:first]))):
        return False  # `[https://… Maps] ([[User:Ada]])`
    return (person >= 0 or bool(before)) and all(name.name in known for _, name in before)


def _led_title(seen: str, lines: list[tuple[int, int]]) -> str:
    """The title before a colon and who holds the session, if nothing else can be one: `Opening: [[User:Ada]]`."""
    for start, end in lines:
        found = _LED.match(seen, start, end)
        if found and not owner_label(seen, start, end) and not other_role(seen, start, end):
            return clean_title(found[1])
    return ""


def _title_behind_person(seen: str, lines: list[tuple[int, int]]) -> str:
    """The title behind a linked person, if nothing else can be one: `[[User:Ada]] Maps for all`; not a remark or a name."""
    for start, end in lines:
        found = _BEHIND_PERSON.fullmatch(seen, start, end)
        if found and found[1][0].isalpha() and not found[1][0].islower() and not _REMARK.match(found[1]):
            title = clean_title(found[1])
            return "" if title.isupper() or (" " in title and looks_like_name(title)) else title
    return ""


def _kind(flat: Flat, reading: CellReading, text: str, facilitated: bool) -> CellKind:
    seen, named = reading.seen, bool(reading.owners or reading.tasks)
    words = seen.replace(LINE, " ")
    if _NESTED_TABLE.match(words):
        return CellKind.UNREAD
    if not any(character.isalnum() for character in words) and not named and not _SAYS_MORE.search(words):
        if flat.styles & Style.STRUCK:
            return CellKind.STRUCK
        if flat.templates and set(flat.templates.values()) <= _NOTHING_HERE:
            return CellKind.CLOSED
        if TEMPLATE in flat.text:
            return CellKind.UNREAD
        if facilitated:
            return CellKind.FREE
        if pictures := _PICTURE.findall(words):
            return CellKind.BREAK if _FOOD.issuperset(pictures) else CellKind.CLOSED
        closed = any(keeps_out(comment.of(text)) for comment in flat.comments)
        return CellKind.CLOSED if closed else CellKind.BLANK
    kind = kind_of_words(seen, reading.title, named=named, has_task=bool(reading.tasks))
    nothing = kind is CellKind.CLOSED or (kind is CellKind.OFF and says_off(words))
    return CellKind.STRUCK if nothing and flat.styles & Style.STRUCK else kind


def _moved(reading: CellReading, by: int) -> CellReading:
    mark = reading.facilitation
    return CellReading(
        reading.kind,
        reading.title,
        moved_people(reading.owners, by),
        tuple([TaskRef(ref.task, ref.form, ref.span.moved(by)) for ref in reading.tasks]),
        moved_mark(mark, by) if mark else None,
        reading.first + by,
        reading.seen,
        reading.format,
    )


def read_cell(text: str, within: Span, known: frozenset[str] = frozenset()) -> CellReading:
    """What the cell says whose content fills the span; `known` are names that count as people without a link."""
    return read_source(within.of(text), within.start, known)


def read_source(source: str, at: int, known: frozenset[str]) -> CellReading:
    """What a cell says, with places in the text in which it stands at the offset."""
    reading = _read(source, known)
    return _moved(reading, at) if at else reading


@kept_by_source(8192)
def _read(source: str, known: Names) -> CellReading:
    """What a cell says, with places in its own text."""
    if known.said and known.said.within(source):
        return read_any_cell(source, known)
    return regular_reading(source, known) or regular_list(source, known) or read_any_cell(source, known)


def read_any_cell(source: str, known: Names) -> CellReading:
    """The same for a cell of any form."""
    flat = flat_of(source)
    seen = visible_text(flat, said_of(known))
    marks = find_marks(flat, seen, known)
    lines = _lines(seen, marks)
    told = [line for line in lines if not _names_line(flat, seen, line, known)]
    title = find_title(flat, seen, _without_known_name(seen, told, flat, known))
    title = title or _led_title(seen, lines) or _title_behind_person(seen, lines)
    visible = _VISIBLE.search(flat.text)
    body = LINE.join(
        clean_title(seen[start:end]) or without_special(seen[start:end]).strip() for start, end in lines
    )
    reading = CellReading(
        CellKind.SESSION,
        title,
        _owners(flat, seen, lines, known, title),
        tasks(source, Span(0, len(source))) if flat.tasks else (),
        as_facilitation(source, flat, marks),
        flat.source_at(visible.start()) if visible else 0,
        body,
        word_before_colon(seen, *lines[0]) or type_above(seen, *lines[0], title) if lines else "",
    )
    kind = _kind(flat, reading, source, bool(marks))
    if kind is CellKind.SESSION and flat.styles & Style.STRUCK:
        kind = beside_struck(flat, seen, lines, reading)
    if kind is CellKind.SESSION and holds_several(source, flat, seen, lines):
        kind = CellKind.SEVERAL
    return reading if kind is reading.kind else replace(reading, kind=kind)
