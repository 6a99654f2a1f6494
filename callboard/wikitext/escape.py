"""Values as inert wikitext: whatever a task title, a name or a comment holds, it is shown and does nothing."""

import re
import unicodedata
from functools import lru_cache

_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKUP = re.compile(
    r"""[\[\]{}|<>=]      # links, templates, tables, tags, named arguments, headings
    | '(?=')|(?<=')'      # italics and bold
    | ~(?=~)|(?<=~)~      # signatures
    | _(?=_)|(?<=_)_      # __NOTOC__
    | !(?=!)|(?<=!)!      # header cells of a table
    | -(?=-)|(?<=-)-      # the end of a comment, a rule
    | :(?=//)             # bare addresses become links, and may be on a blacklist
    """,
    re.VERBOSE,
)
_AT_START = re.compile(r"^[*#:;!+-]")  # list items; header cells, captions, rows after a "|"
_BARE_SCHEME = re.compile(r"(?i)\b(mailto|news|sip|sips|sms|tel|urn|geo|magnet|bitcoin|xmpp):(?=\S)")
_MAGIC_LINK = re.compile(
    r"\b(ISBN|RFC|PMID)\s(?=\s*\d)"
)  # links by themselves, where the wiki has not switched that off
_UNSAFE_IN_NAME = re.compile(r"[\[\]{}|<>#\x00-\x1f\x7f/@:]|~~~|''|__|&#?\w+;|^\s*$")


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"} or char in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
        return " "
    unseen = category in {"Cc", "Cs"} or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    return "" if unseen else char


def plain_line(value: str) -> str:
    """The value on one line, without control characters and without marks that turn text around."""
    return "".join(map(_shown, value)).strip()


def escape(value: str) -> str:
    """The value as text that any place of a page shows as it is: a cell, a list item, a link's label, an argument.

    `[Session] A | B` gives `&#91;Session&#93; A &#124; B`; a line break becomes a blank. Not for a link's target.
    """
    value = _ENTITY.sub("&amp;", plain_line(value))
    value = _BARE_SCHEME.sub(r"\1&#58;", _MARKUP.sub(_entity, value))
    value = _MAGIC_LINK.sub(r"\1&#32;", value)
    return _AT_START.sub(_entity, value)


@lru_cache(maxsize=4096)
def names_a_user(name: str) -> bool:
    """Whether `name` can stand in a user link or a template as it is; MediaWiki admits no account that cannot."""
    return _UNSAFE_IN_NAME.search(name) is None and plain_line(name) == name


def shortened(text: str, longest: int) -> str:
    """A text of so many characters at most, as it is; the last one is an ellipsis where some is missing."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
