"""The usual forms of an entry by one look: a linked name with a remark, and a signature as MediaWiki writes it.

`[[User:Ada|Ada]] (Sunday)`, `{{u|Ada}}, with cake`, `text --[[User:Ada|Ada]] ([[User talk:Ada|talk]]) 20:15, 2 May 2026 (UTC)`. What has any
other form is for the reader of any form (`signup_entry.py`), whose answers these are.
"""

import re

from callboard.model import Person, PersonForm
from callboard.read.signatures import STAMP, Signature
from callboard.wikitext.edits import Span
from callboard.wikitext.links import USER_NAMESPACES, canonical_name

_WORDS = r"(?:[^\[\]{}<>'&]|'(?!'))"
_NAME = r"[^\[\]{}|<>#/&%:'\n]+"
_LINK = rf"\[\[(?P<space>[^\W\d_]+):(?P<link>{_NAME})(?:\|{_WORDS}*)?\]\]"
_REMARK = re.compile(
    rf"(?:{_LINK}|\{{\{{[Uu](?:ser)?\|(?P<call>[^\[\]{{}}|<>#/&%:'=\n]+)\}}\}})(?P<rest>{_WORDS}*)"
)
_SIGNED = re.compile(
    rf"(?P<before>{_WORDS}*){_LINK}(?P<signature> \(\[\[(?P<talk>[^\W\d_][^\[\]{{}}|<>:/#\n]*):(?P=link)\|{_WORDS}*\]\]\) "
    r"(?P<stamp>[0-9]{1,2}:[0-9]{2}, [0-9]{1,2} [^\W\d_]{3,12} [12][0-9]{3} \([A-Z]{3,4}\)))"
)


def _person(raw: str, start: int, end: int, form: PersonForm) -> Person | None:
    name = canonical_name(raw)
    return Person(name, form, Span(start, end)) if name else None


def _is_user(found: re.Match[str]) -> bool:
    return found["space"].casefold() in USER_NAMESPACES


def regular(source: str) -> tuple[Person, Signature | None] | None:
    """Who signed an entry of a usual form, and with what; None for every other form."""
    if found := _REMARK.fullmatch(source):
        end = found.start("rest")
        if ")" in found["rest"] and STAMP.search(source, end):
            return None
        if found["call"]:
            person = _person(found["call"], 0, end, PersonForm.TEMPLATE)
        else:
            person = _person(found["link"], 0, end, PersonForm.LINK) if _is_user(found) else None
        return (person, None) if person else None
    signed = _SIGNED.fullmatch(source)
    if not signed or not _is_user(signed) or signed["talk"].replace("_", " ").casefold() in USER_NAMESPACES:
        return None
    start, end = signed.end("before"), signed.start("signature")
    person = _person(signed["link"], start, end, PersonForm.LINK)
    if not person:
        return None
    return person, Signature(Span(end, len(source)), Span(*signed.span("stamp")))
