"""Where a session's title stands in the source, and what may be put next to it. No rule of its own."""

import re

from callboard.model import Schedule, Session
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import marks_within
from callboard.wikitext.tasks import external_end

_IN_EXTERNAL_LINK = re.compile(r"\[(?:https?:)?//[^\s\[\]]+[ \t][^\[\]\n]*$")
_CLOSING = re.compile(r"(?:'{2,5}|\]\]|</(?:b|i|strong|em|big|small|translate)>)+", re.IGNORECASE)
_OPENING = re.compile(r"(?:'{2,5}|\[\[(?:[^\[\]|{}\n]*\|)?|<(?:b|i|strong|em|big|small)>)+\Z", re.IGNORECASE)
_LABELLED = re.compile(r"\[\[[^\[\]|{}\n]*\|")
_REACH = 300  # characters before a title in which the markup that opens at it may begin


def title_of(page: Schedule, session: Session) -> Span | None:
    """The title in the source, if it stands there in one piece and once; the target in `[[/Maps|Maps]]` does not count."""
    text, span, size = page.text, session.title_cell or session.span, len(session.title)
    at = text.find(session.title, span.start, span.end) if session.title else -1
    if at >= 0 and _in_target(text, at, span):
        at = text.find(session.title, at + size, span.end)
    if at < 0 or text.find(session.title, at + 1, span.end) >= 0:
        return None
    return Span(at, at + size)


def _in_target(text: str, at: int, within: Span) -> bool:
    """Whether an offset lies in what a link with a label leads to."""
    opening = text.rfind("[[", within.start, at)
    link = _LABELLED.match(text, opening, within.end) if opening >= 0 else None
    return link is not None and at < link.end()


def behind(page: Schedule, title: Span, within: Span) -> int:
    """The first offset behind the title and the markup that closes with it: quotes, a link, a template."""
    text, at = page.text, title.end
    for mark in marks_within(text, within):
        if mark.span.start <= title.start and title.end <= mark.span.end:
            at = max(at, mark.span.end)
    line = text.rfind("\n", within.start, title.start) + 1
    if _IN_EXTERNAL_LINK.search(text, max(line, within.start), title.start):
        at = max(at, external_end(text, title.end, within.end))
    closing = _CLOSING.match(text, at, within.end)
    return closing.end() if closing else at


def before(page: Schedule, title: Span, within: Span) -> int:
    """The offset before the title and the markup that opens at it: quotes, `[[page|`."""
    start = max(within.start, title.start - _REACH)
    opening = _OPENING.search(page.text[start : title.start])
    return start + opening.start() if opening else title.start
