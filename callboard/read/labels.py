"""Words before names: who holds a session, and who does something else at it; and whether they are a part of a title."""

import re

from callboard.read.phrases import is_free, is_placeholder
from callboard.wikitext.flat import LINE, PERSON, SPECIAL, without_special

_OWNER_LABEL = re.compile(
    rf"(?:^|(?<=[\s.,;(–—{SPECIAL}-]))(?:session\s+)?(?:(?:speakers?|presenters?|hosts?|co-hosts?|hosted|presented|led|run|owners?|lead|leads|by|"
    r"instructors?|trainers?|panel+ists?|moderat(?:or|ors|ion|ed|rice|eur)|animat(?:eur|rice)s?|modérat(?:eur|rice)s?|sprecher(?:in|innen)?|leitung|referent(?:in|en|innen)?|intervenante?s?|"
    r"ponentes?|relatori|relatore|prelegent\w*|докладчик\w*|спикер\w*|modera(?:dor\w*|ción|ção|zione)?|mediação|mediador\w*|palestrantes?|orador\w*|sprekers?|prowadz\w+|talare|föreläsare|"
    r"orateurs?|oratori?|oratrice|vortragende[rn]?|who)(?:\s+by)?(?:\s*\(s\))?\s*[:：]|"
    rf"chair(?:s|person|ed(?:\s+by)?)?\s*:\s*(?={PERSON})|(?:hosted|presented|led|run|given|by)\s+(?:by\s+)?(?={PERSON}))",
    re.IGNORECASE,
)
# A part of each of these words; without one of them in a line in small letters it has no label.
_OWNER_PARTS = (
    "by", "led", "run", "ven", "ted", "peaker", "presenter", "host", "owner", "lead", "structor", "trainer", "panel", "moder", "modér",
    "nimat", "sprecher", "tung", "referent", "nterven", "ponent", "relator", "preleg", "доклад", "спикер", "who",
    "mediaç", "mediador", "palestrant", "orador", "spreker", "prowadz", "talare", "föreläs", "orat", "vortragend",
    "chair",
)  # fmt: skip
_OTHER_ROLE = re.compile(
    r"(?<!\w)(?:notes?|note[ -]?takers?|scribes?|back-?ups?|chat|tech(?:nician)?|camera|time-?keepers?|recording|interpret(?:er|ers|ation)|"
    r"translat(?:or|ors|ion)|gate-?keepers?|protokoll(?:ant\w*|förare)?|schriftführ\w*|technik|dolmetsch\w*|übersetzung|notulen|notulist\w*|"
    r"compte[ -]rendu|prise\s+de\s+notes|secrétaires?|traduction|interprètes?|relatoría|notas|apuntes|traducción|traduções?|tradução|anotações|"
    r"verbal[ei]|verbalizzante|traduzione|protokół|protokolant\w*|notatki|tłumacz\w*|anteckningar|sekreterare|tolk\w*)\s*[:：]",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\bby\s*[:：]|(?:hosted|presented|led|run|given)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\s*[^\W\d_A-Z]\w*\s+[^\W\d_]\w*")  # begins with a small letter and goes on
_FIRST_PIECE = re.compile(rf"[^,;({LINE}]*")


def owner_label(seen: str, start: int, end: int) -> re.Match[str] | None:
    """Where a line says who holds the session: `Speaker:`, `Host:`, `by [[User:Ada]]`."""
    line = seen[start:end]
    if (":" not in line and "：" not in line and PERSON not in line) or not any(
        map(line.casefold().__contains__, _OWNER_PARTS)
    ):
        return None
    return next(
        (found for found in _OWNER_LABEL.finditer(seen, start, end) if _is_label(seen, found, end)), None
    )


def follows_a_word(seen: str, at: int) -> bool:
    """Whether a word of the same sentence stands before the index: `How to be a | facilitator:`."""
    before = seen[:at].rstrip(" \t")
    return before[-1:].isalnum()


def _is_label(seen: str, found: re.Match[str], end: int) -> bool:
    """Whether a word with a colon tells who holds the session, and is no part of a title.

    `Who is the owner: a debate`, `Lunch with a bot owner: Q&A` and `Moderator: the role nobody wants` are titles.
    """
    if found[0].rstrip()[-1:] not in {":", "："} or _BY_WHOM.search(found[0]):
        return True
    rest = seen[found.end() : end]
    if rest.lstrip()[:1] == PERSON:
        return True
    if follows_a_word(seen, found.start()):
        return False
    return PERSON in rest or bool(seen[: found.start()].strip()) or not _SENTENCE.match(rest) or is_free(rest)


def other_role(seen: str, start: int, end: int) -> re.Match[str] | None:
    """Where a line says who does something else at the session: `Notes:`, `Backup:`."""
    if seen.find(":", start, end) < 0 and seen.find("：", start, end) < 0:
        return None
    return next(
        (
            found
            for found in _OTHER_ROLE.finditer(seen, start, end)
            if seen[found.end() : end].lstrip()[:1] == PERSON or not follows_a_word(seen, found.start())
        ),
        None,
    )


def begins_with_other_role(seen: str, at: int) -> bool:
    """Whether such words stand at the index."""
    return _OTHER_ROLE.match(seen, at) is not None


def is_in_title(seen: str, found: re.Match[str]) -> bool:
    """Whether a label with a colon goes on a sentence: `How to be a facilitator: five tips, [[User:Ada]]`."""
    if found[0].rstrip()[-1:] not in {":", "："} or not follows_a_word(seen, found.start()):
        return False
    first = _FIRST_PIECE.match(seen, found.end())
    told = without_special(first[0]).strip() if first and PERSON not in first[0] else ""
    return bool(told) and told[0].islower() and not is_placeholder(told)
