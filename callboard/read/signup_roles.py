"""The lists of a sign-up page: which role each belongs to, its entries and the replies attached to them.

A role is a term (`; Chat watch`), a bold line (`'''Chat watch'''`) or a heading; its entries are bullets or numbers, one definition
a role (`; Chat watch : [[User:Ada]]`), or lines without a bullet (`signup_loose.py`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from callboard.read.plain import plain
from callboard.read.signup_bare import is_placeholder
from callboard.read.signup_loose import alone_in_line, loose_items
from callboard.read.signup_people import opens_with_a_person
from callboard.wikitext.edits import Span
from callboard.wikitext.lists import Line, LineKind, lines, term

_BOLD_LINE = re.compile(r"\s*'''(?!')(.{1,200}?)'''[\s:]*(?:<br\s*/?>\s*)?\Z")
_BOLD_START = re.compile(r"\s*'''(?!')([^'\n]{1,80})(?:'''\s*:|:\s*''')")
_NOT_A_REMARK = re.compile(
    r"\s*(?:'''|\{\{|\[\[(?:category|kategorie|file|image|datei)\s*:|<|__|\||!)", re.IGNORECASE
)
_FILLED = re.compile(
    r"\b(?:filled|taken|staffed|assigned|thank|contact|besetzt|vergeben|pourvus?|cubiert[oa]s?)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:@?[^\W\d_a-z][^,;:()/&]{0,60}(?:\([^()]{1,60}\))?(?:\s*[,&/+]\s*|\s+and\s+|\s*\Z))+|@\w{2,40}"
)
_PLACE_TO_SIGN = re.compile(r"\W*(?:add )?your (?:user ?)?name\b|\W*user ?name\W*\Z", re.IGNORECASE)
_FREE = re.compile(
    r"[\W_]*(?:tbd|tba|free|open|empty|vacant|\?\?)?[\W_]*", re.IGNORECASE
)  # a role may be so as well
_MOST_WORDS = 12  # of a definition that is names


@dataclass(slots=True)
class Item:
    """One entry's line with the lines attached to it."""

    line: Line
    replies: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class RoleList:
    """What stands under one role: the entries, and the text that introduces them."""

    role: str | None
    by: str = "heading"  # "term", "bold", "heading" or "" before the first
    heading: str | None = None  # over a term or a bold line
    items: list[Item] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)
    loose: list[Line] = field(default_factory=list)  # lines that are entries if there are no bullets
    defined: Line | None = None  # what follows the colon of a term
    certain: bool = False  # the entries are entries, however few of them name somebody
    filled: bool = False  # by the organisers: words there are first names or nicknames, nobody's account


def shown(text: str, span: Span) -> str:
    """What a reader sees of a span, in one line without markup."""
    return " ".join(plain(span.of(text)).split())


def _is_reply(line: Line, entry: Line, beginning: str) -> bool:
    """`:**` under `:*`, `*:`, `##`; also `::` and `:`; `**` and `::*` under `:*` unless they begin with a name, as an entry does."""
    if line.prefix.endswith(":"):
        return True
    named = beginning.startswith(("[[", "{{"))
    if line.depth > entry.depth:
        if line.prefix.endswith(entry.prefix) and set(line.prefix[: -entry.depth]) == {":"}:
            return not named  # one more colon: a reply, or a slip
        return line.prefix.startswith(entry.prefix) or entry.prefix[-1:] in line.prefix[:-1]
    same_place = line.depth == entry.depth and line.prefix != entry.prefix
    return same_place and line.depth > 1 and len(set(line.prefix)) == 1 and not named


