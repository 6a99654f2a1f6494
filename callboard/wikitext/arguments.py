"""A template with its arguments by name, as MediaWiki's preprocessor splits them, and the places of their values."""

import re
from collections.abc import Mapping

from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks_within
from callboard.wikitext.remembered import remembered
from callboard.wikitext.titles import canonical_title
from callboard.wikitext.views import FILLER

_ARGUMENT = re.compile(r"\|(?:(?P<name>[^|=]*+)=)?(?P<blanks>\s*+)(?P<words>[^|]*+)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEAD = re.compile(r"\{\{((?>(?:[^|{}<\[\]]|<!--.*?-->)*))(?=\||\}\})", re.DOTALL)
_SPACE = re.compile(
    r":?(?:template|vorlage|modèle|plantilla|шаблон|szablon|predefinição|sjabloon|mall)[ _]*:\s*",
    re.IGNORECASE,
)


@value()
class Argument:
    """One argument: all that stands behind its `=`, and the value without the blanks and comments round it.

    The place of an empty value is where one would be written: behind the blank that follows the `=`.
    """

    whole: Span
    value: Span


@value()
class Call:
    """A template as a page uses it; of arguments with one name the last counts, those without a name are "1", "2", …"""

    name: str
    span: Span
    arguments: Mapping[str, Argument]


@remembered(256)
def template_name(raw: str) -> str:
    """The name as the wiki spells it: `Template:session_row` is `Session row`; `:Page` names a page, not a template."""
    name = canonical_title(_COMMENT.sub("", raw) if "<!--" in raw else raw)
    space = _SPACE.match(name)
    return canonical_title(name[space.end() :]) if space else name


def name_at(text: str, span: Span) -> str:
    """The name of the template that fills the span; empty if it is made by other templates."""
    head = _HEAD.match(text, span.start, span.end)
    return template_name(head[1]) if head else ""


def _masked(text: str, inner: Span) -> str:
    """The text of the span with comments as blanks and each link, template and nowiki as fillers, at the same places."""
    source = inner.of(text)
    if "[[" not in source and "{{" not in source and "<" not in source:
        return source
    out: list[str] = []
    at = inner.start
    for mark in marks_within(text, inner):
        if mark.span.start < at:
            continue
        blank = " " if mark.kind in {Kind.COMMENT, Kind.REMOVED} else FILLER
        out += [text[at : mark.span.start], blank * (mark.span.end - mark.span.start)]
        at = mark.span.end
    return "".join(out) + text[at : inner.end]


def _argument(found: re.Match[str], offset: int) -> Argument:
    blanks, words = found.group("blanks", "words")
    start, end = found.start("blanks"), found.end()
    whole = Span(offset + start, offset + end)
    if words:
        first = offset + start + len(blanks)
        return Argument(whole, Span(first, first + len(words.rstrip())))
    at = offset + start + (1 if blanks.startswith(" ") else 0)
    return Argument(whole, Span(at, at))


def call_at(text: str, span: Span) -> Call:
    """The parts of the template that fills the span: `{{Row|start=10:00|[[A|B]]}}` has "start" and "1"."""
    inner = Span(span.start + 2, span.end - 2)
    found: dict[str, Argument] = {}
    number = 0
    for argument in _ARGUMENT.finditer(_masked(text, inner)):
        name = argument["name"]
        if name is None:
            number += 1
        found[str(number) if name is None else name.strip()] = _argument(argument, inner.start)
    return Call(name_at(text, span), span, found)
