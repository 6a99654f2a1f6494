"""Names of people that stand in cells without a link: kept only where they are clearly names."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator

from callboard.model import Person, PersonForm
from callboard.read.phrases import is_format, is_placeholder
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, SPECIAL, TASK, Flat, Style
from callboard.wikitext.links import canonical_name
from callboard.wikitext.remembered import remembered

_SEPARATOR = re.compile(  # the class before the choice, so that the engine skips all other characters
    rf"[,;&/·•|+{SPECIAL}\s](?:(?<!\s)|(?<={LINE})|(?:and|und|et|y|e|i|и|og|och|en)\s)", re.IGNORECASE
)
_BYLINE = re.compile(
    rf"(?:(?<=\n)|\A|[,–—(]|\s-)[ \t]*(?:(?:by|von|par|por)[ \t]+|@(?=\w))([^(){LINE}@]{{3,120}}?)[ \t]*\)?[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
_SIGNED = re.compile(  # Maps --Testuser, Maps ~ Testuser Bo
    rf"(?<=\S)[ \t]+(?:--(?=\w)|~[ \t]+)([^(){LINE}@–—~]{{3,60}}?)[ \t]*(?=\n|\Z)"
)
_BY = re.compile(r"(?:by|von|par|por)[ \t]|@\w|--|~", re.IGNORECASE)
_BY_PARTS = ("by", "von", "par", "por", "@", "--", "~")
_REMARK = re.compile(r"\((?!\s*WM)[^()]*\)?")
_SUFFIX = re.compile(r"\s*\(\s*WM[\w-]*\s*\)\Z")
_PARTICLES = frozenset(
    {
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn",
        "al", "el", "ter", "ten", "zu", "y",
    }
)  # fmt: skip
_NO_NAMES = frozenset(
    {
        "team", "teams", "group", "organizers", "organisers", "organizing", "organising", "everybody",
        "everyone", "all", "anyone", "anybody", "somebody", "someone", "nobody", "committee", "staff",
        "various", "community", "volunteers", "participants", "attendees", "speakers", "helpers", "hosts",
        "coordinators", "wikimedia", "wikipedia", "wikidata", "wmf", "room", "rooms", "hall", "lobby", "floor",
        "online", "onsite", "remote", "hybrid", "closed", "open", "recorded", "streamed", "cancelled",
        "canceled", "moved", "new", "live", "the", "this", "that", "these", "you", "your", "we", "our", "i",
        "in", "at", "on", "see", "bring", "with", "for", "from", "by", "no", "not", "yes", "tbd", "tba", "tbc",
        "none", "slides", "notes", "recording", "video", "stream", "pad", "etherpad", "level", "beginners",
        "intro", "introduction", "basics", "overview", "hands-on", "on-site",
        "advanced", "english", "german", "french", "spanish", "language", "monday", "tuesday", "wednesday",
        "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june",
        "july", "august", "september", "october", "november", "december", "day", "morning", "afternoon",
        "evening", "part", "continued", "session", "sessions", "host", "speaker", "board", "foundation",
        "friends", "university", "universität", "université", "universidad", "universidade", "università", "institute",
        "institut", "phd", "msc", "modera", "moderiert", "moderated", "moderator", "moderation", "mediação", "animé",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")


@remembered(4096)
def looks_like_name(piece: str) -> bool:
    """Whether one to four words with capitals can only be a name: `Testuser Quill`, `Ada`; not `Organizing team`."""
    words = _SUFFIX.sub("", piece).split()
    if not 1 <= len(words) <= 4 or not all(map(_WORD.fullmatch, words)):
        return False
    if is_format(piece) or is_placeholder(piece):
        return False
    for number, word in enumerate(words):
        if word.rstrip(".").casefold() in _NO_NAMES:
            return False
        if word[0].islower() and (number == 0 or word not in _PARTICLES):
            return False
    if words[-1].endswith(".") and len(words[-1]) > 3:  # a sentence; "B." and "Jr." are parts of names
        return False
    return not piece.isupper() or len(words) == 1


_ROUND_NAME = " \t:–—-'\"@~"
_GLUE = f" \t'\"{TASK}{LINK}"
_NO_NAME = SPECIAL + " \t:–—-'\"@~,;&/·•|+" + LINE  # what separates names, and what stands round them


def is_glued(text: str, index: int) -> bool:
    """Whether nothing parts a word from the linked person before it: `[[User:Ada]] Maps`, `[[User:Ada]] (she) Maps`."""
    before = text[:index].rstrip(_GLUE)
    if before.endswith(")"):
        before = before[: before.rfind("(")].rstrip(_GLUE)
    return before.endswith(PERSON)


def without_remarks(line: str) -> str:
    """A line with what stands in brackets blanked, as long as it was."""
    return _REMARK.sub(lambda remark: "," + " " * (len(remark[0]) - 1), line) if "(" in line else line


def name_pieces(hidden: str, start: int = 0) -> Iterator[tuple[int, str, bool]]:
    """What stands between the separators of a line without remarks: its index from `start`, and whether a colon follows."""
    at = 0
    for edge in [*(match.span() for match in _SEPARATOR.finditer(hidden)), (len(hidden), len(hidden))]:
        raw = hidden[at : edge[0]]
        if piece := raw.strip(_ROUND_NAME):
            first = start + at + len(raw) - len(raw.lstrip(_ROUND_NAME))
            yield first, piece, raw.rstrip().endswith((":", "："))  # `Leitung: [[User:Ada]]`
        at = edge[1]


def bare_names(
    flat: Flat, start: int, end: int, known: Container[str], *, sure: bool
) -> list[tuple[int, Person]]:
    """Names in a stretch of a cell, with the index of each; without `sure` only those that the page links elsewhere."""
    found: list[tuple[int, Person]] = []
    hidden = without_remarks(flat.text[start:end])
    if not hidden.strip(_NO_NAME):
        return found
    for first, piece, is_label in name_pieces(hidden, start):
        if any(flat.styled(first, first + len(piece), Style.STRUCK | Style.LABEL)):
            continue
        name = canonical_name(piece)
        is_sure = sure and not is_label and looks_like_name(piece) and not is_glued(flat.text, first)
        if name in known or is_sure:
            place = flat.source(first, first + len(piece))
            if place.end - place.start != len(piece):
                continue  # markup stands inside it: it cannot be made a link as it is
            found.append((first, Person(name, PersonForm.BARE, Span(place.start, place.end))))
    return found


def only_names(flat: Flat, start: int, end: int, known: Container[str]) -> bool:
    """Whether a line holds nothing but names, linked or clearly names: `[[User:Ada]] and Testuser Quill (until 19:15)`."""
    hidden = without_remarks(flat.text[start:end])
    if not hidden.strip(" ,"):
        return False
    if not hidden.strip(_NO_NAME):
        return True
    return all(
        canonical_name(piece) in known or (looks_like_name(piece) and not is_glued(flat.text, first))
        for first, piece, _ in name_pieces(hidden, start)
    )


def may_have_byline(line: str) -> bool:
    """Whether a line has a word that could introduce names."""
    return any(map(line.casefold().__contains__, _BY_PARTS)) and bool(_BY.search(line))


def byline(flat: Flat, seen: str, start: int, end: int) -> re.Match[str] | None:
    """Names without links at the end of a line: `Title (by Anna Muster)`, `Title --Testuser`, `by Anna Muster and Bo Test`."""
    if not _BY.search(seen, start, end):
        return None
    found = _BYLINE.search(seen, start, end) or _SIGNED.search(seen, start, end)
    if not found or not only_names(flat, found.start(1), found.end(1), frozenset()):
        return None
    names = [piece for piece in _SEPARATOR.split(found[1]) if piece.strip()]
    glued = found.re is _SIGNED and seen.startswith("--", found.start(1) - 2)
    return (
        found if PERSON not in found[1] and (glued or all(len(name.split()) > 1 for name in names)) else None
    )


def linked_people(flat: Flat, seen: str, start: int, end: int) -> list[tuple[int, Person]]:
    """Everybody whom a link or a template names between two indices, with the index of each; not who is struck out."""
    marks = flat.people_at
    return [
        (at, person)
        for at in marks[bisect_left(marks, start) : bisect_left(marks, end)]
        if seen[at] == PERSON
        for person in flat.people[at]
    ]


def moved_people(people: Iterable[Person], by: int) -> tuple[Person, ...]:
    """The people, so many characters further on."""
    return tuple([Person(person.name, person.form, person.span.moved(by)) for person in people])
