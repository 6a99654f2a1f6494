"""Who leads a session that somebody else holds: `Moderation: [[User:Bo]]` below `[[User:Ada]]`, or what the event calls it."""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from callboard.read.cell_memory import Said, said_of
from callboard.read.labels import other_role
from callboard.read.names import linked_people, only_names
from callboard.read.phrases import is_placeholder
from callboard.read.plain import plain
from callboard.wikitext.flat import LINE, PERSON, Flat, without_special

_LEADS = re.compile(
    r"(?<!\w)(?:session\s+)?(?:moderat(?:ion|ors?|orin(?:nen)?)|moderated\s+by|moderiert\s+von|chair(?:s|person)?|chaired\s+by|"
    r"modera(?:dor(?:\s*\(a\)|as?|es)?|ción|ção|zione|tore|trice)?|moderad[oa]\s+por|modéra(?:tion|teur|trice)s?|modérée?\s+par|"
    r"begeleid(?:ing|er|ster)|gespreksleid(?:er|ing)|animation|animat(?:eur|rice)s?|animée?\s+par|moderace|moderátor(?:ka)?)"
    rf"(?:\s*\(s\))?\s*(?:[:：]|(?={PERSON}))",
    re.IGNORECASE,
)
MAY_BE_A_MARK = re.compile(r"fac+il|ordin", re.IGNORECASE)  # the words that anybody says for facilitation
_PARTS = ("moder", "modér", "chair", "egeleid", "gespreks", "anim")
_OPENERS = " \t(*#:•·–—-"
_JOINTS = " \t(.,;·|–—-"


@lru_cache(maxsize=16)
def _own(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(label)}\s*(?:[:：]|(?={PERSON}))", re.IGNORECASE)


def own_words(label: str, placeholder: str) -> Said | None:
    """An event's words for facilitation, where they are not such as anybody's."""
    words, place = (plain(said).strip(" \t:：").casefold() for said in (label, placeholder))
    own = Said("" if MAY_BE_A_MARK.search(words) else words, "" if is_placeholder(place) else place)
    return own if any(own) else None


def may_lead(source: str, said: Said | None) -> bool:
    """Whether a word stands there with which such a label begins; a look that costs little."""
    low = source.casefold()
    return any(map(low.__contains__, _PARTS)) or bool(said and said.label and said.label in low)


def small_label(large: str, start: int, end: int, said: Said | None) -> re.Match[str] | None:
    """Such a label that begins in a stretch of small print."""
    own = _own(said.label).search(large, start) if said and said.label else None
    found = own or _LEADS.search(large, start)
    return found if found and found.start() < end else None


def leading_labels(flat: Flat, seen: str, known: Container[str]) -> Iterator[re.Match[str]]:
    """The labels behind which nothing stands to the end of the line but people or a place for them.

    The event's own word may stand anywhere where a line begins or behind people. Another word counts on a line below people
    only: `Moderation: [[User:Ada]]` alone says who holds the session, and `Moderation: how to` is a title.
    """
    said = said_of(known)
    if not may_lead(seen, said):
        return
    if said and said.label:
        yield from (found for found in _own(said.label).finditer(seen) if _is_own(flat, seen, found, known))
    for found in _LEADS.finditer(seen):
        line = seen.rfind(LINE, 0, found.start()) + 1
        alone = not seen[line : found.start()].strip(_OPENERS)
        if alone and _held(flat, seen, line) and _leads_people(flat, seen, found, known):
            yield found


def is_place_for_name(value: str, said: Said | None) -> bool:
    """Whether nobody stands there: empty, `?`, `(your username)`, or the event's own words for it."""
    return is_placeholder(value) or bool(
        said and said.placeholder and value.strip().casefold() == said.placeholder
    )


def _is_own(flat: Flat, seen: str, found: re.Match[str], known: Container[str]) -> bool:
    before = seen[seen.rfind(LINE, 0, found.start()) + 1 : found.start()]
    if before.strip(_OPENERS) and not before.rstrip(_JOINTS).endswith(PERSON):
        return False
    first = not any(map(str.isalnum, seen[: found.start()]))
    value = _value(seen, found)
    if first and PERSON not in value and not is_place_for_name(value, said_of(known)):
        return False  # a title that begins with the word
    return _leads_people(flat, seen, found, known)


def _leads_people(flat: Flat, seen: str, found: re.Match[str], known: Container[str]) -> bool:
    value = _value(seen, found)
    return is_place_for_name(without_special(value), said_of(known)) or only_names(
        flat, found.end(), found.end() + len(value), known
    )


def _value(seen: str, found: re.Match[str]) -> str:
    """What stands behind a label in its line, up to another role."""
    end = seen.find(LINE, found.end())
    end = len(seen) if end < 0 else end
    other = other_role(seen, found.end(), end)
    return seen[found.end() : other.start() if other else end]


def _held(flat: Flat, seen: str, before: int) -> bool:
    """Whether people are linked above who do nothing else at the session."""
    at = 0
    for line in seen[:before].splitlines(keepends=True):
        other = other_role(seen, at, at + len(line))
        if linked_people(flat, seen, at, other.start() if other else at + len(line)):
            return True
        at += len(line)
    return False
