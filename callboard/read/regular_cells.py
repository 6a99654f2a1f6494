"""Cells in the forms that most cells have, read at a fraction of the cost; they say what `cells.read_cell` would find.

An icon, a title (plain, bold, in italics or as the label of a task's link), its task and people behind it or on lines below,
and a mark for facilitation on the last line:

    '''Maps for all''' ({{phab|T900001}})<br />[[User:Ada|Ada]] and {{u|Bo}}<br />facilitation: (your username)

What is not surely one of these is left to the reader for any cell: whatever could be a mark, a label, a name that the page
knows, or a bracket that belongs to something else.
"""

import re

from callboard.model import Facilitation, Person, PersonForm
from callboard.read.cell_kinds import CellKind, CellReading, kind_of_words, word_before_colon
from callboard.read.cell_memory import Names
from callboard.read.labels import other_role, owner_label
from callboard.read.names import is_glued, looks_like_name, may_have_byline, name_pieces, without_remarks
from callboard.read.phrases import is_dash, is_placeholder, keeps_out
from callboard.read.titles import clean_title, line_title
from callboard.wikitext.edits import Span
from callboard.wikitext.flat import LINE, LINK, PERSON, TASK, without_special
from callboard.wikitext.links import canonical_name
from callboard.wikitext.references import References

_LONGEST = 1000  # characters
_REFERENCES = PERSON + TASK + LINK
_ICON = "[\u2600-\u266e\U0001f300-\U0001f5ff\U0001f600-\U0001f64f\U0001f680-\U0001f6c5\U0001f910-\U0001f96f]"
_TITLE = r"[^\W_]++(?>(?:(?:[,:.?!)\"]{0,2} [(\"]?|[-'’/.,]| & )[^\W_]++)*)[?!.)\"]{0,2}"
_GROUP = rf"\((?:[{_REFERENCES} ,;]|and )+\)"
_BEHIND = rf"(?>(?: ?[,–—-]? ?(?:with )?(?:{_GROUP}|[{_REFERENCES}](?>(?:[{_REFERENCES} ,]|and (?=[{_REFERENCES}]))*)))*)"
_FIRST_LINE = re.compile(
    rf"(?P<before>{TASK}(?:\[[Ss]ession\])? *+|{_ICON}\ufe0f? *+)?(?:(?P<bold>'''|'')(?P<kind>[^\W\d_]++:)(?P=bold)(?= \w))?"
    rf"(?P<quotes>'''''|'''|'')? ?(?P<title>{_TITLE})"
    rf" ?(?(quotes)(?P=quotes))(?P<behind>{_BEHIND}) *"
)
_PEOPLE_LINE = re.compile(
    rf" *(?:(?:by|speakers?:|hosts?:|presenters?:) )?(?=[^{LINE}]*{PERSON})[{_REFERENCES}]"
    rf"(?>(?:[{_REFERENCES} ,;/()\w.’?!]|(?<=\w)['-](?=\w)| & )*)",
    re.IGNORECASE,
)
_ONLY_PEOPLE = re.compile(rf"[{_REFERENCES} ,;()]*+(?>(?:(?:by|and) [{_REFERENCES} ,;()]++)*)")
_MAYBE_TITLE = re.compile(rf"{PERSON}(?:[ {TASK}{LINK}]|\([^()]*\))* \w")
_ONLY_LINKED = re.compile(rf" *{PERSON}(?>(?:(?:,? |,| and |[{LINE} ]+){PERSON})*) *")
_NO_PEOPLE = re.compile(rf"[{TASK}{LINK} ,;()]*")
_FACILITATION = re.compile(
    rf"(?: *|[{_REFERENCES} ,]*{PERSON} [–—-] )(?P<label>[Ff]acilitat(?:(?:ion|ors?) ?:|ed by(?= )))"
)
_VALUE = re.compile(rf"(?:[{PERSON} ,;/()\w.’?!:]|(?<=\w)['-](?=\w))*")
_STRANGE = re.compile(rf"[Tt]\d\d\d|[{PERSON}{LINK}][\w'’:]|//")
_ONLY_REFERENCES = re.compile(rf"[{_REFERENCES} ,]*(?:(?<= )[–—-] )?")
_BRACKETS = frozenset(":()")
_JOINING = {
    "and", "und", "et", "y", "e", "i", "и", "og", "och", "en",
    "hosted", "presented", "led", "run", "given", "by", "with", "from", "von", "mit", "par", "avec", "door", "av", "con",
    "see", "also", "task", "tasks", "cf", "detail", "details", "siehe", "voir", "ticket", "phabricator", "phab", "at", "on", "in", "via",
}  # fmt: skip
_BLANK, _CLOSED = CellReading(CellKind.BLANK), CellReading(CellKind.CLOSED)
_COMMENT = re.compile(r"[ \n]*<!--[^<>{}\[\]|-]*-->[ \n]*")
_BLANKS = " \n"
_BETWEEN_NAMES = PERSON + " ,;"
_BEHIND_VALUE = " –—-,;·|"


