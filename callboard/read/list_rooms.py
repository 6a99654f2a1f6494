"""The room of a list item: `Room B: Title`, `Title (in Room B)`, `Title @ Room B`, `Title, room 2`; and rooms that a page gives once.

* ''Parallel sessions, first name'' – big room
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from callboard.config import Event
from callboard.read.columns import Rooms
from callboard.read.item_parts import COMMON
from callboard.read.plain import plain
from callboard.read.room_series import AND, patterns
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, TASK, Style
from callboard.wikitext.inline import flat_of
from callboard.wikitext.lists import Line, LineKind

_ROOM = r"(?:rooms?|raum|räume|salles?|salas?|saal|säle|halls?)"
_NUMBER = r"(?:\d[\w.-]{0,8}|[A-Z])(?!\w)"
_UNKNOWN = re.compile(
    rf"(?:[,;|–—@(\[]|\s-\s|\bin\b)\s*(?:in\s+)?(?P<room>{_ROOM}\s+{_NUMBER}(?:\s*{AND}\s*{_NUMBER})*)(?P<shut>[)\]]?)\s*\Z"
    rf"|\A\s*(?P<lead>{_ROOM}\s+{_NUMBER}(?:\s*{AND}\s*{_NUMBER})*)\s*:(?=\s)",
    re.IGNORECASE,
)
_EVERYWHERE = re.compile(
    r"(?:\s'*[(\[]|[,;–—]|\s-\s)\s*(?:in\s+)?(?P<rooms>(?:both|all)\s+rooms)[)\]']*\s*\Z", re.IGNORECASE
)
_LABEL = re.compile(
    r"\W*(?:(?:rooms?|where|places?|locations?|venues?|raum|ort|wo|salle|lieu|où|sala|lugar|dónde|espacio|onde|local|espaço|dove|luogo|stanza|"
    r"waar|locatie|plaats|zaal|ruimte|kde|místnost|místo|miestnosť|miesto|gdzie|miejsce|var|plats|lokal|rum|hvor|sted|missä|paikka|huone|tila|"
    r"где|место|зал|де|місце|hol|terem)\s*[:：]|in\b|@|at\b)?\s*(?:the\s+)?",
    re.IGNORECASE,
)
# What else than the room may stand in a line below an item: people and tasks behind a word that says what they are or do.
_REFERENCES = PERSON + TASK + LINK
_ASIDE = re.compile(
    rf"(?:(?:(?<![^.,;/|·•–—])|(?<=[.,;/|·•–—]\s))[^\W\d_][\w /-]{{1,24}}[:：]\s*|\b(?:by|with|see|von|mit|par|avec|por|con|com|door|met|di|z|s|av|med)\s+)?"
    rf"[{_REFERENCES}](?:(?:\s*(?:[,;/&+]|\b(?:and|und|et|y|e|en|och|og|i|a|ja)\b))?\s*[{_REFERENCES}])*",
    re.IGNORECASE,
)
_SIGNS = " \t.,;/|·•–—-()[]"
_UNSURE = re.compile(r"[:：|–—()\[\]{}\n?!]|\s-\s|[.;]\s")
_RULE = re.compile(
    rf"\W*(?:(?P<common>{COMMON})|(?:parallel|concurrent|simultaneous|breakout))\s+(?:sessions?|items?|slots?)\W*"
    r"(?:the\s+)?(?P<nth>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)?\s*(?:name|title|one|session|topic|part|item)?"
    r"(?:\s+named)?\s*(?:[–—:=→-]|\bis\s+in\b|\bare\s+in\b|\bin\b)\s*(?P<room>[^–—:=]{2,60}?)\W*",
    re.IGNORECASE,
)
_NTH = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
}  # fmt: skip
_QUOTES = re.compile("'{2,5}")
_LONGEST_RULE = 160  # characters
_RULED = ("session", "item", "slot")
_SORTS = (
    *("parallel", "concurrent", "simultaneous", "breakout"),
    *("common", "joint", "plenary", "general", "shared"),
)
_SAYING = frozenset({LineKind.ITEM, LineKind.TEXT})
# Characters before a name that lead to it: `, starting at the `, `@ [[A page of the venue|`
_NEAR, _LINKED = 40, 160


@value()
class Placed:
    """The rooms that an item names and the item's words without them; `said` is the place where they are named."""

    rooms: tuple[str, ...]
    body: Span
    said: Span | None = None
    unknown: bool = False  # a room that the event file does not have
    unclear: bool = False  # several that stand in several places


