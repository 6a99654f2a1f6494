"""Who stands in a cell of a sign-up table: one entry a person, whatever stands between them.

`[[User:Ada|Ada]]<br />''backup:'' [[User:Bo|Bo]]`, `Testuser Quill, [[User:Örnek]] (maybe)`, `{{ping|Ada|Bo}}`, bullets in a cell.
A name without a link counts if it is an account's or looks like a person's; `closed`, `needed` and `[??] Empty` are nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from callboard.model import Coming, Person, PersonForm
from callboard.read.names import looks_like_name
from callboard.read.phrases import is_break, is_closed, is_dash, is_free, is_placeholder
from callboard.read.plain import plain, without_struck
from callboard.read.signatures import signature_after
from callboard.read.signup_columns import crossed_by
from callboard.read.signup_entry import Entry, Exists, read_entry
from callboard.read.signup_people import is_ip, is_temporary, named_in
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.masking import Kind, marks_within

_BETWEEN = re.compile(  # other tags, entities and addresses first, for they have slashes and semicolons in them
    r"<(?!/?(?:br|p|li|ul|ol|div)\b)[^<>]*>|&#?\w{2,10};|https?://[^\s\]]+"
    r"|(?P<edge><br\b[^<>]*>|</?(?:p|li|ul|ol|div)\b[^<>]*>|[ \t]*\n[*#:; \t]*|[,;/&+]|(?<=\s)(?:and|und|et|y|e|i|och|og|ja)(?=\s))|(?P<open>[(\[])|(?P<close>[)\]])",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(r"(?:'{2,5})?[^\W\d_][^\W\d_ -]{2,15}[ ]?:[ ]?(?:'{2,5})?[ ]?")
_OUT_OF_THE_WAY = "\x7f"  # stands for a link, a template or a comment
_CLOSED_GAP = re.compile(r"(?:</[A-Za-z]{1,10}\s*>|'{2,5}(?=\s))*")
_OPENED = re.compile(r"\s*(?:<(?!/)[A-Za-z][^<>]{0,200}>|'{2,5})*\s*")
_MAYBE = re.compile(
    r"\A\W*\?+\W*\Z|\A[\s(\[]*\?+[\s)\],:–-]|\(\s*\?+\s*\)|(?:\A|\s)\?+\s*\Z|\b(?:maybe|perhaps|possibly|probably|tentative(?:ly)?|unsure|not\s+sure|not\s+yet\s+sure|"
    r"t\.?b\.?[cd]\b|to\s+be\s+confirmed|if\s+(?:needed|necessary|possible)|back-?up|reserve|stand-?by|spare|vielleicht|evtl|eventuell|falls|ersatz|"
    r"reserve|peut-être|suppléante?|quiz[áa]s?|tal\s+vez|suplente|reserva|misschien|kanske|forse|может\s+быть|возможно)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:can(?:no|['’])?t|won['’]t|cannot|not\s+(?:available|coming|there|any\s?more)|no\s+longer|withdr\w+|cancel+ed|absent|ill|sick|instead|swap\w*|replac\w+|"
    r"nicht|krank|verhindert|statt|absent|malade|no\s+puedo|until\s+(?:somebody|someone)|only\s+if\s+nobody)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    {
        "attending", "back-up", "backup", "break", "closed", "coming", "crew", "dinner", "done", "empty", "everybody", "everyone",
        "facilitator", "facilitators", "filled", "free", "friends", "full", "guest", "guests", "help", "helper", "helpers", "host",
        "hosts", "lead", "lobby", "lunch", "maybe", "missing", "needed", "no", "nobody", "none", "ok", "okay", "open", "others",
        "pause", "perhaps", "pending", "possible", "reserve", "room", "see", "somebody", "someone", "staff", "standby", "taken",
        "team", "unknown", "us", "vacant", "volunteer", "volunteers", "wanted", "yes", "you", "mittagessen", "frei", "ja", "nein",
        "offen", "niemand", "alle", "tous", "personne", "libre", "nadie", "todos", "oui", "non", "si", "sí", "name", "username",
        "n.n", "n. n", "nn", "x", "et al", "evening", "morning", "afternoon", "night", "day", "all", "any", "both",
    }
)  # fmt: skip


@value()
class Named:
    """One person in a cell: what the part of the cell says that is theirs, and whether they come."""

    span: Span
    entry: Entry
    user: str | None
    person: Person | None
    people: tuple[Person, ...]  # the person; a bare name that no account is known to have, too
    coming: Coming
    question: str = ""  # what makes it unclear whether they are there


def _hidden(text: str, content: Span) -> str:
    """The content with links, templates and comments out of the way, as long as it was."""
    out, at = [], content.start
    for mark in marks_within(text, content):
        if mark.kind is Kind.REMOVED or mark.span.start < at:
            continue
        end = min(mark.span.end, content.end)
        out += [text[at : mark.span.start], _OUT_OF_THE_WAY * (end - mark.span.start)]
        at = end
    return "".join([*out, text[at : content.end]])


def _pieces(text: str, content: Span) -> Iterator[Span]:
    """What stands between the separators of a cell; those in brackets part nothing."""
    depth, at = 0, content.start
    hidden = _hidden(text, content)
    for found in _BETWEEN.finditer(hidden):
        if found["open"]:
            depth += 1
        elif found["close"]:
            depth = max(0, depth - 1)
        elif found["edge"] and (not depth or found[0].startswith(("<", "\n"))):
            depth = 0
            yield Span(at, content.start + found.start())
            at = content.start + found.end()
    yield Span(at, content.end)


def _parted(text: str, piece: Span) -> Iterator[Span]:
    """The piece cut between people with nothing but blanks between them."""
    start, last = piece.start, None
    for person in named_in(text, piece):
        gap = _CLOSED_GAP.match(text, last.end, person.span.start) if last and person.span != last else None
        if gap and _OPENED.fullmatch(text, gap.end(), person.span.start):
            yield Span(start, gap.end())
            start = gap.end()
        last = person.span
    yield Span(start, piece.end)


def says_nobody(words: str) -> bool:
    """Whether words in a cell say that nobody is there: `closed`, `Needed!`, `[??] Empty`, `Lunch break`, `–`."""
    if words.casefold().strip(" .!?:*'\"[]()") in _NOT_A_NAME:
        return True
    return any(says(words) for says in (is_dash, is_closed, is_free, is_break, is_placeholder))


def _bare(entry: Entry, words: str) -> bool:
    """Whether an entry without a link names somebody."""
    if entry.placeholder or entry.instruction or says_nobody(words):
        return False
    if entry.user is not None or entry.unreachable:
        return True
    return any(looks_like_name(one.name) and not says_nobody(one.name) for one in entry.candidates[-1:])


def _names_somebody(text: str, piece: Span, exists: Exists | None) -> bool:
    source = piece.of(text)
    if ("[[" in source or "{{" in source) and named_in(text, piece):
        return True
    entry = _entry(text, _trimmed(text, piece), exists)
    words = " ".join(plain(_BEFORE_NAME.sub("", source.strip(" \t\r\n*#;:@"), count=1)).split())
    return bool(words) and _bare(entry, words)


def _entry(text: str, part: Span, exists: Exists | None) -> Entry:
    """The part as an entry; of a name without a link also behind a word and a colon: `backup: Ada`."""
    label = _BEFORE_NAME.match(text, part.start, part.end)
    if label is None or named_in(text, part):
        return read_entry(text, part, exists)
    entry = read_entry(text, Span(label.end(), part.end), exists)
    return replace(entry, comment=f"{label[0].strip()} {entry.comment}".strip())


def _trimmed(text: str, span: Span) -> Span:
    """The span without blanks and bullets round it."""
    start, end = span.start, span.end
    while start < end and text[start] in " \t\r\n*#;:@":
        start += 1
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return Span(start, end)


def _parts(text: str, content: Span, exists: Exists | None) -> list[Span]:
    """The content in parts of one person each; what names nobody belongs to the one before it, or to the first."""
    out: list[Span] = []
    lead: int | None = None
    for piece in _pieces(text, content):
        for part in _parted(text, piece):
            if _names_somebody(text, part, exists):
                out.append(Span(part.start if lead is None else lead, part.end))
                lead = None
            elif out:
                out[-1] = Span(out[-1].start, part.end)
            elif part.of(text).strip(" \t\r\n*#;:") and lead is None:
                lead = part.start
    return [_trimmed(text, part) for part in out]


def _is_struck(source: str) -> bool:
    left = without_struck(source)
    return left != source and not named_in(left, Span(0, len(left))) and not plain(left).strip(" \t\n,;/")


# "(backup: [[User:Bo]])" behind a name says that Bo is the one who may have to come.
_OTHERS_BACKUP = re.compile(
    r"\(\s*'*(?:back-?up|reserve|stand-?by|spare|deputy|ersatz|vertretung|remplaçante?|suplente)\b[^()\[{]{0,10}(?:\[\[|\{\{)[^()]*(?:\([^()]*\)[^()]*)*\)",
    re.IGNORECASE,
)


def state_of(comment: str) -> tuple[Coming, str]:
    """Whether somebody of whom a cell says so comes, and what is to be asked if that is unclear."""
    words = " ".join(plain(comment).split())
    if _AWAY.search(words) or crossed_by(comment):
        return Coming.MAYBE, "Is this person there or not?"
    return (Coming.MAYBE if _MAYBE.search(words) else Coming.YES), ""


def people_of(
    text: str, content: Span, linked: tuple[Person, ...], exists: Exists | None
) -> tuple[Named, ...]:
    """Everybody who is down in a cell, in order, of whom some are `linked`; those who are struck out are not."""
    source = content.of(text)
    if not source or source.isspace():
        return ()
    if len(linked) == 1 and linked[0].form in {PersonForm.LINK, PersonForm.ELSEWHERE}:
        whole = _trimmed(text, content)
        if whole == linked[0].span:
            return (_alone(linked[0]),)
        if whole.start == linked[0].span.start and _is_signature(text, linked[0], whole.end):
            return tuple(_named(text, whole, exists))
    return tuple(named for part in _parts(text, content, exists) for named in _named(text, part, exists))


def _is_signature(text: str, person: Person, end: int) -> bool:
    signed = signature_after(text, person.span.end, end, person.name)
    return signed is not None and signed.motto is None and signed.span == Span(person.span.end, end)


def _alone(person: Person) -> Named:
    """Somebody whose link is all that a cell holds: most cells are so."""
    user = None if is_ip(person.name) else person.name
    unreachable = person.name if user is None or is_temporary(person.name) else ""
    entry = Entry(user, person, (person,), signs=True, unreachable=unreachable)
    return Named(person.span, entry, user, person, (person,), Coming.YES)


def _named(text: str, part: Span, exists: Exists | None) -> Iterator[Named]:
    inside = without_struck(part.of(text))
    if inside != part.of(text) and _is_struck(part.of(text)):
        return
    entry = _entry(text, part, exists)
    state, question = state_of(_OTHERS_BACKUP.sub(" ", entry.comment) if entry.user else _behind_name(entry))
    if entry.user is None or not entry.people:
        candidates = entry.candidates[-1:] if entry.person is None else (entry.person,)
        yield Named(part, entry, entry.user, entry.person, candidates or entry.people, state, question)
        return
    together = {one.name: one for one in entry.people if entry.person and one.span == entry.person.span}
    for one in together.values():
        user = None if is_ip(one.name) else one.name
        yield Named(part, entry, user, one, (one,), state, question)


def _behind_name(entry: Entry) -> str:
    """What a bare name that is no known account has beside it."""
    name = entry.candidates[-1].name if entry.candidates else ""
    return entry.comment.replace(name, "", 1)
