"""Whether those in a list come, may come or do not: the words over the list, in the languages of the wikis that have such lists."""

import re

from callboard.model import Coming

_LONGEST = 60  # characters; a longer heading speaks of something else as well
_NO = re.compile(
    r"(?:no|nein|non)(?:[ ,:–—-].*)?|.*(?:\b(?:not (?:attending|coming|there|able|available|going|participating|this time|be )|(?:can(?:no|['’])?t|won['’]t|will not|unable)\b"
    r"|(?:with )?regrets?\b|apolog(?:y|ies)\b|declin(?:ed|ing)\b|absent(?:e?s|ees|s)?\b|absente?s?\b|not attend"
    r"|komm(?:e|en|t) (?:leider )?nicht|nicht (?:dabei|da\b|kommen|teilnehmen|anwesend)|absagen?\b|leider (?:nicht|nein|verhindert)|verhindert|abgemeldet|abwesend|entschuldigt"
    r"|excus(?:é|ée|és|ées)\b|(?:vien[st]|viendr\w+|particip\w+|peu[tx]|pourr\w+|sera\w*) pas\b|désolée?s?\b"
    r"|no (?:puedo|podr[ée]|asist\w+|voy|ir[ée]|vendr\w+|participar\w*|estar[ée])|ausentes?\b|não (?:vou|posso|poder\w+|participar\w*)"
    r"|afwezig|kan niet|komt? niet|kommer inte|non (?:posso|vengo|partecip\w+|ci sar\w+)|nie (?:będę|mogę|przyjd\w+))).*",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r".*(?:\b(?:maybe|may (?:be )?(?:attend|com|there)|may be\b|may attend|might\b|perhaps|tentative|unsure|not sure|undecided"
    r"|vielleicht|evtl\b|eventuell|unsicher|möglicherweise|noch unklar|peut[- ]être|incertaine?s?\b|éventuel"
    r"|quiz[áa]s?\b|tal vez|a lo mejor|talvez|misschien|kanske|forse\b|może\b|kanskje|måske|ehkä)).*"
    r"|(?:possibl[ey]|posibles?|posiblemente|possibles?|possibilmente|possivelmente|mögliche)(?: (?:attendees?|participants?|attendance|attending|teilnehme\w*|asistentes?|participantes?|helpers?))?",
    re.IGNORECASE,
)


def lesser(*states: Coming) -> Coming:
    """The one that promises least: who is in a list of those who come and says "maybe" may come."""
    return next((state for state in (Coming.NO, Coming.MAYBE) if state in states), Coming.YES)


def coming(*words: str | None) -> Coming:
    """What the headings over a list say, the nearest first; those of a list without such words come.

    `Attending`, `May be attending`, `Interested but not attending`; `Komme nicht`; `Peut-être`; `No puedo asistir`.
    """
    for said in words:
        if said and len(said) <= _LONGEST:
            state = _state(" ".join(said.split()).strip(" .:!?()…"))
            if state:
                return state
    return Coming.YES


def _state(words: str) -> Coming | None:
    if _MAYBE.fullmatch(words):
        return Coming.MAYBE
    if _NO.fullmatch(words):
        return Coming.NO
    return None
