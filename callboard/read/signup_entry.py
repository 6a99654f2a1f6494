"""One entry of a sign-up list: who it is, what a signature added, and what else it says."""

import re
from collections.abc import Callable
from dataclasses import replace

from callboard.model import Person
from callboard.read.plain import plain, without_struck
from callboard.read.signatures import (
    STAMP,
    Signature,
    before_dashes,
    before_name,
    is_about,
    signature_after,
    signature_at_end,
)
from callboard.read.signup_bare import candidates, is_instruction, is_placeholder
from callboard.read.signup_people import is_ip, is_temporary, named_in, signed_by_nobody
from callboard.read.signup_regular import regular
from callboard.values import value
from callboard.wikitext.edits import Span
from callboard.wikitext.links import canonical_name, link_at
from callboard.wikitext.masking import Kind, marks_within
from callboard.wikitext.remembered import remembered

_LABEL = re.compile(r"\s*'''(?!')[^\n]{1,120}?'''\s*:|\s*'''(?!')[^\n]{1,120}?:\s*'''")
_BARE_CLOSE = re.compile(r"(?:</[A-Za-z]{1,10}[ ]?>|'{2,5})*")
_SIGNERS = 3  # so many of the last names in an entry may be the signature's
Exists = Callable[[str], bool]


@value()
class Entry:
    """What one line of a list says; `about` is what remains to be understood: name, signature and stamps blanked."""

    user: str | None = None
    person: Person | None = None
    people: tuple[Person, ...] = ()
    signature: Span | None = None
    comment: str = ""
    about: str = ""
    placeholder: bool = False
    instruction: bool = False
    labelled: bool = False  # "'''Overall''': all three coordinators": filled by the organisers
    candidates: tuple[Person, ...] = ()  # bare words that may be an account
    signs: bool = False  # the name opens or closes the entry, or is signed; else it may be only mentioned
    unreachable: str = ""  # the IP address or temporary account that signed
    label: int = 0  # characters of a label in bold before a linked name: "'''Stream''': "


def _talk_only(source: str) -> str | None:
    """Whose signature it is when the name itself is missing: `-- ([[User talk:X|talk]]) 08:02, 8 April 2019 (UTC)`."""
    if "[[" not in source or not STAMP.search(source):
        return None
    for mark in marks_within(source, Span(0, len(source))):
        if mark.kind is Kind.LINK:
            link = link_at(source, mark.span)
            name = canonical_name(link.name)
            if "talk" in link.namespace and name and "/" not in name and is_about(link.target, name):
                return name
    return None


def _identity(source: str, named: tuple[Person, ...]) -> tuple[Person, Signature | None]:
    """The first person named; but a signer at the end, if the first is only mentioned in what they write."""
    first, end = named[0], len(source)
    own = signature_after(source, first.span.end, end, first.name)
    if own and own.stamp:
        return first, own
    opening = source[: before_name(source, 0, first.span.start)]
    for person in named[1:][-_SIGNERS:]:
        signed = signature_after(source, person.span.end, end, person.name)
        if signed and signed.stamp and not source[signed.span.end :].strip() and person.name != first.name:
            return (first, own) if not opening.strip(" \t-–—'") else (person, signed)
    return first, own


def _second_signature(source: str, person: Person, named: tuple[Person, ...]) -> Span | None:
    """A whole signature at the end by somebody whom the entry has named before: `[[User:S]] text -- [[User:S]] 00:29, …`."""
    last = named[-1]
    if last.span == person.span or last.name != person.name:
        return None
    signed = signature_after(source, last.span.end, len(source), last.name)
    if signed is None or signed.stamp is None or signed.motto or source[signed.span.end :].strip():
        return None
    start = before_dashes(source, 0, before_name(source, 0, last.span.start))
    while start and source[start - 1] in " \t":
        start -= 1
    return Span(start, signed.span.end)


def _without(source: str, parts: list[Span]) -> str:
    """The source with the parts blanked, at the same offsets."""
    out, at = [], 0
    for part in sorted(parts):
        start, end = max(part.start, at), min(part.end, len(source))
        if start < end:
            out += [source[at:start], " " * (end - start)]
            at = end
    return "".join(out) + source[at:]


def _blank_stamps(source: str) -> str:
    return STAMP.sub(lambda found: " " * len(found[0]), source)


def _linked(source: str, named: tuple[Person, ...], *, label: int) -> Entry:
    person, signature = _identity(source, named)
    second = _second_signature(source, person, named)
    if signature is None and second is None:
        second = signature_at_end(source, person.span.end, len(source), person.name)
    return _made(source, named, person, signature, second, label=label)


