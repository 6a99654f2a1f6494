"""What stands where in a wikitext, as MediaWiki's preprocessor sees it, and views in which that is out of the way.

Comments, nowiki and other tags that hide their content, templates and links are found in one pass over the text, with
the preprocessor's own stack (includes/parser/Preprocessor_Hash.php of 1.43): an unclosed `{{` or `[[` is plain text, `{{{!}}` is
`{` and `{{!}}`. Everything is linear in the length of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from callboard.wikitext.edits import Span
from callboard.wikitext.remembered import remembered


class Kind(StrEnum):
    """What a mark is."""

    COMMENT = "comment"  # <!-- … -->, to the end of the text if unclosed
    OPAQUE = "opaque"  # <nowiki>…</nowiki>, <pre>…</pre>, <ref>…</ref>
    REMOVED = "removed"  # <translate>, </tvar>, <noinclude>: the tag is taken out; <includeonly>…</includeonly> whole
    TEMPLATE = "template"  # {{…}}
    ARGUMENT = "argument"  # {{{…}}}
    LINK = "link"  # [[…]]


@dataclass(frozen=True, slots=True)
class Mark:
    """One construct and where it stands."""

    kind: Kind
    span: Span


# Tags whose content is not wikitext of the page's own flow; a wiki that lacks the extension shows the tag as text.
_HIDING = (
    "nowiki|pre|source|syntaxhighlight|gallery|math|chem|ce|ref|references|poem|score|templatedata|templatestyles|timeline|"
    "graph|mapframe|maplink|imagemap|inputbox|categorytree|indicator|charinsert|hiero|languages|langconvert"
)
_REMOVED = "translate|tvar|noinclude|onlyinclude"
# Each form begins with a character of its own, so that the engine skips all others.
_TOKEN = re.compile(
    rf"<(?:!--|(?P<hiding>{_HIDING}|includeonly)(?=[\s/>])|/?(?:{_REMOVED})(?:[\s|][^<>\n]*)?/?>|/>)"
    # most links and templates hold no other, and close right behind what they hold
    r"|\[\[(?:(?!\[)[^\[\]{}<]*\]\](?!\])(?P<link>)|\[*)|\{\{(?:(?!\{)[^\[\]{}<]*\}\}(?!\})(?P<template>)|\{*)"
    r"|\}(?:\}+|-)|\]\]+|-\{(?!\{)",
    re.IGNORECASE,
)
_CLOSE = {"{": "}", "[": "]", "-": ""}  # nothing that began before `-{` ends before `}-`
# A name that no page can have makes no template; behind a colon, or where templates make the name, all may be well.
_NAMED = re.compile(
    r"(?:\s|<!--.*?-->)*+(?:[^\[\]{}<>|:\n]++\s*+(?:\||\Z)|[^\[\]{}<>|:\n]*+\s*+(?::|<!--|</?(?:only|no)?include|\{\{(?!\{?!)))",
    re.DOTALL,
)
_LARGEST = {"{": 3, "[": 2}  # how many braces one construct takes at most


@dataclass(slots=True)
class _Opening:
    character: str
    at: int  # of the first character of the run
    count: int


class _Finder:
    """One pass over a text; keeps the preprocessor's stack of openings."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: list[Mark] = []
        self._stack: list[_Opening] = []
        self._unclosed: set[str] = set()

    def find(self) -> tuple[Mark, ...]:
        at = 0
        while token := _TOKEN.search(self.text, at):
            start, end = token.span()
            match token.lastgroup:
                case "link":
                    at = self._add(Kind.LINK, start, end)
                case "template":
                    at = self._add(Kind.TEMPLATE, start, end)
                case "hiding":
                    at = self._hiding(token["hiding"].lower(), start, end)
                case _ if self.text[start] != "<":
                    at = self._run(token[0], start)
                case _ if token[0] == "<!--":
                    at = self._add(Kind.COMMENT, start, self._after("-->", end))
                case _:
                    at = self._add(Kind.REMOVED, start, end)
        return tuple(sorted(self.marks, key=lambda mark: (mark.span.start, -mark.span.end)))

    def _add(self, kind: Kind, start: int, end: int) -> int:
        if kind is not Kind.TEMPLATE or _NAMED.match(self.text, start + 2, end - 2):
            self.marks.append(Mark(kind, Span(start, end)))
        return end

    def _after(self, needle: str, at: int) -> int:
        found = self.text.find(needle, at)
        return len(self.text) if found < 0 else found + len(needle)

    def _hiding(self, name: str, start: int, after_name: int) -> int:
        bracket = self.text.find(">", after_name) if ">" not in self._unclosed else -1
        if bracket < 0:
            self._unclosed.add(">")
            return after_name
        if self.text[bracket - 1] == "/":
            return self._add(Kind.OPAQUE, start, bracket + 1)
        if name in self._unclosed:
            return bracket + 1
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, bracket + 1)
        kind = Kind.REMOVED if name == "includeonly" else Kind.OPAQUE
        if closing:
            return self._add(kind, start, closing.end())
        if name == "includeonly":
            return self._add(kind, start, len(self.text))
        self._unclosed.add(name)
        return bracket + 1

    def _run(self, run: str, at: int) -> int:
        if run[0] in _CLOSE:
            self._stack.append(_Opening(run[0], at, len(run)))
            return at + len(run)
        left = len(run)
        end = at + left
        if run == "}-" and self._stack and self._stack[-1].character == "-":
            self._stack.pop()
            return end
        while left >= 2 and self._stack and _CLOSE[self._stack[-1].character] == run[0]:
            top = self._stack[-1]
            taken = min(left, top.count, _LARGEST[top.character])
            top.count -= taken
            start = top.at + top.count
            left -= taken
            kind = Kind.LINK if top.character == "[" else Kind.TEMPLATE if taken == 2 else Kind.ARGUMENT
            self._add(kind, start, end - left)
            if top.count < 2:
                self._stack.pop()
        return end


