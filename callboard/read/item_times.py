"""The time that a list item, a bold line or a heading begins with: `'''14:00''' – Title`, `10:00am - Intro`, `Slot1: 1400 - 1530`."""

import re
from collections.abc import Sequence

from callboard.read.clock_times import TO
from callboard.read.leading_words import OPENING, leads, may_lead, of_an_hour
from callboard.read.plain import plain, without_struck
from callboard.read.tokens import CLOCKS, Kind, Token, tokens, year_like
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.links import people

_NEAR = 140  # characters of source in which a leading time must stand
_DIGIT = re.compile(r"\d|\b(?:noon|midday|midnight)\b", re.IGNORECASE)
# The form that nearly all items have needs no tokens: `10:00–11:00 Title`, `9.30 - 10.30: Title`, `'''10:00''' Title`.
_USUAL = re.compile(
    r"\s*(?P<bold>''')?(?P<time>(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[ ]?[-–—][ ]?(?:[01]?\d|2[0-3])[:.][0-5]\d)?)(?(bold)'''(?!'))"
    r"(?=[ ]{0,3}(?:[:|–—-][ ]{1,3})?(?:'{2,5}|\[\[)?(?!(?i:to|bis|until|till?|and|or|h|hrs|hours|hs|horas|uhr|uur|noon|midday|open|[ap]\.?m?|à|al|às|até|alle|tot|do|до)\b|min|[A-Z]{2}|[A-Z]\b|[A-Z][a-z]+/[A-Z])[^\W\d])"
)
_SLOT = re.compile(r"\s*(?:time\s*)?slots?\s*#?\s*(?P<number>\d{1,3})\b", re.IGNORECASE)
_PARALLEL_TO = re.compile(
    r"\W*(?:is\s+)?(?:in\s+)?parallel\s+(?:to|with)\s+(?:time\s*)?slot\s*#?\s*(?P<number>\d{1,3})\b",
    re.IGNORECASE,
)
_COLON_BEHIND = re.compile(r"(?<=\d):(?=\s|\Z)")
_NOON = frozenset({"noon", "midday"})
_HOUR = re.compile(r"(?:[7-9]|1\d|2[0-3])\s*h", re.IGNORECASE)
_DASH_ALONE = re.compile(r"[–—―-]|&[nm]dash;")
_STAMP = re.compile(r"\[(?:https?:)?//zonestamp\.[^\s\[\]]+\s+$")
_UNIT = re.compile(r"(?:[ ]?(?:[Uu]hr|uur|hrs|hs|horas|h|o['’]clock)(?![^\W_]))?")
_ZONE_HINT = re.compile(
    r"(?:\s*\((?:(?:see|check)\s+)?(?:in\s+)?(?:your|local)\s+time(?:\s?zone)?\))?", re.IGNORECASE
)
# The first word that a reader sees: of a link that of its label, or of its page without namespace.
_WORD = re.compile(r"[^\W\d_]+|\[\[(?:[^\[\]{}|:]*[|:]){1,2}(?P<shown>[^\W\d_]+)")
_DAYS = frozenset({Kind.WEEKDAY, Kind.DATE, Kind.ORDINAL, Kind.DAY_NUMBER})
_QUOTES = re.compile(r"'{2,5}")
_SEPARATORS = re.compile(r"(?:[ \t:|,;–—―.-]|&nbsp;|&[nm]dash;|\{\{(?:snd|spnd|[nm]dash|!)\}\})*")
_CLOSER = r"[ \t]|</[A-Za-z][^<>]*>"
_CLOSING = re.compile(f"(?:{_CLOSER})*")


@value()
class LeadingTime:
    """A leading time: `source` is where it stands, days and zones with it; the rest of the item begins at `body`.

    `body` is behind the dash or colon and before the blanks that follow it. `day` is the source of a day in front of the
    time; a slot list gives slots numbers, and some have the time of another (`same_as`) and none of their own.
    """

    source: Span
    body: int
    day: Span | None = None
    slot: int | None = None
    same_as: int | None = None
    bracket: Span | None = None  # behind the title, where a list gives its times there
    opened: bool = False  # `from 10:00`: it ends nobody knows when