def regular_reading(source: str, known: Names) -> CellReading | None:
    """What a regular cell says, with places in its own text; None for any other."""
    if not source.strip(_BLANKS):
        return _BLANK
    if "<!--" in source and _COMMENT.fullmatch(source):
        return _CLOSED if keeps_out(source) else _BLANK
    return _Cell(source, known).reading() if len(source) <= _LONGEST else None


def only_linked(source: str) -> tuple[Person, ...] | None:
    """Everybody whom a cell links that holds nothing else, or nobody if it is blank; None for any other cell."""
    if not source.strip():
        return ()
    found = References(source) if len(source) <= _LONGEST else None
    if found is None or not found.people or not _ONLY_LINKED.fullmatch(found.text):
        return None
    people: dict[str, Person] = {}
    for _, person in found.people:
        people.setdefault(person.name, person)
    return tuple(people.values())


class _Cell:
    def __init__(self, source: str, known: Names) -> None:
        self.known = known
        self.found = References(source)
        self.text = self.found.text.rstrip(_BLANKS)
        self.people = self.found.people
        self.title = self.format = ""
        self.owners: dict[str, Person] = {}
        self.first = 0
        self.seen: list[str] = []

    def reading(self) -> CellReading | None:
        text = self.text
        label = _FACILITATION.match(text, text.rfind(LINE) + 1)
        end = len(text)
        mark: Facilitation | None = None
        if label and label.start() > 0:
            end = label.start("label")
            mark = self._mark(end, label.end())
            if mark is None or not (mark.people or text.endswith(":", 0, label.end())):
                return None
        if _is_strange(text[:end]) or not self._lines(end, alone=mark is None):
            return None
        tasks, seen = tuple(self.found.tasks), LINE.join(self.seen)
        named = bool(self.owners or tasks)
        kind = kind_of_words(seen, self.title, named=named, has_task=bool(tasks))
        owners = tuple(self.owners.values())
        return CellReading(kind, self.title, owners, tasks, mark, self.first, seen, self.format)

    def _lines(self, end: int, *, alone: bool) -> bool:
        """Whether every line before the mark is regular; what they say is kept."""
        at = len(self.text) - len(self.text.lstrip(_BLANKS))
        head, *below = self.text[at:end].split(LINE)
        if found := _FIRST_LINE.fullmatch(head):
            if not self._first_line(found, at):
                return False
        elif below or not alone or not self._led_by_people(head, at):
            return False
        else:
            self.first = self.found.source_at(at)
        at += len(head) + 1
        for line in below:
            if line and not line.isspace() and not self._line_below(line, at):
                return False
            at += len(line) + 1
        return True

    def _first_line(self, found: re.Match[str], at: int) -> bool:
        quotes, own, behind = found["bold"] or found["quotes"], found["title"], found["behind"]
        line = found[0].replace(quotes, "") if quotes else found[0]
        linked = PERSON in behind
        if may_have_byline(line):
            return False
        if not (found["before"] or found["kind"]) and _stands_alone(own, behind):
            if any(canonical_name(piece) in self.known for _, piece, _ in name_pieces(own)):
                return False
            self.title = own
            self.seen.append(own)
        elif not self._first_words(line, found):
            return False
        begin = 0 if found["before"] else found.start("kind" if found["kind"] else "title")
        self.first = self.found.source_at(at + begin)
        self.format = word_before_colon(line, 0, len(line))
        if linked:
            self._add([person for place, person in self.people if place < at + len(found[0])])
        return True

    def _first_words(self, line: str, found: re.Match[str]) -> bool:
        """Whether the words of the first line are a title and nothing else; the line is given without quotes."""
        linked, own = PERSON in found["behind"], found["title"]
        if found["kind"]:
            own = f"{found['kind']} {own}"
        if (linked or ":" in own) and (owner_label(line, 0, len(line)) or other_role(line, 0, len(line))):
            return False
        for _, piece, _ in name_pieces(without_remarks(line)):
            if canonical_name(piece) in self.known or (linked and found["before"] and looks_like_name(piece)):
                return False
        self.title = line_title(line, 0, len(line))
        self.seen.append(clean_title(line))
        return bool(self.title) and (not (found["quotes"] or found["kind"]) or clean_title(own) == self.title)

    def _led_by_people(self, line: str, at: int) -> bool:
        """Whether the only line names people and has no title behind the first."""
        return line[:1] == PERSON and not _MAYBE_TITLE.match(line) and self._people_line(line, at)

    def _line_below(self, line: str, at: int) -> bool:
        if _ONLY_REFERENCES.fullmatch(line):
            self.seen.append(without_special(line).strip())
            if PERSON in line:
                self._add([person for place, person in self.people if at <= place < at + len(line)])
            return True
        if PERSON in line:
            return self._people_line(line, at)
        self.seen.append(_words(line))
        return bool(_NO_PEOPLE.fullmatch(line))

    def _people_line(self, line: str, at: int) -> bool:
        if not _PEOPLE_LINE.fullmatch(line):
            return False
        self.seen.append(_words(line))
        linked = [(place, person) for place, person in self.people if at <= place < at + len(line)]
        if _ONLY_PEOPLE.fullmatch(line):
            self._add([person for _, person in linked])
            return True
        label = owner_label(line, 0, len(line))
        start = label.end() if label else line.index(PERSON) + 1
        before = line[: label.start() if label else start - 1]
        if other_role(line, 0, len(line)) or before.strip(_REFERENCES + " ,;()"):
            return False
        bare = self._bare(without_remarks(line[start:]), at + start)
        if bare is None:
            return False
        if not label:
            bare = [item for item in bare if item[1].name not in self.title]
        self._add([person for _, person in sorted(linked + bare, key=_place)])
        return True

    def _bare(self, words: str, at: int) -> list[tuple[int, Person]] | None:
        """What stands between the links of a stretch: as a person where it is a name; None if it may be a title, or has markup inside."""
        found: list[tuple[int, Person]] = []
        if not words.strip(_BETWEEN_NAMES):
            return found
        for place, piece, is_label in name_pieces(words, at):
            name = canonical_name(piece)
            if name not in self.known:
                if is_label or not looks_like_name(piece):
                    continue
                if is_glued(self.text, place):
                    return None
            span = self._span(place, place + len(piece))
            if span.end - span.start != len(piece):
                return None
            found.append((place, Person(name, PersonForm.BARE, span)))
        return found

    def _mark(self, at: int, label_end: int) -> Facilitation | None:
        text = self.text
        value = text[label_end:]
        if not _VALUE.fullmatch(value) or _is_strange(value) or is_dash(value.strip()):
            return None
        if other_role(text, label_end, len(text)):
            return None
        end = label_end + len(value.rstrip(_BEHIND_VALUE))
        if end < len(text) and not text[end:].isspace():
            return None
        bare = self._bare(without_remarks(text[label_end:end]), label_end)
        if bare is None:
            return None
        named = [item for item in self.people if item[0] >= label_end]
        people: dict[str, Person] = {}
        for _, person in sorted(named + bare, key=_place):
            people.setdefault(person.name, person)
        label = self._span(at, label_end)
        start = end - len(text[label_end:end].lstrip())
        told = self._span(start, end) if start < end else Span(label.end, label.end)
        is_open = not people and is_placeholder(without_special(text[label_end:end]))
        return Facilitation(
            Span(label.start, max(label.end, told.end)), label, told, tuple(people.values()), is_open
        )

    def _span(self, start: int, end: int) -> Span:
        return Span(self.found.source_at(start), self.found.source_after(end - 1))

    def _add(self, people: list[Person]) -> None:
        for person in people:
            self.owners.setdefault(person.name, person)


def _stands_alone(own: str, behind: str) -> bool:
    """Whether words are a title as they are, and the last of them does not join it to what stands behind."""
    last = own[own.rfind(" ") + 1 :].rstrip("?!.").casefold()
    return (
        last.isalnum()
        and last not in _JOINING
        and _BRACKETS.isdisjoint(own)
        and "w" not in behind  # with
        and "a" not in behind  # and
        and clean_title(own) == own
    )


def _place(item: tuple[int, Person]) -> int:
    return item[0]


def _is_strange(words: str) -> bool:
    """Whether there is what marks for facilitation, tasks, URLs or labels begin with."""
    low = words.casefold()
    return "fac" in low or "ordin" in low or bool(_STRANGE.search(words))


def _words(line: str) -> str:
    return clean_title(line) or without_special(line).strip()
