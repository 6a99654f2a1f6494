"""Hours that helpers state clearly, in the event's notation."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, product

from callboard.model import Coming, Level, SignUp, SignUps
from callboard.read.availability import Availability, availability_reader
from callboard.read.availability_choices import Unclear
from callboard.read.availability_clock import Wall, minutes_of, ways
from callboard.read.availability_pieces import pieces
from callboard.read.availability_signs import Piece
from callboard.read.availability_times import Form, hours_in
from callboard.read.availability_words import Say
from callboard.read.plain import plain
from callboard.rules import Wish, signups_rule
from callboard.rules.clock_cells import Clock, Notation, clock, wanted
from callboard.snapshot import Snapshot
from callboard.wikitext.edits import Span, TextEdit, apply_edits

_DASH = re.compile(r" *[-–—−] *")
_WORD_BEHIND = re.compile(
    r"\s*(?:uhr|uur|hrs|hs|hours|horas|heures|o['’]clock|часов|часа)\.?\Z", re.IGNORECASE
)
_HALF, _DAY = 12 * 60, 24 * 60
_MOST_READINGS = 16  # of bare numbers in one entry
_WORDS_BEFORE = re.compile(r"\b(?:[^\W\d_]+ )?[^\W\d_]+ \Z")
_NEAR = 20  # characters in which the word before the hours and its article stand
_Range = tuple[Piece, Piece]
_Read = Callable[[str, date | None], Availability]
_Same = Callable[[str, str], bool]


@signups_rule("signup-hours", Level.ASK)
def signup_hours(page: SignUps, snapshot: Snapshot) -> Iterator[Wish]:
    """`Sunday 2pm-6pm UTC` is `Sunday 14:00–18:00 UTC` where the event file or most of the page writes hours so.

    Days, zones and words (`from … to …`, `Uhr`) stay as people wrote them, and so does a time that is not one end of two.
    No wish unless the new text means exactly the same hours, read again by itself; none where comments, links or
    templates stand in the hours or around them, or where it is not clear whose hours they are.
    """
    event = snapshot.event
    clear = {_opened(page.text, entry.hours): entry for entry in _clear(page) if entry.hours}
    if not clear:
        return
    want = wanted(event.wording.times, _shown([span.of(page.text) for span in clear]))
    if want.colon is None or want.half is None:
        return
    read, days = availability_reader(event), (None, *event.dates)
    for span, entry in clear.items():
        edit = _rewritten(span.of(page.text), want, _means(entry, read, days))
        if edit:
            yield TextEdit(span.start + edit.start, span.start + edit.end, edit.new)


def _clear(page: SignUps) -> Iterator[SignUp]:
    """The entries whose hours are clear and one person's own: no shifts, no hours in replies or shared with others."""
    whose: dict[Span | None, set[Span]] = {}
    for entry in page.entries:
        whose.setdefault(entry.hours, set()).add(entry.span)
    for entry in page.entries:
        span = entry.hours
        if span is None or not entry.availability or entry.ambiguous or entry.firm:
            continue
        own = (span in entry.span or entry.cell is not None) and len(whose[span]) == 1
        one = len({person.name for person in entry.people}) <= 1
        if own and one and entry.coming is not Coming.NO and _plain(page.text, span):
            yield entry


