"""A piece of wikitext flattened to what a reader sees, each character with its style and its place in the source.

People, tasks, other templates and hidden links become one character each, so that patterns can be sought in the text:
`'''Title''' ({{phab|T1}})<br>[[User:Ada]]` is `Title (⟨task⟩)⟨line⟩⟨person⟩`. A task link with a label of its own is followed by that label.
"""

import html
import re
from dataclasses import dataclass, field

from callboard.model import Person, TaskRef
from callboard.wikitext.edits import Span
from callboard.wikitext.link_words import LINK_WORDS
from callboard.wikitext.links import USER_NAMESPACES, link_at, people, template_at
from callboard.wikitext.masking import Kind, Mark, marks_within
from callboard.wikitext.shown import FOREIGN_USER, HIDDEN_SPACES, SHOWS_FIRST, UNWRAPPED
from callboard.wikitext.tasks import TASK_SPACES, external_end, tasks

PERSON = "\ue000"
TASK = "\ue001"
LINK = "\ue002"  # a link whose words are no part of a title: [https://… slides], a talk link, an image
TEMPLATE = "\ue003"
SPECIAL = PERSON + TASK + LINK + TEMPLATE
LINE = "\n"


class Style:
    """How a character is shown; added up. Plain numbers, for there is one per character."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    SMALL = 4  # <small>, <sub>, <sup>
    STRUCK = 8  # <s>, <del>
    LABEL = 16  # of a link
    ITEM = 32  # in a bullet of a list inside the cell


@dataclass(slots=True)
class Flat:
    """Visible text with, for each character, where it stands in the source and how it is shown."""

    text: str = ""
    starts: list[int] = field(default_factory=list)  # in the source, of each character
    ends: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    people: dict[int, tuple[Person, ...]] = field(default_factory=dict)  # by index of their PERSON
    people_at: list[int] = field(default_factory=list)  # the indices in order
    tasks: dict[int, TaskRef] = field(default_factory=dict)
    templates: dict[int, str] = field(default_factory=dict)
    comments: list[Span] = field(default_factory=list)

    def source(self, start: int, end: int) -> Span:
        """The source of the characters from `start` to before `end`; there is at least one."""
        return Span(self.starts[start], self.ends[end - 1])


_PIECE = re.compile(
    r"(?P<quotes>'{2,})|(?P<line>\n[ \t]*(?P<item>[*#:;]+)?[ \t]*|<br\b[^<>]*>|</br\s*>|</?(?:p|div|li|ul|ol|tr|td|dd|dt|hr)\b[^<>]*>)"
    r"|<(?P<shut>/)?(?P<tag>[A-Za-z][A-Za-z0-9]*)\b[^<>]*>|(?P<url>\[?(?:https?:)?//[^\s\[\]<>|{}\"]+)"
    r"|(?P<bare>(?<![\w/.:#-])(?:phab(?:ricator)?:)?T\d{3,9}(?:#\d+)?(?![\w/-]))"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,20}\d{0,2});)",
    re.IGNORECASE,
)
_TAG_STYLES = {
    "small": Style.SMALL, "sub": Style.SMALL, "sup": Style.SMALL, "s": Style.STRUCK, "del": Style.STRUCK,
    "strike": Style.STRUCK, "b": Style.BOLD, "strong": Style.BOLD, "i": Style.ITALIC, "em": Style.ITALIC,
}  # fmt: skip
_DEEPEST = 5  # templates inside templates that only dress their text


class _Flattener:
    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = Flat()
        self.out: list[str] = []
        self.quotes = Style.PLAIN  # from '' and '''
        self.tags = Style.PLAIN
        self.item = Style.PLAIN
        self.until_line = False  # the bold is not closed on its line: it goes to the next break

    def put(self, shown: str, place: Span, extra: int = Style.PLAIN) -> int:
        """One character that stands for the place; its index."""
        self.out.append(shown)
        self.flat.starts.append(place.start)
        self.flat.ends.append(place.end)
        self.flat.styles.append(self.quotes | self.tags | self.item | extra)
        return len(self.flat.starts) - 1

    def words(self, start: int, end: int, extra: int = Style.PLAIN) -> None:
        """Characters that are shown as they are."""
        if start < end:
            self.out.append(self.text[start:end])
            self.flat.starts += range(start, end)
            self.flat.ends += range(start + 1, end + 1)
            self.flat.styles += [self.quotes | self.tags | self.item | extra] * (end - start)

    def span(self, within: Span, depth: int = 0) -> None:
        at = within.start
        for mark in marks_within(self.text, within):
            if mark.span.start < at:
                continue
            self.plain(at, mark.span.start)
            at = self.mark(mark, depth)
        self.plain(at, within.end)

    def plain(self, at: int, end: int) -> None:
        while at < end and (piece := _PIECE.search(self.text, at, end)):
            self.words(at, piece.start())
            at = self.piece(piece, end)
        self.words(at, end)

    def piece(self, piece: re.Match[str], end: int) -> int:
        place = Span(*piece.span())
        if piece["quotes"]:
            self.quote(piece, end)
        elif piece["line"]:
            self.line(piece, place)
        elif piece["tag"]:
            style = _TAG_STYLES.get(piece["tag"].lower(), Style.PLAIN)
            self.tags = self.tags & ~style if piece["shut"] else self.tags | style
        elif piece["url"]:
            return self.url(place, end)
        elif piece["bare"]:
            found = tasks(self.text, place)
            if found:
                self.flat.tasks[self.put(TASK, place)] = found[0]
            else:
                self.words(place.start, place.end)
        else:
            for character in html.unescape(piece["entity"]):
                self.put(" " if character == "\u00a0" else character, place)
        return place.end

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
        found = tasks(self.text, Span(start, max(place.end, external_end(self.text, start, end))))
        if found and found[0].span.start - start <= 1:
            return self.task(found[0])
        if self.text[start] != "[":
            self.put(LINK, place)
            return place.end
        stop = external_end(self.text, start, end)
        if stop == start:
            self.put(LINK, place)
            return place.end
        label = Span(place.end, stop - 1)
        if not label.of(self.text).strip() or LINK_WORDS.fullmatch(_bare(label.of(self.text))):
            self.put(LINK, Span(start, stop))
        else:
            self.label(label)
        return stop

    def label(self, label: Span) -> None:
        shown = self.text[label.start : label.end]
        lead = len(shown) - len(shown.lstrip())
        at = label.start + lead
        for piece in re.finditer(r"'{2,}|<[^<>]*>|[^'<]+|.", shown[lead:].rstrip(), re.DOTALL):
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
            space = re.search(r"\s", source)
            label = Span(span.start + space.end(), span.end - 1) if space else None
        elif source.startswith("{{"):
            values = template_at(self.text, span).positional()
            label = values[1] if len(values) > 1 and source[2:6].lower() == "phab" else None
        shown = _bare(label.of(self.text)) if label else ""
        if label and not re.fullmatch(r"\W*(?:T\d+|task|phabricator|phab|ticket)?\W*", shown, re.IGNORECASE):
            self.label(label)
            if shown.count("[") > shown.count("]"):  # [https://… [Session] Title] ended at the first bracket
                self.put("]", Span(span.end - 1, span.end), Style.LABEL)
        return span.end

    def mark(self, mark: Mark, depth: int) -> int:
        span = mark.span
        if mark.kind is Kind.COMMENT:
            self.flat.comments.append(span)
        elif mark.kind is Kind.OPAQUE:
            self.opaque(span)
        elif mark.kind is Kind.LINK:
            self.link(span)
        elif mark.kind is not Kind.REMOVED:
            self.template(span, depth)
        return span.end

    def opaque(self, span: Span) -> None:
        source = span.of(self.text)
        if source[:7].lower() == "<nowiki" and not source.endswith("/>"):
            start = span.start + source.index(">") + 1
            self.words(start, span.start + source.rindex("<"))

    def link(self, span: Span) -> None:
        if named := people(self.text, span):
            self.flat.people[self.put(PERSON, span)] = named
            if self.text.startswith(("'s ", "’s "), span.end):  # Ada's office hour
                self.label(link_at(self.text, span).label or self.target(span))
            return
        link = link_at(self.text, span)
        if link.namespace in TASK_SPACES and (found := tasks(self.text, span)):
            self.task(found[0])
            return
        colon = self.text.startswith("[[:", span.start)
        hidden = link.namespace in HIDDEN_SPACES and not colon
        hidden = (
            hidden
            or link.namespace.endswith((" talk", " diskussion"))
            or bool(FOREIGN_USER.search(":" + link.target))
        ) and not (link.namespace in USER_NAMESPACES and "/" in link.name and link.label)
        shown = _bare(link.label.of(self.text)) if link.label else ""
        if hidden or (link.label and LINK_WORDS.fullmatch(shown)):
            self.put(LINK, span)
        elif link.label and shown.strip():
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

    def template(self, span: Span, depth: int) -> None:
        if named := people(self.text, span):
            template = template_at(self.text, span)
            if named[0].span == span or template.name not in UNWRAPPED:
                self.flat.people[self.put(PERSON, span)] = named
                return
        found = tasks(self.text, span)
        if found and found[0].span == span:
            self.task(found[0])
            return
        template = template_at(self.text, span)
        if template.name in UNWRAPPED and template.arguments and depth < _DEEPEST:
            values = template.positional() or (template.arguments[-1][1],)
            self.span(values[-1], depth + 1)
        elif template.name in SHOWS_FIRST and template.positional() and depth < _DEEPEST:
            self.span(template.positional()[0], depth + 1)
        elif template.name in {"!", "ndash", "–", "snd", "spnd", "mdash", "—"}:
            self.put("|" if template.name == "!" else "–", span)
        else:
            at = self.put(TEMPLATE, span)
            self.flat.templates[at] = template.name
            if found:
                self.flat.tasks[at] = found[0]


def _bare(source: str) -> str:
    """A label without quotes and tags."""
    return re.sub(r"'{2,}|<[^<>]*>", "", source)


def flatten(text: str, within: Span) -> Flat:
    """What a reader sees of the span."""
    flattener = _Flattener(text)
    flattener.span(within)
    flattener.flat.text = "".join(flattener.out)
    flattener.flat.people_at = sorted(flattener.flat.people)
    return flattener.flat