def _names(event: Event) -> str:
    words = {name for room in event.room for name in (room.name, *room.aliases)}
    forms = {r"(?:[\W_]|&nbsp;)+".join(map(re.escape, re.findall(r"[^\W_]+", name))) for name in words}
    return "|".join((*patterns(words), *sorted(filter(None, forms), key=len, reverse=True)))


def _forms(names: str) -> re.Pattern[str]:
    """The ways in which an item says its rooms."""
    link = r"'*(?:\[\[(?:[^\[\]|\n]{0,80}\|)?|\{\{nowrap\|)?'*"
    one = rf"{link}(?<!\w)(?:{names})(?!\w)'*(?:\]\]|\}}\}})?'*"
    several = rf"{one}(?:\s*(?:,|&|/|\+|and\b)\s*{one})*"
    rest = r"(?=\s*(?:\Z|[.,;()\[{|–—]|'''?|-\s))"
    meet = r"(?:(?<=[,;–—(])\s*(?:we\s+)?(?:meet(?:ing)?|start(?:s|ing)?)\s+)?"
    return re.compile(
        rf"(?P<lead>\A\s*(?:@\s*|in\s+(?:the\s+)?)?(?P<a>{several})\s*(?:[:|–—]|-\s))"
        rf"|(?P<bracket>[(\[]\s*(?:in\s+|at\s+|@\s*|room:\s*)?(?:the\s+)?(?P<b>{several})\s*[)\]])"
        rf"|(?P<within>(?<=\()\s*(?P<e>{several})\s*[,;])"
        rf"|(?P<in>{meet}(?:@\s*|(?<!\w)(?:in|at)\s+)(?:the\s+)?(?P<c>{several}){rest})"
        rf"|(?P<trail>(?:[,;|–—]|\s-\s)\s*(?:room:\s*)?(?P<d>{several}){rest})",
        re.IGNORECASE,
    )


def _may_rule(source: str) -> bool:
    """Whether words are there that a line with rooms for all sessions must have; a look that costs little."""
    low = source.casefold()
    return any(word in low for word in _SORTS) and any(word in low for word in _RULED)