def _made(
    source: str,
    named: tuple[Person, ...],
    person: Person,
    signature: Signature | None,
    second: Span | None = None,
    *,
    label: int = 0,
) -> Entry:
    """The entry of one of those named, who signed it so."""
    closing = signature.span.start if signature else person.span.end
    bare_close = _BARE_CLOSE.match(source, person.span.end)
    dressed = before_name(source, label if label <= person.span.start else 0, person.span.start)
    undressed = bare_close.end() if bare_close and dressed < person.span.start else closing
    before = source[:dressed]
    if signature or re.search(r"--\s*\Z", before):
        before = source[: before_dashes(source, 0, dressed)]
    parts = [Span(len(before), max(person.span.end, undressed))]
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
    nobody = None if signature or is_ip(person.name) else signed_by_nobody(source, person.span.end)
    if nobody and not second:
        named = tuple(other for other in named if other.span not in nobody)
    after = source[max(part.end for part in parts) :]
    opening = before.strip(" \t-–—'(")
    called = opening == "@" and not after.lstrip().startswith(":")  # "@[[User:Ada]]: …" speaks to Ada
    signs = bool(signature or second) or not opening or called or not after.strip(" \t-–—.)'")
    return Entry(
        None if is_ip(person.name) else person.name,
        person,
        (person, *(other for other in named if other is not person)),
        cut,
        _comment(_without(source, parts)),
        _blank_stamps(
            _without(source, [*parts, *([nobody] if nobody else []), *(other.span for other in named)])
        ),
        labelled=label > 0,
        signs=signs,
        unreachable=person.name if is_ip(person.name) or is_temporary(person.name) else "",
        label=label,
    )


def _comment(rest: str) -> str:
    """What remains, as written; the gap that a name in the middle leaves is one blank."""
    return re.sub(r"(?<=\S) {3,}(?=\S)", " ", rest.strip())


def _still_there(source: str, named: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those who are not struck out; all of them if everybody is: `<s>[[User:Bo]]</s> [[User:Ada]]` is Ada's."""
    left = without_struck(source) if len(named) > 1 else source
    if left == source:
        return named
    return tuple(person for person in named if left[person.span.start] == source[person.span.start]) or named


@remembered(8192)
def _read(source: str) -> Entry:
    """The entry, as far as its own words tell; spans count from its begin."""
    if found := regular(source):
        person, signature = found
        if signature or person.span.start:
            return _made(source, (person,), person, signature)
        rest = source[person.span.end :]
        return _unsigned(person, _comment(rest), " " * person.span.end + rest)
    return read_any(source)


def _unsigned(person: Person, comment: str, about: str) -> Entry:
    """The entry that begins with its only name."""
    ip = is_ip(person.name)
    return Entry(
        None if ip else person.name,
        person,
        (person,),
        comment=comment,
        about=about,
        signs=True,
        unreachable=person.name if ip or is_temporary(person.name) else "",
    )


def read_any(source: str) -> Entry:
    """The same, whatever its form; to this the usual forms are held."""
    label = _LABEL.match(source)
    labelled = label is not None
    named = _still_there(source, named_in(source, Span(0, len(source))))
    if named:
        return _linked(source, named, label=label.end() if label else 0)
    if signer := _talk_only(source):
        about = _blank_stamps(source)
        return Entry(signer, comment=source.strip(), about=about, labelled=labelled, signs=True)
    seen = " ".join(plain(source).split())
    placeholder = is_placeholder(source, seen)
    instruction = not placeholder and is_instruction(seen)
    bare = () if placeholder or instruction or labelled else tuple(candidates(source))
    first, _, _ = seen.partition(" ")
    return Entry(
        comment=_comment(source),
        about=_blank_stamps(_without(source, [one.span for one in bare[-1:]])),
        placeholder=placeholder,
        instruction=instruction,
        labelled=labelled,
        candidates=bare,
        signs=is_ip(first),
        unreachable=first if is_ip(first) or is_temporary(first) else "",
    )


def _settled(source: str, exists: Exists | None, *, filled: bool) -> Entry:
    """The entry once it is known which bare words are accounts."""
    entry = _read(source)
    if filled and entry.person is None and not entry.placeholder:
        return replace(entry, labelled=True, candidates=())
    known = next((one for one in entry.candidates if exists and exists(one.name)), None)
    if known is None:
        return entry
    rest = _without(source, [known.span])
    return replace(
        entry,
        user=known.name,
        person=known,
        people=(known,),
        comment=_comment(rest),
        about=_blank_stamps(rest),
        signs=True,
    )


def _moved(people: tuple[Person, ...], by: int) -> tuple[Person, ...]:
    return tuple(Person(person.name, person.form, person.span.moved(by)) for person in people)


def read_entry(text: str, content: Span, exists: Exists | None, *, filled: bool = False) -> Entry:
    """The entry whose bullet has been taken off: first user link or template, else signature, else a bare account.

    Where the organisers filled a role themselves (`filled`), bare words are first names and handles, and nobody's account.
    """
    one, by = _settled(content.of(text), exists, filled=filled), content.start
    people = _moved(one.people, by)
    return Entry(
        one.user,
        people[0] if one.person else None,
        people,
        one.signature.moved(by) if one.signature else None,
        one.comment,
        one.about,
        one.placeholder,
        one.instruction,
        one.labelled,
        _moved(one.candidates, by) if one.candidates else (),
        one.signs,
        one.unreachable,
        one.label,
    )