_FEW = 8  # that are looked through faster than sought
_OPENINGS = ("[[", "{{", "<")


@remembered(64)
def marks(text: str) -> tuple[Mark, ...]:
    """Every construct of the text in order of its start, an outer one before those inside it."""
    return _Finder(text).find() if any(opening in text for opening in _OPENINGS) else ()


@lru_cache(maxsize=4)
def _starts(text: str) -> list[int]:
    return [mark.span.start for mark in marks(text)]


def marks_within(text: str, within: Span) -> Sequence[Mark]:
    """The constructs that lie wholly in the span, in order, an outer one before those inside it."""
    found = marks(text)
    if not found or within.end - within.start == len(text):
        return found
    if len(found) < _FEW:
        return [m for m in found if within.start <= m.span.start and m.span.end <= within.end]
    starts = _starts(text)
    near = found[bisect_left(starts, within.start) : bisect_left(starts, within.end)]
    return [mark for mark in near if mark.span.end <= within.end]


@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_at(text: str, offset: int) -> int:
    """The number, from 1, of the line that holds the character at `offset`; quick for many offsets of one text."""
    return bisect_right(_line_starts(text), offset)


FILLER = "\x7f"  # stands for a construct whose content is out of the way; MediaWiki's own strip markers begin with it

_PIPES = {  # the magic word and the templates that wikis have for table syntax inside template arguments
    "{{!}}": "|",
    "{{(!}}": "\n{|",  # MediaWiki begins a line before a template that yields `{|`
    "{{!)}}": "|}",
    "{{!-}}": "|-",
    "{{!!}}": "||",
    "{{!+}}": "|+",
}


