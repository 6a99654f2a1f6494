"""One entry of a sign-up list: who it is, what a signature added, and what else it says."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from callboard.model import Person, PersonForm
from callboard.read.plain import plain, without_comments
from callboard.read.signatures import (
    STAMP,
    Signature,
    before_dashes,
    before_name,
    is_about,
    signature_after,
)
from callboard.wikitext.edits import Span
from callboard.wikitext.links import canonical_name, link_at, people
from callboard.wikitext.masking import Kind, marks_within

_PLACEHOLDER = re.compile(
    r"[\W_]*(?:(?:please )?(?:add|put|insert|write|sign|enter) )?(?:your|yourself|user ?name|(?:sign )?here)"
    r"(?: (?:own|wiki|user ?name|name|nick|team|topic|talk|session|event|satellite|project|account|here|goes))*[\W_]*"
    r"|[\W_]*(?:tbd|tba|free|open|empty|vacant|\?\?)[\W_]*",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:please )?(?:add|put|sign|write|insert|enter)\b.{0,60}\b(?:below|here|name|names|under|~{3,5})\b.*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*'''(?!')[^\n]{1,120}?'''\s*:|\s*'''(?!')[^\n]{1,120}?:\s*'''")
_NAME_ENDS = re.compile(r"\s+[–—-]|\s*[(,:;/\[{<]|\s*--|\s{3,}|\s+[0-9]{1,2}[:.][0-9]{2}\b|[!?]|\.(?=\s|\Z)")
_SIGNED_BARE = re.compile(r"--+\s*([^\s\[\](){}<>|,;:!?][^\[\](){}<>|,;:!?\n]{0,84}?)\s*\Z")
_FORBIDDEN = frozenset("#<>[]|{}/@:=~\n")
_SIGNERS = 3  # so many of the last names in an entry may be the signature's
_MOST_WORDS = 4  # a longer run of bare words is a sentence, not a name
Exists = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of a list says; `about` is what remains to be understood: name, signature and stamps blanked."""

    user: str | None
    person: Person | None
    people: tuple[Person, ...]
    signature: Span | None
    comment: str
    about: str
    placeholder: bool
    instruction: bool
    labelled: bool  # "'''Overall''': all three coordinators": filled by the organisers
    candidates: tuple[Person, ...]  # bare words that may be an account
    signs: bool = False  # the name opens or closes the entry, or is signed; else it may be only mentioned


def is_ip(name: str) -> bool:
    """Whether a name is an IP address, which no account is."""
    try:
        ip_address(name.strip())
    except ValueError:
        return False
    return True


def _bare(text: str, content: Span) -> tuple[Person, ...]:
    """What may be an account in an entry without links: `EpicPupper (…)`, `… --BillyC840`; the signature first."""
    source = plain(content.of(text))
    out: list[Person] = []
    if signed := _SIGNED_BARE.search(source[-120:]):
        shift = max(0, len(source) - 120)
        out.append(_candidate(content.start + shift, signed.start(1), signed[1]))
    start = len(source) - len(source.lstrip(" \t\r\n'\""))
    end = found.start() if (found := _NAME_ENDS.search(source, start)) else len(source)
    name = source[start:end].rstrip()
    if name and len(name.split()) <= _MOST_WORDS:
        out.append(_candidate(content.start, start, name))
    return tuple(person for person in out if _may_be_a_name(person.name))


def _candidate(offset: int, at: int, name: str) -> Person:
    return Person(canonical_name(name), PersonForm.BARE, Span(offset + at, offset + at + len(name)))


def _may_be_a_name(name: str) -> bool:
    good = bool(name) and not set(name) & _FORBIDDEN and any(character.isalpha() for character in name)
    return good and len(name.encode()) <= 85 and not is_ip(name)


def _talk_only(text: str, content: Span) -> str | None:
    """Whose signature it is when the name itself is missing: `-- ([[User talk:X|talk]]) 08:02, 8 April 2019 (UTC)`."""
    if not STAMP.search(text, content.start, content.end):
        return None
    for mark in marks_within(text, content):
        if mark.kind is Kind.LINK:
            link = link_at(text, mark.span)
            name = canonical_name(link.name)
            if "talk" in link.namespace and name and "/" not in name and is_about(link.target, name):
                return name
    return None


def _identity(text: str, content: Span, named: tuple[Person, ...]) -> tuple[Person, Signature | None]:
    """The first person named; but a signer at the end, if the first is only mentioned in what they write."""
    first = named[0]
    own = signature_after(text, first.span.end, content.end, first.name)
    if own and own.stamp:
        return first, own
    opening = text[content.start : before_name(text, content.start, first.span.start)]
    for person in named[1:][-_SIGNERS:]:
        signed = signature_after(text, person.span.end, content.end, person.name)
        if (
            signed
            and signed.stamp
            and not text[signed.span.end : content.end].strip()
            and person.name != first.name
        ):
            return (first, own) if not opening.strip(" \t-–—'") else (person, signed)
    return first, own


