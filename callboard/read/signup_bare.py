"""Entries without links: words that may be an account, places to sign, and sentences that tell how to."""

import re
from collections.abc import Iterator

from callboard.model import Person, PersonForm
from callboard.read.plain import plain, without_comments
from callboard.read.signup_people import is_ip
from callboard.wikitext.edits import Span
from callboard.wikitext.links import canonical_name

_PLACEHOLDER = re.compile(
    r"[\W_]*(?:(?:please )?(?:add|put|insert|write|sign|enter) )?(?:your|yourself|user ?name|(?:sign )?here)"
    r"(?: (?:own|wiki|user ?name|name|nick|team|topic|talk|session|event|satellite|project|account|here|goes|and|your|availability"
    r"|hours|times?))*[\W_]*"
    r"|[\W_]*(?:tbd|tba|free|open|empty|vacant|\?\?)[\W_]*|[\W_]*~{3,5}[\W_]*"
    r"|[\W_]*(?:(?:dein|euer|ihr|hier)[ /]?(?:benutzer)?name(?: (?:hier|eintragen))*|hier (?:eintragen|unterschreiben)|hier dein name"
    r"|(?:ajoutez )?votre (?:nom|pseudo)(?: (?:ici|d['’]utilisateur))*|ton (?:nom|pseudo)(?: ici)?|signez ici"
    r"|(?:añade )?(?:tu|su) (?:nombre|usuario)(?: (?:de usuario|aquí))*|firma aquí|seu nome(?: aqui)?|il tuo nome(?: qui)?|je naam(?: hier)?)[\W_]*",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:please )?(?:add|put|sign|write|insert|enter)\b.{0,60}\b(?:below|here|name|names|under|~{3,5})\b.*",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"\s+[–—-]|\s*[(,:;/\[{<]|\s*--|\s{3,}|\s+[0-9]{1,2}[:.][0-9]{2}\b|[!?]|\.(?=\s|\Z)")
_SIGNED_BARE = re.compile(r"--+\s*([^\s\[\](){}<>|,;:!?][^\[\](){}<>|,;:!?\n]{0,84}?)\s*\Z")
_FORBIDDEN = frozenset("#<>[]|{}/@:=~\n")
_MOST_WORDS = 4  # a longer run of bare words is a sentence, not a name


def candidates(source: str) -> Iterator[Person]:
    """What may be an account in an entry without links: `EpicPupper (…)`, `… --BillyC840`; the signature first."""
    said = plain(source)
    if signed := _SIGNED_BARE.search(said[-120:]):
        yield from _may_be(max(0, len(said) - 120) + signed.start(1), signed[1])
    start = len(said) - len(said.lstrip(" \t\r\n'\""))
    end = found.start() if (found := _NAME_ENDS.search(said, start)) else len(said)
    name = said[start:end].rstrip()
    if name and len(name.split()) <= _MOST_WORDS:
        yield from _may_be(start, name)


def _may_be(at: int, words: str) -> Iterator[Person]:
    name = canonical_name(words)
    good = bool(name) and not set(name) & _FORBIDDEN and any(character.isalpha() for character in name)
    if good and len(name.encode()) <= 85 and not is_ip(name):
        yield Person(name, PersonForm.BARE, Span(at, at + len(words)))


def is_placeholder(source: str, seen: str) -> bool:
    """Whether an entry is a place to sign, `(your username)`, or empty; `seen` is what a reader sees of it."""
    return bool(_PLACEHOLDER.fullmatch(seen)) or not without_comments(source).strip()


def is_instruction(seen: str) -> bool:
    """`Add your name below, and when you are around:` is no entry."""
    return bool(_INSTRUCTION.fullmatch(seen))