@dataclass(frozen=True, slots=True)
class View:
    """A part of a text without comments and with each template or nowiki as one FILLER character.

    `text` is the view; `origin` and `after` lead back to offsets of the original text.
    """

    text: str
    _starts: tuple[int, ...]  # in the view, of each piece
    _origins: tuple[int, ...]  # in the original
    _ends: tuple[int, ...]  # in the original, of a replaced piece; -1 for one that was copied

    def origin(self, at: int) -> int:
        """The original offset of the view's character at `at` (of its end for the view's length)."""
        number = bisect_right(self._starts, at) - 1
        if self._ends[number] >= 0:
            return self._origins[number]
        return self._origins[number] + at - self._starts[number]

    def after(self, at: int) -> int:
        """The original offset just behind the view's character at `at`."""
        number = bisect_right(self._starts, at) - 1
        return self._ends[number] if self._ends[number] >= 0 else self.origin(at) + 1


class _Builder:
    def __init__(self, text: str, within: Span) -> None:
        self.text, self.at, self.end = text, within.start, within.end
        self.out: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []

    def piece(self, shown: str, origin: int, end: int) -> None:
        self.starts.append(self.length)
        self.origins.append(origin)
        self.ends.append(end)
        self.out.append(shown)
        self.length += len(shown)

    def copy_to(self, end: int) -> None:
        if self.at < end:
            self.piece(self.text[self.at : end], self.at, -1)
            self.at = end

    def skip_to(self, end: int) -> None:
        self.at = max(self.at, end)

    def view(self) -> View:
        self.copy_to(self.end)
        self.piece("", self.end, -1)
        return View("".join(self.out), tuple(self.starts), tuple(self.origins), tuple(self.ends))


_BLANKS = " \t\r"


def _comment_gap(text: str, builder: _Builder, spans: list[Span]) -> tuple[int, int]:
    """What goes with a row of comments: just them, or their whole line if nothing else stands on it."""
    start, end = spans[0].start, spans[-1].end
    left = start
    while left > builder.at and text[left - 1] in _BLANKS:
        left -= 1
    right = end
    while right < builder.end and text[right] in _BLANKS:
        right += 1
    if left > 0 and text[left - 1] == "\n" and text[right : right + 1] == "\n" and right < builder.end:
        return left, right + 1
    return start, end


def view(text: str, within: Span | None = None) -> View:
    """The text, or the part of it, as MediaWiki's table and heading passes see it."""
    return _whole(text) if within is None else _view(text, within)


@lru_cache(maxsize=2)
def _whole(text: str) -> View:
    return _view(text, Span(0, len(text)))


def _view(text: str, within: Span) -> View:
    builder = _Builder(text, within)
    found = marks_within(text, Span(builder.at, builder.end))
    number = 0
    while number < len(found):
        mark = found[number]
        number += 1
        span = mark.span
        if span.start < builder.at or mark.kind is Kind.LINK:
            continue
        if mark.kind is Kind.COMMENT:
            row = [span]
            while (
                number < len(found)
                and found[number].kind is Kind.COMMENT
                and not text[row[-1].end : found[number].span.start].strip(_BLANKS)
            ):
                row.append(found[number].span)
                number += 1
            start, end = _comment_gap(text, builder, row)
            builder.copy_to(start)
            builder.skip_to(end)
        elif mark.kind is Kind.REMOVED:
            opens = text.startswith("<translate", span.start)  # Translate takes the line end inside along
            builder.copy_to(span.start - text.startswith("\n</translate", span.start - 1))
            builder.skip_to(span.end + (opens and text.startswith("\n", span.end)))
        else:
            builder.copy_to(span.start)
            short = span.end - span.start <= 9  # with blanks: `{{ ! }}`
            shown = _PIPES.get("".join(span.of(text).split()), FILLER) if short else FILLER
            for character in shown[:-1]:  # each of them leads to the whole
                builder.piece(character, span.start, span.start)
            builder.piece(shown[-1], span.start, span.end)
            builder.skip_to(span.end)
    return builder.view()