class _Walk:
    """Goes down the page once and sorts its lines under roles."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[RoleList] = [RoleList(None, "")]
        self.entry: Item | None = None
        self.heading: str | None = None

    def over(self) -> list[RoleList]:
        for line in lines(self.text):
            match line.kind:
                case LineKind.HEADING:
                    self.heading = shown(self.text, line.content) or None
                    self._role(self.heading or "", "heading")
                case LineKind.ITEM:
                    self._item(line)
                case LineKind.TEXT:
                    self._text(line)
                case LineKind.BLANK | LineKind.TABLE:
                    self.entry = None
                    self.found[-1].loose.append(line)
                case LineKind.HIDDEN:
                    pass
        return self.found

    def _role(self, name: str, by: str) -> None:
        heading = None if by == "heading" else self.heading
        filled = any(_FILLED.search(words) for words in (name, heading or ""))
        self.found.append(RoleList(name or None, by, heading, filled=filled))
        self.entry = None

    def _item(self, line: Line) -> None:
        if line.prefix.endswith(";"):
            name, rest = term(self.text, line)
            self._role(shown(self.text, name).rstrip(" :"), "term")
            if rest:
                self.found[-1].defined = _part(self.text, line, rest)
        elif self.entry and _is_reply(line, self.entry.line, line.content.of(self.text)):
            self.entry.replies.append(line.span)
        elif line.prefix.endswith(":"):
            self.found[-1].loose.append(line)
        else:
            self._entry(line)

    def _entry(self, line: Line) -> None:
        self.entry = Item(line)
        self.found[-1].items.append(self.entry)

    def _text(self, line: Line) -> None:
        source = line.content.of(self.text)
        if bold := _BOLD_LINE.match(source) or _BOLD_START.match(source):
            at = line.content.start + bold.start(1)
            self._role(shown(self.text, Span(at, at + len(bold[1]))).rstrip(" :"), "bold")
            if rest := source[bold.end() :]:
                self.found[-1].intro.append(" ".join(plain(rest).split()))
        elif self.entry and alone_in_line(self.text, line, self.entry.line):
            self._entry(replace(line, bullet=None, prefix=self.entry.line.prefix))
        elif self.entry and not _NOT_A_REMARK.match(source):
            self.entry.replies.append(line.span)
        else:
            self.entry = None
            self.found[-1].loose.append(line)


def _part(text: str, line: Line, rest: Span) -> Line:
    """A definition as a line of its own, blanks round it left out."""
    source = rest.of(text)
    start = rest.start + len(source) - len(source.lstrip())
    content = Span(start, max(start, rest.end - (len(source) - len(source.rstrip()))))
    return replace(line, span=content, content=content, bullet=None)


def _names_people(text: str, found: RoleList) -> bool:
    """Whether the definition of a term is a person, or a place for one to sign."""
    line = found.defined
    if line is None:
        return False
    return opens_with_a_person(text, line.content) or _place_to_sign(shown(text, line.content))


def _place_to_sign(said: str) -> bool:
    return bool(_PLACE_TO_SIGN.match(said)) or (
        is_placeholder(said, said) and not _FREE.fullmatch(said) and bool(said)
    )


def _may_name_people(text: str, found: RoleList) -> bool:
    """`Bo`, `Bo, Dot`, `@adaorg`, `Testuser Quill (10:00–14:00)`, which among definitions that name people do so too."""
    said = shown(text, found.defined.content) if found.defined else ""
    return len(said.split()) <= _MOST_WORDS and bool(_NAMES.fullmatch(said))


def _defined(text: str, run: list[RoleList]) -> None:
    """Settles which definitions of terms that follow each other are entries; the others introduce what stands below."""
    surely = [found for found in run if _names_people(text, found)]
    invited = any(not opens_with_a_person(text, found.defined.content) for found in surely if found.defined)
    unsure = [found for found in run if found not in surely and _may_name_people(text, found)]
    if len(surely) < len(unsure):
        unsure = []
    for found in run:
        if found.defined is None:
            continue
        if found in surely or found in unsure:
            found.items.insert(0, Item(found.defined))
            found.certain = True
            found.filled = found.filled or not invited
        else:
            found.intro.append(shown(text, found.defined.content))


def _runs(found: Iterable[RoleList]) -> list[list[RoleList]]:
    """Terms with their definitions on the same line, those that follow each other together."""
    runs: list[list[RoleList]] = [[]]
    for one in found:
        if one.defined is None:
            runs.append([])
        else:
            runs[-1].append(one)
    return [run for run in runs if run]


def role_lists(text: str) -> list[RoleList]:
    """Every list of the page under its role, in order; whether people sign in it is not decided here."""
    found = _Walk(text).over()
    for run in _runs(found):
        _defined(text, run)
    for one in found:
        if one.loose:
            loose = [] if one.items and not one.certain else loose_items(text, one.loose)
            one.items += [Item(line, replies) for line, replies in loose]
            one.certain = one.certain or bool(loose)
            one.intro += [shown(text, line.content) for line in one.loose if not loose]
    return [one for one in found if one.items]
