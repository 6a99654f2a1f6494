"""The opt-out page: who wants no notices, or not some kinds of them.

    * [[User:Ada]]                        none at all
    * [[User:Ada]]: starts_soon, moved    not these kinds; "starts soon" and "Starts-soon" are the same
    * {{user|Ada}} · User:Ada · [[User talk:Ada]] · [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 22 May 2021 (UTC)

Any line that names somebody counts, wherever it stands; comments and nowiki do not. A line with words that are no kinds is an
opt-out of everything, with a question to organisers: in doubt nothing is sent. So is a line that is struck out. Where the page
itself cannot be read (a redirect, emptied, another content model) nobody is told anything until somebody mends it.

The page is one of `gather.event_titles`, and posting reads it again in the look right before it saves.
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from callboard.model import Account, PageText, Problem, Severity
from callboard.wikitext.edits import Span
from callboard.wikitext.links import USER_NAMESPACES, canonical_name, is_user_talk, people
from callboard.wikitext.masking import Kind, marks

_EVERYTHING = frozenset({"all", "everything", "nothing", "none", "no notices", "no messages"})
_MENTION = re.compile(r"\[\[[^\[\]]*\]\]|\{\{[^{}\[\]]*\}\}")
_BARE = re.compile(
    r"[*#][*#:\s]*(?P<name>[^\s\[\]{}<>|#:/][^\[\]{}<>|#:/]{0,84}?)\s*(?::|$)"
)  # no account has these signs
_PREFIX = re.compile(r"[*#:\s]*(?P<space>[^\W\d]+(?:\(a\))?(?: [^\W\d]+)?)\s*:\s*(?=\S)")
_STAMP = re.compile(r"\d{1,2}:\d{2},? \d{1,2}\.? [^\W\d]+\.? \d{4} \([A-Z]{2,5}\)")
_STRUCK = re.compile(r"<(?:s|del|strike)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"[,;·•|()*#:，、;!{}\'\"]+|[.—–]+(?:\s|$)|(?<!\S)(?:and|or|[-/&])(?!\S)")


@dataclass(frozen=True, slots=True)
class OptedOut:
    """Who wants what not, by the account's name as the wiki spells it; an empty set of kinds means none at all."""

    page: str = ""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: str = ""  # why the page tells nothing for certain, so that nobody may be told anything
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # where each stands: number and text

    def why(self, name: str, kind: str) -> str:
        """Why this account gets no notice of this kind; nothing if it may."""
        said = self.kinds.get(canonical_name(name))
        if said is None or (said and kind not in said):
            return ""
        what = f"no notices of the kind {kind}" if said else "no notices"
        return f"{name} asks for {what} on [[{self.page}]]; they can take their line off there"

    def following(self, accounts: Mapping[str, Account]) -> "OptedOut":
        """The same, holding for the names too that renamed accounts have now; for those that the wiki was asked about."""
        kinds = dict(self.kinds)
        for asked, account in accounts.items():
            for name in {canonical_name(asked), account.name} & self.kinds.keys():
                for now in {account.name, account.renamed_to or account.name} - {name}:
                    kinds[now] = _both(kinds.get(now), self.kinds[name])
        return replace(self, kinds=kinds)

    def unknown(self, accounts: Mapping[str, Account]) -> Iterator[Problem]:
        """Lines that name no account of this wiki: whoever wrote them may get the notices that they do not want."""
        for name, (number, text) in self.lines.items():
            account = accounts.get(name)
            if account and not account.exists and not account.renamed_to:
                question = f"there is no account {name}: if it is a person, ask who is meant, and write * [[User:Name]]"
                yield Problem("opt-out-unclear", Severity.NOTE, question, self.page, number, text)

    @property
    def names(self) -> frozenset[str]:
        """Everybody with a line; the wiki is asked about them with the recipients, for they may have been renamed."""
        return frozenset(self.kinds)


def opted_out(page: PageText | None, known: Collection[str]) -> OptedOut:
    """What the page says; `known` are all kinds of notice. None or a page that is missing: nobody has opted out."""
    if page is None or page.revid is None:
        return OptedOut(page.title if page else "")
    if unread := _why_unread(page):
        problem = Problem("opt-out-unread", Severity.ERROR, unread, page.title, 1)
        return OptedOut(page.title, unread=unread, problems=(problem,))
    kinds: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []
    lines: dict[str, tuple[int, str]] = {}
    for line in _lines(page.text or "", known):
        for name in line.names:
            kinds[name] = _both(kinds.get(name), line.kinds)
            lines.setdefault(name, (line.number, line.text))
        if question := line.question(known):
            problems.append(
                Problem("opt-out-unclear", Severity.NOTE, question, page.title, line.number, line.text)
            )
    return OptedOut(page.title, kinds, problems=tuple(problems), lines=lines)


