"""Views of a wikitext in which comments, nowiki and templates are out of the way, as MediaWiki's table and heading passes see it."""

from bisect import bisect_right
from functools import lru_cache

from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks_within

FILLER = "\x7f"  # stands for a construct whose content is out of the way; MediaWiki's own strip markers begin with it

_PIPES = {  # the magic word and the templates that wikis have for table syntax inside template arguments
    "{{!}}": "|",
    "{{(!}}": "\n{|",  # MediaWiki begins a line before a template that yields `{|`
    "{{!)}}": "|}",
    "{{!-}}": "|-",
    "{{!!}}": "||",
    "{{!+}}": "|+",
}


def _table_syntax(text: str, span: Span) -> str:
    """What of a table a template yields: `{{!!}}`, `{{ ! }}`; templates for it pass over arguments, the magic word takes none."""
    head = text[span.start : min(span.end, span.start + 9)]
    if "!" not in head:
        return FILLER
    name, bar, _ = head.removesuffix("}}").partition("|")
    if not bar and span.end > span.start + 9:
        return FILLER
    name = "".join(name.split())
    return FILLER if bar and name == "{{!" else _PIPES.get(f"{name}}}}}", FILLER)


@value()
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
            shown = _table_syntax(text, span)
            for character in shown[:-1]:  # each of them leads to the whole
                builder.piece(character, span.start, span.start)
            builder.piece(shown[-1], span.start, span.end)
            builder.skip_to(span.end)
    return builder.view()