def leading_time(text: str, content: Span) -> LeadingTime | None:
    """The time that the content begins with, or None if it begins with anything else."""
    near = text[content.start : min(content.end, content.start + _NEAR)]
    if not _DIGIT.search(near):
        return None
    if (word := _WORD.match(near.lstrip("'"))) and not may_lead(word[word.lastgroup or 0].casefold()):
        return None
    if (usual := _USUAL.match(near)) is not None:
        start, end = usual.span("time")
        return _behind(text, content, Span(content.start + start, content.start + end))
    seen = _COLON_BEHIND.sub(
        ",", plain(without_struck(near))
    )  # a colon glued to a time says no more than a comma
    if slot := _SLOT.match(seen):
        return _slot(text, content, seen, slot)
    told = _told(text, content, seen, 0)
    return None if told and _behind_people(text, Span(content.start, told.source.start)) else told


def _behind_people(text: str, before: Span) -> bool:
    """Whether somebody stands before the time: `[[User:Ada]] (18:00 to 22:00)` is when she is there."""
    source = before.of(text)
    return ("[[" in source or "{{" in source) and bool(people(text, before))


def _slot(text: str, content: Span, seen: str, slot: re.Match[str]) -> LeadingTime | None:
    number = int(slot["number"])
    if same := _PARALLEL_TO.match(seen, slot.end()):
        here = Span(content.start + slot.start("number"), content.start + same.end())
        found = _behind(text, content, here)
        return LeadingTime(here, found.body, slot=number, same_as=int(same["number"]))
    at = re.compile(r"[\s:.,()–—-]*").match(seen, slot.end())
    told = _told(text, content, seen, at.end() if at else slot.end())
    return LeadingTime(told.source, told.body, told.day, number) if told else None


def _told(text: str, content: Span, seen: str, offset: int) -> LeadingTime | None:
    pieces = tokens(seen[offset:])
    first = _first(pieces)
    last = _time_end(pieces, first)
    if last is None:
        return None
    if last + 2 < len(pieces) and pieces[last + 1].kind is Kind.DASH:
        words = [piece.text.casefold() for piece in pieces[last + 2 : last + 4]]
        late = pieces[last + 1].text.isalpha() and words[0] == "late"  # 18:00 until late: Party
        last += 3 if words == ["open", "end"] else 2 if late or words[0] in {"open-end", "openend"} else 0
    elif last + 1 < len(pieces) and pieces[last + 1].text == "?":
        last += pieces[last + 1].start == pieces[last].end  # 6pm? – Pizza
    days = [piece for piece in pieces[:first] if piece.kind in _DAYS]
    if not days and (behind := _day_behind(pieces, last)) is not None:
        days, last = [pieces[behind]], behind
    at = content.start + offset
    begin = min(days[0].start, pieces[first].start) if days else pieces[first].start
    if not days and first and pieces[first - 1].kind is Kind.VAGUE:
        begin = pieces[first - 1].start
    day = Span(at + days[0].start, at + days[-1].end) if days else None
    found = _behind(text, content, Span(at + begin, at + pieces[last].end))
    opened = _is_opened(pieces, first, last)
    if opening := _STAMP.search(text, content.start, at + begin):  # the link's target is a time as well
        shut = text.find("]", found.source.end, content.end)
        source = Span(opening.start(), max(found.source.end, shut + 1))
        return LeadingTime(source, max(found.body, shut + 1), day, opened=opened)
    return LeadingTime(found.source, found.body, day, opened=opened)


def _is_opened(pieces: Sequence[Token], first: int, last: int) -> bool:
    """Whether a word like "from" leads to a time that has no end: `ab 9:40`, `from 14:00`."""
    led = first > 0 and pieces[first - 1].text.casefold() in OPENING
    return led and sum(piece.kind in CLOCKS for piece in pieces[first : last + 1]) == 1


