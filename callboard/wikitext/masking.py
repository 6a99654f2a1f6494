"""What stands where in a wikitext, as MediaWiki's preprocessor sees it.

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
from typing import NamedTuple

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


class Mark(NamedTuple):
    """One construct and where it stands; a tuple, for a page has very many."""

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
    r"(?>(?:\s|<!--.*?-->)*)(?:[^\[\]{}<>|:\n]++\s*+(?:\||\Z)|[^\[\]{}<>|:\n]*+\s*+(?::|<!--|</?(?:only|no)?include|\{\{(?!\{?!)))",
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


def line_range(text: str, span: Span) -> tuple[int, int]:
    """First and last line on which something of the span is seen."""
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    end = span.start + len(source.rstrip())
    return line_at(text, start), line_at(text, max(start, end - 1))