def _why_unread(page: PageText) -> str:
    way_out = "until then nobody is sent a notice, as they may have opted out"
    if page.redirect:
        return f"[[{page.title}]] is a redirect: write its new title into the event file (pages.opt_out), or move it back; {way_out}"
    if page.model != "wikitext":
        return f"[[{page.title}]] is no wikitext but {page.model}: restore it; {way_out}"
    if not (page.text or "").strip():
        return f"[[{page.title}]] is empty, so lines may be lost: restore it, or write there what it is for; {way_out}"
    return ""


def _both(one: frozenset[str] | None, other: frozenset[str]) -> frozenset[str]:
    """What two lines of one person ask for together."""
    return other if one is None else one | other if one and other else frozenset()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that names people: the kinds that it names, and what else it says."""

    number: int
    text: str
    names: tuple[str, ...]
    said: frozenset[str]
    odd: tuple[str, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that these people do not want; none stands for all."""
        return frozenset() if self.odd or self.struck else self.said

    @property
    def struck(self) -> bool:
        """Whether somebody seems to have taken it back, which nobody can tell for certain."""
        return _STRUCK.search(self.text) is not None

    def question(self, known: Collection[str]) -> str:
        """What organisers should ask these people."""
        who = " and ".join(self.names)
        if self.struck:
            return f"the line of {who} is struck out: take it off if they want notices again; until then nothing is sent to them"
        if odd := [word for word in self.odd if word not in _EVERYTHING]:
            return f"{', '.join(odd)}: no kind of notice, so nothing at all is sent to {who}; kinds are {', '.join(sorted(known))}"
        return ""


def _lines(text: str, known: Collection[str]) -> Iterator[_Line]:
    """Every line that names somebody."""
    for number, line in enumerate(_without_hidden(text).split("\n"), 1):
        names = tuple(dict.fromkeys(name for found in _MENTION.finditer(line) for name in _names(found[0])))
        rest = _MENTION.sub(lambda found: " " if _names(found[0]) else found[0], line)
        plain = _without_prefix(line)
        if not names and (bare := _BARE.match(plain)):
            names, rest = (canonical_name(bare["name"]),), plain[bare.end() :]
        if names:
            said, odd = _said(rest, known)
            yield _Line(number, line.strip(), names, said, odd)


def _without_prefix(line: str) -> str:
    """`* User:Ada` as `* Ada`; any other line as it is."""
    found = _PREFIX.match(line)
    prefixed = found and found["space"].casefold().split()[0] in USER_NAMESPACES
    return f"* {line[found.end() :]}" if found and prefixed else line


def _without_hidden(text: str) -> str:
    """The text with comments and nowiki blanked, line by line as before."""
    out, at = [], 0
    for mark in marks(text):
        if mark.kind in {Kind.COMMENT, Kind.OPAQUE} and mark.span.start >= at:
            out += [text[at : mark.span.start], "\n" * mark.span.of(text).count("\n")]
            at = mark.span.end
    return "".join(out) + text[at:]


def _names(mention: str) -> list[str]:
    """Whom a link or a template names, by a talk page or on another wiki too: accounts are the same on all wikis."""
    if mention.startswith("{{"):
        return [person.name for person in people(mention, Span(0, len(mention)))]
    target = mention[2:-2].partition("|")[0].partition("#")[0]
    *spaces, name = (part.strip() for part in target.replace("_", " ").split(":"))
    words = set(spaces[-1].casefold().split()) if spaces else set()
    if words & USER_NAMESPACES or (spaces and is_user_talk(" ".join(spaces[-1].casefold().split()))):
        return [canonical_name(name.partition("/")[0])]
    if words & {"special"} and name.casefold().startswith("contributions/"):
        return [canonical_name(name.partition("/")[2])]
    return []


def _said(rest: str, known: Collection[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The kinds that are named, and the words that are no kinds."""
    plain = _TAG.sub(" ", _STAMP.sub(" ", html.unescape(rest)))
    said: set[str] = set()
    odd: list[str] = []
    for phrase in filter(None, (" ".join(piece.casefold().split()) for piece in _BETWEEN.split(plain))):
        words = [_kind(phrase)] if _kind(phrase) in known else phrase.split()
        fits = all(_kind(word) in known for word in words)
        said.update(map(_kind, words) if fits else ())
        odd += [] if fits else [phrase]
    return frozenset(said), tuple(odd)


def _kind(words: str) -> str:
    """`Starts soon` and `starts-soon` as the kind is called."""
    return re.sub(r"[\s_-]+", "_", words)
