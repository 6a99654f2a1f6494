"""What the columns of a sign-up table hold, by their heads: names, roles, days, hours, remarks."""

import re
from enum import StrEnum
from functools import lru_cache

from callboard.model import Coming
from callboard.read.columns import Head, Role
from callboard.read.signup_states import coming


class Holds(StrEnum):
    """What a column holds."""

    HELPERS = "helpers"  # names, and the head says that they are of people who sign up
    NAMES = "names"  # names, of whomever: "People", "Who"
    ROLE = "role"
    ROOM = "room"  # the column is a room of the event
    PLACE = "place"  # cells name rooms
    HOURS = "hours"
    DAY = "day"
    COMES = "comes"  # whether somebody comes: "Coming?"
    REMARKS = "remarks"  # on the person
    ABOUT = "about"  # on the role, numbers, and people who do not sign up: speakers
    PROJECT = "project"  # titles of projects, sessions and talks, which have people of their own
    OTHER = "other"  # a role or a state, if names or marks stand below it
    BLANK = "blank"


_SAYS: dict[Holds, str] = {  # the first that fits, so "I want to help with" before "Helpers"
    Holds.OTHER: r"note[ -]?tak(?:ers?|ing)|scribes?|minutes|moderat(?:ors?|ion)|facilitat\w+",
    Holds.ROLE: (
        r".*\b(?:help(?:ing)? (?:with|in|out)|i (?:want|can|would|could|will)\b).*|(?:my |your |the )?(?:roles?|tasks?|duty|duties|jobs?|areas?|positions?|posts?|shifts?|teams?|stations?|"
        r"responsibilit\w+|what|activit\w+|aufgaben?\w*|rollen?|bereiche?|dienste?|posten|was|tâches?|rôles?|postes?|quoi|tareas?|roles|puestos?|qué|"
        r"funci(?:ón|ones)|zadani[ae]|rola|roll|uppgift\w*|роль|задача)(?: (?:name|title|to do|/.*|\(.*))?"
    ),
    Holds.HELPERS: (
        r".*\b(?:helpers?|volunteers?|participants?|attendees?|co-?ordinators?|sign(?:ed)?[ -]?ups?|user ?names?|wiki ?names?|wikimedia ?names?|interested|subscribers?|accounts?|users?|"
        r"helfer\w*|freiwillige\w*|teilnehm\w+|benutzer\w*|bénévoles?|participantes?|utilisateurs?|voluntari\w*|asistentes|usuari\w+|участник\w*|волонт\w+)\b(?!.*\bneeded\b).*"
    ),
    Holds.COMES: (
        r"(?:are you |will you |do you )?(?:coming|attend(?:ing|ance|s)?|there|rsvp|present|dabei|kommt|presente|asiste|presence|présence)\s*\??|rsvp|in person\??|on-?site\??"
    ),
    Holds.HOURS: (
        r".*\b(?:availab\w*|hours?|when|verfügbar\w*|disponib\w*|wann|quand|cuándo|uhrzeiten|zeitraum)\b.*"
    ),
    Holds.REMARKS: (
        r"(?:.*\b)?(?:remarks?|comments?|contact|languages?|time ?zone|skills?|bemerkung\w*|anmerkung\w*|hinweis\w*|kommentar\w*|"
        r"remarques?|commentaires?|observaciones|comentarios?|notas?|примечани\w*)\b.*|(?:\w+ )?notes?(?: (?:and|&|/|\().*)?|(?:more |other )?info\w*|why|country"
    ),
    Holds.ABOUT: r".*\b(?:about|descriptions?|details?|need(?:s|ed)?|beschreibung)\b.*|no\.?|nr\.?|number|id|n°|how many|state|status|links?|wiki|home ?wiki",
    Holds.PROJECT: (
        r"(?:the )?(?:projects?|demos?|showcases?|prizes?|awards?|tools?|sessions?|talks?|titles?|presentations?|workshops?|lectures?|program\w*|events?|projekte?|projets?|proyectos?|vortr\w+|"
        r"teams? (?:and|&).*|articles?|photos?|images?|edits?)\b.*"
    ),
    Holds.NAMES: r"(?:names?|who|people|persons?|nam\w*|noms?|nombres?|wer|qui|quién\w*|personen?|имя|responsib\w*|verantwortlich\w*|zuständig\w*|responsables?|ansvarig\w*|(?:person |people )?in charge|leads?|assigned|crew|staff|members?)\b.*",
}
_WORDS = tuple((holds, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for holds, pattern in _SAYS.items())
_BY_ROLE = {
    Role.TIME: Holds.HOURS, Role.START: Holds.HOURS, Role.END: Holds.HOURS, Role.DURATION: Holds.ABOUT, Role.DAY: Holds.DAY,
    Role.ROOM: Holds.ROOM, Role.PLACE: Holds.PLACE, Role.OWNER: Holds.ABOUT, Role.LINKS: Holds.ABOUT, Role.BLANK: Holds.BLANK,
    Role.TITLE: Holds.PROJECT,
}  # fmt: skip
_SURE = frozenset({Role.TIME, Role.START, Role.END, Role.DURATION, Role.ROOM, Role.DAY})
_YES = re.compile(
    r"[✔✓☑✅xX×+•●]+|y(?:es)?|ja|oui|s[ií]|ok(?:ay)?|in|coming|here|there|да|tak|attending", re.IGNORECASE
)
_MAYBE = re.compile(r"[?\s]*\?|maybe|perhaps|possibly|tbc|tbd|vielleicht|evtl\.?|peut-être|quiz[áa]s?|tal vez|unsure|~|\(.?\)|◯|может быть", re.IGNORECASE)  # fmt: skip
_NO = re.compile(r"[✘✗❌☒–—−-]+|no(?:pe)?|nein|non|нет|nie|not? coming|regrets", re.IGNORECASE)
_MARKS = {
    "yes": Coming.YES, "y": Coming.YES, "done": Coming.YES, "tick": Coming.YES, "aye": Coming.YES, "check": Coming.YES, "ja": Coming.YES, "ok": Coming.YES,
    "yes2": Coming.YES, "tick2": Coming.YES, "check mark": Coming.YES, "checkmark": Coming.YES, "maybe": Coming.MAYBE, "unsure": Coming.MAYBE,
    "partly": Coming.MAYBE, "no": Coming.NO, "n": Coming.NO, "cross": Coming.NO, "not done": Coming.NO, "nay": Coming.NO, "nein": Coming.NO, "no2": Coming.NO, "x mark": Coming.NO,
    "withdrawn": Coming.NO, "cancelled": Coming.NO, "canceled": Coming.NO, "declined": Coming.NO, "abgelehnt": Coming.NO,
}  # fmt: skip
_TEMPLATE = re.compile(r"\{\{\s*([^{}|]{1,20}?)\s*(?:\|[^{}]*)?\}\}")


@lru_cache(maxsize=1024)
def holds(head: Head) -> Holds:
    """What the column below a head holds."""
    if head.role in _SURE:
        return _BY_ROLE[head.role]
    words = " ".join(head.text.split())
    for found, pattern in _WORDS:
        if words and pattern.fullmatch(words):
            return found
    return _BY_ROLE.get(head.role, Holds.OTHER)


def state_of_head(head: str) -> Coming | None:
    """What the head of a column of names says of those below it: `Attending`, `Maybe`, `Regrets`, `Backup`; None: nothing."""
    words = head.strip(" .:!?()")
    if re.fullmatch(
        r"back-?ups?|reserves?|stand-?by|spare|ersatz|deput(?:y|ies)|suplentes?", words, re.IGNORECASE
    ):
        return Coming.MAYBE
    if _MAYBE.fullmatch(words):
        return Coming.MAYBE
    if _NO.fullmatch(words):
        return Coming.NO
    state = coming(words)
    if state is not Coming.YES:
        return state
    yes = re.compile(
        r"(?:will be |is |are )?(?:yes|attending|coming|participating|there|dabei|zusagen?|ja|oui|sí)",
        re.IGNORECASE,
    )
    return Coming.YES if yes.fullmatch(words) else None


def mark(source: str, words: str) -> Coming | None:
    """What a cell that holds only a mark says: `✔`, `?`, `–`, `{{done}}`, `x`; None if it holds anything else."""
    if found := _TEMPLATE.fullmatch(source.strip()):
        return _MARKS.get(found[1].casefold())
    words = words.strip().strip(".!")
    for state, pattern in ((Coming.YES, _YES), (Coming.MAYBE, _MAYBE), (Coming.NO, _NO)):
        if pattern.fullmatch(words):
            return state
    return None


def crossed_by(source: str) -> str:
    """The words of the first template behind a name that says no or maybe: `{{no}}`, `{{withdrawn}}`; empty if there is none."""
    marks = (found[0] for found in _TEMPLATE.finditer(source))
    return next((one.strip("{}") for one in marks if mark(one, "") in {Coming.NO, Coming.MAYBE}), "")