def _plain(text: str, span: Span) -> bool:
    """Whether the hours hold no markup and stand in none: no comment, link label or template's argument."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    inside = any(before.count(opened) > before.count(closed) for opened, closed in ("[]", "{}"))
    return not inside and plain(span.of(text)) == span.of(text)


def _opened(text: str, span: Span) -> Span:
    """The hours with the `between` before them, without which they are no range."""
    before = _WORDS_BEFORE.search(text, max(0, span.start - _NEAR), span.start)
    opening = _opening(before[0]) if before else None
    return Span(before.start() + opening, span.end) if before and opening is not None else span


@lru_cache(maxsize=4096)
def _opening(words: str) -> int | None:
    """Where `between` begins, if nothing but an article follows it."""
    said = [piece for piece in pieces(words) if piece.say is not Say.FILL]
    return said[-1].start if said and said[-1].say in {Say.BETWEEN, Say.FROM} else None


@lru_cache(maxsize=4096)
def _ranges(said: str) -> tuple[_Range, ...]:
    """Both ends of every range of times, as written."""
    try:
        found = hours_in(pieces(said))
    except Unclear:
        return ()
    return tuple((one.start, one.end) for one in found if one.form is Form.RANGE and one.start and one.end)


def _shown(texts: list[str]) -> list[Clock]:
    """The ranges with their notation; none if most ranges of the page show none: `14-18`, `2pm-6pm`."""
    ranges = [(said, start, end) for said in texts for start, end in _ranges(said)]
    found = []
    for said, start, end in ranges:
        dashed = _DASH.fullmatch(said, start.end, end.start)
        span = Span(start.start, end.end if dashed else start.end)
        one = clock(said, span)
        if one and one.span.start == span.start and one.is_range == bool(dashed):
            found.append(one)
    return found if len(found) * 2 > len(ranges) else []


def _means(entry: SignUp, read: _Read, days: Sequence[date | None]) -> _Same:
    """Whether another text means the hours of an entry; the day of its role is one on which its own text means them."""

    def same(old: str, new: str) -> bool:
        for day in days:
            if read(old, day).intervals == entry.availability:
                return read(new, day).intervals == entry.availability
        return False

    return same


def _rewritten(said: str, want: Notation, same: _Same) -> TextEdit | None:
    """All ranges of an entry in that notation, from the first that changes to the last; None if one cannot be."""
    ranges = _ranges(said)
    try:
        readings = product(*(_walls(*ends) for ends in ranges))
    except Unclear:
        return None
    for walls in islice(readings, _MOST_READINGS):
        edits: list[TextEdit] = []
        for (start, end), wall in zip(ranges, walls, strict=True):
            new = _range(said, start, end, wall, want)
            if new is None:
                return None
            if new != said[start.start : end.end]:
                edits.append(TextEdit(start.start, end.end, new))
        if edits and same(said, apply_edits(said, edits)):
            first, last = edits[0].start, edits[-1].end
            return TextEdit(first, last, apply_edits(said[:last], edits)[first:])
    return None


def _walls(start: Piece, end: Piece) -> list[Wall]:
    """Every way to understand a range; `evening 8-10` by the other half of the day too."""
    walls, _ = ways(start, end, by_24=False, by_12=False)
    if start.bare and end.bare and len(walls) == 1:
        walls = [(first + shift, last + shift) for first, last in walls for shift in (0, _HALF)]
    return walls


def _range(said: str, start: Piece, end: Piece, wall: Wall, want: Notation) -> str | None:
    times = _written(start, wall[0], want), _written(end, wall[1], want)
    if times[0] is None or times[1] is None:
        return None
    between = said[start.end : end.start]
    if want.joint is not None and _DASH.fullmatch(between) and not _WORD_BEHIND.search(start.text):
        between = want.joint
    return f"{times[0]}{between}{times[1]}"


def _written(time: Piece, minutes: int, want: Notation) -> str | None:
    """One time in that notation, with the `Uhr` that stands behind it; None for `noon` and what cannot be said for certain."""
    behind = _WORD_BEHIND.search(time.text)
    own = time.text[: behind.start()] if behind else time.text
    if not own[:1].isdigit() or (behind and want.half):
        return None
    minutes %= _DAY
    found = clock(own, Span(0, len(own)))
    if found is None or found.span != Span(0, len(own)) or minutes_of(time) != minutes:
        plainly = f"{minutes // 60:02}:{minutes % 60:02}"
        found = clock(plainly, Span(0, len(plainly)))
    new = found.written(want) if found else None
    if new is None:
        return None
    if time.hour == 24 and not want.half:
        new = f"24{want.colon}00"
    return new + (behind[0] if behind else "")