def _day_behind(pieces: Sequence[Token], last: int) -> int | None:
    """The place of a day that follows a time: `10:00, Friday`, `10:00 15 May`; not `10:00 Friday social`."""
    if last + 1 < len(pieces) and pieces[last + 1].kind is Kind.DATE:
        return last + 1
    apart = last + 2 < len(pieces) and pieces[last + 1].text == ","
    return last + 2 if apart and pieces[last + 2].kind in {Kind.DATE, Kind.WEEKDAY} else None


def _first(pieces: Sequence[Token]) -> int:
    """The place of the first piece that is no day, bracket or word like "from"."""
    for number, piece in enumerate(pieces):
        opening = piece.kind is Kind.PUNCTUATION and piece.text in "([,.:|"
        joined = piece.kind is Kind.DASH and number > 0 and pieces[number - 1].kind in _DAYS
        led = leads(pieces, number)
        if not (opening or joined or led or piece.kind in _DAYS or piece.kind is Kind.VAGUE):
            return number
    return len(pieces)


def _time_end(pieces: Sequence[Token], first: int) -> int | None:
    """The place of the last piece of the time or times that begin at `first`."""
    at = _clock_end(pieces, first)
    while at is not None and at + 2 < len(pieces) and pieces[at + 1].text in {"/", "="}:
        further = _clock_end(pieces, at + 2)  # 10:30 am IST / 5:00 am UTC
        if further is None:
            break
        at = further
    return at if at is None else _other_clocks_end(pieces, at)


def _other_clocks_end(pieces: Sequence[Token], at: int) -> int:
    """The place where the same time by other clocks ends: `10:30 IST (5:00 UTC, 07:00 CEST)`, `12:00 | 10:00 UTC`."""
    opened = at + 1 < len(pieces) and pieces[at + 1].text == "("
    end = at
    while end + 2 < len(pieces) and pieces[end + 1].text in {"(", ",", "/", "|"}:
        further = _clock_end(pieces, end + 2)
        if further is None or all(piece.kind is not Kind.ZONE for piece in pieces[end + 2 : further + 1]):
            break
        end = further
    if end > at and opened and end + 1 < len(pieces) and pieces[end + 1].text == ")":
        end += 1
    return end


def _clock_end(pieces: Sequence[Token], first: int) -> int | None:
    if first < len(pieces) and _is_hour(pieces, first):
        return first
    if first >= len(pieces) or pieces[first].kind not in CLOCKS:
        return None
    start, at = pieces[first], _zone_end(pieces, first)
    if at + 1 < len(pieces) and (start.hour, start.minute) == (12, 0) and pieces[at + 1].text in _NOON:
        at += 1  # 12:00 noon
    ranged = at + 2 < len(pieces) and _joins(pieces[at + 1]) and pieces[at + 2].kind in CLOCKS
    if ranged and _may_range(pieces, at + 2, start):
        at = _zone_end(pieces, at + 2)
    elif start.kind is Kind.NUMBER or (start.kind is Kind.FOUR and not _is_time(pieces, at, start)):
        return None
    return _length_end(pieces, at)


def _is_hour(pieces: Sequence[Token], at: int) -> bool:
    """Whether a French hour stands before a colon or dash: `14 h : Title`, `14h – Title`; not `24h hackathon`, `2 h: a length`."""
    hour = _HOUR.fullmatch(pieces[at].text)
    apart = at + 1 < len(pieces) and (
        pieces[at + 1].kind is Kind.DASH or pieces[at + 1].text in {":", "|", ","}
    )
    joined = at + 2 < len(pieces) and _joins(pieces[at + 1]) and pieces[at + 2].kind in CLOCKS
    return hour is not None and apart and not joined


def _joins(piece: Token) -> bool:
    return piece.kind is Kind.DASH or piece.text == "~" or piece.text.casefold() in TO


