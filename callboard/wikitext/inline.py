"""A piece of wikitext flattened to what a reader sees, each character with its style and its place in the source.

People, tasks, other templates and hidden links become one character each, so that patterns can be sought in the text:
`'''Title''' ({{phab|T1}})<br>[[User:Ada]]` is `Title (⟨task⟩)⟨line⟩⟨person⟩`. A task link with a label of its own is followed by that label.
"""

import html
import re
from collections.abc import Sequence

from callboard.model import Person, TaskRef
from callboard.wikitext import shown
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, TASK, TEMPLATE, Flat, Style
from callboard.wikitext.link_words import LINK_WORDS
from callboard.wikitext.links import (
    USER_NAMESPACES,
    is_talk,
    link_at,
    linked_by_name,
    names_people,
    people,
    template_at,
    template_name,
)
from callboard.wikitext.masking import Kind, Mark, marks_within
from callboard.wikitext.remembered import remembered
from callboard.wikitext.tasks import TASK_SPACES, external_end, is_only_a_task, task_of_template, tasks

_PIECE = re.compile(
    r"(?P<quotes>'{2,})|(?P<line>\n[ \t]*(?P<item>[*#:;]+)?[ \t]*|<br\b[^<>]*>|</br\s*>|</?(?:p|div|li|ul|ol|tr|td|dd|dt|hr)\b[^<>]*>)"
    r"|<(?P<shut>/)?(?P<tag>[A-Za-z][A-Za-z0-9]*)\b[^<>]*>|(?P<url>\[?(?:https?:)?//[^\s\[\]<>|{}\"]+)"
    r"|(?P<bare>(?<![\w/.:#-])(?:phab(?:ricator)?:)?T\d{3,9}(?:#\d+)?(?![\w/-]))"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,20}\d{0,2});)",
    re.IGNORECASE,
)
_FURTHEST = len("phabricator:")  # so far behind the beginning of a piece stands what tells that there is one
_TASK_URL = re.compile(r"\[?(?:https?:)?//(?:phabricator|phab)\.", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_DEEPEST = 5  # templates inside templates that only dress their text


class _Flattener:
    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = Flat()
        self.out: list[str] = []
        self.length = 0
        self.quotes = Style.PLAIN  # from '' and '''
        self.tags = Style.PLAIN
        self.item = Style.PLAIN
        self.until_line = False  # the bold is not closed on its line: it goes to the next break

    def _run(self, said: str, start: int, end: int, extra: int, *, whole: bool) -> None:
        style = self.quotes | self.tags | self.item | extra
        self.flat.run_starts.append(self.length)
        self.flat.runs.append((start, end, style, whole))
        self.flat.styles |= style
        self.out.append(said)
        self.length += len(said)

    def put(self, said: str, place: Span, extra: int = Style.PLAIN) -> int:
        """A character, or a word, that stands for the place; the index of its last character."""
        self._run(said, place.start, place.end, extra, whole=True)
        return self.length - 1

    def words(self, start: int, end: int, extra: int = Style.PLAIN) -> None:
        """Characters that are shown as they are."""
        if start < end:
            self._run(self.text[start:end], start, end, extra, whole=False)

    def span(self, within: Span, depth: int = 0) -> None:
        at = within.start
        found = marks_within(self.text, within)
        for number, mark in enumerate(found):
            span = mark.span
            if span.start < at:
                continue
            self.plain(at, span.start)
            holds = number + 1 < len(found) and found[number + 1].span.start < span.end
            self.mark(mark, depth, holds_more=holds)
            at = span.end
        self.plain(at, within.end)

    def plain(self, at: int, end: int) -> None:
        while at < end and (begin := shown.BEGINS.search(self.text, at, end)):
            piece = _PIECE.search(self.text, max(at, begin.start() - _FURTHEST), end)
            if piece is None:
                break
            self.words(at, piece.start())
            at = self.piece(piece, end)
        self.words(at, end)

    def piece(self, piece: re.Match[str], end: int) -> int:
        place = Span(*piece.span())
        match piece.lastgroup:
            case "quotes":
                self.quote(piece, end)
            case "line":
                self.line(piece, place)
            case "tag":
                style = shown.TAG_STYLES.get(piece["tag"].lower(), Style.PLAIN)
                self.tags = self.tags & ~style if piece["shut"] else self.tags | style
            case "url":
                return self.url(place, end)
            case "bare":
                self.bare(place)
            case _:
                for character in html.unescape(piece["entity"]):
                    self.put(" " if character == "\u00a0" else character, place)
        return place.end

    def bare(self, place: Span) -> None:
        if found := tasks(self.text, place):
            self.flat.tasks[self.put(TASK, place)] = found[0]
        else:
            self.words(place.start, place.end)

    def quote(self, piece: re.Match[str], end: int) -> None:
        count = len(piece["quotes"])
        if count == 4 or count > 5:  # MediaWiki shows what is too many
            extra = 1 if count == 4 else count - 5
            self.words(piece.start(), piece.start() + extra)
            count -= extra
        if count != 3:
            self.quotes ^= Style.ITALIC
        if count >= 3:
            self.quotes ^= Style.BOLD
            if self.quotes & Style.BOLD:
                close = self.text.find("'''", piece.end(), end)
                self.until_line = close < 0 or "\n" in self.text[piece.end() : close]

    def line(self, piece: re.Match[str], place: Span) -> None:
        if piece["line"][0] == "\n":
            self.quotes, self.item = Style.PLAIN, Style.PLAIN
        elif self.until_line:
            self.quotes &= ~Style.BOLD
        self.put(LINE, place)
        if piece["item"]:
            self.item = Style.ITEM

    def url(self, place: Span, end: int) -> int:
        start = place.start
        stop = external_end(self.text, start, end)
        if _TASK_URL.match(self.text, start):
            found = tasks(self.text, Span(start, max(place.end, stop)))
            if found and found[0].span.start - start <= 1:
                return self.task(found[0])
        if self.text[start] != "[" or stop == start:
            self.put(LINK, place)
            return place.end
        label = Span(place.end, stop - 1)
        if not label.of(self.text).strip() or LINK_WORDS.fullmatch(_bare(label.of(self.text))):
            self.put(LINK, Span(start, stop))
        else:
            self.label(label)
        return stop

    def label(self, label: Span) -> None:
        said = self.text[label.start : label.end]
        lead = len(said) - len(said.lstrip())
        at = label.start + lead
        if "'" not in said and "<" not in said:
            self.words(at, label.start + len(said.rstrip()), Style.LABEL)
            return
        for piece in re.finditer(r"'{2,}|<[^<>]*>|[^'<]+|.", said[lead:].rstrip(), re.DOTALL):
            if not piece[0].startswith("''") and not (piece[0][0] == "<" and len(piece[0]) > 1):
                self.words(at + piece.start(), at + piece.end(), Style.LABEL)

    def task(self, found: TaskRef) -> int:
        span = found.span
        self.flat.tasks[self.put(TASK, span)] = found
        source = span.of(self.text)
        label: Span | None = None
        if source.startswith("[["):
            label = link_at(self.text, span).label
        elif source[0] == "[":
            space = _BLANK.search(source)
            label = Span(span.start + space.end(), span.end - 1) if space else None
        elif source.startswith("{{"):
            values = template_at(self.text, span).positional() if source.count("|") > 1 else ()
            label = values[1] if len(values) > 1 and source[2:6].lower() == "phab" else None
        said = _bare(label.of(self.text)) if label else ""
        if label and not is_only_a_task(said):
            self.label(label)
            if said.count("[") > said.count("]"):  # [https://… [Session] Title] ended at the first bracket
                self.put("]", Span(span.end - 1, span.end), Style.LABEL)
        return span.end

    def mark(self, mark: Mark, depth: int, *, holds_more: bool) -> None:
        """What a construct shows; whether it holds others decides if people are sought inside it."""
        span = mark.span
        if mark.kind is Kind.COMMENT:
            self.flat.comments.append(span)
        elif mark.kind is Kind.OPAQUE:
            self.opaque(span)
        elif mark.kind is Kind.LINK:
            self.link(span, holds_more=holds_more)
        elif mark.kind is not Kind.REMOVED:
            self.template(span, depth, holds_more=holds_more)

    def opaque(self, span: Span) -> None:
        source = span.of(self.text)
        if source[:7].lower() == "<nowiki" and not source.endswith("/>"):
            start = span.start + source.index(">") + 1
            self.words(start, span.start + source.rindex("<"))

    def _linked(self, span: Span, *, holds_more: bool) -> Sequence[Person]:
        if holds_more:
            return people(self.text, span)
        person = linked_by_name(self.text, span)
        return (person,) if person else ()

    def link(self, span: Span, *, holds_more: bool) -> None:
        if named := tuple(self._linked(span, holds_more=holds_more)):
            self.flat.people[self.put(PERSON, span)] = named
            if self.text.startswith(("'s ", "’s "), span.end):  # Ada's office hour
                self.label(link_at(self.text, span).label or self.target(span))
            return
        link = link_at(self.text, span)
        if link.namespace in TASK_SPACES and (found := tasks(self.text, span)):
            self.task(found[0])
            return
        colon = self.text.startswith("[[:", span.start)
        hidden = link.namespace in shown.HIDDEN_SPACES and not colon
        hidden = (
            hidden or is_talk(link.namespace) or bool(shown.FOREIGN_USER.search(":" + link.target))
        ) and not (link.namespace in USER_NAMESPACES and "/" in link.name and link.label)
        said = _bare(link.label.of(self.text)) if link.label else ""
        if hidden or (link.label and LINK_WORDS.fullmatch(said)):
            self.put(LINK, span)
        elif link.label and said.strip():
            self.label(link.label)
        else:
            target = self.text.find(link.target, span.start)
            start = target + (len(link.target) - len(link.target.lstrip(":/")))
            self.words(start, target + len(link.target.rstrip("/")), Style.LABEL)

    def target(self, span: Span) -> Span:
        """The name in a link to a user page without a label."""
        name = link_at(self.text, span).name
        start = self.text.rfind(name, span.start, span.end)
        return Span(start, start + len(name))

    def template(self, span: Span, depth: int, *, holds_more: bool) -> None:
        name = template_name(self.text, span)
        named = people(self.text, span) if holds_more or names_people(name) else ()
        if named and (named[0].span == span or name not in shown.UNWRAPPED):
            self.flat.people[self.put(PERSON, span)] = named
            return
        own = task_of_template(self.text, span)
        found = (TaskRef(*own, span),) if own else tasks(self.text, span)
        if found and found[0].span == span:
            self.task(found[0])
        elif (value := self.shown_value(span, name)) and depth < _DEEPEST:
            self.span(value, depth + 1)
        elif said := shown.DASHES.get(name) or shown.not_yet(name, span.of(self.text)):
            self.put(said, span)
        else:
            at = self.put(TEMPLATE, span)
            self.flat.templates[at] = name
            if found:
                self.flat.tasks[at] = found[0]

    def shown_value(self, span: Span, name: str) -> Span | None:
        """The argument that a template shows as it is."""
        if name not in shown.UNWRAPPED and name not in shown.SHOWS_FIRST:
            return None
        template = template_at(self.text, span)
        values = template.positional()
        if name in shown.UNWRAPPED and template.arguments:
            return values[-1] if values else template.arguments[-1][1]
        return values[0] if name in shown.SHOWS_FIRST and values else None


def _bare(source: str) -> str:
    """A label without quotes and tags."""
    return re.sub(r"'{2,}|<[^<>]*>", "", source) if "''" in source or "<" in source else source


def flatten(text: str, within: Span) -> Flat:
    """What a reader sees of the span."""
    flattener = _Flattener(text)
    flattener.span(within)
    flattener.flat.text = "".join(flattener.out)
    flattener.flat.people_at = list(flattener.flat.people)
    return flattener.flat


@remembered(1024)
def flat_of(source: str) -> Flat:
    """What a reader sees of a piece that stands for itself, such as a cell; it is shared, so it is not to be changed."""
    return flatten(source, Span(0, len(source)))
