"""Facilitation marks: `facilitation: (your username)` in a cell, or a column for facilitators."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from callboard.model import Facilitation, Person
from callboard.read.cell_memory import Names, Said, kept_by_source, said_of
from callboard.read.labels import is_in_title, other_role
from callboard.read.moderation import MAY_BE_A_MARK, is_place_for_name, leading_labels, may_lead, small_label
from callboard.read.names import bare_names, linked_people, moved_people, only_names
from callboard.read.phrases import is_dash, is_placeholder, keeps_out
from callboard.read.regular_cells import only_linked
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, SPECIAL, TASK, TEMPLATE, Flat, Style, without_special
from callboard.wikitext.inline import flat_of, flatten

_BELOW = r"(?:(?<=\n)|(?<=\n )|(?<=\n  ))"  # where a line below the first begins
_WORD = r"fac+il+i?(?:t|(?=at(?:ion|or)))"  # and in a hurry: faciliation, facilation
_FACILITATION = re.compile(
    rf"(?<!\w)(?:(?:room|session)\s+)?(?:{_WORD}(?!ies|y|ates?\b)\w*|(?:session\s+)?co-?ordinators?(?=\s*[:：]))"
    rf"(?:\s*\(s\))?\s*(?:[:：]|by\b\s*[:：]?|[-–—=]\s*(?={PERSON}|\(\s*your|\?)|(?={PERSON}|\(\s*your))"
    rf"|{_BELOW}{_WORD}(?:at)?(?:ors?|ion)[ \t]*[-–—=][ \t]*(?=\w)"  # facilitator = Ada, below the title
    # Facilitator wanted!
    rf"|(?:(?m:^)|(?<=\A )|{_BELOW})(?:(?:room|session)\s+)?{_WORD}\w*[ \t]+(?=(?:needed|wanted|missing)[ \t]*[!.…]*[ \t]*(?m:$))",
    re.IGNORECASE,
)
_WANTED = re.compile(  # a line that says so, which has no label
    rf"^[ \t]*(?:we\s+)?(?:(?:still|also)\s+)?(?:needs?|wants?|(?:is\s+)?looking\s+for|seeks?)\s+(?:an?\s+|some\s+)?{_WORD}\w+(?:,?\s+please)?[ \t]*[!.…]*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEADS_NAMES = re.compile(
    r"(?:(?m:^)|(?<=[;,]))[ \t]*(?:(?:by|von|par|por|mit|with)[ \t]+(?=[^\W\d_])|"
    r"(?:(?:co-?)?(?:speakers?|presenters?|hosts?|moderators?|moderation|modera|anima|animation|panel(?:l?ists)?|chairs?|trainers?|lead|"
    r"participan|referent(?:in|en|innen)?|leitung|ponentes?|intervenant(?:e|s|es)?|discussants?|respondents?)(?:\s*\(s\))?)[ \t]*[:：])",
    re.IGNORECASE,
)
_LOOSE = frozenset("-–—=")  # behind which only a name makes a mark
_ONLY_LINKS = re.compile(rf"[{LINK},\s]*{LINK}[{LINK},\s]*")
_QUOTES = re.compile(r"'{2,5}")
_QUOTES_BEFORE = re.compile(r"'{2,5}\Z")


def visible_text(flat: Flat, said: Said | None = None) -> str:
    """The visible text with struck and small print blanked; small print stays if there is nothing else."""
    if not flat.styles & (Style.SMALL | Style.STRUCK):
        return flat.text

    def without(hidden: int) -> str:
        words = flat.blanked(flat.text, hidden, but=SPECIAL + LINE)
        return flat.blanked(words, Style.STRUCK)

    large = without(Style.STRUCK)
    seen = without(Style.SMALL | Style.STRUCK)
    if not any(character.isalnum() for character in seen):
        return large
    return _with_small_marks(flat, large, seen, said) if may_have_mark(large, said) else seen


def _with_small_marks(flat: Flat, large: str, seen: str, said: Said | None) -> str:
    """The visible text with the facilitation marks that stand in small print, each to the end of its small print."""
    runs = list(flat.styled(0, len(large), Style.SMALL))
    for number, (start, end) in enumerate(runs):
        found = _FACILITATION.search(large, start, end) or small_label(large, start, end, said)
        if found:
            for begin, stop in runs[number + 1 :]:  # a link between parts them
                if large[end:begin].strip(SPECIAL) or LINE in large[found.end() : begin]:
                    break
                end = stop  # noqa: PLW2901 -- the run goes on
            first = found.start() - (large[start : found.start()][-1:] == "(")
            seen = seen[:first] + large[first:end] + seen[end:]
    return seen


def line_end(seen: str, at: int) -> int:
    """Where the line ends that holds the index."""
    end = seen.find(LINE, at)
    return len(seen) if end < 0 else end


@dataclass(slots=True)
class Mark:
    """A facilitation mark by indices of the flat text."""

    start: int
    label_end: int
    end: int
    people: list[tuple[int, Person]]
    open: bool
    leads: bool = False  # in another word, as by "Moderation:"


def _mark(flat: Flat, seen: str, found: re.Match[str], known: Container[str]) -> Mark | None:
    end = line_end(seen, found.end())
    if other := other_role(seen, found.end(), end):
        end = other.start()
    said = seen[found.end() : end].strip()
    value_end = found.end() + len(seen[found.end() : end].rstrip(f" \t–—-,;·|{TASK}{LINK}{TEMPLATE}"))
    if is_dash(said):
        value_end = found.end() + len(seen[found.end() : end].rstrip())
    if value_end <= found.end() or not seen[found.end() : value_end].strip():
        following = line_end(seen, end + 1)
        before = linked_people(flat, seen, 0, found.start())
        if before and end < len(seen) and only_names(flat, end + 1, following, known):
            value_end = end + 1 + len(seen[end + 1 : following].rstrip())
    if is_in_title(seen, found):
        return None
    named = linked_people(flat, seen, found.end(), value_end)
    named += bare_names(flat, found.end(), value_end, known, sure=True)
    value = without_special(seen[found.end() : value_end])
    if not named and seen[found.end() - 2 : found.end()].strip() in _LOOSE and not is_placeholder(value):
        return None
    empty = is_place_for_name(value, said_of(known))
    if not named and not empty and not is_dash(value) and not seen[: found.start()].strip():
        return None  # a title that begins with the word
    return Mark(
        found.start(),
        found.end(),
        value_end,
        sorted(named, key=lambda item: item[0]),
        not named
        and empty
        and not is_dash(said)
        and not _ONLY_LINKS.fullmatch(said),  # a talk page: somebody, and who is not certain
    )


def may_have_mark(source: str, said: Said | None) -> bool:
    """Whether a word stands there with which marks begin."""
    return MAY_BE_A_MARK.search(source) is not None or may_lead(source, said)


def find_marks(flat: Flat, seen: str, known: Container[str]) -> list[Mark]:
    """Every facilitation mark of a cell, in any spelling: `Facilitation :`, `facilitated by`, `needs a facilitator`."""
    marks: list[Mark] = []
    if not may_have_mark(seen, said_of(known)):
        return marks
    for found in _FACILITATION.finditer(seen):
        if marks and found.start() < marks[-1].end:
            continue
        if mark := _mark(flat, seen, found, known):
            marks.append(mark)
    if not marks:
        marks = [
            Mark(found.start(), found.start(), found.end(), [], open=True) for found in _WANTED.finditer(seen)
        ]
    for found in leading_labels(flat, seen, known):
        apart = all(mark.end <= found.start() or found.end() <= mark.start for mark in marks)
        if apart and (mark := _mark(flat, seen, found, known)):
            marks.append(replace(mark, leads=True))
    return sorted(marks, key=lambda mark: mark.start)


def _label_span(text: str, start: int, end: int) -> Span:
    """The label with the quotes that make it bold or italic, so that replacing it leaves none behind."""
    if sum(len(found[0]) for found in _QUOTES.finditer(text, start, end)) % 2 == 0:
        before = _QUOTES_BEFORE.search(text[max(0, start - 5) : start])
        after = _QUOTES.match(text, end)
        if before and after and len(before[0]) == len(after[0]):
            return Span(start - len(before[0]), after.end())
        return Span(start, end)
    before = _QUOTES_BEFORE.search(text[max(0, start - 5) : start])
    if before:
        return Span(start - len(before[0]), end)
    after = _QUOTES.match(text, end)
    return Span(start, after.end() if after else end)


def as_facilitation(text: str, flat: Flat, marks: list[Mark]) -> Facilitation | None:
    """The marks of a cell as one value: the places of the first, the people of all; who leads it facilitates where nobody is asked for."""
    if not marks:
        return None
    marks = [mark for mark in marks if not mark.leads] or marks
    first = marks[0]
    label_end = first.label_end
    while label_end > first.start + 1 and flat.text[label_end - 1].isspace():
        label_end -= 1
    label = Span(flat.source_at(first.start), flat.source_at(first.start))
    if label_end > first.start:
        source = flat.source(first.start, label_end)
        label = _label_span(text, source.start, source.end)
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


def moved_mark(mark: Facilitation, by: int) -> Facilitation:
    """The mark, so many characters further on."""
    return Facilitation(
        mark.span.moved(by),
        mark.label.moved(by),
        mark.value.moved(by),
        moved_people(mark.people, by),
        mark.open,
    )


def read_people(text: str, within: Span, known: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Everybody whom a cell of a column for people names, linked or not: `[[User:Ada]] (notes), Testuser Quill`."""
    return moved_people(_people(within.of(text), known), within.start)