def _may_range(pieces: Sequence[Token], last: int, start: Token) -> bool:
    """Whether a dash joins two times: `14–17 Hacking`, `10:00-12: Title`; not `10:00 - 3 ways to fail`, `7–10 people`."""
    if pieces[last].kind is not Kind.NUMBER or _next_is_apart(pieces, last + 1):
        return True
    if pieces[last].text[-1:] in "hu" and not {"h", "u"}.isdisjoint(start.text):
        return True  # 10h-11h Title, 10u30 – 11u Title
    if pieces[last - 2].end == pieces[last - 1].start and pieces[last - 1].end == pieces[last].start:
        if of_an_hour(pieces, last - 2):
            return True  # kl 10-11 Title
        return start.kind is not Kind.NUMBER  # 10am-12 Title
    return start.kind is Kind.NUMBER and pieces[last + 1].text[:1].isupper()


def _is_time(pieces: Sequence[Token], at: int, token: Token) -> bool:
    """Whether four digits alone are a time: `1400: Title`; not `2026: a year`, `1400 participants`."""
    return not year_like(token) and _next_is_apart(pieces, at + 1)


def _next_is_apart(pieces: Sequence[Token], index: int) -> bool:
    if index >= len(pieces):
        return True
    return pieces[index].kind in {Kind.DASH, Kind.ZONE} or pieces[index].text in {
        ":",
        "|",
        ",",
        ".",
        ")",
        ";",
    }


def _zone_end(pieces: Sequence[Token], at: int) -> int:
    """The place of the zone behind a time, with the bracket round it; the time's own if there is none."""
    if at + 1 < len(pieces) and pieces[at + 1].kind is Kind.ZONE:
        return at + 1
    if at + 3 < len(pieces) and pieces[at + 1].text == "(" and pieces[at + 2].kind is Kind.ZONE:
        return at + 3 if pieces[at + 3].text == ")" else at + 2
    return at


def _length_end(pieces: Sequence[Token], at: int) -> int:
    """The place of a length that stands directly behind a time: `10:00 (25 min)`, `10:00, 25 min`, `[… 10:00] – 25 min – `."""
    if at + 3 < len(pieces) and pieces[at + 1].text == "]" and pieces[at + 3].kind is Kind.LENGTH:
        further = _length_end(pieces, at + 1)
        return at if further == at + 1 else further
    if at + 1 < len(pieces) and pieces[at + 1].kind is Kind.LENGTH:
        return at + 1
    if at + 3 < len(pieces) and pieces[at + 1].kind is Kind.DASH and pieces[at + 2].kind is Kind.LENGTH:
        return at + 2 if _next_is_apart(pieces, at + 3) else at
    if (
        at + 2 < len(pieces)
        and pieces[at + 1].text in {"(", ",", "/", "+"}
        and pieces[at + 2].kind is Kind.LENGTH
    ):
        closed = pieces[at + 1].text == "(" and at + 3 < len(pieces) and pieces[at + 3].text == ")"
        return at + 3 if closed else at + 2
    return at


def _behind(text: str, content: Span, time: Span) -> LeadingTime:
    """The time with where the rest begins: behind the markup that closes with the time, and behind the dash or colon."""
    before = text[content.start : time.start]
    closing = _closing(before) if before else _CLOSING
    at = _end(_ZONE_HINT, text, _end(_UNIT, text, time.end, content.end), content.end)
    at = _end(closing, text, at, content.end)
    for _ in range(2 if before else 1):  # '''14:00''': Title, '''14:00:''' Title
        at = _end(_SEPARATORS, text, at, content.end)
        at = _end(closing, text, at, content.end) if before else at
    if at >= content.end and _DASH_ALONE.search(text, time.end, at):
        return LeadingTime(time, time.end)  # "10:00 –": the dash is all that is said
    body = at
    while body > time.end and text[body - 1] in " \t":
        body -= 1
    return LeadingTime(time, body)


def _closing(before: str) -> re.Pattern[str]:
    """What closes the markup that is open before a time."""
    closers = [_CLOSER, *map(re.escape, _QUOTES.findall(before)[-1:])]
    closers += [
        re.escape(shut) for opened, shut in (("{{", "}}"), ("[", "]"), ("(", ")")) if opened in before
    ]
    return re.compile(f"(?:{'|'.join(closers)})*")


def _end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else at