class ItemRooms:
    """Finds rooms in the items of one page."""

    def __init__(self, text: str, event: Event, rooms: Rooms) -> None:
        self.text, self.rooms = text, rooms
        self.common: tuple[str, ...] = ()
        self.parallel: dict[int, tuple[str, ...]] = {}
        self.rules: set[int] = set()  # the lines that give them
        self._meant: dict[str, tuple[str, ...]] = {}
        self._names = _names(event)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _forms(self._names)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where the names of rooms stand on the page."""
        found = re.finditer(self._names, self.text, re.IGNORECASE) if self._names else ()
        return [match.span() for match in found]

    def _first(self, within: Span) -> int:
        """Where in the span the first name of a room may begin; -1 if there is none."""
        number = bisect_left(self._places, (within.start, 0))
        if number and self._places[number - 1][1] > within.start:
            return within.start
        at = self._places[number][0] if number < len(self._places) else within.end
        return at if at < within.end else -1

    def any_in(self, within: Span) -> bool:
        """Whether the span may name a room of the event; a look that costs little."""
        return self._first(within) >= 0

    def _said(self, body: Span, source: str) -> list[re.Match[str]]:
        first = self._first(body)
        if first < 0:
            return []
        # a long pattern is slow: it is tried only from where what leads to the first name can begin
        before = self.text[first - 1 : first]
        reach = 1 if before == "(" else _NEAR if before.isspace() else _LINKED
        return list(self._pattern.finditer(source, max(0, first - reach - body.start)))

    def of(self, body: Span) -> Placed:
        """The rooms that an item's own words name."""
        source = body.of(self.text)
        if found := self._said(body, source):
            return self._known(body, source, found)
        everywhere = _EVERYWHERE.search(source) if "oom" in source else None
        if everywhere and (rooms := self.rooms.everywhere(everywhere["rooms"])):
            return Placed(rooms, Span(body.start, body.start + everywhere.start()))
        if unknown := _UNKNOWN.search(plain(source)) if "oom" in source or "al" in source else None:
            if unknown["shut"] and source[unknown.start()] not in "([":
                return Placed((), body)
            group = "lead" if unknown["lead"] else "room"
            said = Span(body.start + unknown.start(group), body.start + unknown.end(group))
            rest = Span(body.start, body.start + unknown.start())
            if unknown["lead"]:
                rest = Span(body.start + unknown.end(), body.end)
            return Placed((unknown[group],), rest, said, unknown=True)
        return Placed((), body)

    def _known(self, body: Span, source: str, found: list[re.Match[str]]) -> Placed:
        named = {self._named(match) for match in found}
        if len(named) > 1 or () in named:
            return Placed(
                (), body, Span(body.start + found[0].start(), body.start + found[-1].end()), unclear=True
            )
        first, last = found[0], found[-1]
        start, end = body.start, body.end
        if first.lastgroup == "lead" or (first.start() == 0 or not source[: first.start()].strip(" '")):
            start = body.start + first.end()
            quotes = _QUOTES.match(source, first.end())
            if quotes and source.count(quotes[0], 0, first.end()) % 2:  # ''Room B:'' free
                start += len(quotes[0])
        if not source[last.end() :].strip(" .'") and last.start() >= start - body.start:
            end = body.start + last.start()
        inside = next((match for match in found if start <= body.start + match.start() < end), None)
        said = Span(body.start + inside.start(), body.start + inside.end()) if inside else None
        return Placed(next(iter(named)), Span(start, max(start, end)), said)

    def _named(self, match: re.Match[str]) -> tuple[str, ...]:
        said = next(match[group] for group in "abcde" if match[group])
        if said not in self._meant:
            self._meant[said] = self.rooms.named(" ".join(plain(said).split()))
        return self._meant[said]

    def of_detail(self, line: Span) -> tuple[str, ...]:
        """The rooms that a line below an item gives, if it says nothing else: `Room: big room`, `in Room B`."""
        if not self.any_in(line):
            return ()
        source = line.of(self.text)
        words = " ".join(plain(source).split())
        if len(words) >= _LONGEST_RULE:
            return ()
        label = _LABEL.match(words)
        return self.rooms.named(words[label.end() :] if label else words) or self._beside(source)

    def _beside(self, source: str) -> tuple[str, ...]:
        """The rooms that stand in a line with nothing else but people and tasks: `Attic. [[User:Ada|Ada]]`, `Speaker: {{u|Ada}}, Attic`."""
        flat = flat_of(source)
        if not (flat.people or flat.tasks):
            return ()
        seen = flat.blanked(flat.text, Style.STRUCK)
        for start, end in flat.styled(0, len(seen), Style.LABEL):
            if seen[:start].endswith(TASK):  # whatever a task's link shows
                seen = seen[:start] + " " * (end - start) + seen[end:]
        pieces = [piece.strip(_SIGNS) for piece in _ASIDE.sub(LINE, seen).split(LINE)]
        said = [piece for piece in pieces if piece]
        words = said[0] if len(said) == 1 else ""
        label = _LABEL.match(words)
        words = words[label.end() :] if label else words
        return () if not words or _UNSURE.search(words) else self.rooms.named(words)

    def learn(self, lines: Iterable[Line]) -> None:
        """Takes in the lines that give rooms to all common or parallel sessions of the page."""
        if not _may_rule(self.text):
            return
        for line in lines:
            if line.kind not in _SAYING or line.content.end - line.content.start > _LONGEST_RULE:
                continue
            source = line.content.of(self.text)
            if not _may_rule(source):
                continue
            rule = _RULE.fullmatch(" ".join(plain(source).split()))
            rooms = self.rooms.named(rule["room"]) if rule else ()
            if rooms:
                self.rules.add(line.number)
            if rule and rooms and rule["common"]:
                self.common = rooms
            elif rule and rooms and rule["nth"]:
                self.parallel[_NTH[rule["nth"].casefold()]] = rooms

    def in_order(self, count: int, headed: tuple[str, ...]) -> tuple[tuple[str, ...], ...] | None:
        """The rooms of so many parallel sessions in their order, where the page gives it; None if it does not."""
        if sorted(self.parallel) == list(range(len(self.parallel))) and count <= len(self.parallel):
            return tuple(self.parallel[number] for number in range(count))
        if len(headed) == count > 1:
            return tuple((room,) for room in headed)
        return None