@kept_by_source(4096)
def _people(source: str, known: Names) -> tuple[Person, ...]:
    linked = only_linked(source)
    return people_of_any_cell(source, known) if linked is None else linked


def people_of_any_cell(source: str, known: Container[str]) -> tuple[Person, ...]:
    """The same for a cell of any form, with places in its own text."""
    flat = flat_of(source)
    seen = visible_text(flat, said_of(known))
    marks = find_marks(flat, seen, known)
    return _people_of(flat, known, [(mark.start, mark.end) for mark in marks])


def _people_of(
    flat: Flat, known: Container[str], aside: Sequence[tuple[int, int]] = ()
) -> tuple[Person, ...]:
    """Everybody whom a cell names but for the stretches aside; what leads names in is none: `Speaker: Ada`, `by Ada`."""
    seen = visible_text(flat, said_of(known))
    found: list[tuple[int, Person]] = []
    at = 0
    for start, end in [*aside, (len(seen), len(seen))]:
        found += linked_people(flat, seen, at, start)
        for piece in _led_pieces(seen, at, start):
            found += bare_names(flat, *piece, known, sure=True)
        at = end
    owners: dict[str, Person] = {}
    for _, person in sorted(found, key=lambda item: item[0]):
        owners.setdefault(person.name, person)
    return tuple(owners.values())


