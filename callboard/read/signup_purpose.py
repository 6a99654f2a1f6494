"""Whether a list is of people who help, or only of those who come or follow something: participants, `I am coming: Yes`, `Interested`."""

import re
from functools import lru_cache

from callboard.read.signup_columns import state_of_head

_HELP = re.compile(
    r"\b(?:how to\b|help|volunteer|facilitat|moderat|mentor|host|watch|desk|note[ -]?tak|scribe|stream|support|crew\b|staff|duty|shift|helfe|helfer|freiwillig|mithelf|mithilfe"
    r"|bénévol|aider?\b|voluntari|voluntár|ayud|ajud|aiut|volontari|vrijwillig|hulp|helpen|volontär|hjälp|волонт[её]р|помощ|помо[гч]|wolontari|pomoc|pomag)",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:participa|attend|coming\b|who(?:['’]s| is| will be) (?:there|in)\b|(?:i|we)(?:['’]ll| will)? be there|(?:i|we)(?:['’]m| am|['’]re| are) (?:in|there)\b|rsvp|registered|interested|subscri|followers?\b"
    r"|teilnehm|teilnahme|dabei|anmeldung|angemeldet|interessent|interessiert|présent|inscri|intéress|asist|interesad|partecip|interessad|interessat|deelnem|aanwezig|deltag|intresserad|участник|участву|uczestni|obecni)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_help(role: str | None, heading: str | None, page: str) -> bool:
    """Whether who signs there helps, as the nearest of role, heading and page title says that speaks of it; else they do.

    `Chat watch` on any page but one of participants; not `Attending` or `Yes` alone, not `Bus stop map: Interested`.
    """
    heads = [words for words in (role, heading) if words]
    for words in (*heads, page.rpartition("/")[2]):
        if _HELP.search(words):
            return True
        if _COMES.search(words):
            return False
    return not heads or any(state_of_head(words) is None for words in heads)
