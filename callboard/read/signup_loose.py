"""Entries without a bullet: one name a line, names parted by `<br>`, and definitions (`: [[User:Ada]]`) under a term.

    [[User:Ada|Ada]]<br>
    [[User:Bo|Bo]] (Saturday 10:00–12:00 UTC)<br>

Prose that names people is none of it: a line alone must be a name and what people add to one.
"""

import re
from dataclasses import replace
from itertools import groupby

from callboard.read.plain import plain
from callboard.read.signatures import STAMP
from callboard.read.signup_people import named_in, opens_with_a_person
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import Line, LineKind
from callboard.wikitext.masking import marks_within

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LONGEST = 200  # characters of a line that is an entry and no sentence
_ADDED = re.compile(r"\s*(?:\([^\n]{1,120}\)\s*)?|\s*[,–—:-]\s?[^.!?\n]{1,80}\s*")
# "Sunday 9:00 - 10:00 UTC": nothing but hours
_HOURS = re.compile(
    r"(?=[^0-9\n]*[0-9])\s+(?>(?:(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?s?\b|[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[ap]m)?\b"
    r"|(?:and|from|to|until|utc|gmt|[ew]?est|cest|eet|cet|[ecmpab][sd]t|ist|jst|aest|msk)\b|[\s,&/()–—-])+)",
    re.IGNORECASE,
)
Found = list[tuple[Line, list[Span]]]


def _only_a_name(text: str, content: Span) -> bool:
    """Whether a line is a linked name, a remark in brackets or after a dash, a signature, and nothing else."""
    if content.end - content.start > 3 * _LONGEST or not opens_with_a_person(text, content):
        return False
    first = named_in(text, content)[0]
    rest = plain(STAMP.sub("", text[first.span.end : content.end]))
    return bool(_ADDED.fullmatch(rest) or _HOURS.fullmatch(rest))


def alone_in_line(text: str, line: Line, entry: Line) -> bool:
    """Whether a line without a bullet below an entry is somebody else's own, its bullet forgotten: `[[User:Bo]] (Sat 10-12)`."""
    source = line.content.of(text)
    if not source.startswith(("[[", "{{")) or STAMP.search(source) or not _only_a_name(text, line.content):
        return False
    here = {person.name for person in named_in(text, line.content)}
    return here.isdisjoint(person.name for person in named_in(text, entry.content)) and ":" not in _after(
        text, line
    )


def _after(text: str, line: Line) -> str:
    """The sign right behind the name: `[[User:Bo]]: do you have a car?` speaks to Bo."""
    first = named_in(text, line.content)[0]
    return text[first.span.end : first.span.end + 1]


def _pieces(text: str, line: Line) -> list[Span]:
    """A line's parts between its breaks, without blanks round them; breaks within links and templates part nothing."""
    source = line.content.of(text)
    if "<" not in source:
        return [line.content]
    marks = [mark.span for mark in marks_within(text, line.content)]
    out, at = [], line.content.start
    for found in _BREAK.finditer(text, line.content.start, line.content.end):
        if not any(span.start <= found.start() < span.end for span in marks):
            out.append(Span(at, found.start()))
            at = found.end()
    out.append(Span(at, line.content.end))
    return [stripped for span in out if (stripped := _stripped(text, span))]


def _stripped(text: str, span: Span) -> Span | None:
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    end = span.end - (len(source) - len(source.rstrip()))
    return Span(start, end) if start < end else None


def _lines(text: str, line: Line) -> list[Line]:
    """An entry for each part of a line; the only part of a line is the whole line."""
    pieces = _pieces(text, line)
    if len(pieces) == 1:
        return [replace(line, content=pieces[0], bullet=None)]
    return [replace(line, span=piece, content=piece, bullet=None) for piece in pieces]


def _names(text: str, block: list[Line]) -> Found:
    """The entries of lines of text that follow each other; none if they are prose."""
    parts = [part for line in block for part in _lines(text, line)]
    broken = len(parts) > 1 and all(_BREAK.search(line.content.of(text)) for line in block[:-1])
    if any(part.content.end - part.content.start > 3 * _LONGEST for part in parts):
        return []
    named = sum(opens_with_a_person(text, part.content) for part in parts)
    if len(parts) == 1:
        good = _only_a_name(text, parts[0].content)
    elif broken:
        good = named * 2 >= len(parts) and all(_short(text, part.content) for part in parts)
    else:
        good = named == len(parts)
    return [(part, []) for part in parts] if good else []


def _short(text: str, content: Span) -> bool:
    return len(plain(content.of(text)).strip()) <= _LONGEST


def _definitions(text: str, block: list[Line]) -> Found:
    """`: [[User:Ada]]` and below it `:: a reply`."""
    found: Found = []
    for line in block:
        if found and (line.depth > found[-1][0].depth or not opens_with_a_person(text, line.content)):
            found[-1][1].append(line.span)
        elif opens_with_a_person(text, line.content):
            found.append((line, []))
    return found


def loose_items(text: str, loose: list[Line]) -> Found:
    """The entries, each with its replies, among the lines under a role that has no bullets."""
    found: Found = []
    for kind, block in groupby(loose, key=lambda line: line.kind):
        if kind is LineKind.ITEM:
            found += _definitions(text, list(block))
        elif kind is LineKind.TEXT:
            found += _names(text, list(block))
    return found