def _led_pieces(seen: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the words that lead names in."""
    for found in _LEADS_NAMES.finditer(seen, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _repeated_label(source: str, known: Container[str]) -> Span | None:
    flat = flat_of(source)
    marks = find_marks(flat, visible_text(flat, said_of(known)), known)
    mark = as_facilitation(source, flat, marks)
    return mark.label if mark and not flat.text[: marks[0].start].strip() else None


def read_facilitators(text: str, within: Span, known: frozenset[str] = frozenset()) -> Facilitation:
    """A cell of a column for facilitators as a mark without a label; blank, `?` and `(your username)` are open.

    A cell that repeats the label (`Facilitation : Ada`) is a mark with one.
    """
    return moved_mark(_facilitators(within.of(text), known), within.start)


def _without_label(source: str, linked: tuple[Person, ...]) -> Facilitation:
    inner = source.strip()
    start = source.index(inner)
    value = Span(start, start + len(inner)) if inner else Span(0, len(source))
    return Facilitation(value, Span(value.start, value.start), value, linked, not linked)


@kept_by_source(4096)
def _facilitators(source: str, known: Names) -> Facilitation:
    linked = only_linked(source)
    return facilitators_of_any_cell(source, known) if linked is None else _without_label(source, linked)


def facilitators_of_any_cell(source: str, known: Container[str]) -> Facilitation:
    """The same for a cell of any form, with places in its own text."""
    label = _repeated_label(source, known)
    within = Span(label.end if label else 0, len(source))
    inner = within.of(source).strip()
    start = source.index(inner, within.start) if inner else within.start
    value = Span(start, start + len(inner)) if inner or label else within
    label = label or Span(value.start, value.start)
    flat = flatten(source, within) if within.start else flat_of(source)
    people = _people_of(flat, known)
    seen = "".join(character for character in flat.text if character not in SPECIAL)
    keeps = any(keeps_out(comment.of(source)) for comment in flat.comments)
    open_ = not people and not keeps and not is_dash(seen) and is_placeholder(seen)
    return Facilitation(Span(label.start, value.end), label, value, people, open_)
