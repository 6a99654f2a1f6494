"""Whom an entry of a sign-up list names by a link or a template, on this wiki or another one, with or without an account.

`[[User:X]]`, `{{u|X}}`; also `[[m:User:X]]`, `[[:en:User:X]]` (accounts are the same on all wikis of Wikimedia), `[[User talk:X|X]]`;
and where an entry names nobody else, `[[Special:Contributions/192.0.2.17]]` and `{{unsigned|X}}`.
"""

import re
from ipaddress import ip_address

from callboard.model import Person, PersonForm
from callboard.read.signatures import STAMP
from callboard.wikitext.edits import Span
from callboard.wikitext.links import (
    canonical_name,
    link_at,
    linked_by_name,
    linked_person,
    people,
    template_at,
    template_name,
)
from callboard.wikitext.masking import Kind, Mark, marks_within

_OTHER_LANGUAGE = re.compile(
    r"\[\[[ ]*:[ ]*(?:[a-z]{2,3}(?:-[a-z]{2,8})?|simple)[ ]*:(?=[^\W\d_][^:|\[\]]*:)"
)
_CONTRIBUTIONS = re.compile(
    r"(?:contributions|contribs|beiträge|contributieszichtbaar|contribuciones|bijdragen|вклад|bidrag|bidrag sök|contributi"
    r"|contribuições|wkład|muokkaukset|投稿記録|用户贡献)/",
    re.IGNORECASE,
)
# The author's place among the arguments: {{unsigned|Ada|10:00, 2 May 2026}}, {{unsigned2|10:00, 2 May 2026|Ada}}.
_UNSIGNED = {
    "unsigned": 0, "unsignedip": 0, "unsigned ip": 0, "ipsigned": 0, "unsigned user": 0, "non signé": 0, "unsigned2": 1, "unsignedip2": 1,
    "nicht signiert": 0, "unsigniert": 0, "ohne signatur": 0, "no firmado": 0, "nofirmado": 0, "osignerat": 0, "niet ondertekend": 0,
}  # fmt: skip
_NOBODY = re.compile(
    r"(?:--+[ ]*)?(?:\([ ]*)?(?:\[\[[^\[\]|:/]*:(?:[^\[\]|:/]*/)?[ ]*(?P<link>[0-9A-Fa-f:.]{3,45}|~[0-9-]{6,30})[ ]*(?:\|[^\[\]]*)?\]\]"
    r"|(?<![\w.:])(?P<bare>[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![\w.:]))"
)
_ONLY_LINKS = re.compile(r"(?:[\s(){}·•|,–—-]|<[^<>]*>|\[\[[^\[\]]*\]\]|&nbsp;|'{2,})*")
_NEAR = 300  # characters between such a name and its time stamp
_TEMPORARY = re.compile(r"~[12][0-9]{3}-[0-9]{1,6}(?:-[0-9]{1,6})*")


def is_ip(name: str) -> bool:
    """Whether a name is an IP address, which no account is."""
    if ":" not in name and not name[:1].isdigit():
        return False  # said quickly of nearly every name
    try:
        ip_address(name.strip())
    except ValueError:
        return False
    return True


def is_temporary(name: str) -> bool:
    """Whether MediaWiki gave the name to somebody who had not logged in: `~2026-12345-6`."""
    return bool(_TEMPORARY.fullmatch(name))


def signed_by_nobody(source: str, at: int) -> Span | None:
    """The signature at the end of an entry, behind `at`, by an IP address or a temporary account, which is nobody's identity."""
    for found in _NOBODY.finditer(source, at):
        who = found["link"] or found["bare"]
        if is_ip(who) or is_temporary(who):
            stamp = STAMP.search(source, found.end(), found.end() + _NEAR)
            between = _ONLY_LINKS.fullmatch(source, found.end(), stamp.start()) if stamp else None
            if stamp and between and not source[stamp.end() :].strip(" \t.)"):
                return Span(found.start(), stamp.end())
    return None


def _elsewhere(text: str, mark: Mark) -> Person | None:
    """Whose page a link leads to that is not a page of this wiki, and whose talk page bears their name."""
    if person := linked_by_name(text, mark.span):
        return person
    found = _OTHER_LANGUAGE.match(text, mark.span.start, mark.span.end)
    if not found:
        return None
    link = f"[[{text[found.end() : mark.span.end]}"
    there = linked_person(link, Span(0, len(link)))
    return Person(there.name, PersonForm.ELSEWHERE, mark.span) if there else None


def _unsigned(text: str, mark: Mark) -> Person | None:
    place = _UNSIGNED.get(template_name(text, mark.span))
    if place is None:
        return None
    values = template_at(text, mark.span).positional()
    name = canonical_name(values[place].of(text)) if len(values) > place else ""
    good = bool(name) and not set(name) & set("{}[]|<>#/")
    return Person(name, PersonForm.TEMPLATE, mark.span) if good else None


def _contributor(text: str, mark: Mark) -> Person | None:
    """Whose contributions a link shows."""
    link = link_at(text, mark.span)
    found = _CONTRIBUTIONS.match(link.name) if link.namespace else None
    name = canonical_name(link.name[found.end() :]) if found else ""
    return Person(name, PersonForm.LINK, mark.span) if name and "/" not in name else None


def named_in(text: str, content: Span) -> tuple[Person, ...]:
    """Everybody whom an entry names, in order; one who has a link here is not named by links to other wikis as well."""
    source = content.of(text)
    if "[[" not in source and "{{" not in source:
        return ()
    here = people(text, content)
    marks = [mark for mark in marks_within(text, content) if mark.kind in {Kind.LINK, Kind.TEMPLATE}]
    if len(marks) > len(here):
        taken = {person.span for person in here}
        others = [mark for mark in marks if mark.kind is Kind.LINK and mark.span not in taken]
        known = {person.name for person in here}
        there = [person for mark in others if (person := _elsewhere(text, mark)) and person.name not in known]
        if there:
            first = {person.name: person for person in reversed(there)}
            here = tuple(sorted((*here, *first.values()), key=lambda person: person.span))
    if here:
        return here
    found = (
        _contributor(text, mark) if mark.kind is Kind.LINK else _unsigned(text, mark)
        for mark in reversed(marks)
    )
    last = next(filter(None, found), None)
    return (last,) if last else ()


def opens_with_a_person(text: str, content: Span) -> bool:
    """Whether the first that one reads is a person's name that is linked."""
    begin = _DRESS.match(text, content.start, content.end)
    at = begin.end() if begin else content.start
    if not text.startswith(("[[", "{{"), at):
        return False
    return any(person.span.start == at for person in named_in(text, content))


_DRESS = re.compile(r"(?>(?:<[A-Za-z][^<>]*>|<!--.*?-->|'{2,5}|--+|[ \t–—-])*)", re.DOTALL)
