"""The lists of a sign-up page: which role each belongs to, its entries and the replies attached to them.

A role is a term (`; Chat watch`), a bold line (`'''Chat watch'''`) or a heading; its entries are bullets or numbers.
"""

import re
from dataclasses import dataclass, field

from callboard.read.plain import plain
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import Line, LineKind, lines, term

_BOLD_LINE = re.compile(r"\s*'''(?!')(.{1,200}?)'''[\s:]*(?:<br\s*/?>\s*)?\Z")
_NOT_A_REMARK = re.compile(
    r"\s*(?:'''|\{\{|\[\[(?:category|kategorie|file|image|datei)\s*:|<|__|\||!)", re.IGNORECASE
)


@dataclass(slots=True)
class Item:
    """One bullet with the lines attached to it."""

    line: Line
    replies: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class RoleList:
    """What stands under one role: the entries, and the text that introduces them."""

    role: str | None
    by: str = "heading"  # "term", "bold", "heading" or "" before the first
    items: list[Item] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)


def shown(text: str, span: Span) -> str:
    """What a reader sees of a span, in one line without markup."""
    return " ".join(plain(span.of(text)).split())


def _is_reply(line: Line, entry: Line, beginning: str) -> bool:
    """`:**` under `:*`, `*:`, `##`; also `::` and `:`; `**` under `:*` unless it begins with a name, then it is an entry."""
    if line.prefix.endswith(":"):
        return True
    if line.depth > entry.depth:
        return line.prefix.startswith(entry.prefix) or entry.prefix[-1] in line.prefix[:-1]
    same_place = line.depth == entry.depth and line.prefix != entry.prefix
    return (
        same_place
        and line.depth > 1
        and len(set(line.prefix)) == 1
        and not beginning.startswith(("[[", "{{"))
    )


class _Walk:
    """Goes down the page once and sorts its lines under roles."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[RoleList] = [RoleList(None, "")]
        self.entry: Item | None = None

    def over(self) -> list[RoleList]:
        for line in lines(self.text):
            match line.kind:
                case LineKind.HEADING:
                    self._role(shown(self.text, line.content), "heading")
                case LineKind.ITEM:
                    self._item(line)
                case LineKind.TEXT:
                    self._text(line)
                case LineKind.BLANK | LineKind.TABLE:
                    self.entry = None
                case LineKind.HIDDEN:
                    pass
        return self.found

    def _role(self, name: str, by: str) -> None:
        self.found.append(RoleList(name or None, by))
        self.entry = None

    def _item(self, line: Line) -> None:
        if line.prefix.endswith(";"):
            name, rest = term(self.text, line)
            self._role(shown(self.text, name).rstrip(" :"), "term")
            if rest:
                self.found[-1].intro.append(shown(self.text, rest))
        elif self.entry and _is_reply(line, self.entry.line, line.content.of(self.text)):
            self.entry.replies.append(line.span)
        elif line.prefix.endswith(":"):
            self.found[-1].intro.append(shown(self.text, line.content))
        else:
            self.entry = Item(line)
            self.found[-1].items.append(self.entry)

    def _text(self, line: Line) -> None:
        source = line.content.of(self.text)
        if bold := _BOLD_LINE.match(source):
            at = line.content.start + bold.start(1)
            self._role(shown(self.text, Span(at, at + len(bold[1]))).rstrip(" :"), "bold")
        elif self.entry and not _NOT_A_REMARK.match(source):
            self.entry.replies.append(line.span)
        else:
            self.entry = None
            self.found[-1].intro.append(shown(self.text, line.content))


def role_lists(text: str) -> list[RoleList]:
    """Every list of the page under its role, in order; whether people sign in it is not decided here."""
    return [found for found in _Walk(text).over() if found.items]
