"""Whether people say in their entry that they do not come any more: `(withdrawn)`, `– sorry, can't make it`, `abgesagt`, `{{cancelled}}`.

English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Russian and Polish. Only words that say this and nothing else:
`withdrawn from the board, so I have time` and `can't make it on Friday` take nobody off a list.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from callboard.model import Coming, Session
from callboard.read.availability_words import WEEKDAYS, words
from callboard.read.plain import plain, without_struck
from callboard.read.signatures import STAMP
from callboard.read.signup_columns import crossed_by
from callboard.read.signup_states import lesser

# Said beside it, these change nothing.
_BESIDES = frozenset(
    words(
        """
sorry very so really sadly unfortunately regrettably alas apologies update edit i im ive id we were he she they has have had was is are am now to do
anymore any more longer after all this time year at the event for me my myself be able today already just please hereby
leider entschuldigung tut mir leid ich habe hab hat bin ist wurde muss mehr doch diesmal dass es hiermit schon
désolé désolée malheureusement hélas je j'ai ai me suis est a été dois jai finalement cette fois ne ici
lo siento lamentablemente desgraciadamente perdón perdon he está esta estoy ha sido ya al final vez yo me
purtroppo mi dispiace scusate ho sono è stato stata devo più infelizmente desculpe desculpem lamento eu estou foi fui já mais
helaas ik heb is toch meer moet tyvärr jag har är måste längre det к сожалению извините простите я мы уже больше к
niestety przepraszam ja jestem został została już
"""
    )
)
_GONE = """withdrawn|with drawn|withdrew|withdraw|withdrawing|cancelled|canceled|cancel|cancelling|canceling|retracted|dropped out|dropping out|drop out|pulled out|backed out|resigned
declined|zurückgezogen|abgesagt|absagen|sage ab|abgemeldet|ausgestiegen|zurückgetreten|annulé|annulée|annuler|désisté|désistée|désistement|retiré|retirée|empêché|empêchée
cancelado|cancelada|anulado|anulada|retirado|retirada|retiro|cancelo|baja|annullato|annullata|ritirato|ritirata|ritiro|rinuncio|cancellato|cancellata|desisti|desistiu|desistir
geannuleerd|afgezegd|afgemeld|teruggetrokken|inställt|avbokad|avanmäld|avhoppad|hoppat av|отменено|отменён|отменен|отказался|отказалась|снят|снята|снимаюсь|отказываюсь
wycofany|wycofana|wycofane|wycofuję się|wycofałem się|wycofałam się|rezygnuję|zrezygnowałem|zrezygnowałam|odwołane|odwołany"""
_CANNOT = """cant make it|cannot make it|can not make it|wont make it|cant come|cannot come|cant help|cannot help|wont come|wont there|cant there|cannot there|cant do it|cant attend|cannot attend|cant join
cannot join|cant participate|cannot participate|cant take part|cannot take part|wont help|will not make it|will not there|will not come|unable make it|unable come|unable attend|unable help|unable join
not make it|not coming|not able make it|not able come|not attending|not available|no available|no attending|no coming|could not make it|couldnt make it|cant|cannot
kann nicht|kann nicht kommen|kann nicht helfen|kann nicht dabei|kann nicht teilnehmen|komme nicht|nicht dabei|nicht da|schaffe nicht|verhindert|peux pas|peux plus|peux plus venir|peux pas venir|pourrai pas
pourrai pas venir|pourrai pas là|viens pas|viendrai pas|serai pas là|peux pas participer|peux plus participer|peux pas aider|peux plus aider|viens plus|serai plus là|no puedo|no puedo ir|no puedo asistir|no puedo ayudar|no puedo participar|no podré
no podré ir|no podré asistir|no podré ayudar|no voy a poder|no asistiré|no iré|non posso|non posso venire|non posso partecipare|non posso aiutare|non vengo|non potrò|non potrò venire|non ci sarò|não posso
não posso ir|não posso ajudar|não posso participar|não poderei|não poderei ir|não poderei participar|não vou|não vou poder|não vou poder ir|kan niet|kan niet komen|kan niet helpen|kan inte|kan inte komma
kan inte hjälpa till|не смогу|не могу|не приду|не получится|не смогу прийти|не могу прийти|не смогу помочь|не смогу участвовать|не могу участвовать|nie mogę|nie dam rady|nie przyjdę|nie mogę przyjść
nie będę mógł|nie będę mogła"""
_SHORT = frozenset({"doch nicht", "leider nicht", "leider doch nicht", "nicht mehr", "leider nicht mehr", "finalement non", "al final no", "toch niet"})  # fmt: skip
_NOW = frozenset(words("anymore more longer after mehr doch plus finalement ya final più já mais meer längre больше już toch"))  # fmt: skip
_REASONS = frozenset(words("due because owing as wegen weil aufgrund cause parce raison porque por debido perché causa vanwege wegens omdat grund eftersom из-за потому powodu bo"))  # fmt: skip
_MORE = frozenset(words("but however except only instead though still aber jedoch nur dafür mais seulement pero sólo solo ma invece mas só maar alleen men bara но только ale tylko unless until from of"))  # fmt: skip
_BETWEEN = re.compile(r"[()\[\],;!/]|[.:](?!\d)|(?:--+|[–—])(?=\s*[^\W\d_]|\s*\Z)|\s-\s+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEHIND_MARK = re.compile(r"(?:[ ]*\{\{[^{}\n]*\}\})?")
_APART = str.maketrans(
    dict.fromkeys('0123456789!"#$%&)(+*,-./:;<=>?@[\\]^_`{|}~–—―“”„«»…·•¡¿', " ") | {"'": None, "’": None}
)
_NUMBER = re.compile(r"\d+(?:[:.]\d+)?")
_ONE_TIME = 3  # so many numbers may stand in hours of one day: 16.5. 14:00–18:00
_ZONE = re.compile(r"\b(?:UTC|GMT|[A-Z]{2,3}T)\b(?:[+-]\d+)?")
_TEMPLATES = frozenset({"withdrawn", "cancelled", "canceled", "declined", "retracted", "abgesagt"})


def _words(text: str) -> list[str]:
    return [word.replace("'", "").replace("’", "").casefold() for word in _WORD.findall(text)]


def _core(told: Iterable[str]) -> str:
    """The words without those that change nothing."""
    return " ".join(word for word in told if word not in _BESIDES)


def _phrases(text: str) -> frozenset[str]:
    return frozenset(_core(_words(phrase)) for phrase in text.replace("\n", "|").split("|")) - {""}


_PHRASES_GONE, _PHRASES_CANNOT = _phrases(_GONE), _phrases(_CANNOT)
_NOT = frozenset(words("cant cannot not wont unable couldnt nicht pas plus no non não niet inte не nie"))
# A word of each phrase, the one that says no if there is one.
_SIGNALS = frozenset(
    next((word for word in phrase.split() if word in _NOT), phrase.split()[0])
    for phrase in _PHRASES_GONE | _PHRASES_CANNOT | _SHORT
)


def _says(clause: str) -> frozenset[str]:
    """The phrases of which the clause is one, a reason behind it aside; none if it says anything else."""
    told = _words(clause)
    at = next((place for place, word in enumerate(told) if word in _REASONS), len(told))
    core = _core(told[:at])
    if " ".join(told) in _SHORT:
        return frozenset({"abgesagt"})
    if "?" in clause or _is_more(clause) or core not in _PHRASES_GONE | _PHRASES_CANNOT:
        return frozenset()
    return frozenset({core, *told[:at]})


def _is_more(clause: str) -> bool:
    """Whether a clause has numbers, days or an exception, so that it may be about some hours only."""
    return bool(_NUMBER.search(clause)) or any(word in _MORE or word in WEEKDAYS for word in _words(clause))


def _state(said: str, *, has_hours: bool) -> Coming:
    if _SIGNALS.isdisjoint(_words(said)):
        return Coming.YES
    clauses = _BETWEEN.split(said)
    at = next((place for place, clause in enumerate(clauses) if _says(clause)), None)
    if at is None:
        return _behind_hours(clauses)
    phrase = _says(clauses[at])
    before, behind = clauses[:at], clauses[at + 1 :]
    if any(map(_is_more, behind)):
        return Coming.MAYBE
    spoken = [clause for clause in before if _is_more(clause)]
    if not spoken and not has_hours:
        return Coming.NO
    if not phrase & _PHRASES_GONE and phrase.isdisjoint(_NOW):
        return Coming.YES  # "Friday 10–12 (can't make it)" speaks of these hours
    return Coming.NO if _one_time(spoken) else Coming.MAYBE


def _one_time(clauses: Iterable[str]) -> bool:
    """Whether these speak of one time, so that nothing else can be meant by what follows them."""
    return sum(len(_NUMBER.findall(clause)) for clause in clauses) <= _ONE_TIME


def _behind_hours(clauses: list[str]) -> Coming:
    """`Friday 10–12 UTC withdrew`: what stands behind the hours without a comma."""
    last = clauses[-1]
    *_, number = [None, *_NUMBER.finditer(last)]
    behind = _ZONE.sub(" ", last[number.end() :]) if number else ""
    if not _says(behind) & _PHRASES_GONE:
        return Coming.YES
    return Coming.NO if _one_time(clauses) else Coming.MAYBE


def _by_template(source: str) -> bool:
    name, *said = [part.strip().casefold() for part in crossed_by(source).split("|")]
    return name in _TEMPLATES or any(_core(_words(one)) in _PHRASES_GONE for one in said)


def still_comes(source: str, *below: str, has_hours: bool = False) -> Coming:
    """NO if a remark, or a line of its author below it, says that they do not come any more; MAYBE if it may mean only some hours."""
    if "{{" in source and _by_template(source):
        return Coming.NO
    said = [one for one in (source, *below) if one and not _SIGNALS.isdisjoint(_quickly(one))]
    if not said:
        return Coming.YES
    return lesser(Coming.YES, *(_state(_seen(one), has_hours=has_hours) for one in said))


def _quickly(source: str) -> list[str]:
    """The words of some wikitext, those of its markup too: most entries say nothing of this."""
    return source.translate(_APART).casefold().split()


def _seen(source: str) -> str:
    return plain(without_struck(STAMP.sub(" ", source) if ")" in source else source)).strip()


def still_facilitated(session: Session, text: str) -> Session:
    """The session without the facilitators behind whose names stands that they withdrew: `facilitation: [[User:Ada]] (cancelled)`."""
    mark = session.facilitation
    if mark is None or not mark.people:
        return session
    people = sorted(mark.people, key=lambda person: person.span)
    behind = _BEHIND_MARK.match(text, max(mark.value.end, people[-1].span.end))
    ends = [*(person.span.start for person in people[1:]), behind.end() if behind else mark.value.end]
    gone = {
        person.name
        for person, end in zip(people, ends, strict=True)
        if end > person.span.end and still_comes(text[person.span.end : end]) is Coming.NO
    }
    if not gone:
        return session
    left = tuple(person for person in mark.people if person.name not in gone)
    return replace(session, facilitation=replace(mark, people=left, open=not left))