def _second_signature(text: str, content: Span, person: Person, named: tuple[Person, ...]) -> Span | None:
    """A whole signature at the end by somebody whom the entry has named before: `[[User:S]] text -- [[User:S]] 00:29, …`."""
    last = named[-1]
    if last.span == person.span or last.name != person.name:
        return None
    signed = signature_after(text, last.span.end, content.end, last.name)
    if signed is None or signed.stamp is None or signed.motto or text[signed.span.end : content.end].strip():
        return None
    start = before_dashes(text, content.start, before_name(text, content.start, last.span.start))
    while start > content.start and text[start - 1] in " \t":
        start -= 1
    return Span(start, signed.span.end)


def _without(text: str, content: Span, parts: list[Span]) -> str:
    """The content with the parts blanked, at the same offsets."""
    out, at = [], content.start
    for part in sorted(parts):
        start, end = max(part.start, at), min(part.end, content.end)
        if start < end:
            out += [text[at:start], " " * (end - start)]
            at = end
    return "".join(out) + text[at : content.end]


def _blank_stamps(source: str) -> str:
    return STAMP.sub(lambda found: " " * len(found[0]), source)


def _linked(text: str, content: Span, named: tuple[Person, ...], *, labelled: bool) -> Entry:
    person, signature = _identity(text, content, named)
    second = _second_signature(text, content, person, named)
    closing = signature.span.start if signature else person.span.end
    bare_close = re.compile(r"(?:</[A-Za-z]{1,10}[ ]?>|'{2,5})*").match(text, person.span.end, content.end)
    dressed = before_name(text, content.start, person.span.start)
    undressed = bare_close.end() if bare_close and dressed < person.span.start else closing
    before = text[content.start : dressed]
    if signature or re.search(r"--\s*\Z", before):
        before = text[content.start : before_dashes(text, content.start, dressed)]
    parts = [Span(content.start + len(before), max(person.span.end, undressed))]
    cut = second
    if signature:
        motto = signature.motto
        pieces = (
            [Span(signature.span.start, motto.start), Span(motto.end, signature.span.end)]
            if motto
            else [signature.span]
        )
        parts += pieces
        cut = cut or (None if motto else signature.span)
    if second:
        parts.append(second)
    rest = _without(text, content, parts)
    user = None if is_ip(person.name) else person.name
    ordered = (person, *(other for other in named if other is not person))
    hidden = _blank_stamps(_without(text, content, [*parts, *(other.span for other in named)]))
    after = text[max(part.end for part in parts) : content.end]
    signs = bool(signature or second) or not before.strip(" \t-–—'(") or not after.strip(" \t-–—.)'")
    return Entry(user, person, ordered, cut, _comment(rest), hidden, False, False, labelled, (), signs=signs)


def _comment(rest: str) -> str:
    """What remains, as written; the gap that a name in the middle leaves is one blank."""
    return re.sub(r"(?<=\S) {3,}(?=\S)", " ", rest.strip())


def read_entry(text: str, content: Span, exists: Exists | None) -> Entry:
    """The entry whose bullet has been taken off: first user link or template, else signature, else a bare account."""
    labelled = bool(_LABEL.match(text, content.start, content.end))
    named = people(text, content)
    if named:
        return _linked(text, content, named, labelled=labelled)
    source = content.of(text)
    seen = " ".join(plain(source).split())
    if signer := _talk_only(text, content):
        return Entry(
            signer,
            None,
            (),
            None,
            source.strip(),
            _blank_stamps(source),
            False,
            False,
            labelled,
            (),
            signs=True,
        )
    placeholder = bool(_PLACEHOLDER.fullmatch(seen)) or not without_comments(source).strip()
    instruction = not placeholder and bool(_INSTRUCTION.fullmatch(seen))
    candidates = () if placeholder or instruction or labelled else _bare(text, content)
    known = next((one for one in candidates if exists and exists(one.name)), None)
    parts = [known.span] if known else []
    rest = _without(text, content, parts)
    hidden = _blank_stamps(_without(text, content, parts or [one.span for one in candidates[-1:]]))
    user = known.name if known else None
    mentioned = (known,) if known else ()
    signs = known is not None or is_ip(seen.partition(" ")[0])
    comment = _comment(rest)
    return Entry(
        user,
        known,
        mentioned,
        None,
        comment,
        hidden,
        placeholder,
        instruction,
        labelled,
        candidates,
        signs=signs,
    )
